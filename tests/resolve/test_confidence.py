"""Features and probability of events on hand-built Docs."""

from pathlib import Path

import pytest

from pipeline.events import Argument
from pipeline.extract.semantics import Classifier, load_semantics
from pipeline.resolve.confidence import Confidence, probability, read_weights
from pipeline.resolve.confidence_features import features
from tests.resolve.clause_docs import add_event, make_doc

SEMANTICS = load_semantics(Path("configs/lexicons"))

CLAUSE = """
وصل وصل VERB 0 root
الوزير وزير NOUN 0 nsubj
إلى إلى ADP 3 case
دمشق دمشق X 0 obl:arg
"""


def found_in(event, doc):
    return features(event, Classifier(doc, SEMANTICS))


def test_features_tell_distance_and_doubt():
    doc = make_doc(CLAUSE)
    event = add_event(doc, "وصل", theme=[Argument(doc[1:2], "subject.nsubj")])
    event.destination = [Argument(doc[3:4], "destination.direct", geonameid=1)]
    found = found_in(event, doc)
    assert found["destination_distance"] > found["theme_distance"] > 0
    assert found["destination_filled"] == found["destination_linked"] == 1.0
    assert not found.keys() & {"loose", "actor_unknown", "gaps_left", "counted"}


@pytest.mark.parametrize(("rule", "loose"), [("nominal", True), ("direct", False)])
def test_a_place_that_hangs_elsewhere_is_loose(rule, loose):
    doc = make_doc(CLAUSE)
    event = add_event(doc, "وصل")
    event.destination = [Argument(doc[3:4], f"destination.{rule}")]
    assert ("loose" in found_in(event, doc)) is loose


@pytest.mark.parametrize(("position", "unknown"), [(1, False), (3, True)])
def test_a_noun_of_no_class_is_a_doubtful_actor(position, unknown):
    doc = make_doc(CLAUSE.replace("دمشق", "زغبط"))
    event = add_event(doc, "وصل", theme=[Argument(doc[position : position + 1], "subject.nsubj")])
    assert ("actor_unknown" in found_in(event, doc)) is unknown


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
    Confidence(weights, SEMANTICS)(doc)
    assert 0 < event.confidence < 1
