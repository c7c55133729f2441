"""The input cut into shards, and the files in which a finished shard is kept."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple, dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal

from pipeline.read import Article
from pipeline.schema import DOCUMENTS_SCHEMA, EVENTS_SCHEMA
from pipeline.settings import RunSettings
from pipeline.write.store import Store
from pipeline.write.tables import parquet_bytes, table

#: Folder of unpublished shards in the output.
FOLDER = ".shards"


@dataclass(frozen=True, slots=True)
class Shard:
    """Consecutive articles of the input. ``key`` is a hash of all that is in them."""

    number: int
    articles: tuple[Article, ...]

    @property
    def key(self) -> str:
        """The same articles in the same order have the same key."""
        content = repr([astuple(article) for article in self.articles])
        return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def bytes(self) -> int:
        """The share of the input that the shard takes."""
        return sum(article.bytes for article in self.articles)


@dataclass(slots=True)
class Counts:
    """What a shard, or a run, came to."""

    articles: int = 0
    ok: int = 0
    empty: int = 0
    failed: int = 0
    duplicate: int = 0
    errors: int = 0  # documents that did not come through: empty, failed, or with a used id
    near_duplicates: int = 0
    sentences: int = 0
    words: int = 0
    events: int = 0
    rows: int = 0

    def add(self, other: "Counts") -> None:
        """Add another's figures to these."""
        for name, value in asdict(other).items():
            setattr(self, name, getattr(self, name) + value)


@dataclass(frozen=True, slots=True)
class Processed:
    """What became of one article: its row of documents, its rows of events."""

    document: dict[str, Any]
    events: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Finished:
    """A committed shard: its figures, and (id, status, error) of documents with an error."""

    counts: Counts
    problems: list[list[str]]


def cut(articles: Iterable[Article], settings: RunSettings) -> Iterator[Shard]:
    """Shards of at most so many articles and characters (at least one article)."""
    number, chars = 0, 0
    taken: list[Article] = []
    for article in articles:
        full = len(taken) >= settings.shard_articles
        if taken and (full or chars + len(article.text) > settings.shard_chars):
            yield Shard(number, tuple(taken))
            number, chars, taken = number + 1, 0, []
        taken.append(article)
        chars += len(article.text)
    if taken:
        yield Shard(number, tuple(taken))


class ShardFiles:
    """The finished shards of one run, in ``.shards/RUN_HASH`` of the output.

    A shard counts as finished when its completion marker lies there: it is written last, and holds
    the shard's key, so other input is never taken for this one. No rename is needed, so it holds
    in an object store too.
    """

    def __init__(self, store: Store, run_hash: str) -> None:
        self.store = store
        self.folder = f"{FOLDER}/{run_hash}"

    def commit(self, number: int, key: str, processed: list[Processed]) -> Finished:
        """Write a shard's tables, then its marker. Raises OutputError."""
        rows = [p.document for p in processed if p.document["error"] is not None]
        problems = [[row["doc_id"], row["status"], row["error"]] for row in rows]
        finished = Finished(count(processed), problems)
        events = table((row for p in processed for row in p.events), EVENTS_SCHEMA)
        documents = table((p.document for p in processed), DOCUMENTS_SCHEMA)
        self.store.write(
            self._name(number, "events.parquet"), parquet_bytes([events], EVENTS_SCHEMA)
        )
        self.store.write(
            self._name(number, "documents.parquet"), parquet_bytes([documents], DOCUMENTS_SCHEMA)
        )
        marker = {"key": key} | asdict(finished)
        self.store.write(self._name(number, "done.json"), json.dumps(marker).encode())
        return finished

    def finished(self, number: int, key: str) -> Finished | None:
        """A finished shard with this key; None where it is to be made."""
        if not self._found.issuperset(
            f"{number:06}.{what}" for what in ("done.json", "events.parquet", "documents.parquet")
        ):
            return None
        data = self.store.read(self._name(number, "done.json"))
        marker = json.loads(data) if data else {}
        if marker.get("key") != key:
            return None
        return Finished(Counts(**marker["counts"]), marker["problems"])

    @cached_property
    def _found(self) -> frozenset[str]:
        """The files that earlier runs left; one look, as a store takes a request for each."""
        return frozenset(self.store.names(self.folder))

    def table(self, number: int, what: Literal["events", "documents"]) -> bytes:
        """A Parquet file of a finished shard."""
        data = self.store.read(self._name(number, f"{what}.parquet"))
        if data is None:
            raise FileNotFoundError(f"Shard {number} has a marker but no {what} in {self.folder}.")
        return data

    def _name(self, number: int, what: str) -> str:
        return f"{self.folder}/{number:06}.{what}"


def count(processed: list[Processed]) -> Counts:
    """The figures of processed articles."""
    counts = Counts(articles=len(processed))
    for item in processed:
        row = item.document
        status = row["status"]
        setattr(counts, status, getattr(counts, status) + 1)
        counts.errors += status != "ok" and row["error"] is not None
        counts.near_duplicates += status == "ok" and row["duplicate_of"] is not None
        counts.sentences += row["sentences"] or 0
        counts.words += row["tokens"] or 0
        counts.events += row["events"] or 0
        counts.rows += len(item.events)
    return counts
