"""Which job goes next, and what happens to the articles of a worker that died.

A shard whose worker died is tried once more as it is (the worker may have been killed from
outside). Then, or after a timeout, each of its articles goes alone; an article whose worker dies
or hangs again is tried a second time and then recorded as failed.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.run.jobs import Engine, Job, Outcome
from pipeline.run.outcomes import failure
from pipeline.run.shards import Finished, Processed, Shard, ShardFiles

#: Tries of a shard as a whole, and of an article alone.
TRIES = 2


class RunError(RuntimeError):
    """The run cannot go on: the pipeline does not load, or the output cannot be written."""


@dataclass(frozen=True, slots=True)
class Report:
    """A shard, what it came to, and whether it was found finished."""

    shard: Shard
    finished: Finished
    resumed: bool = False


@dataclass(slots=True)
class _Isolated:
    """A shard whose articles are processed one by one."""

    shard: Shard
    results: dict[int, Processed] = field(default_factory=dict)


class Scheduler:
    """Drives an engine over shards; yields a report for each, in the order they finish."""

    def __init__(self, engine: Engine, files: ShardFiles) -> None:
        self._engine, self._files = engine, files
        self._waiting: deque[Job] = deque()
        self._running: dict[int, Shard] = {}
        self._isolated: dict[int, _Isolated] = {}
        self.incidents: deque[str] = deque()

    def run(self, shards: Iterator[Shard]) -> Iterator[Report]:
        """Process all shards that are not finished. Raises RunError, OutputError."""
        more = True
        while more or self._running:
            while more and not self._waiting and self._engine.free():
                shard = next(shards, None)
                if shard is None:
                    more = False
                elif finished := self._files.finished(shard.number, shard.key):
                    yield Report(shard, finished, resumed=True)
                else:
                    self._running[shard.number] = shard
                    self._waiting.append(Job(shard.number, shard.key, shard.articles))
            while self._waiting and self._engine.free():
                self._engine.submit(self._waiting.popleft())
            if self._running:
                for outcome in self._engine.collect(timeout=0.5):
                    if report := self._handle(outcome):
                        yield report

    def _handle(self, outcome: Outcome) -> Report | None:
        if outcome.fatal:
            raise RunError(outcome.fatal)
        if outcome.lost:
            return self._lost(outcome)
        if outcome.processed is not None:
            return self._one_done(outcome.job, outcome.processed[0])
        if outcome.finished is None:
            return None
        return Report(self._running.pop(outcome.job.shard), outcome.finished)

    def _lost(self, outcome: Outcome) -> Report | None:
        job, reason = outcome.job, outcome.lost or ""
        what = f"shard {job.shard}" if job.alone is None else f"article {job.articles[0].id!r}"
        self.incidents.append(f"{what}, try {job.attempt}: {reason}")
        if job.attempt < TRIES and (job.alone is not None or outcome.kind == "died"):
            self._waiting.appendleft(replace(job, attempt=job.attempt + 1))
        elif job.alone is None:
            self._isolate(job)
        else:
            return self._one_done(job, failure(job.articles[0], f"{reason} Tried alone, twice."))
        return None

    def _isolate(self, job: Job) -> None:
        self._isolated[job.shard] = _Isolated(self._running[job.shard])
        self._waiting.extend(
            Job(job.shard, job.key, (article,), alone=place)
            for place, article in enumerate(job.articles)
        )

    def _one_done(self, job: Job, result: Processed) -> Report | None:
        isolated = self._isolated[job.shard]
        isolated.results[job.alone or 0] = result
        if len(isolated.results) < len(isolated.shard.articles):
            return None
        results = [isolated.results[place] for place in sorted(isolated.results)]
        finished = self._files.commit(job.shard, job.key, results)
        del self._isolated[job.shard], self._running[job.shard]
        return Report(isolated.shard, finished)
