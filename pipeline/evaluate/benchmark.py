"""``make benchmark``: speed and memory against plain Stanza with the same weights.

    python -m pipeline.evaluate.benchmark [--input PATH] [--articles N] [--repeats N] [--curve N]

Each measurement is a process of its own (:mod:`pipeline.evaluate.measure`). All variants take
turns, ``repeats`` times, over the same articles; ratios are taken within a turn, and medians count.
Two workers start together and are done when both are; they, and one worker beside them, get twice
as many articles, so that each has full batches. Prints Markdown.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import typer

from pipeline.evaluate.cold_start import cold_start_table
from pipeline.evaluate.cold_start import measure as measure_starts
from pipeline.evaluate.measure import Measurement, Point
from pipeline.run.worker import ENVIRONMENT

LABELS = {
    "plain": "plain Stanza",
    "ours": "one worker",
    "screen": "one worker, `annotate.screen`",
    "quantized": "one worker, `annotate.quantize`",
    "cached": "kept annotations, another frame",
    "changed": "kept annotations, other lexicons or code",
}
#: Variants that annotate nothing.
KEPT = frozenset({"cached", "changed"})
Turn = dict[str, Measurement]


def main(
    config: str = "configs/movement.cfg",
    input: str = "seeds",
    articles: int = 40,
    repeats: int = 3,
    curve: int = 400,
    cold_start: int = 5,
) -> None:
    """Measure all variants and print the tables; ``curve``: articles of the cost curve.

    ``cold_start``: how often the way to the first event is measured.
    """

    def start(variant: str, most: int, part: str = "0/1", cache: str = "") -> Child:
        options = {"config": config, "input": input, "articles": most, "part": part}
        return Child(variant, options | {"cache": cache})

    turns: list[Turn] = []
    with tempfile.TemporaryDirectory() as cache:
        for _ in range(repeats):
            turns.append(_turn(start, articles, cache))
            _say(f"turn {len(turns)} of {repeats} done")
    print(_heading(input, turns))
    print(_variants(turns))
    print(_sentences(turns))
    if curve:
        with tempfile.TemporaryDirectory() as cache:
            first = start("ours", curve, cache=cache).finish().curve
            print(_curve(first))
            print(_again(first[-1], start("again", curve, cache=cache).finish().curve[-1]))
    if cold_start:
        print(cold_start_table(measure_starts(config, cold_start)))


class Child:
    """A measurement in a process of its own, loaded and ready to start."""

    def __init__(self, variant: str, options: dict[str, Any]) -> None:
        command = [sys.executable, "-m", "pipeline.evaluate.measure", variant]
        command += [f"--{name}={value}" for name, value in options.items()]
        self._process = subprocess.Popen(
            command,
            env={**os.environ, **ENVIRONMENT},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        if self._process.stdout.readline() != "ready\n":
            raise RuntimeError(f"The measurement {variant!r} did not start; see above.")

    def go(self) -> None:
        """Let it begin."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def finish(self) -> Measurement:
        """Let it begin, where it has not, and wait for its figures."""
        output, _ = self._process.communicate("\n")
        if self._process.returncode:
            raise RuntimeError(f"A measurement failed with exit code {self._process.returncode}.")
        found = json.loads(output.splitlines()[-1])
        return Measurement(found["stages"], [Point(**point) for point in found["curve"]])


def _turn(start: Callable[..., Child], articles: int, cache: str) -> Turn:
    """Each variant once; "pair" is the slower of two workers, "single" one over the same."""
    turn = {
        name: start(name, articles, cache=cache if name in KEPT else "").finish()
        for name in ("plain", *LABELS)
    }
    turn["single"] = start("ours", 2 * articles).finish()
    pair = [start("ours", 2 * articles, f"{i}/2") for i in (0, 1)]
    for child in pair:
        child.go()
    turn["pair"] = max((child.finish() for child in pair), key=lambda m: m.curve[-1].seconds)
    return turn


def _heading(source: str, turns: Sequence[Turn]) -> str:
    end = turns[0]["plain"].curve[-1]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{end.articles} articles of {Path(source).name} ({end.words:,} words), {_processor()}, "
        f"{os.cpu_count()} cores, {memory:.0f} GB, one thread a process, medians of {len(turns)}, "
        f"{date.today()}:\n"
    )


