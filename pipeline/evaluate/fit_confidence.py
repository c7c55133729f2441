"""Fits the weights of event confidence on gold annotation.

A ridge-penalised logistic regression, by Newton's method. Texts are divided into folds by article,
so that the reliability table that is kept with the weights is of events the fit has not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy
import yaml

from pipeline.evaluate.reliability import calibration_error, is_right, ranking, reliability
from pipeline.evaluate.run import SYSTEM, SetResult, TextResult
from pipeline.extract.semantics import Classifier, load_semantics
from pipeline.orthography import CONFIGS
from pipeline.resolve.confidence import probability
from pipeline.resolve.confidence_features import features

#: Ridge penalty on all weights but the bias.
PENALTY = 1.0
FOLDS = 5
#: A feature that fewer events have gets no weight.
RAREST = 8
_STEPS = 25

Matrix = numpy.ndarray

_HEADER = """\
# Weights of the probability that an event is right (trigger, action, actor and destinations).
# p = 1 / (1 + exp(-sum(weight * feature))); features: pipeline/resolve/confidence_features.py.
# Written by python -m pipeline fit-confidence GOLD … (logistic regression, ridge {penalty}).
# reliability: stated confidence against the share of right events, {folds}-fold cross-validated by
# article on {events} events; error: expected calibration error; auc: the chance that a right event
# has more confidence than a wrong one; brier: mean squared error, then that of the base rate.
"""


@dataclass(frozen=True)
class Sample:
    """One predicted event: its features, whether it is right, and the article it stands in."""

    values: dict[str, float]
    right: bool
    article: str


def samples(results: Sequence[SetResult]) -> list[Sample]:
    """The predicted events of evaluated gold sets."""
    return [
        sample
        for result in results
        for text in result.texts
        for sample in _samples_of(result.name, text)
    ]


def _samples_of(name: str, text: TextResult) -> list[Sample]:
    events = {
        (event.trigger.start_char, event.trigger.end_char, event.action): event
        for event in text.doc._.events
    }
    article = f"{name}:{text.gold.id.split('#')[0]}"
    classes = Classifier(text.doc, load_semantics(CONFIGS / "lexicons"))
    found = []
    for comparison in text.comparisons[SYSTEM]:
        frame = comparison.predicted
        if frame is not None:
            event = events[(*frame.trigger, frame.action)]
            found.append(Sample(features(event, classes), is_right(comparison), article))
    return found


def fit(training: Sequence[Sample]) -> dict[str, float]:
    """Weights by feature name."""
    names = _frequent(training)
    matrix = _matrix(training, names)
    target = numpy.array([float(sample.right) for sample in training])
    penalty = numpy.full(len(names), PENALTY)
    penalty[names.index("bias")] = 1e-3
    weights = numpy.zeros(len(names))
    for _ in range(_STEPS):
        stated = 1 / (1 + numpy.exp(-numpy.clip(matrix @ weights, -30, 30)))
        gradient = matrix.T @ (stated - target) + penalty * weights
        hessian = (matrix.T * (stated * (1 - stated))) @ matrix + numpy.diag(penalty)
        step = numpy.linalg.solve(hessian, gradient)
        weights -= step
        if numpy.abs(step).max() < 1e-6:
            break
    return dict(zip(names, weights.tolist(), strict=True))


def cross_validated(training: Sequence[Sample]) -> list[tuple[float, bool]]:
    """(confidence, right) of every event, from weights fitted without its article's fold."""
    articles = sorted({sample.article for sample in training})
    fold_of = {article: number % FOLDS for number, article in enumerate(articles)}
    pairs = []
    for fold in range(FOLDS):
        seen = [sample for sample in training if fold_of[sample.article] != fold]
        weights = fit(seen)
        pairs += [
            (probability(sample.values, weights), sample.right)
            for sample in training
            if fold_of[sample.article] == fold
        ]
    return pairs


def write_confidence(results: Sequence[SetResult], path: str | Path) -> dict[str, object]:
    """Fits on evaluated sets and writes the weights with their reliability; returns what it wrote.

    Raises ValueError where there are too few events to fit on.
    """
    training = samples(results)
    if len(training) < 10 * FOLDS:
        raise ValueError(f"{len(training)} predicted events are too few to fit confidence on.")
    pairs = cross_validated(training)
    table = reliability(pairs)
    base = sum(right for _, right in pairs) / len(pairs)
    content = {
        "fitted_on": [result.name for result in results],
        "events": len(pairs),
        "base_rate": round(base, 3),
        "error": round(calibration_error(table), 3),
        "auc": round(ranking(pairs), 3),
        "brier": [
            round(sum((stated - right) ** 2 for stated, right in pairs) / len(pairs), 4),
            round(base * (1 - base), 4),
        ],
        "reliability": [
            {
                "from": row.low,
                "to": row.high,
                "events": row.events,
                "stated": round(row.stated, 3),
                "right": round(row.right, 3),
            }
            for row in table
        ],
        "weights": {
            name: round(weight, 4)
            for name, weight in sorted(fit(training).items())
            if abs(weight) >= 5e-4
        },
    }
    header = _HEADER.format(penalty=PENALTY, folds=FOLDS, events=len(pairs))
    body = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
    Path(path).write_text(header + body, encoding="utf-8")
    return content


def _frequent(training: Sequence[Sample]) -> list[str]:
    counts: dict[str, int] = {}
    for sample in training:
        for name in sample.values:
            counts[name] = counts.get(name, 0) + 1
    return ["bias", *sorted(n for n, count in counts.items() if count >= RAREST and n != "bias")]


def _matrix(training: Sequence[Sample], names: list[str]) -> Matrix:
    columns = {name: number for number, name in enumerate(names)}
    matrix = numpy.zeros((len(training), len(names)))
    for row, sample in enumerate(training):
        for name, value in sample.values.items():
            if name in columns:
                matrix[row, columns[name]] = value
    return matrix
