"""A whole run: input -> shards -> workers -> published tables and run.json."""

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from pipeline.config import read_config
from pipeline.filesystem import is_uri
from pipeline.read import Article, count_bytes, read_articles
from pipeline.run.duplicates import Duplicates
from pipeline.run.identity import Identity, annotation_hash, identify
from pipeline.run.jobs import Engine
from pipeline.run.local import LocalEngine
from pipeline.run.log import RunLog
from pipeline.run.progress import RunProgress
from pipeline.run.schedule import Report, Scheduler
from pipeline.run.shards import FOLDER, Counts, ShardFiles, cut
from pipeline.run.worker import WorkerSpec
from pipeline.schema import DOCUMENTS_SCHEMA, EVENTS_SCHEMA
from pipeline.settings import Settings, SettingsError
from pipeline.write.publish import publish
from pipeline.write.store import OutputError, Store

#: The structured log, in the output.
LOG = "run.log.jsonl"


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asks for. ``overrides`` are spaCy's dotted ones (``run.workers``: 2)."""

    config: str
    input: str
    output: str
    overrides: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """How a run ended."""

    counts: Counts
    shards: int
    resumed_shards: int
    seconds: float
    words_per_second: float
    output: str
    problems: list[list[str]]

    @property
    def exit_code(self) -> int:
        """0 where every article came through, 2 where some did not."""
        return 2 if self.counts.errors else 0


def run(order: Order, console: Console | None = None) -> Summary:
    """Carry out a run, or go on with one that was stopped.

    Raises InputError, SettingsError, ModelError, OutputError, RunError: each says what to do.
    """
    console = console or Console(stderr=True)
    config = read_config(order.config, order.overrides)
    settings = Settings.of(config)
    identity = identify(config)
    overrides = _with_cache(order, config, settings)
    total = count_bytes(order.input)
    store = Store(order.output)
    with locked(store), _log(store) as log:
        _clean(store, identity.run_hash)
        files = ShardFiles(store, identity.run_hash)
        log.write("started", input=order.input, config=order.config, **asdict(identity))
        progress = RunProgress(total, console, show=console.is_terminal)
        with progress, _engine(replace(order, overrides=overrides), settings, identity) as engine:
            articles = _marked(order.input, settings)
            scheduler = Scheduler(engine, files)
            for report in scheduler.run(cut(articles, settings.run)):
                progress.add(report)
                _log_shard(log, report, progress)
                while scheduler.incidents:
                    log.write("lost", level="warning", what=scheduler.incidents.popleft())
        summary = _finish(order, settings, identity, files, progress)
        log.write("finished", **asdict(summary))
    return summary


def _finish(
    order: Order, settings: Settings, identity: Identity, files: ShardFiles, progress: RunProgress
) -> Summary:
    """Publish the tables, and say how it went in run.json, which is written last."""
    store, rows = files.store, settings.write.rows_per_file
    store.delete("run.json")
    numbers = range(progress.shards)
    publish(store, "events", (files.table(n, "events") for n in numbers), EVENTS_SCHEMA, rows)
    documents = (files.table(n, "documents") for n in numbers)
    publish(store, "documents", documents, DOCUMENTS_SCHEMA, rows)
    summary = Summary(
        progress.counts,
        progress.shards,
        progress.resumed_shards,
        round(progress.seconds, 3),
        round(progress.words_per_second, 1),
        order.output,
        progress.problems,
    )
    record = {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "input": order.input,
        "config": order.config,
        "overrides": order.overrides,
        "run_hash": identity.run_hash,
        **asdict(identity),
        **asdict(summary),
    }
    store.write("run.json", json.dumps(record, indent=2, ensure_ascii=False).encode())
    return summary


def _log_shard(log: RunLog, report: Report, progress: RunProgress) -> None:
    """A line for the shard, with the run's rates so far, and one for each document's error."""
    log.write(
        "shard",
        number=report.shard.number,
        resumed=report.resumed,
        seconds=round(progress.seconds, 1),
        articles_per_second=round(progress.articles_per_second, 2),
        words_per_second=round(progress.words_per_second, 1),
        **asdict(report.finished.counts),
    )
    if not report.resumed:
        for id, status, error in report.finished.problems:
            log.write("document", level="warning", id=id, status=status, error=error)


def _marked(source: str, settings: Settings) -> Iterator[Article]:
    """The articles of the input, those that repeat others marked."""
    articles = read_articles(source, settings.read)
    if settings.run.duplicates == "off":
        return articles
    return map(Duplicates(settings.run.near_duplicate_similarity).mark, articles)


@contextlib.contextmanager
def _engine(order: Order, settings: Settings, identity: Identity) -> Iterator[Engine]:
    spec = WorkerSpec(
        config=order.config,
        output=order.output,
        run_hash=identity.run_hash,
        model_id=identity.model_id,
        config_hash=identity.config_hash,
        pipeline_version=identity.pipeline_version,
        overrides=order.overrides,
    )
    workers = settings.run.workers or _cores()
    engine: Engine
    if settings.run.engine == "ray":
        from pipeline.run.ray_engine import RayEngine

        engine = RayEngine(spec, workers, settings.run)
    else:
        engine = LocalEngine(spec, workers, settings.run)
    try:
        yield engine
    finally:
        engine.close()


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _with_cache(order: Order, config: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """The overrides for workers: annotations are kept in ``run.cache``, unless the config says.

    The folder has the annotation code's hash in its name: changed code annotates anew. On a
    cluster, whose nodes may have no such folder, only the config says. Raises SettingsError.
    """
    annotate, cluster = config.get("annotate", {}), settings.run.ray_address is not None
    for name, folder in (("run", settings.run.cache), ("annotate", annotate.get("cache"))):
        if is_uri(folder or ""):
            raise SettingsError(
                f"{name}.cache: {folder} is not a folder of this machine. Annotations are kept in "
                "files that are locked and searched, which object stores do not offer."
            )
    if settings.run.cache is None or cluster or annotate.get("cache", "") is not None:
        return order.overrides
    kept = Path(settings.run.cache).resolve() / annotation_hash()
    return {"annotate.cache": str(kept)} | order.overrides


@contextlib.contextmanager
def locked(store: Store) -> Iterator[None]:
    """One run at a time in an output folder. Raises OutputError where another is at work."""
    store.check(".", "events", "documents")
    if not store.local:
        yield
        return
    import fcntl

    with _lock_file(store).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise OutputError(f"Another run is writing to {store.root}.") from None
        yield


def _lock_file(store: Store) -> Path:
    folder = Path(store.path(FOLDER))
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "lock"


@contextlib.contextmanager
def _log(store: Store) -> Iterator[RunLog]:
    """The log of the output. Object stores cannot append: it goes there when the run ends."""
    if store.local:
        with RunLog(Path(store.path(LOG))) as log:
            yield log
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, LOG)
        path.write_bytes(store.read(LOG) or b"")
        try:
            with RunLog(path) as log:
                yield log
        finally:
            with contextlib.suppress(OutputError):  # it stops no run
                store.write(LOG, path.read_bytes())


def _clean(store: Store, run_hash: str) -> None:
    """Remove shards of other configs, and what a killed run left half-written."""
    for name in store.names(FOLDER):
        if name not in (run_hash, "lock"):
            store.delete(f"{FOLDER}/{name}")
    for folder in (".", "events", "documents", f"{FOLDER}/{run_hash}"):
        for name in store.names(folder):
            if name.endswith(".tmp") and name.startswith("."):
                store.delete(f"{folder}/{name}")
