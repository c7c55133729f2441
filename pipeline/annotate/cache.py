"""Annotated Docs on disk, so that a text is annotated once.

A cache folder holds, for each settings key (models and annotate settings), shards and an index::

    FOLDER/KEY/index.sqlite      sha256 of a text -> shard, place
    FOLDER/KEY/shards/*.spacy    DocBins of some dozens of Docs

The flags of a Doc in its DocBin say which text it annotates and which tokens are fused. A shard
is written under a temporary name and renamed before the index mentions it; several processes may
use one folder. What can't be read is a miss, with a warning.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import uuid
from collections import OrderedDict
from contextlib import closing
from pathlib import Path
from typing import Any

from spacy.attrs import ORTH
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from pipeline.events import fused_tokens, set_fused

logger = logging.getLogger(__name__)

_ATTRIBUTES = (
    *("ORTH", "NORM", "TAG", "HEAD", "DEP", "ENT_IOB"),
    *("ENT_TYPE", "LEMMA", "MORPH", "POS"),
)
_TABLE = "CREATE TABLE IF NOT EXISTS docs (text BLOB PRIMARY KEY, shard TEXT, place INT)"
_WAIT = 60.0  # seconds that one process waits for another's index write
_OPEN_SHARDS = 4


class NotCached(LookupError):
    """A text that should have come from the cache is not in it."""


class AnnotationCache:
    """Docs by the text they annotate.

    ``docs_per_shard`` Docs are gathered before they are written; :meth:`flush` writes the rest.
    """

    def __init__(
        self, folder: str | Path, settings_key: str, vocab: Vocab, docs_per_shard: int = 64
    ) -> None:
        self.folder = Path(folder) / settings_key
        self.vocab = vocab
        self.docs_per_shard = docs_per_shard
        self._keys: list[bytes] = []
        self._bin = _new_bin()
        self._open: OrderedDict[str, DocBin] = OrderedDict()
        self._reader: sqlite3.Connection | None = None

    def get(self, text: str) -> Doc | None:
        """The Doc of a text, or None. Each call makes a new Doc."""
        key = _key(text)
        if key in self._keys:
            self.flush()
        try:
            found = self._find(key)
            if found is None:
                return None
            shard, place = self._shard(found[0]), found[1]
            if shard.flags[place]["text"] != key:
                logger.warning("A cached annotation in %s is of another text.", self.folder)
                return None
            return _unpacked(shard, place, self.vocab)
        except Exception as error:  # a damaged shard can fail anywhere in its decoding
            logger.warning("Unreadable annotation cache in %s: %r", self.folder, error)
            self.release()
            return None

    def put(self, text: str, doc: Doc) -> None:
        """Remember the Doc of a text as it is now, without the article's metadata and events."""
        key = _key(text)
        self._bin.add(doc)
        self._bin.flags[-1] |= {"text": key, "fused": fused_tokens(doc)}
        self._keys.append(key)
        if len(self._keys) >= self.docs_per_shard:
            self.flush()

    def flush(self) -> None:
        """Write what was put. Raises OSError where the folder can't be written.

        A damaged index is removed: what it knew will be annotated again.
        """
        if not self._keys:
            return
        shards = self.folder / "shards"
        shards.mkdir(parents=True, exist_ok=True)
        name = uuid.uuid4().hex
        temporary = shards / f".{name}.tmp"
        try:
            temporary.write_bytes(self._bin.to_bytes())
            temporary.rename(shards / f"{name}.spacy")
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        rows = [(key, name, place) for place, key in enumerate(self._keys)]
        self._keys, self._bin = [], _new_bin()
        try:
            with closing(self._connect()) as index, index:
                index.executemany("INSERT OR REPLACE INTO docs VALUES (?, ?, ?)", rows)
        except sqlite3.OperationalError as error:  # locked, disk full, read-only
            raise OSError(f"Can't write the index of {self.folder}: {error}") from error
        except sqlite3.DatabaseError as error:
            logger.warning("Damaged cache index in %s, starting a new one: %s", self.folder, error)
            (self.folder / "index.sqlite").unlink()
        finally:
            self._close_index()

    def release(self) -> None:
        """Hold no shards and no index open any longer."""
        self._open.clear()
        self._close_index()

    def _close_index(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _connect(self) -> sqlite3.Connection:
        path = self.folder / "index.sqlite"
        index = sqlite3.connect(path, timeout=_WAIT, check_same_thread=False)
        index.execute(_TABLE)
        return index

    def _find(self, key: bytes) -> tuple[str, int] | None:
        if self._reader is None:
            if not (self.folder / "index.sqlite").is_file():
                return None
            self._reader = self._connect()
        query = "SELECT shard, place FROM docs WHERE text = ?"
        row = self._reader.execute(query, (key,)).fetchone()
        return (row[0], row[1]) if row else None

    def _shard(self, name: str) -> DocBin:
        """A shard, its strings in the vocabulary."""
        shard = self._open.get(name)
        if shard is None:
            shard = _new_bin()
            shard.from_bytes((self.folder / "shards" / f"{name}.spacy").read_bytes())
            for string in shard.strings:
                self.vocab.strings.add(string)
            self._open[name] = shard
            if len(self._open) > _OPEN_SHARDS:
                self._open.popitem(last=False)
        return shard


def _unpacked(shard: DocBin, place: int, vocab: Vocab) -> Doc:
    """One Doc of a shard; ``DocBin.get_docs`` would make all, with entries for all strings."""
    attributes: list[Any] = shard.attrs
    tokens: Any = shard.tokens[place]
    words = tokens[:, attributes.index(ORTH)].tolist()
    doc = Doc(vocab, words=words, spaces=shard.spaces[place].ravel().tolist())
    doc.from_array(attributes, tokens)
    set_fused(doc, shard.flags[place]["fused"])
    return doc


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _new_bin() -> DocBin:
    return DocBin(attrs=_ATTRIBUTES)
