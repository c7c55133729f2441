"""What ``python -m pipeline evaluate`` prints and writes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from pipeline.evaluate.errors import write_errors
from pipeline.evaluate.run import evaluate
from pipeline.evaluate.tables import print_result

#: Columns of the printed tables.
_WIDTH = 120


def show_evaluation(
    gold: Sequence[str | Path],
    config: str | Path = "configs/movement.cfg",
    *,
    by_document: bool = False,
    errors: str | Path | None = None,
    store: str | Path | None = None,
    as_json: bool = False,
    brief: bool = False,
) -> None:
    """Evaluates on gold files and prints tables, or JSON; writes the error report where asked.

    Raises GoldError or FileNotFoundError for a gold file that cannot be read.
    """
    results = evaluate(gold, config, by_document=by_document, store=store)
    if errors:
        shown = write_errors(results, errors)
        Console(stderr=True).print(f"{shown} lines with errors: {errors}")
    if as_json:
        figures = {result.name: result.as_dict() for result in results}
        print(json.dumps(figures, ensure_ascii=False, indent=2))
        return
    console = Console(width=_WIDTH)
    for result in results:
        print_result(result, console, breakdowns=not brief)


def fit_confidence(
    gold: Sequence[str | Path],
    config: str | Path,
    output: str | Path,
    store: str | Path | None = None,
) -> None:
    """Fits the weights of confidence on gold files and writes them; prints the reliability.

    Raises GoldError or FileNotFoundError for a gold file that cannot be read, ValueError where
    there are too few events.
    """
    from pipeline.evaluate.fit_confidence import write_confidence

    results = evaluate(gold, config, by_document=True, store=store)
    written = write_confidence(results, output)
    shown = {name: value for name, value in written.items() if name != "weights"}
    Console().print(shown)
