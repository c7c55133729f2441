"""One measurement of speed and memory, in a process of its own with one thread.

    python -m pipeline.evaluate.measure VARIANT --input PATH [--articles N] [--part 0/2] ...

Says ``ready`` when everything is loaded, waits for a line, works, and prints a
:class:`Measurement` as JSON: so two of them can start at the same moment.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import torch
import typer
from spacy.language import Language

from pipeline.config import load
from pipeline.evaluate.plain import plain_stanza
from pipeline.read import Article, read_articles
from pipeline.run.memory import Memory
from pipeline.run.shards import cut
from pipeline.settings import Settings

#: Name -> overrides of the config. "plain" is Stanza itself.
VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "ours": {"annotate.screen": False, "annotate.quantize": False},
    "screen": {"annotate.screen": True, "annotate.quantize": False},
    "quantized": {"annotate.screen": False, "annotate.quantize": True},
    "cached": {"annotate.screen": False, "annotate.quantize": False},
    "changed": {
        **{"annotate.screen": False, "annotate.quantize": False},
        **{f"components.{name}.cache": None for name in ("place_names", "time_expressions")},
        "components.attribution.cache": None,
    },
    "again": {"annotate.cache_only": True},
}
#: Variants that go over their articles once before they are measured, and so fill the cache.
_FILLING = frozenset({"cached", "changed"})
#: Articles after which the first point of the curve is taken; each other at twice as many.
FIRST_POINT = 100

Batch = tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """How far a run has come: seconds since its start, memory now and at most (MB)."""

    articles: int
    words: int
    seconds: float
    memory: float
    peak: float


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a run came to. Words are runs between spaces; ``curve`` ends with the whole run.

    ``stages`` are seconds by the clock: of each component; within ``stanza``, the annotation, of
    each Stanza processor as ``stanza NAME``.
    """

    stages: dict[str, float]
    curve: list[Point]


class Stopwatch:
    """Adds up the seconds that named stages take."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def time(self, name: str) -> Iterator[None]:
        """Count the time of a block for ``name``."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - started

    def timed(self, function: Callable[[Any], Any], name: str) -> Callable[[Any], Any]:
        """The function, its time counted for ``name``."""

        def wrapped(argument: Any) -> Any:
            with self.time(name):
                return function(argument)

        return wrapped


def main(
    variant: str,
    config: str = "configs/movement.cfg",
    input: str = "seeds",
    articles: int = 40,
    part: str = "0/1",
    cache: str = "",
) -> None:
    """Measure one variant. ``part`` i/n takes every n-th article by length, from the i-th on;
    ``cache`` is a folder for annotations and what else is kept.
    """
    torch.set_num_threads(1)
    nlp = load(config, VARIANTS[variant] | ({"annotate.cache": cache} if cache else {}))
    settings = Settings.of(nlp.config)
    found = (article for article in read_articles(input, settings.read) if article.status == "ok")
    chosen = _part(list(islice(found, articles)), part)
    batches = [shard.articles for shard in cut(chosen, settings.run)]
    if not batches:
        raise typer.BadParameter(f"{input} has too few articles.")
    watch = Stopwatch()
    filling = variant in _FILLING
    models = not filling and variant != "again"
    work = _plain(nlp, watch) if variant == "plain" else _ours(nlp, watch, processors=models)
    for batch in batches if filling else [batches[0][:1]]:  # loads the models, fills the cache
        work(batch)
    watch.seconds.clear()
    print("ready", flush=True)
    sys.stdin.readline()
    curve = list(_points(work, batches))
    print(json.dumps(asdict(Measurement(dict(watch.seconds), curve))))


def _part(articles: Sequence[Article], part: str) -> list[Article]:
    first, step = (int(number) for number in part.split("/"))
    by_length = sorted(range(len(articles)), key=lambda i: -len(articles[i].text))
    return [articles[i] for i in sorted(by_length[first::step])]


def _points(work: Callable[[Batch], None], batches: Sequence[Batch]) -> Iterator[Point]:
    """Work on all batches; a point for each doubling from :data:`FIRST_POINT`, and at the end."""
    articles = words = 0
    due, started = FIRST_POINT, time.perf_counter()
    for number, batch in enumerate(batches, 1):
        work(batch)
        articles += len(batch)
        words += sum(len(article.text.split()) for article in batch)
        if articles >= due or number == len(batches):
            yield Point(articles, words, time.perf_counter() - started, _memory(), _peak())
            due = max(2 * due, articles + 1)


def _plain(nlp: Language, watch: Stopwatch) -> Callable[[Batch], None]:
    """``stanza.Pipeline`` over the same weights, one article after the other."""
    stanza = plain_stanza(nlp.config)

    def work(batch: Batch) -> None:
        for article in batch:
            with watch.time("stanza"):
                stanza(article.text)

    return work


def _ours(nlp: Language, watch: Stopwatch, processors: bool) -> Callable[[Batch], None]:
    """The pipeline over a batch, as a worker runs it, component after component."""
    memory = Memory(nlp)
    if processors:
        component: Any = nlp.get_pipe("stanza")
        for name, stage in component.annotator.stages.items():
            stage.process = watch.timed(stage.process, f"stanza {name}")

    def work(batch: Batch) -> None:
        docs = []
        for article in batch:
            doc = nlp.make_doc(article.text)
            doc._.meta = article.meta
            docs.append(doc)
        for name, component in nlp.pipeline:
            with watch.time(name):
                pipe = getattr(component, "pipe", None)
                docs = list(pipe(docs)) if pipe else [component(doc) for doc in docs]
        del docs
        memory.tidy()

    return work


def _memory() -> float:
    """The resident memory of this process, in MB (Linux; elsewhere 0)."""
    try:
        pages = Path("/proc/self/statm").read_text().split()[1]
    except OSError:
        return 0.0
    return int(pages) * resource.getpagesize() / 2**20


def _peak() -> float:
    """The most resident memory that this process had, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage counts bytes there, KB elsewhere
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


if __name__ == "__main__":
    typer.run(main)
