"""Articles that repeat earlier ones: by id, by text, or nearly by text.

Exact copies have the same text but for white space. Near-duplicates are found by MinHash over
triples of words (Broder 1997), looked up by bands (Leskovec, Rajaraman, Ullman, *Mining of Massive
Datasets*, ch. 3) and kept where the estimated Jaccard similarity reaches the limit. The index lies
in a temporary SQLite file, so memory does not grow with the batch. An article is compared with
those before it: the same input in the same order gives the same links.
"""

import re
import sqlite3
import zlib
from dataclasses import replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from pipeline.read import Article
from pipeline.text import fold

#: Bands and rows of a signature: finds nearly all pairs at 0.8, and few below 0.5.
BANDS, ROWS = 16, 4
#: Shorter texts have too few triples to be compared.
MIN_WORDS = 20

_WORD = re.compile(r"\w+")
_RANDOM = np.random.PCG64(2024).random_raw(2 * BANDS * ROWS + 3 + ROWS)
_A = _RANDOM[: BANDS * ROWS] | np.uint64(1)
_B = _RANDOM[BANDS * ROWS : 2 * BANDS * ROWS]
_TRIPLE = _RANDOM[2 * BANDS * ROWS : 2 * BANDS * ROWS + 3] | np.uint64(1)
_BAND = _RANDOM[-ROWS:] | np.uint64(1)

Signature = NDArray[np.uint32]


class Duplicates:
    """Remembers articles and marks those that repeat an earlier one.

    A repeated id: status ``duplicate`` and an error, as ids must tell articles apart; the article
    goes no further. A repeated text: status ``duplicate``. A nearly repeated text: ``ok``. All have
    ``duplicate_of``, the id of the first of their kind.
    """

    def __init__(self, similarity: float) -> None:
        self.similarity = similarity
        self._db = sqlite3.connect("", isolation_level=None)  # a private file, gone when closed
        self._db.executescript(
            """
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;
            CREATE TABLE articles (
                number INTEGER PRIMARY KEY, id TEXT UNIQUE, text BLOB, first TEXT, signature BLOB);
            CREATE INDEX texts ON articles (text);
            CREATE TABLE bands (key INTEGER, article INTEGER);
            CREATE INDEX keys ON bands (key);
            BEGIN;
            """
        )

    def mark(self, article: Article) -> Article:
        """The article, marked where it repeats an earlier one, and remembered."""
        digest = content_hash(article.text)
        if same_id := self._one("SELECT id, text FROM articles WHERE id = ?", article.id):
            return _repeated_id(article, same_text=same_id[1] == digest)
        if article.status != "ok":
            self._add(article.id, None, None, None)
            return article
        if same_text := self._one("SELECT first, id FROM articles WHERE text = ?", digest):
            original = same_text[0] or same_text[1]
            self._add(article.id, digest, original, None)
            return replace(article, status="duplicate", duplicate_of=original)
        signature = minhash(article.text) if self.similarity < 1 else None
        first = self._nearest(signature) if signature is not None else None
        self._add(article.id, digest, first, signature)
        return replace(article, duplicate_of=first) if first else article

    def _nearest(self, signature: Signature) -> str | None:
        """The first article that is similar enough, or the one which that repeats."""
        marks = ",".join("?" * BANDS)
        candidates = self._db.execute(
            f"SELECT id, first, signature FROM articles WHERE number IN "
            f"(SELECT article FROM bands WHERE key IN ({marks})) ORDER BY number",
            band_keys(signature),
        )
        for id, first, stored in candidates:
            if np.mean(signature == np.frombuffer(stored, np.uint32)) >= self.similarity:
                return str(first or id)
        return None

    def _add(
        self, id: str, text: bytes | None, first: str | None, signature: Signature | None
    ) -> None:
        stored = None if signature is None else signature.tobytes()
        row = (id, text, first, stored)
        number = self._db.execute(
            "INSERT INTO articles (id, text, first, signature) VALUES (?, ?, ?, ?)", row
        ).lastrowid
        if signature is not None:
            rows = [(key, number) for key in band_keys(signature)]
            self._db.executemany("INSERT INTO bands VALUES (?, ?)", rows)

    def _one(self, query: str, value: str | bytes) -> tuple[str, ...] | None:
        row: tuple[str, ...] | None = self._db.execute(query, (value,)).fetchone()
        return row


def content_hash(text: str) -> bytes:
    """SHA-256 of a text with white space made equal."""
    return sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).digest()


def minhash(text: str) -> Signature | None:
    """The MinHash signature of a text's word triples; None for texts that are too short."""
    words = _WORD.findall(fold(text))
    if len(words) < MIN_WORDS:
        return None
    hashes = np.array([zlib.crc32(word.encode()) for word in words], np.uint64)
    triples = np.unique(
        hashes[:-2] * _TRIPLE[0] + hashes[1:-1] * _TRIPLE[1] + hashes[2:] * _TRIPLE[2]
    )
    smallest = np.full(BANDS * ROWS, np.iinfo(np.uint64).max, np.uint64)
    for part in np.array_split(triples, max(1, len(triples) // 4096)):  # bounds the memory
        smallest = np.minimum(smallest, (np.outer(part, _A) + _B).min(axis=0))
    return (smallest >> np.uint64(32)).astype(np.uint32)


def band_keys(signature: Signature) -> list[int]:
    """A key for each band; similar texts share at least one."""
    bands = signature.reshape(BANDS, ROWS).astype(np.uint64)
    keys = (bands * _BAND).sum(axis=1) ^ (np.arange(BANDS, dtype=np.uint64) * _BAND[0])
    return [int(key) for key in keys.astype(np.int64)]


def _repeated_id(article: Article, *, same_text: bool) -> Article:
    what = "the same text" if same_text else "another text"
    error = f"The id {article.id!r} was used before, with {what}; ids must tell articles apart."
    return replace(article, status="duplicate", duplicate_of=article.id, error=error)
