"""Jobs, their outcomes, and what an engine is."""

from dataclasses import dataclass
from typing import Literal, Protocol

from pipeline.read import Article
from pipeline.run.shards import Finished, Processed


@dataclass(frozen=True, slots=True)
class Job:
    """Articles for a worker: a whole shard, or one article of it (``alone`` is its place)."""

    shard: int
    key: str
    articles: tuple[Article, ...]
    attempt: int = 1
    alone: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: committed, processed alone, lost with its worker, or fatal to the run.

    A worker that says itself that a job is lost is replaced.
    """

    job: Job
    finished: Finished | None = None
    processed: list[Processed] | None = None
    lost: str | None = None
    kind: Literal["done", "died", "timeout"] = "done"
    fatal: str | None = None


class Engine(Protocol):
    """Something that runs jobs on workers that it starts and replaces."""

    def free(self) -> bool:
        """Whether a worker waits for a job."""

    def submit(self, job: Job) -> None:
        """Give a job to a free worker."""

    def collect(self, timeout: float) -> list[Outcome]:
        """What has ended, waiting at most so many seconds for something to end."""

    def close(self) -> None:
        """Stop all workers."""


def time_limit(job: Job, timeout_seconds: float, chars_per_second: float) -> float:
    """Seconds that a job may take: an article's limit, and time for all its characters."""
    return timeout_seconds + sum(len(a.text) for a in job.articles) / chars_per_second
