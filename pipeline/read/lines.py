"""Lines of a byte stream with their numbers, decoded, none longer than the limit."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from pipeline.read.encoding import UndecodableError, decode, detect_of_lines

#: Bytes that the encoding of a file is guessed from.
SAMPLE = 1 << 16


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end. ``error`` says why ``text`` is empty, where it is."""

    number: int
    text: str
    bytes: int
    encoding: str
    error: str | None = None


def read_lines(stream: io.BufferedIOBase, max_bytes: int) -> Iterator[Line]:
    """The lines of ``stream``; memory holds one line, whatever the size of the file.

    The encoding is detected from the first 64 KB; a line that is not valid in it is tried on
    its own. Over-long and undecodable lines come with an error. Raises UndecodableError where the
    start of the file is binary.
    """
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), SAMPLE)
    encoding = detect_of_lines(buffered.peek(SAMPLE)[:SAMPLE])
    if encoding.startswith(("utf-16", "utf-32", "utf_16")):
        yield from _wide_lines(buffered, encoding, max_bytes)
        return
    number = 0
    while raw := buffered.readline(max_bytes):
        number += 1
        if len(raw) >= max_bytes and not raw.endswith(b"\n"):
            size = len(raw) + _skip_line(buffered, max_bytes)
            yield Line(number, "", size, encoding, _too_long(size, max_bytes))
        else:
            yield _line(number, raw, encoding)


def _line(number: int, raw: bytes, encoding: str) -> Line:
    codec = "utf-8" if encoding == "utf-8-sig" and number > 1 else encoding
    try:
        return Line(number, raw.decode(codec), len(raw), encoding)
    except UnicodeDecodeError:
        pass
    try:
        text, encoding = decode(raw)
    except UndecodableError as error:
        return Line(number, "", len(raw), encoding, str(error))
    return Line(number, text, len(raw), encoding)


def _wide_lines(stream: io.BufferedIOBase, encoding: str, max_bytes: int) -> Iterator[Line]:
    """Lines of UTF-16 and UTF-32, where a newline is more than one byte."""
    text = io.TextIOWrapper(cast(Any, stream), encoding=encoding, errors="replace", newline="\n")
    number = 0
    while line := text.readline(max_bytes):
        number += 1
        size = len(line) * 2
        if len(line) >= max_bytes and not line.endswith("\n"):
            while (rest := text.readline(max_bytes)) and not rest.endswith("\n"):
                size += len(rest) * 2
            yield Line(number, "", size, encoding, _too_long(size, max_bytes))
        else:
            yield Line(number, line, size, encoding)


def _skip_line(stream: io.BufferedIOBase, max_bytes: int) -> int:
    skipped = 0
    while rest := stream.readline(max_bytes):
        skipped += len(rest)
        if rest.endswith(b"\n"):
            break
    return skipped


def _too_long(size: int, max_bytes: int) -> str:
    return f"The line has {size:,} bytes; the limit is {max_bytes:,} (read.max_bytes)."
