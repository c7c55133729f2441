"""Answers on disk: kept, found by others, and done without where that can't be."""

import logging
import sqlite3
from contextlib import closing

import pytest

from pipeline.resolve import key_value_store, romanize
from pipeline.resolve.key_value_store import KeyValueStore
from pipeline.resolve.romanize import Romanizer


@pytest.fixture
def calls(monkeypatch):
    """The names that the romanizer was asked for; it answers with their number of letters."""
    asked = []

    class Counted:
        def transliterate(self, name):
            asked.append(name)
            if name == "خطأ":
                raise ValueError
            return f"Name{len(name)}"

    monkeypatch.setattr(romanize, "_transliterator", Counted)
    return asked


def test_what_one_store_keeps_another_finds(tmp_path):
    one, other = (KeyValueStore(tmp_path / "new", "names-1.0") for _ in range(2))
    assert other.get("سمير") is None
    one.put("سمير", "Samir")
    other.put("سمير", "Sameer")  # at the same time: the first stays
    assert [store.get("سمير") for store in (one, other)] == ["Samir", "Samir"]
    assert KeyValueStore(tmp_path / "new", "names-1.1").get("سمير") is None


def test_a_name_is_romanised_once(tmp_path, calls):
    assert Romanizer(tmp_path)("قعوار") == Romanizer(tmp_path)("قعوار") == "Name5"
    assert calls == ["قعوار"]
    assert Romanizer()("قعوار") == "Name5"
    assert calls == ["قعوار"] * 2


def test_a_failure_is_not_kept(tmp_path, calls):
    romanized = [Romanizer(tmp_path)("خطأ") for _ in range(2)]
    assert romanized[0] == romanized[1] != ""
    assert calls == ["خطأ"] * 2


def test_without_a_folder_to_write_names_come_all_the_same(tmp_path, calls, caplog):
    (tmp_path / "file").touch()
    with caplog.at_level(logging.WARNING):
        assert Romanizer(tmp_path / "file")("قعوار") == "Name5"
    assert "can't be read" in caplog.text


def test_a_damaged_file_is_done_without(tmp_path, caplog):
    (tmp_path / "names-1.0.sqlite").write_bytes(b"no database " * 1000)
    store = KeyValueStore(tmp_path, "names-1.0")
    with caplog.at_level(logging.WARNING):
        store.put("سمير", "Samir")
        assert store.get("سمير") is None
        assert store.get("سمير") is None
    assert len(caplog.records) == 2  # each said once


def test_what_can_not_be_written_can_be_read(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(key_value_store, "_WAIT", 0.0)
    KeyValueStore(tmp_path, "names-1.0").put("سمير", "Samir")
    store = KeyValueStore(tmp_path, "names-1.0")
    with closing(sqlite3.connect(tmp_path / "names-1.0.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with caplog.at_level(logging.WARNING):
            store.put("هادي", "Hadi")
        assert store.get("سمير") == "Samir"
    assert "Nothing more is kept" in caplog.text
    assert store.get("هادي") is None