def _variants(turns: Sequence[Turn]) -> str:
    """A row a variant: annotation against plain Stanza, words/s, peak memory."""
    rows = [
        ["", "annotation against plain Stanza", "words/s", "words/s, all stages", "peak memory"],
        ["---", *["---:"] * 4],
    ]
    rows += [
        [label, *_figures([(turn["plain"], turn[name]) for turn in turns])]
        for name, label in LABELS.items()
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _figures(pairs: Sequence[tuple[Measurement, Measurement]]) -> list[str]:
    """The cells of a variant, from pairs of plain Stanza and it."""
    against_plain = statistics.median(_rate(it) / _rate(plain) for plain, it in pairs)
    return [
        f"{against_plain:.1f}",
        f"{statistics.median(_rate(it) for _, it in pairs):,.0f}",
        f"{statistics.median(_rate(it, whole=True) for _, it in pairs):,.0f}",
        f"{max(it.curve[-1].peak for _, it in pairs) / 1024:.2f} GB",
    ]


def _sentences(turns: Sequence[Turn]) -> str:
    """Two workers, kept annotations and the shares of the stages, in words."""
    pair = _median(turns, lambda t: _seconds(t["single"]) / _seconds(t["pair"]))
    peak = max(t["pair"].curve[-1].peak for t in turns) / 1024
    cached = _median(turns, lambda t: _seconds(t["ours"]) / _seconds(t["cached"]))
    changed = _median(turns, lambda t: _seconds(t["ours"]) / _seconds(t["changed"]))
    shares = _shares(turns)
    listed = ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
    return (
        f"Two workers do {pair:.2f} times the work of one (at most {peak:.2f} GB each). "
        f"From kept annotations events come {cached:.0f} times as fast as in a first run where "
        f"the frame changed, {changed:.0f} times where lexicons or code did, in a process that has "
        "seen the same words before.\n\n"
        f"Where one worker's time goes: {listed}.\n"
    )


def _shares(turns: Sequence[Turn]) -> dict[str, float]:
    """Share of each Stanza processor, of what is around them, and of the stages after."""
    runs = [turn["ours"].stages for turn in turns]
    stages = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    total = sum(seconds for name, seconds in stages.items() if not name.startswith("stanza "))
    inside = {
        name.removeprefix("stanza "): seconds / total
        for name, seconds in stages.items()
        if name.startswith("stanza ")
    }
    annotation = stages["stanza"] / total
    return {
        **inside,
        "preparation and Docs": annotation - sum(inside.values()),
        "extraction and resolution": 1 - annotation,
    }


def _curve(points: Sequence[Point]) -> str:
    rows = ["| articles | words | minutes | words/s | memory | peak |", "|" + "---:|" * 6]
    rows += [
        f"| {p.articles:,} | {p.words:,} | {p.seconds / 60:.1f} | {p.words / p.seconds:,.0f} "
        f"| {p.memory / 1024:.2f} GB | {p.peak / 1024:.2f} GB |"
        for p in points
    ]
    return "\n".join(["One worker, all stages:\n", *rows])


def _again(first: Point, again: Point) -> str:
    """A second run over the same articles, in a fresh process, against the first."""
    return (
        f"The same {again.articles:,} articles once more, from what the first run kept, in a fresh "
        f"process: {again.words / again.seconds:,.0f} words/s, "
        f"{first.seconds / again.seconds:.0f} times as fast.\n"
    )


def _rate(measurement: Measurement, whole: bool = False) -> float:
    """Words a second: of annotation, or of all stages."""
    seconds = _seconds(measurement) if whole else measurement.stages["stanza"]
    return measurement.curve[-1].words / seconds


def _seconds(measurement: Measurement) -> float:
    return measurement.curve[-1].seconds


def _median(turns: Sequence[Turn], figure: Callable[[Turn], float]) -> float:
    return statistics.median(map(figure, turns))


def _processor() -> str:
    """The processor's name, where the system says it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    typer.run(main)
