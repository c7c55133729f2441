"""Every format, every way in which a record can be broken."""

import gzip
import json
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fsspec import filesystem
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read import Article, InputError, count_bytes, read_articles
from pipeline.read.reader import READERS
from pipeline.settings import Fields, ReadSettings

TEXT = "وصل الوفد إلى القاهرة يوم الجمعة، وقال المسؤول إن الزيارة تستمر يومين."
SETTINGS = ReadSettings()


def read(path: Path, settings: ReadSettings = SETTINGS) -> list[Article]:
    return list(read_articles(str(path), settings))


def jsonl(folder: Path, *lines: str | bytes) -> Path:
    path = folder / "news.jsonl"
    path.write_bytes(b"\n".join(x if isinstance(x, bytes) else x.encode() for x in lines) + b"\n")
    return path


def test_txt_takes_the_id_from_the_file_name(tmp_path: Path) -> None:
    (tmp_path / "one.two.txt").write_bytes(f"\r\n{TEXT}\r\n".encode())
    [article] = read(tmp_path)
    assert (article.id, article.status, article.encoding) == ("one.two", "ok", "utf-8")
    assert article.text == f"\r\n{TEXT}\r\n"


def test_order_is_by_name_folder_after_folder(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c/z.txt", "c/a.txt", ".hidden.txt", "_x.txt", "d.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    assert [a.id for a in read(tmp_path)] == ["a", "b", "c/a", "c/z"]


def test_glob_and_single_file(tmp_path: Path) -> None:
    for name in ("a1.txt", "a2.txt", "b1.txt"):
        (tmp_path / name).write_text(TEXT)
    assert [a.id for a in read(tmp_path / "a*.txt")] == ["a1", "a2"]
    assert [a.id for a in read(tmp_path / "b1.txt")] == ["b1"]


@pytest.mark.parametrize(
    ("pattern", "ids"),
    [
        ("", ["a1", "a2", "b/a3", "b/c/a5"]),
        ("a1.txt", ["a1"]),
        ("*.txt", ["a1", "a2"]),
        ("**/a[!1].txt", ["a2", "a3", "a5"]),
        ("b/*", ["a3"]),
    ],
)
def test_files_folders_and_globs_of_a_store(pattern: str, ids: list[str]) -> None:
    memory = filesystem("memory")
    for name in ("a1.txt", "a2.txt", "b/a3.txt", "b/a4.pdf", "b/c/a5.txt", ".hidden.txt"):
        memory.pipe(f"/read/{name}", TEXT.encode())
    articles = list(read_articles(f"fsspec+memory://read/{pattern}", SETTINGS))
    assert [article.id for article in articles] == ids
    assert {article.text for article in articles} == {TEXT}
    size = len(TEXT.encode())
    assert count_bytes(f"fsspec+memory://read/{pattern}") == size * len(ids)


def test_a_store_that_stops_answering_fails_no_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)

    def fail(message: str) -> None:
        def read(*_: object) -> Iterator[Article]:
            raise OSError(message)

        monkeypatch.setitem(READERS, "txt", read)

    fail("AWS Error NETWORK_CONNECTION during GetObject")
    with pytest.raises(InputError, match=r"a\.txt: AWS .* Run the same command again"):
        read(tmp_path)
    fail("AWS Error ACCESS_DENIED during GetObject")
    assert [article.status for article in read(tmp_path)] == ["failed", "failed"]


@pytest.mark.parametrize("name", ["nothing.txt", "x*.txt"])
def test_no_such_input_in_a_store(name: str) -> None:
    with pytest.raises(InputError, match="no such file, folder or bucket"):
        list(read_articles(f"fsspec+memory://nothing/{name}", SETTINGS))


@pytest.mark.parametrize("name", ["nothing.txt", "x*.txt"])
def test_no_such_input(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="No such input"):
        read(tmp_path / name)


