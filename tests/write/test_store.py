"""Whole files or none."""

import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.write.publish import publish
from pipeline.write.store import OutputError, Store
from pipeline.write.tables import parquet_bytes

SCHEMA = pa.schema([("n", pa.int32())])


def part(*numbers: int) -> bytes:
    return parquet_bytes([pa.table({"n": list(numbers)}, schema=SCHEMA)], SCHEMA)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "No space left"),
        (errno.EROFS, "read-only file system"),
        (errno.EACCES, "no permission"),
    ],
)
def test_a_failed_write_leaves_the_old_file_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    store = Store(str(tmp_path))
    store.write("a/b", b"old")

    def fail(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match=said):
        store.write("a/b", b"new")
    assert store.read("a/b") == b"old"
    assert store.names("a") == ["b"]


def test_a_file_uri_is_a_folder_of_this_machine(tmp_path: Path) -> None:
    store = Store(f"{tmp_path.as_uri()}/out")
    assert store.local
    store.write("x/y", b"data")
    assert (tmp_path / "out" / "x" / "y").read_bytes() == b"data"


def test_an_object_store_behaves_like_a_folder() -> None:
    store = Store("fsspec+memory://bucket/out")
    assert not store.local
    store.check(".", "x")
    assert store.names("x") == []
    store.write("x/y", b"data")
    assert store.read("x/y") == b"data"
    assert store.read("x/z") is None
    assert store.names("x") == ["y"]
    store.delete("x")
    store.delete("x")
    assert store.names("x") == []


@pytest.mark.parametrize("name", [".", "./name"])
def test_paths_in_a_store_have_no_dots(name: str) -> None:
    """Object stores take ``./`` for a part of the name."""
    assert "/." not in Store("fsspec+memory://bucket/out").path(name)


def test_a_store_that_fails_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store("fsspec+memory://bucket/out")

    def fail(*_: object) -> None:
        raise OSError("When completing: AWS Error NO_SUCH_BUCKET: gone\nmore lines")

    store.filesystem = SimpleNamespace(open_output_stream=fail, get_file_info=fail)
    for act in (lambda: store.write("a", b""), lambda: store.names("a"), lambda: store.delete("a")):
        with pytest.raises(OutputError, match=r"a: When .*: gone\. There is no such bucket; none"):
            act()


def test_publish_joins_small_parts_and_removes_old_ones(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    store.write("events/part-00000.parquet", b"old")
    store.write("events/part-00007.parquet", b"old")
    assert publish(store, "events", [part(1, 2), part(), part(3)], SCHEMA, rows=100) == 3
    assert store.names("events") == ["part-00000.parquet"]
    assert pq.read_table(tmp_path / "events")["n"].to_pylist() == [1, 2, 3]


def test_publish_cuts_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.write.publish.ROW_GROUP", 2)
    store = Store(str(tmp_path))
    publish(store, "events", [part(n) for n in range(9)], SCHEMA, rows=4)
    assert len(store.names("events")) == 3
    assert pq.read_table(tmp_path / "events")["n"].to_pylist() == list(range(9))


def test_publish_of_nothing_has_the_columns(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    publish(store, "events", [], SCHEMA, rows=4)
    assert pq.read_table(tmp_path / "events").schema == SCHEMA
