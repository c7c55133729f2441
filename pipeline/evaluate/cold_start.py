"""How long it takes from nothing to the first event, and where the time goes.

    python -m pipeline.evaluate.cold_start [--config PATH] [--repeats N]

Each start is a fresh process with one thread: one in Python, part after part
(:mod:`pipeline.evaluate.first_event`), and one by the command ``explain``, to the end of its
process. Medians count; the processor's seconds say more than the clock's where other programs run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import typer

from pipeline.report.rule_catalogue import load_rules, read_clause
from pipeline.run.worker import ENVIRONMENT

#: The sum of the parts, and the other way to start.
IN_PYTHON, EXPLAIN = "from Python, to the first event", "by `explain`, to its end"


@dataclass(frozen=True, slots=True)
class Seconds:
    """Seconds by the clock, and of the processor."""

    clock: float
    processor: float


Start = dict[str, Seconds]


def main(config: str = "configs/movement.cfg", repeats: int = 5) -> None:
    """Measure ``repeats`` cold starts and print them as a table."""
    print(cold_start_table(measure(config, repeats)))


def measure(config: str, repeats: int) -> list[Start]:
    """So many starts, one after the other; the first is thrown away, as it may read from disk."""
    sentence = read_clause(load_rules()["event"]["finite.verb"].example).text
    return [one_start(config, sentence) for _ in range(repeats + 1)][1:]


def one_start(config: str, sentence: str) -> Start:
    """A start in Python with its parts, and one by ``explain``. Raises CalledProcessError."""
    _, said = _run("-m", "pipeline.evaluate.first_event", str(time.time()), config, sentence)
    start = {part: Seconds(*seconds) for part, seconds in json.loads(said).items()}
    whole = Seconds(
        sum(seconds.clock for seconds in start.values()),
        sum(seconds.processor for seconds in start.values()),
    )
    explain, _ = _run("-m", "pipeline", "explain", sentence, "--config", config)
    return start | {IN_PYTHON: whole, EXPLAIN: explain}


def _run(*arguments: str) -> tuple[Seconds, str]:
    """Time of a Python process from its start to its end, and what it printed."""
    before, started = os.times(), time.perf_counter()
    process = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **ENVIRONMENT},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    clock, after = time.perf_counter() - started, os.times()
    processor = (
        after.children_user - before.children_user + after.children_system - before.children_system
    )
    return Seconds(clock, processor), process.stdout


def cold_start_table(starts: Sequence[Start]) -> str:
    """Markdown: the medians of each part and of the whole, and the worst whole start."""
    rows = [["Cold start", "seconds", "of the processor"], ["---", "---:", "---:"]]
    for part in starts[0]:
        clock = median(start[part].clock for start in starts)
        processor = median(start[part].processor for start in starts)
        name = f"**{part}**" if part in (IN_PYTHON, EXPLAIN) else part
        rows.append([name, f"{clock:.2f}", f"{processor:.2f}"])
    worst = max(start[whole].clock for start in starts for whole in (IN_PYTHON, EXPLAIN))
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{table}\n\nMedians of {len(starts)}; the slowest start took {worst:.2f} s.\n"


if __name__ == "__main__":
    typer.run(main)
