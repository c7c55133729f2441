"""Articles with poison among them, and whether a run took it as it should.

One in so many records is broken, in every way that we know: bytes that are no text, records that
are no articles, texts that would hang or exhaust a parser, files that are not what their names say.
The good articles must come through with the rows that they have without poison; each poison must
have a row of documents with its status and, where it did not come through, the reason.
"""

import csv
import gzip
import io
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

Record = dict[str, str | None]


@dataclass(frozen=True)
class Poison:
    """What a poison is made of, and what is said of it.

    ``make`` gets a good record that stands before it and the id to use; without that id in the
    bytes (``has_id`` is False) the row is named by file and line. ``error`` is part of the reason.
    """

    make: Callable[[Record, str], bytes]
    status: str
    error: str | None = None
    has_id: bool = True


@dataclass(frozen=True)
class Expected:
    """The row that a poison must have."""

    name: str
    doc_id: str
    status: str
    error: str | None


def line(id: str, text: object, **fields: object) -> bytes:
    return json.dumps({"id": id, "text": text, **fields}).encode()


def words_of(record: Record, number: int) -> str:
    """So many words without punctuation, made of the record's."""
    words = [word for word in str(record["text"]).split() if word.isalpha()] or ["كلمة"]
    return " ".join(random.Random(str(record["id"])).choices(words, k=number))


#: A line of JSON Lines each.
LINES: dict[str, Poison] = {
    "binary": Poison(lambda r, id: b"\x80\x81\xfe\x00\xff" * 50, "failed", "", has_id=False),
    "one word of 5 MB": Poison(lambda r, id: line(id, "و" * 5_000_000), "failed", "the limit is"),
    "one word of 0.9 MB": Poison(lambda r, id: line(id, "و" * 900_000 + id), "ok"),
    "brackets in brackets": Poison(
        lambda r, id: line(id, "(" * 40_000 + f"{r['text']} {id}"), "ok"
    ),
    "JSON in JSON": Poison(lambda r, id: b"[" * 50_000, "failed", "", has_id=False),
    "lone surrogate": Poison(lambda r, id: line(id, f"{r['text']} \ud800"), "failed", "U+D800"),
    "lone surrogate in the title": Poison(
        lambda r, id: line(id, f"{r['text']} {id}", title="\udfff"), "ok"
    ),
    "lone surrogate in the id": Poison(
        lambda r, id: line(id + "\ud800", "نص"), "failed", "lone surrogate", has_id=False
    ),
    "another encoding": Poison(
        lambda r, id: json.dumps(
            {"id": id, "text": f"{r['text']} {r['text']} {id}"}, ensure_ascii=False
        ).encode("cp1256", "ignore"),
        "ok",
    ),
    "used id": Poison(
        lambda r, id: line(str(r["id"]), f"{id} {r['text']} {id}"), "duplicate", "was used before"
    ),
    "empty": Poison(lambda r, id: line(id, ""), "empty", "empty"),
    "white space": Poison(lambda r, id: line(id, " \n\u00a0\u2003\t"), "empty", "empty"),
    "no text": Poison(lambda r, id: json.dumps({"id": id}).encode(), "failed", "no field 'text'"),
    "a number for a text": Poison(lambda r, id: line(id, 17), "failed", "not text"),
    "a list": Poison(
        lambda r, id: json.dumps([id]).encode(), "failed", "JSON object", has_id=False
    ),
    "half a line": Poison(
        lambda r, id: line(id, r["text"])[:60], "failed", "malformed JSON", has_id=False
    ),
    "NUL": Poison(lambda r, id: line(id, f"{r['text']}\x00"), "failed", "Binary"),
    "control characters": Poison(lambda r, id: line(id, "\x01\x02" * 100), "failed", "Binary"),
    "no date": Poison(
        lambda r, id: line(id, f"{r['text']} {id}", date="الأحد"), "ok", "is not ISO"
    ),
    "marks without letters": Poison(lambda r, id: line(id, "\u064e\u0651" * 3000 + id), "ok"),
    "a letter with 50,000 marks": Poison(
        lambda r, id: line(id, "و" + "\u0651" * 50_000 + id), "ok"
    ),
    "pictures": Poison(lambda r, id: line(id, "\U0001f600\u200d\ufe0f" * 2000 + id), "ok"),
    "directions": Poison(
        lambda r, id: line(id, "\u202e\u2066\u200f".join(str(r["text"])[:2000]) + id), "ok"
    ),
    "markup": Poison(
        lambda r, id: line(id, f"<script>alert('{id}')</script><p dir='rtl'>{r['text']}</p>"), "ok"
    ),
    "a sentence of 3,000 words": Poison(lambda r, id: line(id, f"{words_of(r, 3000)} {id}"), "ok"),
    "3,000 lines of a word": Poison(
        lambda r, id: line(id, f"{words_of(r, 3000)} {id}".replace(" ", "\n")), "ok"
    ),
}


