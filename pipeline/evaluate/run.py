"""Evaluates the pipeline and its baselines on gold files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from pipeline.evaluate.annotated import extracted, parsed_docs
from pipeline.evaluate.baselines import (
    TriggerVerbs,
    trigger_verbs,
    verb_subject_goal,
    verbs_only,
)
from pipeline.evaluate.frames import Frame, frames_of
from pipeline.evaluate.gold import GoldText, read_gold
from pipeline.evaluate.reliability import Bin, judged, ranking, reliability
from pipeline.evaluate.scores import Comparison, Scores, by_key, compare, total

#: The pipeline and the baselines, as the table names them.
SYSTEM, BASELINE_A, BASELINE_B = "pipeline", "baseline (a)", "baseline (b)"


@dataclass(frozen=True)
class TextResult:
    """One gold text: its Doc with the predicted events, and the comparisons of each system."""

    gold: GoldText
    doc: Doc
    comparisons: Mapping[str, list[Comparison]]


@dataclass(frozen=True)
class SetResult:
    """One gold file, evaluated."""

    name: str
    texts: Sequence[TextResult]

    def comparisons(self, system: str = SYSTEM) -> list[Comparison]:
        """All comparisons of a system."""
        return [item for text in self.texts for item in text.comparisons[system]]

    def scores(self, system: str = SYSTEM) -> Scores:
        """The figures of a system over the whole set."""
        return total(self.comparisons(system))

    def breakdown(self, kind: str) -> dict[str, Scores]:
        """Figures by ``phenomenon``, ``action`` or ``construction``.

        A false prediction counts under the phenomenon of the line it stands in, and under its own
        action; a missed annotation has no construction and counts as *missed*.
        """
        if kind == "phenomenon":
            return self._by_phenomenon()
        keys = {"action": _action, "construction": _construction}
        return by_key(self.comparisons(), keys[kind])

    def as_dict(self) -> dict[str, Any]:
        """All figures, for JSON."""
        systems = (SYSTEM, BASELINE_A, BASELINE_B)
        return {
            "texts": len(self.texts),
            "systems": {system: self.scores(system).as_dict() for system in systems},
            "reliability": [asdict(row) for row in self.reliability()],
            "confidence_auc": self.ranking(),
            **{
                f"by_{kind}": {
                    name: scores.as_dict() for name, scores in self.breakdown(kind).items()
                }
                for kind in ("phenomenon", "action", "construction")
            },
        }

    def reliability(self) -> list[Bin]:
        """Stated confidence against the share of events that are right."""
        return reliability(judged(self.comparisons()))

    def ranking(self) -> float:
        """The chance that a right event is stated with more confidence than a wrong one."""
        return ranking(judged(self.comparisons()))

    def _by_phenomenon(self) -> dict[str, Scores]:
        groups: dict[str, Scores] = {}
        for text in self.texts:
            for comparison in text.comparisons[SYSTEM]:
                name = _phenomenon(text.gold, comparison)
                if name:
                    groups.setdefault(name, Scores()).add(comparison.scores)
        return dict(sorted(groups.items()))


def evaluate(
    paths: Sequence[str | Path],
    config: str | Path,
    by_document: bool = False,
    store: str | Path | None = None,
) -> list[SetResult]:
    """Results for each gold file, from raw text or from the annotated Docs in ``store``.

    Raises GoldError for a file that is no gold annotation, FileNotFoundError for a missing one.
    """
    gold = {str(path): read_gold(path, by_document) for path in paths}
    docs, extraction = parsed_docs(
        [text for texts in gold.values() for text in texts], config, store
    )
    docs = extracted(docs, extraction)
    verbs = trigger_verbs(Path(config).parent / "frames")
    results = []
    remaining = iter(docs)
    for path, texts in gold.items():
        compared = [_compared(text, next(remaining), verbs) for text in texts]
        results.append(SetResult(Path(path).stem, compared))
    return results


def _compared(text: GoldText, doc: Doc, verbs: TriggerVerbs) -> TextResult:
    predictions: dict[str, list[Frame]] = {
        SYSTEM: frames_of(doc),
        BASELINE_A: verb_subject_goal(doc, verbs),
        BASELINE_B: verbs_only(doc),
    }
    comparisons = {
        system: compare(text.frames, predicted) for system, predicted in predictions.items()
    }
    return TextResult(text, doc, comparisons)


def _action(comparison: Comparison) -> str | None:
    frame = comparison.gold or comparison.predicted
    return frame.action if frame else None


def _construction(comparison: Comparison) -> str | None:
    return comparison.predicted.construction if comparison.predicted else "missed"


def _phenomenon(text: GoldText, comparison: Comparison) -> str | None:
    frame = comparison.gold or comparison.predicted
    assert frame is not None
    lines = (line for line in text.lines if line.start <= frame.trigger[0] < line.end)
    return next((line.phenomenon for line in lines), None)
