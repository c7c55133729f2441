"""``make benchmark``: how fast annotation is, against plain Stanza with the same weights.

Each measurement is a process of its own with one thread, over the same articles, after the models
are loaded; the median of the repeats counts. Plain is ``stanza.Pipeline``, article by article.

    python -m pipeline.evaluate.benchmark [CONFIG] [--input PATH] [--articles N] [--repeats N]
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

#: Name -> overrides of the config. "plain" is Stanza itself.
VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "ours": {"annotate.screen": False, "annotate.quantize": False},
    "screen": {"annotate.screen": True},
    "quantized": {"annotate.screen": False, "annotate.quantize": True},
    "cached": {"annotate.screen": False, "annotate.quantize": False},
}
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def main(
    config: str = "configs/movement.cfg",
    input: str = "seeds",
    articles: int = 40,
    repeats: int = 3,
    variant: str = "",
    part: str = "0/1",
    cache: str = "",
) -> None:
    """Measure all variants and print the table; with ``variant``, measure that one as JSON."""
    if variant:
        print(json.dumps(measure(config, input, articles, variant, part, cache)))
        return
    results = compare(config, input, articles, repeats)
    Console().print(table(results))
    print(json.dumps(results))


def compare(config: str, source: str, articles: int, repeats: int) -> dict[str, Any]:
    """Medians by variant, ``two workers`` among them, over ``repeats`` rounds of all variants."""
    rounds: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory() as cache:
        for _ in range(repeats):
            for name in VARIANTS:
                child = _start(config, source, articles, name, "0/1", cache)
                rounds.setdefault(name, []).append(_finish(child))
            pair = [_start(config, source, articles, "ours", f"{i}/2", "") for i in (0, 1)]
            both = [_finish(child) for child in pair]
            rounds.setdefault("two workers", []).append(
                {key: sum(one[key] for one in both) for key in ("words", "words_per_second")}
                | {"peak_mb": max(one["peak_mb"] for one in both), "stages": {}}
                | {"words_per_cpu_second": statistics.mean(o["words_per_cpu_second"] for o in both)}
            )
    return {name: _median(runs) for name, runs in rounds.items()}


def _start(
    config: str, source: str, articles: int, variant: str, part: str, cache: str
) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pipeline.evaluate.benchmark", "--config", config]
    command += ["--input", source, "--articles", str(articles), "--variant", variant]
    command += ["--part", part, "--cache", cache if variant == "cached" else ""]
    return subprocess.Popen(
        command, env={**os.environ, **_ONE_THREAD}, stdout=subprocess.PIPE, text=True
    )


def _finish(child: subprocess.Popen[str]) -> dict[str, Any]:
    output, _ = child.communicate()
    if child.returncode:
        raise RuntimeError(f"A measurement failed with exit code {child.returncode}; see above.")
    result: dict[str, Any] = json.loads(output.splitlines()[-1])
    return result


def _median(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The run in the middle by speed, with the highest peak of memory."""
    ordered = sorted(runs, key=lambda run: run["words_per_second"])
    return ordered[len(ordered) // 2] | {"peak_mb": max(run["peak_mb"] for run in runs)}


def measure(
    config: str, source: str, articles: int, variant: str, part: str, cache: str
) -> dict[str, Any]:
    """One measurement in this process: words/s by the clock and by CPU time, peak memory, stages.

    ``part`` is ``i/n``: every n-th article from the i-th on. Words are runs between spaces.
    """
    import resource

    import torch

    from pipeline import load
    from pipeline.read import read_articles
    from pipeline.settings import Settings

    torch.set_num_threads(1)
    overrides = VARIANTS[variant] | ({"annotate.cache": cache} if cache else {})
    nlp = load(config, overrides)
    nlp.select_pipes(enable=["stanza"])
    first, step = (int(number) for number in part.split("/"))
    found = (a.text for a in read_articles(source, Settings.of(nlp.config).read) if a.text)
    texts = list(islice(found, articles))[first::step]
    stages: dict[str, float] = {}
    run = _plain(nlp) if variant == "plain" else _ours(nlp, stages, fill=bool(cache))
    if cache:
        run(texts)
    else:
        run(texts[:1])
    stages.clear()
    started, cpu = time.perf_counter(), time.process_time()
    run(texts)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    words = sum(len(text.split()) for text in texts)
    return {
        "words": words,
        "words_per_second": words / seconds,
        "words_per_cpu_second": words / cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "stages": {name: spent / cpu for name, spent in stages.items()},
    }


def _plain(nlp: Any) -> Callable[[list[str]], None]:
    """``stanza.Pipeline`` over the same weights, one article after the other."""
    from pipeline.annotate.models import find_models, load_pipeline

    settings = nlp.config["annotate"]
    models = find_models(settings["models"], Path(nlp.config["paths"]["root"]))
    stanza_pipeline = load_pipeline(models)

    def run(texts: list[str]) -> None:
        for text in texts:
            stanza_pipeline(text)

    return run


def _ours(nlp: Any, stages: dict[str, float], fill: bool) -> Callable[[list[str]], None]:
    """The ``stanza`` component; CPU seconds of each processor go to ``stages``."""
    component = nlp.get_pipe("stanza")
    if not fill:
        for name, stage in component.annotator.stages.items():
            stage.process = _timed(stage.process, name, stages)

    def run(texts: list[str]) -> None:
        for _ in nlp.pipe(texts, batch_size=64):
            pass

    return run


def _timed(
    process: Callable[[Any], Any], name: str, stages: dict[str, float]
) -> Callable[[Any], Any]:
    def timed(document: Any) -> Any:
        started = time.process_time()
        try:
            return process(document)
        finally:
            stages[name] = stages.get(name, 0.0) + time.process_time() - started

    return timed


def table(results: dict[str, Any]) -> Table:
    """The results as ratios to plain Stanza."""
    shown = Table(title=f"{results['plain']['words']:,} words, {os.cpu_count()} cores")
    for column in ("", "words/s", "ratio", "words/CPU s", "ratio", "peak MB", "time by stage"):
        shown.add_column(column, justify="left" if column in ("", "time by stage") else "right")
    plain = results["plain"]
    for name, result in results.items():
        row = [name]
        for key in ("words_per_second", "words_per_cpu_second"):
            row += [f"{result[key]:,.0f}", f"{result[key] / plain[key]:.1f}"]
        stages = " ".join(f"{stage} {share:.0%}" for stage, share in result["stages"].items())
        shown.add_row(*row, f"{result['peak_mb']:,.0f}", stages)
    return shown


if __name__ == "__main__":
    typer.run(main)
