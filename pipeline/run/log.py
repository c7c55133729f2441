"""A structured log: one JSON object a line, appended to ``run.log.jsonl`` of the output."""

import json
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO


class RunLog:
    """Appends events with time and level."""

    def __init__(self, path: Path) -> None:
        self._file: TextIO | None = path.open("a", encoding="utf-8")

    def __enter__(self) -> "RunLog":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self.write("stopped", level="error", error=f"{type(error).__name__}: {error}")
        if self._file:
            self._file.close()

    def write(self, event: str, level: str = "info", **fields: Any) -> None:
        """One line; what JSON cannot hold is written as text. A full disk stops no run here."""
        if not self._file:
            return
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        record = {"time": time, "level": level, "event": event} | fields
        try:
            self._file.write(json.dumps(record, ensure_ascii=False, default=str) + "\n")
            self._file.flush()
        except OSError:
            self._file = None
