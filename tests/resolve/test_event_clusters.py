"""Events told twice: linked, and for each condition a pair that is not."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.events import Argument
from pipeline.resolve.clusters import EventClusters
from tests.resolve.clause_docs import add_event, make_doc

CLUSTERS = EventClusters(Path("configs/lexicons"))
TWICE = """
وصلت وصل VERB 0 root
القافلة قافلة NOUN 0 nsubj
إلى إلى ADP 3 case
حلب حلب X 0 obl

وصلت وصل VERB 0 root
القافلة قافلة NOUN 0 nsubj
إلى إلى ADP 3 case
حلب حلب X 0 obl
"""


def argument(doc, at, **fields):
    return Argument(doc[at : at + 1], "test", **fields)


def told_twice(second=None, place=None, theme=None, **first):
    """Two events of the same sentence told twice; keyword arguments change the second."""
    doc = make_doc(TWICE)
    doc._.meta = {"id": "a"}
    aleppo = {"country": "SYR", "geonameid": 170063, "lat": 36.2, "lon": 37.16}
    events = [
        add_event(doc, "وصلت", nth=nth, theme=[argument(doc, at)], destination=[])
        for nth, at in ((0, 1), (1, 5))
    ]
    for event, at, where in ((events[0], 3, aleppo), (events[1], 7, place or aleppo)):
        event.destination = [argument(doc, at, **where)]
        event.action = "arrived"
    for name, value in first.items():
        setattr(events[0], name, value)
    for name, value in (second or {}).items():
        setattr(events[1], name, value)
    for name, value in (theme or {}).items():
        setattr(events[1].theme[0], name, value)
        setattr(events[0].theme[0], name, "other")
    CLUSTERS(doc)
    return events[0].cluster_id == events[1].cluster_id


def test_the_same_thing_is_linked():
    assert told_twice()


def test_compatible_actions_are_linked():
    assert told_twice({"action": "entered"})


@pytest.mark.parametrize(
    "changes",
    [
        {"second": {"action": "fled"}},
        {"second": {"factuality": "negated"}},
        {"place": {"country": "SYR", "geonameid": 170654, "lat": 33.5, "lon": 36.3}},
        {"place": {"country": "LBN", "geonameid": 276781, "lat": 33.9, "lon": 35.5}},
        {"theme": {"wikidata": "Q1"}},
        {"theme": {"country": "TUR"}},
        {"second": {"event_date": date(2024, 12, 6)}, "event_date": date(2024, 12, 1)},
        {"second": {"theme_count_min": 20}, "theme_count_max": 5},
        {"second": {"theme": []}},
    ],
)
def test_what_contradicts_is_not(changes):
    assert not told_twice(**changes)


def test_a_state_and_a_town_in_it_may_be_one():
    syria = {"country": "SYR", "geonameid": 163843, "lat": 35.03, "lon": 38.51}
    day = {"event_date": date(2024, 12, 6)}
    assert told_twice(dict(day), place=syria, **day)


def test_ids_name_the_first_trigger():
    doc = make_doc(TWICE)
    doc._.meta = {"id": "a"}
    first, second = add_event(doc, "وصلت"), add_event(doc, "وصلت", nth=1)
    CLUSTERS(doc)
    assert first.cluster_id == "a:0"
    assert second.cluster_id == f"a:{second.trigger.start_char}"