def _table(*rows: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _parquet(id: str, texts: pa.Array) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"id": [id], "text": texts}), sink)
    return sink.getvalue().to_pybytes()


_NOT_UTF8 = pa.array([b"\xff\xfe\xfa"], pa.binary()).cast(pa.string(), safe=False)


@dataclass(frozen=True)
class BadFile:
    """The bytes of a file, and the row that it gives; ``row`` where its id is not the file's."""

    make: Callable[[Record], bytes]
    status: str
    error: str | None = None
    row: str | None = None


FILES: dict[str, BadFile] = {
    "bytes.txt": BadFile(lambda r: bytes(range(256)) * 40, "failed", ""),
    "nothing.txt": BadFile(lambda r: b"", "empty", "empty"),
    "windows.txt": BadFile(lambda r: f"{r['text']} w".encode("cp1256", "ignore"), "ok"),
    "wide.txt": BadFile(lambda r: f"{r['text']} x".encode("utf-16"), "ok"),
    "cut.jsonl.gz": BadFile(lambda r: gzip.compress(line("x", r["text"]))[:40], "failed", ""),
    "no-table.parquet": BadFile(lambda r: str(r["text"]).encode(), "failed", ""),
    "no-letters.parquet": BadFile(
        lambda r: _parquet("y", _NOT_UTF8), "failed", "not valid UTF-8", "files/no-letters:1"
    ),
    "numbers.parquet": BadFile(
        lambda r: _parquet("numbers", pa.array([1])), "failed", "is int, not text", "numbers"
    ),
    "short.csv": BadFile(
        lambda r: _table(["id", "text", "url"], ["x", "y"]), "failed", "columns", "files/short:2"
    ),
    "unquoted.csv": BadFile(
        lambda r: b'id,text\nunquoted,"' + words_of(r, 50).encode(), "ok", None, "unquoted"
    ),
}


def write_poisoned(folder: Path, records: Sequence[Record], every: int) -> list[Expected]:
    """Write the records as ``articles.jsonl`` with a poison after each ``every``, and bad files.

    Returns the rows that the poisons must have.
    """
    folder.mkdir(parents=True)
    (folder / "files").mkdir()
    expected = [*_write_files(folder / "files", records[-1])]
    kinds = list(LINES.items())
    number = 0
    with (folder / "articles.jsonl").open("wb") as file:
        for count, record in enumerate(records, 1):
            number += 1
            file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
            if count % every:
                continue
            number += 1
            name, poison = kinds[count // every % len(kinds)]
            id = f"poison-{count}"
            made = poison.make(record, id)
            file.write(made + b"\n")
            row = id if poison.has_id else f"articles:{number}"
            if name == "used id":
                row = str(record["id"])
            expected.append(Expected(name, row, poison.status, poison.error))
    return expected


def _write_files(folder: Path, record: Record) -> Iterator[Expected]:
    for name, bad in FILES.items():
        (folder / name).write_bytes(bad.make(record))
        row = bad.row or f"files/{name.split('.')[0]}"
        yield Expected(name, row, bad.status, bad.error)
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    yield Expected("gone.txt", "files/gone", "failed", "")


def faults(
    output: Path, clean: Path, records: Sequence[Record], poison: list[Expected]
) -> list[str]:
    """What is wrong with the tables of a poisoned run, beside those of a run without poison."""
    found = _read(output / "documents")
    problems = []
    if len(found) != len(records) + len(poison):
        problems.append(f"{len(found)} rows for {len(records)} articles and {len(poison)} poisons")
    for row in poison:
        problems += _fault(row, found)
    ids = {record["id"] for record in records}
    for what in ("documents", "events"):
        whole = _read(output / what)
        mine = whole[whole.doc_id.isin(ids)]
        if what == "documents":  # the poison with a used id has its own row
            mine = mine[~mine.error.fillna("").str.contains("was used before")]
        try:
            pd.testing.assert_frame_equal(
                mine.reset_index(drop=True), _read(clean / what), check_exact=True
            )
        except AssertionError as error:
            problems.append(f"{what} of good articles: {error}")
    return problems


def _read(folder: Path) -> pd.DataFrame:
    return pd.read_parquet(folder, dtype_backend="pyarrow")  # nulls change no column's type


def _fault(row: Expected, found: pd.DataFrame) -> list[str]:
    rows = found[found.doc_id == row.doc_id]
    if row.status == "duplicate":
        rows = rows[rows.status == "duplicate"]
    if len(rows) != 1:
        return [f"{row.name}: {len(rows)} rows for {row.doc_id}"]
    (one,) = rows.to_dict("records")
    if one["status"] != row.status:
        return [f"{row.name}: {one['status']} ({one['error']}), not {row.status}"]
    if row.error is not None and (one["error"] is None or row.error not in one["error"]):
        return [f"{row.name}: the reason is {one['error']!r}"]
    if row.status == "ok" and pd.isna(one["sentences"]):
        return [f"{row.name}: not worked on"]
    return []