def test_folder_without_readable_files(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("x")
    with pytest.raises(InputError, match=r"No \.txt"):
        read(tmp_path)
    with pytest.raises(InputError, match="unknown format"):
        read(tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf_16_le"),
        ("utf-32", "utf-32"),
        ("windows-1256", "windows-1256"),
        ("iso-8859-6", "iso-8859-6"),
    ],
)
@pytest.mark.parametrize("suffix", ["txt", "jsonl", "csv"])
def test_encodings_are_detected_and_said(
    tmp_path: Path, suffix: str, encoding: str, said: str
) -> None:
    content = {
        "txt": TEXT,
        "jsonl": json.dumps({"id": "a", "text": TEXT}, ensure_ascii=False) + "\n",
        "csv": f'id,text\na,"{TEXT}"\n',
    }[suffix]
    (tmp_path / f"a.{suffix}").write_bytes(content.encode(encoding))
    [article] = read(tmp_path)
    assert (article.id, article.status, article.text) == ("a", "ok", TEXT)
    assert article.encoding == said


@pytest.mark.parametrize("words", [3, 8, 12])
@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6"])
def test_short_texts_are_decoded_rightly(tmp_path: Path, encoding: str, words: int) -> None:
    text = " ".join(TEXT.split()[:words])
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert read(tmp_path)[0].text == text


def test_a_line_in_another_encoding_is_read_too(tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "text": TEXT}, ensure_ascii=False)
    other = json.dumps({"id": "b", "text": TEXT}, ensure_ascii=False).encode("windows-1256")
    filler = json.dumps({"id": "c", "text": TEXT * 1000}, ensure_ascii=False)
    articles = read(jsonl(tmp_path, good, filler, other, good.replace('"a"', '"d"')))
    assert [(a.id, a.status, a.encoding) for a in articles] == [
        ("a", "ok", "utf-8"),
        ("c", "ok", "utf-8"),
        ("b", "ok", "windows-1256"),
        ("d", "ok", "utf-8"),
    ]


@pytest.mark.parametrize("escaped", [True, False])
@pytest.mark.parametrize("broken", [b"\x80\x81\xfe\x00\xff" * 50, "وصل الوفد".encode("cp1256")])
def test_an_early_broken_line_does_not_decide_for_the_file(
    tmp_path: Path, broken: bytes, escaped: bool
) -> None:
    lines = [json.dumps({"id": f"a{n}", "text": TEXT}, ensure_ascii=escaped) for n in range(4)]
    articles = read(jsonl(tmp_path, lines[0], broken, *lines[1:]))
    assert [a.text for a in articles if a.status == "ok"] == [TEXT] * 4
    assert [a.status for a in articles] == ["ok", "failed", "ok", "ok", "ok"]


@pytest.mark.parametrize(
    ("data", "status", "error"),
    [
        (b"", "empty", "empty"),
        (b" \n\t ", "empty", "empty"),
        (bytes(range(256)) * 20, "failed", "inary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x90" * 9, "failed", "inary"),
        (b"\x00" * 500, "failed", "inary"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" * 9, "failed", ""),
    ],
)
def test_broken_files_are_rows_and_the_others_come_through(
    tmp_path: Path, data: bytes, status: str, error: str
) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.txt").write_text(TEXT)
    first, second = read(tmp_path)
    assert (first.id, first.status) == ("a", status)
    assert error in (first.error or "")
    assert second.status == "ok"


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('{"id": "x", "text": "abc"', "line 2: malformed JSON"),
        ('["x"]', "line 2: expected a JSON object"),
        ('{"id": "x"}', "line 2: no field 'text'"),
        ('{"id": "x", "text": 5}', "line 2: 'text' is int"),
        ('{"id": "x", "text": "a\\ud800b"}', "line 2: Lone surrogate U+D800 at character 1"),
        ('{"id": "\\udc00", "text": "a"}', "line 2: the id holds a lone surrogate"),
        ("[" * 100_000, "line 2: "),
        ('{"id": "x", "text": "a\\u0000b"}', "line 2: Binary data"),
        (b"\x80\x81\xfe\xff\x00", "line 2: "),
    ],
)
def test_broken_lines_are_rows_with_their_number(
    tmp_path: Path, line: str | bytes, error: str
) -> None:
    good = json.dumps({"id": "a", "text": TEXT})
    first, broken, last = read(jsonl(tmp_path, good, line, good))
    assert (first.status, broken.status, last.status) == ("ok", "failed", "ok")
    assert error in (broken.error or "")
    assert broken.text == ""


