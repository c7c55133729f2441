"""Movers that a governing word supplies, on hand-built Docs."""

import pytest
import spacy

import pipeline.components  # noqa: F401  (registers the factories)
from tests.resolve.clause_docs import make_doc

NLP = spacy.blank("ar")
for component in ("event_triggers", "event_arguments"):
    NLP.add_pipe(component)

ALLOWED_THEM = """
رفضت رفض VERB 0 root Aspect=Perf|Gender=Fem
الحكومة حكومة NOUN 0 nsubj Number=Sing
السماح سماح NOUN 0 obj
ل ل ADP 4 case
هم هو PRON 2 nmod
ب ب ADP 6 case
دخول دخول NOUN 2 nmod
البلاد بلد NOUN 6 nmod
"""
FIGHTERS_LET_RESIDENTS = """
ينتظر انتظر VERB 0 root Aspect=Imp
الصحفي صحفي NOUN 0 nsubj
سماح سماح NOUN 0 obj
المقاتلين مقاتل NOUN 2 nmod Number=Plur
ل ل ADP 5 case
السكان ساكن NOUN 2 nmod Number=Plur
ب ب ADP 7 case
مغادرة مغادرة NOUN 2 nmod
المنطقة منطقة NOUN 7 nmod
"""
ATTEMPT_OF_THEIRS = """
غرق غرق VERB 0 root Aspect=Perf
المركب مركب NOUN 0 nsubj
خلال خلال ADP 3 case
محاولت محاولة NOUN 0 obl
هم هو PRON 3 nmod
الوصول وصول NOUN 3 obj
إلى إلى ADP 7 case
المدينة مدينة NOUN 5 nmod
"""
HARD_FOR_PUPILS = """
أصبح أصبح VERB 0 root Aspect=Perf
من من ADP 2 case
الصعب صعب ADJ 0 obl
على على ADP 4 case
التلاميذ تلميذ NOUN 2 nmod Number=Plur
الوصول وصول NOUN 0 nsubj
إلى إلى ADP 7 case
المدينة مدينة NOUN 5 nmod
"""
PERFORMED_BY_TEAMS = """
زيارات زيارة NOUN 0 root
كثيرة كثير ADJ 0 amod
التي الذي DET 3 nsubj PronType=Rel
تقوم قام VERB 0 acl:relcl Aspect=Imp
ب ب ADP 5 case
ها هو PRON 3 obl:arg
الوفود وفد NOUN 3 nsubj Number=Plur
إلى إلى ADP 8 case
المدينة مدينة NOUN 3 obl
"""
PRAISED_BY_TEAMS = PERFORMED_BY_TEAMS.replace("تقوم قام", "تشيد أشاد")
DEAL_ABOUT = """
علق علق VERB 0 root Aspect=Perf
الوزير وزير NOUN 0 nsubj
الاتفاق اتفاق NOUN 0 obj
حول حول ADP 4 case
ترحيل ترحيل NOUN 2 nmod
المهاجرين مهاجر NOUN 4 nmod Number=Plur
"""
DECIDED = """
قرر قرر VERB 0 root Aspect=Perf
الوزير وزير NOUN 0 nsubj
ترحيل ترحيل NOUN 0 obj
المهاجرين مهاجر NOUN 2 nmod Number=Plur
"""


def _found(table, trigger):
    doc = make_doc(table)
    for _, part in NLP.pipeline:
        doc = part(doc)
    return next(event for event in doc._.events if event.head.text == trigger)


@pytest.mark.parametrize(
    ("table", "trigger", "rule", "pronoun"),
    [
        (ALLOWED_THEM, "دخول", "subject.noun_object_control", 4),
        (ATTEMPT_OF_THEIRS, "الوصول", "subject.noun_control", 4),
    ],
)
def test_a_pronoun_on_the_noun_over_a_masdar_is_its_mover(table, trigger, rule, pronoun) -> None:
    """السماح لـ[هم] بدخول البلاد      محاولتـ[هم] الوصول"""
    event = _found(table, trigger)
    (gap,) = event.gaps
    assert (gap.role, gap.rule, gap.token.i) == ("theme", rule, pronoun)


@pytest.mark.parametrize(
    ("table", "trigger", "rule", "mover"),
    [
        (FIGHTERS_LET_RESIDENTS, "مغادرة", "subject.noun_object_control", "السكان"),
        (HARD_FOR_PUPILS, "الوصول", "subject.predicate_control", "التلاميذ"),
        (PERFORMED_BY_TEAMS, "زيارات", "subject.performer", "الوفود"),
    ],
)
def test_the_marked_phrase_or_the_performer_moves(table, trigger, rule, mover) -> None:
    event = _found(table, trigger)
    assert [(a.span.text, a.rule) for a in event.theme] == [(mover, rule)]


