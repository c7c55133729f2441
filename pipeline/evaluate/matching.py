"""Which prediction is matched to which annotation.

Triggers match where their characters overlap, roles where the overlap is at least half the length
of the shorter span (MUC partial match). Each annotation is matched once: the assignment with most
matches is taken and, among these, the one with the greatest overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import networkx

from pipeline.evaluate.frames import Frame, Offsets

#: Roles whose coordinated fillers are annotated as one span, against one item a conjunct in others.
UNDIVIDED_ROLES = ("actor", "agent", "theme", "attribution")


def overlap(first: Offsets, second: Offsets) -> int:
    """Characters that two spans share."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def spans_match(first: Offsets, second: Offsets) -> bool:
    """Whether the overlap is at least half the length of the shorter span."""
    shorter = min(first[1] - first[0], second[1] - second[0])
    shared = overlap(first, second)
    return shared > 0 and 2 * shared >= shorter


def assign(
    gold: Sequence[object],
    predicted: Sequence[object],
    similarity: Callable[[int, int], float],
) -> list[tuple[int, int]]:
    """The best one-to-one assignment: (gold index, predicted index), sorted.

    ``similarity`` gives a number above zero for a pair that may be matched, and at most 1.
    """
    graph = networkx.Graph()
    for i in range(len(gold)):
        for j in range(len(predicted)):
            value = similarity(i, j)
            if value > 0:
                graph.add_edge(("gold", i), ("predicted", j), weight=value)
    matching = networkx.max_weight_matching(graph, maxcardinality=True)
    pairs = (dict(pair) for pair in matching)
    return sorted((pair["gold"], pair["predicted"]) for pair in pairs)


def match_triggers(gold: Sequence[Frame], predicted: Sequence[Frame]) -> list[tuple[int, int]]:
    """Pairs of frames whose triggers overlap; a shared action decides between equals."""

    def similarity(i: int, j: int) -> float:
        shared = overlap(gold[i].trigger, predicted[j].trigger)
        length = max(
            gold[i].trigger[1] - gold[i].trigger[0],
            predicted[j].trigger[1] - predicted[j].trigger[0],
        )
        same_action = gold[i].action == predicted[j].action
        return (shared / length + same_action) / 2 if shared else 0.0

    return assign(gold, predicted, similarity)


@dataclass(frozen=True)
class RoleMatch:
    """Fillers of one role under a matched trigger.

    ``pairs`` are (gold index, index into ``predicted``). ``predicted`` are the groups of predicted
    fillers that count: coordinated fillers that share one annotated span are one group, and
    fillers that stand where the antecedent of a null role stands are left out.
    """

    gold: tuple[Offsets, ...]
    predicted: tuple[tuple[Offsets, ...], ...]
    pairs: tuple[tuple[int, int], ...]


def match_role(gold: Frame, predicted: Frame, role: str) -> RoleMatch:
    """Compares the fillers of a role, as sets.

    Coordinated participants are one annotated span, places are one item a conjunct. So predicted
    participants that match one and the same annotated span count once; in roles of places every
    item is matched to an item of its own.
    """
    wanted = gold.fillers(role)
    fillers = [
        span
        for span in predicted.fillers(role)
        if any(spans_match(span, other) for other in wanted)
        or not any(spans_match(span, other) for other in gold.optional(role))
    ]
    groups = _grouped(fillers, wanted) if role in UNDIVIDED_ROLES else [(span,) for span in fillers]

    def similarity(i: int, j: int) -> float:
        matched = [span for span in groups[j] if spans_match(wanted[i], span)]
        covered = sum(overlap(wanted[i], span) for span in matched)
        length = max(wanted[i][1] - wanted[i][0], sum(end - start for start, end in groups[j]))
        return covered / length if matched else 0.0

    return RoleMatch(wanted, tuple(groups), tuple(assign(wanted, groups, similarity)))


def _grouped(fillers: list[Offsets], wanted: Sequence[Offsets]) -> list[tuple[Offsets, ...]]:
    """Fillers that match the same annotated span, together."""
    groups: dict[object, list[Offsets]] = {}
    for filler in fillers:
        target = next((span for span in wanted if spans_match(span, filler)), None)
        groups.setdefault(("alone", filler) if target is None else target, []).append(filler)
    return [tuple(group) for group in groups.values()]