def test_what_is_no_file_is_a_row_and_stops_nothing(tmp_path: Path) -> None:
    for name in ("a.txt", "sub/b.txt", "elsewhere/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    os.mkfifo(tmp_path / "pipe.txt")  # nobody writes to it
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "sub" / "round").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "and_round").symlink_to(tmp_path / "sub")
    found = {a.id: a.error for a in read(tmp_path)}
    assert found == {
        "a": None,
        "link": None,
        "gone": "gone.txt: A link to a file that does not exist.",
        "pipe": "pipe.txt: Not a file but a pipe, a socket or a device.",
        "elsewhere/c": None,
        "elsewhere/and_round/b": None,
        "elsewhere/and_round/round": "round: A link to a folder that it lies in; not followed.",
        "sub/b": None,
        "sub/round/c": None,
        "sub/round/and_round": "and_round: A link to a folder that it lies in; not followed.",
    }
    assert {a.id: a.status for a in read(tmp_path / "*.txt")} == {
        "a": "ok",
        "gone": "failed",
        "link": "ok",
        "pipe": "failed",
    }


def test_empty_text_of_a_record_is_empty(tmp_path: Path) -> None:
    [article] = read(jsonl(tmp_path, '{"id": "x", "text": " "}'))
    assert article.status == "empty"


def test_blank_lines_are_no_records(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "text": TEXT})
    assert len(read(jsonl(tmp_path, line, "", "  ", line))) == 2


def test_over_long_articles_and_lines_fail_and_are_not_loaded(tmp_path: Path) -> None:
    settings = ReadSettings(max_chars=50, max_bytes=1000)
    long_text = json.dumps({"id": "long", "text": "x" * 51})
    long_line = json.dumps({"id": "b", "text": "y" * 5000})
    good = json.dumps({"id": "a", "text": "z" * 50})
    articles = read(jsonl(tmp_path, long_text, long_line, good), settings)
    assert [(a.id, a.status) for a in articles] == [
        ("long", "failed"),
        ("news:2", "failed"),
        ("a", "ok"),
    ]
    assert "51 characters; the limit is 50 (read.max_chars)" in (articles[0].error or "")
    assert "the limit is 1,000 (read.max_bytes)" in (articles[1].error or "")
    (tmp_path / "news.jsonl").unlink()
    (tmp_path / "big.txt").write_text("x" * 1001)
    assert "too large" in (read(tmp_path, settings)[0].error or "")


def test_metadata_and_other_field_names(tmp_path: Path) -> None:
    record = {"n": 7, "body": TEXT, "title": "t", "date": "2024-12-06T10:00:00Z", "url": "u"}
    settings = ReadSettings(fields=Fields(id="n", text="body"))
    [article] = read(jsonl(tmp_path, json.dumps(record)), settings)
    assert article.meta == {
        "id": "7",
        "title": "t",
        "date": "2024-12-06",
        "source": None,
        "url": "u",
    }


def test_a_date_that_is_not_iso_is_noted_and_ignored(tmp_path: Path) -> None:
    [article] = read(jsonl(tmp_path, '{"id": "a", "text": "b", "date": "6/12/2024"}'))
    assert (article.status, article.date) == ("ok", None)
    assert "6/12/2024" in (article.error or "")


def test_records_without_id_are_named_by_their_line(tmp_path: Path) -> None:
    assert [a.id for a in read(jsonl(tmp_path, '{"text": "a"}', '{"text": "b"}'))] == [
        "news:1",
        "news:2",
    ]