def test_a_verb_that_does_not_perform_the_movement_gives_no_mover() -> None:
    """«الزيارات التي تشيد بها الوفود»: they praise it."""
    assert not _found(PRAISED_BY_TEAMS, "زيارات").theme


@pytest.mark.parametrize(("table", "agents"), [(DECIDED, ["الوزير"]), (DEAL_ABOUT, [])])
def test_a_topic_has_no_subject_from_above(table, agents) -> None:
    """«قرر [الوزير] ترحيل المهاجرين», but «علق الوزير الاتفاق حول ترحيل المهاجرين»."""
    assert [a.span.text for a in _found(table, "ترحيل").agent] == agents


ASKED_TO_LEAVE = """
طالبت طالب VERB 0 root Aspect=Perf|Gender=Fem
السلطة سلطة NOUN 0 nsubj
السكان ساكن NOUN 0 obj Number=Plur
ب ب ADP 4 case
مغادرت مغادرة NOUN 0 obl:arg
ها هو PRON 4 nmod
"""
ENDED_HIS_VISIT = """
بدأ بدأ VERB 0 root Aspect=Perf|Gender=Masc
الوزير وزير NOUN 0 nsubj Number=Sing
زيارت زيارة NOUN 0 obj
ه هو PRON 2 nmod
ل ل ADP 5 case
المدينة مدينة NOUN 2 nmod
"""


def test_the_genitive_of_a_controlled_masdar_is_the_place() -> None:
    """طالبت السلطة [السكان]theme بمغادرتـ[ها]origin"""
    event = _found(ASKED_TO_LEAVE, "مغادرت")
    assert [a.span.text for a in event.theme] == ["السكان"]
    assert [(gap.role, gap.token.text) for gap in event.gaps] == [("origin", "ها")]


def test_the_pronoun_that_takes_up_the_controller_is_the_mover() -> None:
    """بدأ الوزير زيارتـ[ه]theme للمدينة"""
    event = _found(ENDED_HIS_VISIT, "زيارت")
    assert "theme" in {gap.role for gap in event.gaps} | {r for r in ("theme",) if event.theme}
    assert not any(gap.role == "destination" for gap in event.gaps)


BEGAN_BEFORE = """
بدأ بدأ VERB 0 root Aspect=Perf|Gender=Masc
الحراس حارس NOUN 0 nsubj Number=Plur
العمل عمل NOUN 0 obj
قبل قبل ADP 4 case
ترحيل ترحيل NOUN 0 obl
المهاجرين مهاجر NOUN 4 nmod Number=Plur
"""
BEGAN_WITH = BEGAN_BEFORE.replace("قبل قبل", "ب ب")
THEN_MOVED = """
اعتقل اعتقل VERB 0 root Aspect=Perf|Gender=Masc
الجنود جندي NOUN 0 nsubj Number=Plur
ثم ثم CCONJ 3 cc
نقلوا نقل VERB 0 parataxis Aspect=Perf|Gender=Masc|Number=Plur
إلى إلى ADP 5 case
المدينة مدينة NOUN 3 obl
"""
THEN_MOVED_THEM = THEN_MOVED.replace("إلى إلى ADP 5 case", "هم هو PRON 3 obj\nإلى إلى ADP 6 case")


@pytest.mark.parametrize(("table", "agents"), [(BEGAN_WITH, ["الحراس"]), (BEGAN_BEFORE, [])])
def test_nothing_controls_a_masdar_of_circumstance(table, agents) -> None:
    """بدأ [الحراس]agent العمل بترحيل المهاجرين        … قبل ترحيل المهاجرين: by anybody"""
    assert [a.span.text for a in _found(table, "ترحيل").agent] == agents


@pytest.mark.parametrize(("table", "role"), [(THEN_MOVED, "theme"), (THEN_MOVED_THEM, "agent")])
def test_who_is_dropped_with_a_verb_without_an_object_is_moved(table, role) -> None:
    """ثم نقلوا إلى المدينة: they were; ثم نقلوهم إلى المدينة: they did."""
    gaps = _found(table, "نقلوا").gaps
    assert role in {gap.role for gap in gaps if gap.kind == "dropped_subject"}
