"""Articles of an input, file after file, record after record."""

import csv
import io
import json
import math
import sys
from collections.abc import Callable, Iterator
from typing import Any, cast

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.filesystem import is_outage, reason
from pipeline.read.article import Article, failed, from_record, from_text
from pipeline.read.encoding import UndecodableError, decode
from pipeline.read.files import InputError, InputFile, find
from pipeline.read.lines import Line, read_lines
from pipeline.settings import ReadSettings

#: Rows of a Parquet row group that are in memory at a time.
PARQUET_ROWS = 256
#: Bytes that are read at a time: a store takes a request for each.
BUFFER = 4 << 20


def read_articles(source: str, settings: ReadSettings) -> Iterator[Article]:
    """All articles of ``source`` in a fixed order; what cannot be read is an Article too.

    Raises InputError where the input does not exist or holds no file in a known format, and where
    its store stops answering: no article is to blame for that.
    """
    found = False
    for file in find(source):
        found = True
        if file.problem:
            yield failed(file.name, f"{file.label}: {file.problem}")
            continue
        try:
            yield from READERS[file.format](file, settings)
        except (OSError, UndecodableError, pa.ArrowException) as error:
            if is_outage(error):
                again = "Run the same command again: what is finished is kept."
                raise InputError(f"Cannot read {file.path}: {reason(error)} {again}") from None
            yield failed(file.name, f"{file.label}: {error}", bytes=file.size)
    if not found:
        raise InputError(f"No .txt, .jsonl, .csv or .parquet files in {source}.")


def count_bytes(source: str) -> int:
    """The size of the input's files, for progress. Raises InputError."""
    return sum(file.size for file in find(source))


def _open(file: InputFile) -> io.BufferedIOBase:
    stream = file.filesystem.open_input_stream(
        file.path, compression="detect", buffer_size=min(BUFFER, max(file.size, 1))
    )
    return cast(io.BufferedIOBase, stream)


def _read_txt(file: InputFile, settings: ReadSettings) -> Iterator[Article]:
    """One article a file; its id is the file's name."""
    with _open(file) as stream:
        data = stream.read(settings.max_bytes + 1)
    if len(data) > settings.max_bytes:
        limit = f"the limit is {settings.max_bytes:,} bytes (read.max_bytes)"
        yield failed(file.name, f"{file.label}: too large; {limit}.", bytes=file.size)
        return
    text, encoding = decode(data)
    yield from_text(
        file.name, text, max_chars=settings.max_chars, encoding=encoding, bytes=file.size
    )


def _read_jsonl(file: InputFile, settings: ReadSettings) -> Iterator[Article]:
    """One JSON object a line; blank lines are passed over."""
    with _open(file) as stream:
        for line in read_lines(stream, settings.max_bytes):
            if line.text.strip() or line.error:
                yield _json_article(file, line, settings)


def _json_article(file: InputFile, line: Line, settings: ReadSettings) -> Article:
    id, where = f"{file.name}:{line.number}", f"{file.label}, line {line.number}"
    try:
        record = None if line.error else json.loads(line.text)
    except json.JSONDecodeError as error:
        message = f"{where}: malformed JSON: {error.msg} at column {error.colno}."
        return failed(id, message, bytes=line.bytes, encoding=line.encoding)
    except RecursionError:
        return failed(id, f"{where}: JSON nested too deeply.", bytes=line.bytes)
    if line.error or not isinstance(record, dict):
        message = line.error or "expected a JSON object with 'id' and 'text'."
        return failed(id, f"{where}: {message}", bytes=line.bytes, encoding=line.encoding)
    return from_record(
        record,
        settings,
        default_id=id,
        where=where,
        bytes=line.bytes,
        encoding=line.encoding,
    )


def _read_csv(file: InputFile, settings: ReadSettings) -> Iterator[Article]:
    """Rows under a header; a quoted text may hold newlines."""
    csv.field_size_limit(min(settings.max_bytes, sys.maxsize))
    with _open(file) as stream:
        taken = _Taken()
        rows = csv.reader(taken.lines(read_lines(stream, settings.max_bytes)))
        header: list[str] | None = None
        while True:
            try:
                row = next(rows)
            except StopIteration:
                break
            except csv.Error as error:
                where = f"{file.label}, line {rows.line_num}"
                yield failed(
                    f"{file.name}:{rows.line_num}", f"{where}: {error}", bytes=taken.reset()
                )
                continue
            if header is None:
                header = row
            elif row:
                yield _csv_article(file, header, row, rows.line_num, taken, settings)


def _csv_article(
    file: InputFile,
    header: list[str],
    row: list[str],
    number: int,
    taken: "_Taken",
    settings: ReadSettings,
) -> Article:
    id, where = f"{file.name}:{number}", f"{file.label}, line {number}"
    error, encoding = taken.error, taken.encoding
    size = taken.reset()
    if error is None and len(row) != len(header):
        error = f"{len(row)} columns where the header has {len(header)}."
    if error:
        return failed(id, f"{where}: {error}", bytes=size, encoding=encoding)
    return from_record(
        dict(zip(header, row, strict=True)),
        settings,
        default_id=id,
        where=where,
        bytes=size,
        encoding=encoding,
    )


class _Taken:
    """What the csv parser has taken for the current row: bytes, encoding, first error."""

    def __init__(self) -> None:
        self.bytes = 0
        self.encoding = "utf-8"
        self.error: str | None = None

    def lines(self, lines: Iterator[Line]) -> Iterator[str]:
        for line in lines:
            self.bytes += line.bytes
            self.encoding = line.encoding
            self.error = self.error or line.error
            yield line.text

    def reset(self) -> int:
        size, self.bytes, self.error = self.bytes, 0, None
        return size


def _read_parquet(file: InputFile, settings: ReadSettings) -> Iterator[Article]:
    """Rows of the columns that are named in the settings, some at a time."""
    names = set(settings.fields.model_dump().values())
    with file.filesystem.open_input_file(file.path) as source, pq.ParquetFile(source) as parquet:
        columns = [name for name in parquet.schema_arrow.names if name in names]
        share = math.ceil(file.size / max(parquet.metadata.num_rows, 1))
        number = 0
        for batch in parquet.iter_batches(batch_size=PARQUET_ROWS, columns=columns):
            for row in _rows(batch):
                number += 1
                id, where = f"{file.name}:{number}", f"{file.label}, row {number}"
                if isinstance(row, str):
                    yield failed(id, f"{where}: {row}", bytes=share)
                    continue
                yield from_record(
                    row,
                    settings,
                    default_id=id,
                    where=where,
                    bytes=share,
                    encoding="utf-8",
                )


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any] | str]:
    """The rows of a batch as dicts; a row that is not valid UTF-8 as its error."""
    for index in range(batch.num_rows):
        try:
            yield batch.slice(index, 1).to_pylist()[0]
        except UnicodeDecodeError:
            yield "a field is not valid UTF-8."


READERS: dict[str, Callable[[InputFile, ReadSettings], Iterator[Article]]] = {
    "txt": _read_txt,
    "jsonl": _read_jsonl,
    "csv": _read_csv,
    "parquet": _read_parquet,
}