def test_csv_keeps_newlines_of_quoted_texts(tmp_path: Path) -> None:
    text = 'first\r\nsecond, "third"\n'
    quoted = text.replace('"', '""')
    (tmp_path / "a.csv").write_bytes(f'title,id,text\r\nt,x,"{quoted}"\r\n'.encode())
    [article] = read(tmp_path)
    assert (article.id, article.text, article.title) == ("x", text, "t")


def test_csv_rows_with_the_wrong_number_of_columns_fail(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'id,text\nx\ny,"{TEXT}"\n')
    first, second = read(tmp_path)
    assert first.status == "failed"
    assert "1 columns where the header has 2" in (first.error or "")
    assert second.status == "ok"


def test_parquet(tmp_path: Path) -> None:
    rows = [{"id": n, "text": f"{TEXT} {n}", "extra": 1} for n in range(600)]
    rows[3]["text"] = None
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet", row_group_size=100)
    articles = read(tmp_path)
    assert len(articles) == 600
    assert articles[0].id == "0"
    assert "row 4: no field 'text'" in (articles[3].error or "")
    assert {a.status for a in articles[4:]} == {"ok"}


def test_damaged_parquet_is_one_failed_row(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 nothing of the kind PAR1")
    (tmp_path / "b.txt").write_text(TEXT)
    assert [a.status for a in read(tmp_path)] == ["failed", "ok"]


def test_compressed_files(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "text": TEXT}).encode()
    (tmp_path / "news.jsonl.gz").write_bytes(gzip.compress(line))
    assert [(a.id, a.text) for a in read(tmp_path)] == [("a", TEXT)]


def test_progress_adds_up(tmp_path: Path) -> None:
    path = jsonl(tmp_path, *(json.dumps({"id": n, "text": TEXT}) for n in range(9)))
    assert sum(a.bytes for a in read(path)) == count_bytes(str(path)) == path.stat().st_size


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(articles: int) -> int:
        line = json.dumps({"id": "a", "text": TEXT * 20}) + "\n"
        with (tmp_path / "news.jsonl").open("w") as file:
            file.writelines(line for _ in range(articles))
        tracemalloc.start()
        for _ in read_articles(str(tmp_path / "news.jsonl"), SETTINGS):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(3000) < 1.5 * peak(100)


def written(folder: Path, text: str) -> tuple[Article, Article]:
    """The text read back from a .txt file and from a line of JSON."""
    (folder / "a.txt").write_bytes(text.encode("utf-8", "replace"))
    (folder / "b.jsonl").write_text(json.dumps({"id": "b", "text": text}))
    first, second = read(folder)
    return first, second


@given(st.text(st.characters(exclude_characters="\0"), min_size=1))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """UTF-8 without NUL comes back to the letter (but for a byte-order mark), or with a reason."""
    as_txt, as_json = written(tmp_path_factory.mktemp("texts"), text)
    in_file = text.encode("utf-8", "replace").decode().removeprefix("\ufeff")
    for article, expected in ((as_txt, in_file), (as_json, text)):
        assert article.text == ("" if article.status == "failed" else expected)
        assert article.status == "ok" or article.error


@given(st.text(), st.text(st.characters(min_codepoint=0x80, exclude_categories=["Cs"]), min_size=1))
def test_utf8_with_a_nul_is_never_taken_for_another_encoding(
    tmp_path_factory: pytest.TempPathFactory, text: str, letters: str
) -> None:
    for article in written(tmp_path_factory.mktemp("texts"), f"{text}\0{letters}"):
        assert (article.status, article.text) == ("failed", "")


@pytest.mark.parametrize("text", ["ђ\nᬼ", "럂駂뫲隞", "扡c"])
def test_bytes_that_are_utf16_of_another_script_only_by_chance_are_binary(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode("utf-16-be") + b"\0 ")
    (tmp_path / "b.txt").write_bytes(f"{TEXT} 2018".encode("utf-16-be"))
    assert [article.status for article in read(tmp_path)] == ["failed", "ok"]
