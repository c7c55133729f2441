"""What a run shows while it works: share of the input, articles/s, words/s, ETA, failures."""

import time

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from pipeline.run.schedule import Report
from pipeline.run.shards import Counts

#: Documents with an error that a run shows; all are in the log and in documents.error.
PROBLEMS = 5


class RunProgress:
    """A bar over the bytes of the input; rates are of what this process did."""

    def __init__(self, total_bytes: int, console: Console, *, show: bool) -> None:
        self.counts = Counts()
        self.problems: list[list[str]] = []  # the first few
        self.resumed_shards = 0
        self.shards = 0
        self._worked = Counts()
        self._started = time.perf_counter()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=console,
            disable=not show,
        )
        self._task = self._bar.add_task("starting", total=max(total_bytes, 1))

    def __enter__(self) -> "RunProgress":
        self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    @property
    def seconds(self) -> float:
        """Since the run started."""
        return time.perf_counter() - self._started

    @property
    def words_per_second(self) -> float:
        """Of the articles processed now, not of those found finished."""
        return self._worked.words / max(self.seconds, 1e-9)

    @property
    def articles_per_second(self) -> float:
        """Of the articles processed now, not of those found finished."""
        return self._worked.articles / max(self.seconds, 1e-9)

    def add(self, report: Report) -> None:
        """Count a finished shard."""
        self.counts.add(report.finished.counts)
        self.problems += report.finished.problems[: PROBLEMS - len(self.problems)]
        self.shards += 1
        if report.resumed:
            self.resumed_shards += 1
        else:
            self._worked.add(report.finished.counts)
        self._bar.update(self._task, advance=report.shard.bytes, description=self._description())

    def _description(self) -> str:
        return (
            f"{self.counts.articles:,} articles, {self.counts.events:,} events, "
            f"[red]{self.counts.errors:,} failed[/red], "
            f"{self.articles_per_second:,.1f} articles/s, {self.words_per_second:,.0f} words/s"
        )
