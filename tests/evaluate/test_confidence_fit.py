"""The fit finds what separates right from wrong; the table tells stated from observed."""

import random

import pytest

from pipeline.evaluate.fit_confidence import Sample, cross_validated, fit
from pipeline.evaluate.frames import Frame
from pipeline.evaluate.reliability import calibration_error, is_right, ranking, reliability
from pipeline.evaluate.scores import compare
from pipeline.resolve.confidence import probability


def drawn(number: int) -> list[Sample]:
    """Events that are right nine times in ten with *good*, three times in ten without."""
    chance = random.Random(7)
    found = []
    for index in range(number):
        good = chance.random() < 0.5
        right = chance.random() < (0.9 if good else 0.3)
        values = (
            {"bias": 1.0} | ({"good": 1.0} if good else {}) | ({"rare": 1.0} if not index else {})
        )
        found.append(Sample(values, right, f"article-{index % 40}"))
    return found


def test_weights_recover_the_probabilities() -> None:
    weights = fit(drawn(8000))
    assert set(weights) == {"bias", "good"}  # one event is too few for a weight
    assert probability({"bias": 1.0, "good": 1.0}, weights) == pytest.approx(0.9, abs=0.04)
    assert probability({"bias": 1.0}, weights) == pytest.approx(0.3, abs=0.04)


def test_cross_validated_confidence_is_calibrated() -> None:
    pairs = cross_validated(drawn(8000))
    assert len(pairs) == 8000
    assert calibration_error(reliability(pairs)) < 0.05


def test_reliability_table() -> None:
    table = reliability([(0.1, False), (0.15, True), (0.95, True), (1.0, True)])
    assert [(row.low, row.events, row.right) for row in table] == [(0.0, 2, 0.5), (0.9, 2, 1.0)]
    assert calibration_error([]) == 0


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(0.9, True), (0.1, False)], 1.0),
        ([(0.1, True), (0.9, False)], 0.0),
        ([(0.5, True), (0.5, False)], 0.5),
        ([(0.9, True), (0.4, True), (0.5, False)], 0.5),
        ([(0.9, True)], 0.5),
    ],
)
def test_ranking(pairs, expected) -> None:
    assert ranking(pairs) == expected


@pytest.mark.parametrize(
    ("roles", "action", "expected"),
    [
        ({"theme": ((5, 10),), "destination": ((20, 25),)}, "moved", True),
        ({"theme": ((5, 10),)}, "moved", True),  # nothing that it says is wrong
        ({"theme": ((5, 10),), "destination": ((30, 35),)}, "moved", False),
        ({"theme": ((40, 45),)}, "moved", False),
        ({"theme": ((5, 10),)}, "sent", False),
    ],
)
def test_an_event_is_right_where_all_it_says_is(roles, action, expected) -> None:
    gold = Frame((0, 4), "moved", {"theme": ((5, 10),), "destination": ((20, 25),)})
    (comparison,) = compare([gold], [Frame((0, 4), action, roles)])
    assert is_right(comparison) is expected


def test_a_false_event_is_not_right() -> None:
    (comparison,) = compare([], [Frame((0, 4), "moved", {})])
    assert not is_right(comparison)
