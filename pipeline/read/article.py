"""One record of the input: an article, or the reason why it could not be read."""

import re
from dataclasses import dataclass
from datetime import date as Date
from typing import Any, Literal

from pipeline.settings import ReadSettings

Status = Literal["ok", "empty", "failed", "duplicate"]

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read; ``status`` is ``ok``, or says why it goes no further.

    ``date`` is ISO (``2024-12-06``) or None. ``encoding`` is the one the text was decoded from.
    ``bytes`` is the share of the input it took, for progress. ``error`` explains any status but
    ``ok``; on an ``ok`` article it notes what was ignored.
    """

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    encoding: str | None = None
    status: Status = "ok"
    error: str | None = None
    duplicate_of: str | None = None
    bytes: int = 0

    @property
    def meta(self) -> dict[str, str | None]:
        """What ``doc._.meta`` holds."""
        return {
            "id": self.id,
            "title": self.title,
            "date": self.date,
            "source": self.source,
            "url": self.url,
        }


def failed(id: str, error: str, *, bytes: int = 0, encoding: str | None = None) -> Article:
    """A record that could not be read, with the reason."""
    return Article(id, "", status="failed", error=error, bytes=bytes, encoding=encoding)


def from_text(id: str, text: str, *, max_chars: int, **fields: Any) -> Article:
    """An article of decoded text; empty, binary, broken and over-long texts get their status."""
    status, error = check_text(text, max_chars)
    if status == "failed":
        text = ""
    return Article(id, text, status=status, error=error, **fields)


def from_record(
    record: dict[str, Any],
    settings: ReadSettings,
    *,
    default_id: str,
    where: str,
    bytes: int,
    encoding: str | None,
) -> Article:
    """An article of one jsonl line, csv row or parquet row.

    ``where`` (``news.jsonl, line 12``) goes into errors; ``default_id`` serves records without id.
    """
    names = settings.fields
    id = _string(record.get(names.id)) or default_id
    if _SURROGATE.search(id):
        return failed(default_id, f"{where}: the id holds a lone surrogate.", bytes=bytes)
    text = record.get(names.text)
    if text is None:
        return failed(id, f"{where}: no field '{names.text}'.", bytes=bytes, encoding=encoding)
    if not isinstance(text, str):
        kind = type(text).__name__
        return failed(id, f"{where}: '{names.text}' is {kind}, not text.", bytes=bytes)
    status, error = check_text(text, settings.max_chars)
    date, date_error = _date(record.get(names.date))
    optional = {name: _string(record.get(getattr(names, name))) for name in _OPTIONAL}
    return Article(
        id,
        "" if status == "failed" else text,
        date=date,
        encoding=encoding,
        status=status,
        error=f"{where}: {error}" if error else date_error,
        bytes=bytes,
        **{name: _SURROGATE.sub("\ufffd", v) if v else None for name, v in optional.items()},
    )


_OPTIONAL = ("title", "source", "url")


def check_text(text: str, max_chars: int) -> tuple[Status, str | None]:
    """Whether a text can be worked on, and if not, why."""
    if not text.strip():
        return "empty", "The text is empty."
    if len(text) > max_chars:
        return "failed", (
            f"The text has {len(text):,} characters; the limit is {max_chars:,} (read.max_chars)."
        )
    if surrogate := _SURROGATE.search(text):
        code = f"U+{ord(surrogate.group()):04X}"
        return "failed", f"Lone surrogate {code} at character {surrogate.start()}: broken Unicode."
    if looks_binary(text):
        return "failed", "Binary data, not text."
    return "ok", None


def looks_binary(text: str) -> bool:
    """A NUL, or more than one control character in a hundred."""
    return "\x00" in text or len(_CONTROLS.findall(text)) > len(text) / 100


def _string(value: Any) -> str | None:
    return None if value is None or value == "" else str(value)


def _date(value: Any) -> tuple[str | None, str | None]:
    """An ISO date, or None and the note that it was not understood."""
    if value is None or value == "":
        return None, None
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    try:
        return Date.fromisoformat(text.strip()[:10]).isoformat(), None
    except ValueError:
        return None, f"The date {text[:40]!r} is not ISO (YYYY-MM-DD); ignored."
