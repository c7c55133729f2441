"""Annotated Docs on disk, so that a text is annotated once.

A cache folder holds, for each settings key (models and annotate settings), shards and an index::

    FOLDER/KEY/index.sqlite      sha256 of a text -> shard, place
    FOLDER/KEY/shards/*.spacy    DocBins of some dozens of Docs

A shard is written under a temporary name and renamed before the index mentions it; several
processes may use one folder. What can't be read is a miss, with a warning.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import uuid
from collections import OrderedDict
from contextlib import closing
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

logger = logging.getLogger(__name__)

#: Extensions that belong to the annotation; other user data is the article's own.
_EXTENSIONS = frozenset({"fused"})
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
        self._open: OrderedDict[str, dict[int, Doc]] = OrderedDict()

    def get(self, text: str) -> Doc | None:
        """The Doc of a text, or None. Each call makes a new Doc."""
        key = _key(text)
        if key in self._keys:
            self.flush()
        try:
            place = self._find(key)
            if place is None:
                return None
            doc = self._take(*place)
        except Exception as error:  # a damaged shard can fail anywhere in its decoding
            logger.warning("Unreadable annotation cache in %s: %r", self.folder, error)
            return None
        if doc.text != text:
            logger.warning("A cached annotation in %s is of another text.", self.folder)
            return None
        return doc

    def put(self, text: str, doc: Doc) -> None:
        """Remember the Doc of a text as it is now, without the article's metadata and events."""
        kept = doc.user_data
        doc.user_data = {key: value for key, value in kept.items() if _is_annotation(key)}
        try:
            self._bin.add(doc)
        finally:
            doc.user_data = kept
        self._keys.append(_key(text))
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

    def release(self) -> None:
        """Hold no Docs of open shards any longer."""
        self._open.clear()

    def _connect(self) -> sqlite3.Connection:
        index = sqlite3.connect(self.folder / "index.sqlite", timeout=_WAIT)
        index.execute(_TABLE)
        return index

    def _find(self, key: bytes) -> tuple[str, int] | None:
        if not (self.folder / "index.sqlite").is_file():
            return None
        with closing(self._connect()) as index:
            row = index.execute("SELECT shard, place FROM docs WHERE text = ?", (key,)).fetchone()
        return (row[0], row[1]) if row else None

    def _take(self, shard: str, place: int) -> Doc:
        """A Doc of a shard; a Doc is handed out once, then its shard is read again."""
        docs = self._open.get(shard)
        if docs is None or place not in docs:
            data = (self.folder / "shards" / f"{shard}.spacy").read_bytes()
            docs = dict(enumerate(DocBin().from_bytes(data).get_docs(self.vocab)))
            self._open[shard] = docs
            if len(self._open) > _OPEN_SHARDS:
                self._open.popitem(last=False)
        return docs.pop(place)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _is_annotation(key: object) -> bool:
    return isinstance(key, tuple) and key[1] in _EXTENSIONS


def _new_bin() -> DocBin:
    return DocBin(attrs=_ATTRIBUTES, store_user_data=True)
