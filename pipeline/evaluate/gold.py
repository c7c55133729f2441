"""Reads gold annotation: JSON Lines, one sentence or short paragraph an object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.evaluate.frames import FRAME_ROLES, Frame, Offsets


class GoldError(ValueError):
    """A line of a gold file that cannot be read; the message says where and why."""


@dataclass(frozen=True)
class GoldLine:
    """One annotated line: its place in the text it belongs to, and its frames."""

    id: str
    start: int
    end: int
    frames: tuple[Frame, ...]
    phenomenon: str | None = None


@dataclass(frozen=True)
class GoldText:
    """A text that the pipeline reads as one article: a line, or the lines of a document.

    ``published`` is its ISO date, if known.
    """

    id: str
    text: str
    lines: tuple[GoldLine, ...]
    published: str | None = None

    @property
    def frames(self) -> list[Frame]:
        """All frames, in the order of the lines."""
        return [frame for line in self.lines for frame in line.frames]


def read_gold(path: str | Path, by_document: bool = False) -> list[GoldText]:
    """The texts of a gold file.

    With ``by_document``, consecutive lines that share ``doc`` are joined by newlines into one
    text, and the gold offsets are shifted accordingly. The annotated roles still stand within
    their own line.

    Raises GoldError where a line is no JSON object with ``id``, ``text`` and ``events``, or where
    a string of the annotation does not stand in its text.
    """
    records = list(_records(Path(path)))
    if not by_document:
        return [_joined(record["id"], [record]) for record in records]
    groups = groupby(records, key=lambda record: record.get("doc") or record["id"])
    return [_joined(doc_id, list(group)) for doc_id, group in groups]


def _records(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise GoldError(f"{path}:{number}: not JSON ({error.msg}).") from error
        if not isinstance(record, dict) or not {"id", "text", "events"} <= record.keys():
            raise GoldError(f"{path}:{number}: needs the fields id, text and events.")
        yield record


def _joined(doc_id: str, records: list[dict[str, Any]]) -> GoldText:
    text = "\n".join(record["text"] for record in records)
    lines = []
    start = 0
    for record in records:
        end = start + len(record["text"])
        frames = tuple(_frame(event, record, start, text) for event in record["events"])
        lines.append(GoldLine(record["id"], start, end, frames, record.get("phenomenon")))
        start = end + 1
    return GoldText(doc_id, text, tuple(lines))


def _frame(event: dict[str, Any], record: dict[str, Any], shift: int, text: str) -> Frame:
    def place(value: Any) -> Offsets:
        start, end = locate(value, record["text"], record["id"])
        return start + shift, end + shift

    roles = {
        role: tuple(place(value) for value in _values(event.get(role))) for role in FRAME_ROLES
    }
    elsewhere = {
        role: tuple(_occurrences(event[f"{role}_antecedent"], text))
        for role in FRAME_ROLES
        if event.get(f"{role}_antecedent")
    }
    return Frame(
        trigger=place(event["trigger"]),
        action=event["action"],
        roles=roles,
        factuality=event.get("factuality", "asserted"),
        elsewhere=elsewhere,
    )


def _values(value: Any) -> list[Any]:
    """The fillers of a role, which may be null, a string, ``[string, n]`` or a list of these."""
    if value is None:
        return []
    if isinstance(value, str) or _is_numbered(value):
        return [value]
    return list(value)


def _is_numbered(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and isinstance(value[0], str)
        and isinstance(value[1], int)
    )


def _occurrences(string: str, text: str) -> Iterator[Offsets]:
    start = text.find(string)
    while start >= 0:
        yield start, start + len(string)
        start = text.find(string, start + 1)


def locate(value: Any, text: str, line_id: str = "") -> Offsets:
    """Offsets of an annotated string, or of the n-th occurrence for ``[string, n]``.

    Raises GoldError where there is no such occurrence.
    """
    string, index = value if _is_numbered(value) else (value, 0)
    for number, offsets in enumerate(_occurrences(string, text)):
        if number == index:
            return offsets
    raise GoldError(f"{line_id}: occurrence {index} of {string!r} does not stand in the text.")
