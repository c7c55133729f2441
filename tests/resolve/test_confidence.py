"""Features and probability of events on hand-built Docs."""

from pathlib import Path

import pytest

from pipeline.events import Argument
from pipeline.resolve.confidence import Confidence, probability, read_weights
from pipeline.resolve.confidence_features import features
from tests.resolve.clause_docs import add_event, make_doc

CLAUSE = """
وصل وصل VERB 0 root
الوزير وزير NOUN 0 nsubj
إلى إلى ADP 3 case
دمشق دمشق X 0 obl:arg
"""


def test_features_tell_rules_distance_and_attachment():
    doc = make_doc(CLAUSE)
    event = add_event(doc, "وصل", theme=[Argument(doc[1:2], "subject.nsubj")])
    event.destination = [Argument(doc[3:4], "destination.direct", resolved_by="relative")]
    event.rule = "finite.verb.form"
    found = features(event)
    for name in (
        "construction=finite",
        "rule=finite.verb",
        "trigger_by_form",
        "theme_rule=subject.nsubj",
        "destination_resolved=relative",
        "agent=empty",
    ):
        assert found[name] == 1.0
    assert found["destination_distance"] > found["theme_distance"]
    assert found["theme_attached"] == 1.0
    assert "actor=empty" not in found


def test_an_event_without_participants():
    doc = make_doc(CLAUSE)
    assert features(add_event(doc, "وصل"))["actor=empty"] == 1.0


@pytest.mark.parametrize(("weight", "expected"), [(0.0, 0.5), (100.0, 1.0), (-100.0, 0.0)])
def test_probability_stays_within_0_and_1(weight, expected):
    assert probability({"bias": 1.0}, {"bias": weight}) == pytest.approx(expected, abs=1e-9)


def test_unknown_features_weigh_nothing():
    assert probability({"bias": 1.0, "other": 5.0}, {"bias": 0.0}) == 0.5


def test_the_component_uses_the_weights_of_the_file():
    weights = read_weights(Path("configs/confidence.yaml"))
    assert "bias" in weights
    doc = make_doc(CLAUSE)
    event = add_event(doc, "وصل", theme=[Argument(doc[1:2], "subject.nsubj")])
    Confidence(weights)(doc)
    assert 0 < event.confidence < 1
