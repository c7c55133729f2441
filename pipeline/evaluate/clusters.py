"""Scores of event clusters: which triggers of an article tell one event.

``tests/gold/clusters_*.jsonl``: ``{"id", "about", "published", "text", "events": [{"trigger",
"cluster"}]}``. A trigger is a string of the text, or ``[string, n]`` for its n-th occurrence;
triggers with the same number tell one event. One event is one change of place on one occasion,
by its departure or as a whole (left, headed, withdrew, evacuated, moved, sent …) or by its arrival
(arrived, entered, visited, crossed); a departure and an arrival are two. What is denied, other
numbers of other people, and a part that goes elsewhere are events of their own.

Scored are the triggers that both gold and pipeline have: pairs of them that are joined (precision,
recall), and B³ (Bagga & Baldwin 1998, *Algorithms for scoring coreference chains*): for each
trigger the share of its cluster that is right (precision) or found (recall), then the mean.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.evaluate.annotated import extracted, parsed_docs
from pipeline.evaluate.frames import Frame, Offsets, frame_of
from pipeline.evaluate.gold import GoldError, GoldText, locate
from pipeline.evaluate.matching import match_triggers


@dataclass(frozen=True)
class ClusterCase:
    """An article and the number of the event that each of its triggers tells."""

    article: GoldText
    clusters: Mapping[Offsets, int]


class Mention(NamedTuple):
    """A trigger that both have: where it stands, its event in gold and its predicted cluster."""

    trigger: str
    start: int
    gold: Hashable
    predicted: Hashable


@dataclass(slots=True)
class ClusterScores:
    """Sums over articles; an error is (what is wrong, one trigger, other trigger, article's id)."""

    triggers: int = 0
    mentions: int = 0
    gold_pairs: int = 0
    predicted_pairs: int = 0
    right_pairs: int = 0
    b_cubed_precisions: float = 0.0
    b_cubed_recalls: float = 0.0
    errors: list[tuple[str, str, str, str]] = field(default_factory=list)

    @property
    def pair_precision(self) -> float:
        """Right pairs of those joined; 1.0 where none is."""
        return self.right_pairs / self.predicted_pairs if self.predicted_pairs else 1.0

    @property
    def pair_recall(self) -> float:
        """Right pairs of those that tell one event; 1.0 where there is none."""
        return self.right_pairs / self.gold_pairs if self.gold_pairs else 1.0

    @property
    def b_cubed_precision(self) -> float:
        """Mean over mentions; 1.0 where there is none."""
        return self.b_cubed_precisions / self.mentions if self.mentions else 1.0

    @property
    def b_cubed_recall(self) -> float:
        """Mean over mentions; 1.0 where there is none."""
        return self.b_cubed_recalls / self.mentions if self.mentions else 1.0

    def add(self, mentions: Sequence[Mention], article: str) -> None:
        """Count the mentions of one article."""
        self.mentions += len(mentions)
        for one, other in combinations(mentions, 2):
            together, joined = one.gold == other.gold, one.predicted == other.predicted
            self.gold_pairs += together
            self.predicted_pairs += joined
            self.right_pairs += together and joined
            if together != joined:
                wrong = "not joined" if together else "joined"
                left, right = (f"{m.trigger} ({m.start})" for m in (one, other))
                self.errors.append((wrong, left, right, article))
        for mention in mentions:
            gold = {m.start for m in mentions if m.gold == mention.gold}
            predicted = {m.start for m in mentions if m.predicted == mention.predicted}
            self.b_cubed_precisions += len(gold & predicted) / len(predicted)
            self.b_cubed_recalls += len(gold & predicted) / len(gold)


def f1(precision: float, recall: float) -> float:
    """The harmonic mean; 0.0 where both are zero."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def read_clusters(path: Path) -> list[ClusterCase]:
    """The cases of a JSON Lines file.

    Raises FileNotFoundError, or GoldError where a line is no such case or a trigger does not stand
    in its text.
    """
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            record = json.loads(line)
            article = GoldText(record["id"], record["text"], (), record["published"])
            clusters = {
                locate(event["trigger"], article.text, article.id): int(event["cluster"])
                for event in record["events"]
            }
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise GoldError(f"{path}:{number}: no case of clusters ({error}).") from error
        cases.append(ClusterCase(article, clusters))
    return cases


def score_clusters(
    cases: Sequence[ClusterCase], config: Path, store: Path | None = None
) -> ClusterScores:
    """Runs the pipeline over the articles (annotation from ``store`` if given) and compares.

    Raises FileNotFoundError where the config does not exist.
    """
    docs, extraction = parsed_docs([case.article for case in cases], config, store)
    scores = ClusterScores()
    for case, doc in zip(cases, extracted(docs, extraction), strict=True):
        scores.triggers += len(case.clusters)
        scores.add(mentions_of(case, doc), case.article.id)
    return scores


def mentions_of(case: ClusterCase, doc: Doc) -> list[Mention]:
    """The triggers that both have, in text order."""
    gold = [Frame(trigger, "", {}) for trigger in sorted(case.clusters)]
    predicted = [frame_of(event) for event in doc._.events]
    return [
        Mention(
            doc.text[slice(*gold[i].trigger)],
            gold[i].trigger[0],
            case.clusters[gold[i].trigger],
            doc._.events[j].cluster_id,
        )
        for i, j in match_triggers(gold, predicted)
    ]
