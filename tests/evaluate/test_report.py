"""Baselines and the error report, on hand-built Docs."""

import pytest
import spacy
from spacy.tokens import Doc

from pipeline.evaluate.baselines import TriggerVerbs, verb_subject_goal, verbs_only
from pipeline.evaluate.errors import write_errors
from pipeline.evaluate.frames import frames_of
from pipeline.evaluate.gold import GoldLine, GoldText
from pipeline.evaluate.run import BASELINE_A, BASELINE_B, SYSTEM, SetResult, TextResult
from pipeline.evaluate.scores import compare
from pipeline.events import Argument, Event


@pytest.fixture
def doc():
    """وصل الوزير إلى دمشق <b>"""
    words = ["وصل", "الوزير", "إلى", "دمشق", "<b>"]
    doc = Doc(
        spacy.blank("ar").vocab,
        words,
        lemmas=["وصل", "وزير", "إلى", "دمشق", "<b>"],
        pos=["VERB", "NOUN", "ADP", "PROPN", "X"],
        heads=[0, 0, 3, 0, 3],
        deps=["root", "nsubj", "case", "obl:arg", "nmod"],
    )
    event = Event(doc[0:1], "arrived", "finite", "finite_verb")
    event.theme = [Argument(doc[1:2], "subject")]
    event.destination = [Argument(doc[3:4], "marker")]
    masdar = Event(doc[4:5], "moved", "masdar", "bare_masdar")
    doc._.events = [event, masdar]
    return doc


def test_baseline_a_takes_subject_and_first_goal(doc):
    verbs = TriggerVerbs({"وصل": "arrived"}, "الي")
    (frame,) = verb_subject_goal(doc, verbs)
    spans = {role: [doc.text[slice(*s)] for s in found] for role, found in frame.roles.items()}
    assert spans == {"agent": [], "theme": ["الوزير"], "destination": ["دمشق <b>"]}
    assert verb_subject_goal(doc, TriggerVerbs({"عاد": "returned"}, "الي")) == []


def test_baseline_b_keeps_finite_verbs_only(doc):
    assert [frame.rule for frame in verbs_only(doc)] == ["finite_verb"]
    assert [frame.rule for frame in frames_of(doc)] == ["finite_verb", "bare_masdar"]


@pytest.mark.parametrize("suffix", [".txt", ".html"])
def test_error_report_shows_gold_prediction_parse_and_rules(doc, tmp_path, suffix):
    gold = GoldText("x", doc.text, (GoldLine("line-1", 0, len(doc.text), ()),))
    result = TextResult(
        gold,
        doc,
        {SYSTEM: compare([], frames_of(doc)), BASELINE_A: [], BASELINE_B: []},
    )
    path = tmp_path / f"errors{suffix}"
    assert write_errors([SetResult("set", [result])], path) == 1
    report = path.read_text(encoding="utf-8")
    for part in ("line-1", "FALSE", "finite_verb", "theme: subject", "obl:arg"):
        assert part in report
    if suffix == ".html":
        assert "<b>" not in report
        assert "&lt;b&gt;" in report


def test_breakdowns_of_a_set(doc):
    gold = GoldText("x", doc.text, (GoldLine("line-1", 0, len(doc.text), (), "arrival"),))
    comparisons = compare([], frames_of(doc))
    result = SetResult(
        "set",
        [TextResult(gold, doc, {SYSTEM: comparisons, BASELINE_A: [], BASELINE_B: []})],
    )
    assert result.breakdown("phenomenon")["arrival"].counts["trigger"].predicted == 2
    assert set(result.breakdown("construction")) == {"finite", "masdar"}
    assert set(result.breakdown("action")) == {"arrived", "moved"}
    assert result.as_dict()["systems"][SYSTEM]["trigger"]["precision"] == 0
