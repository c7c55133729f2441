"""Annotated Docs on disk."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from spacy.tokens import Doc

from pipeline.annotate.cache import AnnotationCache
from tests.annotate.hand_built import VOCAB
from tests.annotate.test_docs import TEXT, hand_built


def state(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (
            *(t.text_with_ws, t.norm_, t.pos_, t.tag_, t.dep_, t.head.i, t.lemma_, str(t.morph)),
            *(t._.fused, t.ent_iob_, t.ent_type_, t.is_sent_start),
        )
        for t in doc
    ]


def test_what_was_put_comes_back_once_a_call(tmp_path: Path) -> None:
    doc = hand_built()
    doc._.meta = {"id": "a"}
    doc._.events = [object()]
    cache = AnnotationCache(tmp_path, "key", VOCAB, docs_per_shard=2)
    assert cache.get(TEXT) is None
    cache.put(TEXT, doc)
    cache.put("", Doc(doc.vocab))
    found = [cache.get(TEXT), cache.get(TEXT), AnnotationCache(tmp_path, "key", VOCAB).get(TEXT)]
    for copy in found:
        assert copy is not None
        assert state(copy) == state(doc)
        assert copy._.events == []
        assert copy._.meta == {}
    assert found[0] is not found[1]
    assert doc._.meta == {"id": "a"}
    assert AnnotationCache(tmp_path, "other", VOCAB).get(TEXT) is None


def test_a_doc_of_another_text_is_a_miss(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cache = AnnotationCache(tmp_path, "key", VOCAB)
    cache.put(TEXT, hand_built())
    cache.put("", Doc(VOCAB))
    cache.flush()
    with closing(sqlite3.connect(tmp_path / "key" / "index.sqlite")) as index, index:
        index.execute("UPDATE docs SET place = 1 - place")
    with caplog.at_level(logging.WARNING):
        assert cache.get(TEXT) is None
    assert "another text" in caplog.text


def test_what_another_process_adds_is_found(tmp_path: Path) -> None:
    reader, writer = (AnnotationCache(tmp_path, "key", VOCAB) for _ in range(2))
    writer.put("", Doc(VOCAB))
    writer.flush()
    assert reader.get("") is not None
    assert reader.get(TEXT) is None
    writer.put(TEXT, hand_built())
    writer.flush()
    assert reader.get(TEXT) is not None


@pytest.mark.parametrize("damage", [b"", b"not a DocBin", None])
def test_damaged_shards_are_misses(
    tmp_path: Path, damage: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    cache = AnnotationCache(tmp_path, "key", VOCAB)
    cache.put(TEXT, hand_built())
    cache.flush()
    (shard,) = (tmp_path / "key" / "shards").iterdir()
    if damage is None:
        shard.unlink()
    else:
        shard.write_bytes(damage)
    with caplog.at_level(logging.WARNING):
        assert AnnotationCache(tmp_path, "key", VOCAB).get(TEXT) is None
    assert "cache" in caplog.text


def test_damaged_index_is_a_miss_and_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = AnnotationCache(tmp_path, "key", VOCAB)
    cache.put(TEXT, hand_built())
    cache.flush()
    (tmp_path / "key" / "index.sqlite").write_bytes(b"no database" * 500)
    with caplog.at_level(logging.WARNING):
        assert cache.get(TEXT) is None
    assert "index" in caplog.text or "database" in caplog.text


def test_nothing_half_written_where_the_folder_fails(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("a file in the way")
    cache = AnnotationCache(tmp_path, "key", VOCAB)
    cache.put(TEXT, hand_built())
    with pytest.raises(OSError):
        cache.flush()
