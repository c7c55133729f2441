"""Precision, recall and F1 of predicted frames, by the Scoring section of the gold guidelines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.evaluate.frames import SCORED_ROLES, Frame
from pipeline.evaluate.matching import match_role, match_triggers

#: The measures, in the order in which they are shown.
MEASURES = (
    "trigger",
    "trigger+action",
    *SCORED_ROLES,
    "triple",
    "attribution",
)


@dataclass
class Counts:
    """Annotated, predicted and right items of one measure."""

    gold: int = 0
    predicted: int = 0
    right: int = 0

    def add(self, other: Counts) -> None:
        """Adds the counts of another sample."""
        self.gold += other.gold
        self.predicted += other.predicted
        self.right += other.right

    @property
    def precision(self) -> float:
        """Right among predicted; 0 where nothing is predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Right among annotated; 0 where nothing is annotated."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.gold + self.predicted
        return 2 * self.right / total if total else 0.0


@dataclass
class Scores:
    """Counts of every measure; ``factuality`` counts are over matched triggers."""

    counts: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    factuality: Counts = field(default_factory=Counts)

    def add(self, other: Scores) -> None:
        """Adds the counts of another sample."""
        for measure, counts in other.counts.items():
            self.counts[measure].add(counts)
        self.factuality.add(other.factuality)

    def as_dict(self) -> dict[str, dict[str, float | int]]:
        """Figures for JSON: measure -> precision, recall, f1, gold, predicted, right."""
        table: dict[str, dict[str, float | int]] = {}
        for measure in MEASURES:
            counts = self.counts[measure]
            table[measure] = {
                "precision": round(counts.precision, 4),
                "recall": round(counts.recall, 4),
                "f1": round(counts.f1, 4),
                "gold": counts.gold,
                "predicted": counts.predicted,
                "right": counts.right,
            }
        table["factuality"] = {
            "accuracy": round(self.factuality.recall, 4),
            "gold": self.factuality.gold,
            "right": self.factuality.right,
        }
        return table


@dataclass(frozen=True)
class Comparison:
    """An annotated frame, a predicted frame, or a matched pair of these, with its scores."""

    gold: Frame | None
    predicted: Frame | None
    scores: Scores

    @property
    def wrong(self) -> list[str]:
        """The measures in which the pair falls short."""
        faults = [
            measure
            for measure, counts in self.scores.counts.items()
            if not counts.gold == counts.predicted == counts.right
        ]
        facts = self.scores.factuality
        return [*faults, "factuality"] if facts.right < facts.gold else faults


def compare(gold: Sequence[Frame], predicted: Sequence[Frame]) -> list[Comparison]:
    """Matched pairs, missed annotations and false predictions of one text, in text order."""
    pairs = match_triggers(gold, predicted)
    found = [_matched(gold[i], predicted[j]) for i, j in pairs]
    matched_gold = {i for i, _ in pairs}
    matched_predicted = {j for _, j in pairs}
    missed = (_unmatched(frame, True) for i, frame in enumerate(gold) if i not in matched_gold)
    false = (
        _unmatched(frame, False) for j, frame in enumerate(predicted) if j not in matched_predicted
    )
    return sorted([*found, *missed, *false], key=_position)


def _position(comparison: Comparison) -> tuple[int, int]:
    frame = comparison.gold or comparison.predicted
    assert frame is not None
    return frame.trigger


def total(comparisons: Iterable[Comparison]) -> Scores:
    """The sum of the comparisons' scores."""
    scores = Scores()
    for comparison in comparisons:
        scores.add(comparison.scores)
    return scores


def by_key(
    comparisons: Iterable[Comparison], key: Callable[[Comparison], str | None]
) -> dict[str, Scores]:
    """Scores of each group of comparisons, by name; comparisons without a key are left out."""
    groups: dict[str, Scores] = defaultdict(Scores)
    for comparison in comparisons:
        name = key(comparison)
        if name is not None:
            groups[name].add(comparison.scores)
    return dict(sorted(groups.items()))


def _matched(gold: Frame, predicted: Frame) -> Comparison:
    scores = Scores()
    same_action = gold.action == predicted.action
    scores.counts["trigger"] = Counts(1, 1, 1)
    scores.counts["trigger+action"] = Counts(1, 1, int(same_action))
    for role in (*SCORED_ROLES, "attribution"):
        match = match_role(gold, predicted, role)
        scores.counts[role] = Counts(len(match.gold), len(match.predicted), len(match.pairs))
    scores.counts["triple"] = _triples(scores, same_action)
    scores.factuality = Counts(1, 1, int(gold.factuality == predicted.factuality))
    return Comparison(gold, predicted, scores)


def _triples(scores: Scores, same_action: bool) -> Counts:
    """One triple for each actor and destination; annotated actors are one span."""
    actor, destination = scores.counts["actor"], scores.counts["destination"]
    return Counts(
        gold=actor.gold * destination.gold,
        predicted=actor.predicted * destination.predicted,
        right=actor.right * destination.right if same_action else 0,
    )


def _unmatched(frame: Frame, is_gold: bool) -> Comparison:
    """Counts of a frame that has no partner; attribution is scored over matched triggers only."""

    def counts(number: int) -> Counts:
        return Counts(gold=number) if is_gold else Counts(predicted=number)

    scores = Scores()
    scores.counts["trigger"] = counts(1)
    scores.counts["trigger+action"] = counts(1)
    for role in SCORED_ROLES:
        scores.counts[role] = counts(len(frame.fillers(role)))
    actors, destinations = frame.fillers("actor"), frame.fillers("destination")
    scores.counts["triple"] = counts(len(actors) * len(destinations))
    return Comparison(frame if is_gold else None, None if is_gold else frame, scores)
