"""The probability that an event's rows are right: a logistic regression over its features.

The weights are data (``configs/confidence.yaml``), fitted by ``python -m pipeline fit-confidence``.
An event is right where its trigger, its action, its actor and all of its destinations are.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.data_files import read_yaml
from pipeline.extract.semantics import Classifier, SemanticLexicon, load_semantics
from pipeline.resolve.confidence_features import features


class Confidence:
    """Sets ``event.confidence`` from weights by feature name; unknown features weigh nothing."""

    def __init__(self, weights: Mapping[str, float], semantics: SemanticLexicon) -> None:
        self.weights = weights
        self.semantics = semantics

    def __call__(self, doc: Doc) -> Doc:
        """Gives every event of a Doc its probability."""
        if doc._.events:
            classes = Classifier(doc, self.semantics)
            for event in doc._.events:
                event.confidence = probability(features(event, classes), self.weights)
        return doc


def probability(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic function of the weighted sum, within 0 and 1."""
    total = sum(value * weights.get(name, 0.0) for name, value in values.items())
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))


def read_weights(path: str | Path) -> dict[str, float]:
    """The weights in a YAML file.

    Raises FileNotFoundError where the file does not exist, KeyError where it has no ``weights``.
    """
    data = read_yaml(path)
    return {str(name): float(weight) for name, weight in data["weights"].items()}


@Language.factory(
    "confidence",
    assigns=["doc._.events"],
    requires=["doc._.events"],
    default_config={"weights": "confidence.yaml", "lexicons": "lexicons", "root": None},
)
def make_confidence(
    nlp: Language, name: str, weights: str, lexicons: str, root: str | None
) -> Confidence:
    """The component; the paths are relative to ``root``, the config's folder."""
    folder = Path(root or "configs")
    return Confidence(read_weights(folder / weights), load_semantics(folder / lexicons))
