"""How well stated confidence agrees with how often events are right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.evaluate.scores import Comparison

#: Lower bounds of the bins of the reliability table.
BINS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Bin:
    """Events of which the stated confidence lies in [``low``, ``high``)."""

    low: float
    high: float
    events: int
    stated: float  # mean confidence
    right: float  # share that is right


def is_right(comparison: Comparison) -> bool:
    """Whether a predicted event is right: trigger, action, and every actor and destination."""
    if comparison.gold is None or comparison.predicted is None:
        return False
    counts = comparison.scores.counts
    if counts["trigger+action"].right == 0:
        return False
    return all(counts[role].right == counts[role].predicted for role in ("actor", "destination"))


def judged(comparisons: Iterable[Comparison]) -> list[tuple[float, bool]]:
    """(confidence, right) of every predicted event that has a confidence."""
    return [
        (item.predicted.confidence, is_right(item))
        for item in comparisons
        if item.predicted is not None and item.predicted.confidence is not None
    ]


def reliability(pairs: Sequence[tuple[float, bool]]) -> list[Bin]:
    """The reliability table: one row a bin that is not empty."""
    table = []
    for low, high in zip(BINS, (*BINS[1:], 1.0), strict=True):
        inside = [
            pair for pair in pairs if low <= pair[0] < high or (high == 1.0 and pair[0] == 1.0)
        ]
        if inside:
            stated = sum(confidence for confidence, _ in inside) / len(inside)
            right = sum(right for _, right in inside) / len(inside)
            table.append(Bin(low, high, len(inside), stated, right))
    return table


def calibration_error(table: Sequence[Bin]) -> float:
    """Expected calibration error: mean distance of stated from observed, weighted by events."""
    events = sum(row.events for row in table)
    return sum(row.events * abs(row.stated - row.right) for row in table) / events if events else 0


def ranking(pairs: Sequence[tuple[float, bool]]) -> float:
    """The chance that a right event has more confidence than a wrong one (area under the ROC).

    Ties count half; 0.5 where all events are right or all wrong.
    """
    right = [stated for stated, is_so in pairs if is_so]
    wrong = [stated for stated, is_so in pairs if not is_so]
    if not right or not wrong:
        return 0.5
    wins = sum((one > other) + (one == other) / 2 for one in right for other in wrong)
    return wins / (len(right) * len(wrong))
