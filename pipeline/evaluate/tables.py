"""Prints the figures of an evaluation as tables."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from pipeline.evaluate.reliability import Bin, calibration_error
from pipeline.evaluate.run import BASELINE_A, BASELINE_B, SYSTEM, SetResult
from pipeline.evaluate.scores import MEASURES, Scores

_BASELINE_MEASURES = ("trigger", "trigger+action", "actor", "destination", "triple")


def print_result(result: SetResult, console: Console, breakdowns: bool = True) -> None:
    """The scores of one gold file, the baselines beside them, and the breakdowns."""
    console.print(_main_table(result))
    table = result.reliability()
    if table:
        console.print(_reliability_table(table, result.ranking()))
    if breakdowns:
        for kind in ("action", "construction", "phenomenon"):
            groups = result.breakdown(kind)
            if groups:
                console.print(_breakdown_table(kind, groups))


def _main_table(result: SetResult) -> Table:
    table = Table(title=f"{result.name} ({len(result.texts)} texts)", title_justify="left")
    for column in ("measure", "gold", "predicted", "right", "P", "R", "F1"):
        table.add_column(column, justify="left" if column == "measure" else "right")
    for baseline in (BASELINE_A, BASELINE_B):
        table.add_column(f"F1 {baseline}", justify="right")
    scores = result.scores(SYSTEM)
    baselines = [result.scores(BASELINE_A), result.scores(BASELINE_B)]
    for measure in MEASURES:
        counts = scores.counts[measure]
        table.add_row(
            measure,
            str(counts.gold),
            str(counts.predicted),
            str(counts.right),
            _figure(counts.precision),
            _figure(counts.recall),
            _figure(counts.f1),
            *(
                _figure(baseline.counts[measure].f1) if measure in _BASELINE_MEASURES else ""
                for baseline in baselines
            ),
        )
    facts = scores.factuality
    table.add_row(
        "factuality (accuracy)",
        str(facts.gold),
        "",
        str(facts.right),
        "",
        "",
        _figure(facts.recall),
    )
    return table


def _reliability_table(rows: Sequence[Bin], auc: float) -> Table:
    """An event is right where its trigger, action, actor and all of its destinations are."""
    error = _figure(calibration_error(rows))
    title = f"confidence (mean distance from observed: {error}, AUC: {_figure(auc)})"
    table = Table(title=title, title_justify="left")
    for column in ("confidence", "events", "stated", "right"):
        table.add_column(column, justify="right")
    for row in rows:
        bounds = f"{row.low:.1f}–{row.high:.1f}"
        table.add_row(bounds, str(row.events), _figure(row.stated), _figure(row.right))
    return table


def _breakdown_table(kind: str, groups: dict[str, Scores]) -> Table:
    table = Table(title=f"by {kind}", title_justify="left")
    table.add_column(kind)
    columns = ("gold", "predicted", "trigger P", "trigger R", "action", "actor", "dest.", "triple")
    for column in columns:
        table.add_column(column, justify="right")
    table.add_column("factuality", justify="right")
    for name, scores in groups.items():
        triggers = scores.counts["trigger"]
        table.add_row(
            name,
            str(triggers.gold),
            str(triggers.predicted),
            _figure(triggers.precision),
            _figure(triggers.recall),
            *(
                _figure(scores.counts[measure].f1)
                for measure in ("trigger+action", "actor", "destination", "triple")
            ),
            _figure(scores.factuality.recall) if scores.factuality.gold else "",
        )
    return table


def _figure(value: float) -> str:
    return f"{value:.3f}"
