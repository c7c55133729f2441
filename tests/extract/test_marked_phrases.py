"""Goals after «إلى» and «لـ», and phrases that make no movement, without any model."""

import pytest

from pipeline.extract.masdars import genitive
from pipeline.extract.semantics import Classifier, load_semantics
from tests.extract.event_docs import events_of
from tests.resolve.clause_docs import make_doc


def fillers(table: str, role: str) -> list[list[str]]:
    """The texts that fill a role, by event."""
    return [[a.span.text for a in event.arguments(role)] for event in events_of(table)._.events]


GOAL = """
وصل وصل VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
الوفد وفد NOUN 0 nsubj
إلى إلى ADP 3 case
المطار مطار NOUN 0 obl:arg
في في ADP 5 case
القاهرة القاهرة X 0 obl GPE
"""
PRONOUN = GOAL.replace("المطار مطار NOUN", "ها هو PRON")
PLACE = """
وصل وصل VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
الوفد وفد NOUN 0 nsubj
في في ADP 3 case
القاهرة القاهرة X 0 obl GPE
"""
BESIDES = """
وصل وصل VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
الوفد وفد NOUN 0 nsubj
في في ADP 3 case
القاهرة القاهرة X 0 obl GPE
إضافة إضافة NOUN 0 obl
إلى إلى ADP 6 case
تونس تونس X 4 nmod GPE
"""


@pytest.mark.parametrize(
    ("table", "goals"),
    [(GOAL, ["المطار"]), (PLACE, ["القاهرة"]), (PRONOUN, ["القاهرة"])],
)
def test_a_place_after_fi_is_a_goal_only_where_none_stands_after_ila(
    table: str, goals: list[str]
) -> None:
    assert fillers(table, "destination") == [goals]


def test_what_is_named_besides_does_not_take_the_goal_away() -> None:
    assert "القاهرة" in fillers(BESIDES, "destination")[0]


@pytest.mark.parametrize(
    ("object_", "goals"),
    [("مساعدات مساعدة", ["السودان"]), ("سفيرا سفير", [])],
)
def test_goods_belong_to_no_place_after_li(object_: str, goals: list[str]) -> None:
    number = "Plur" if object_.startswith("مساعدات") else "Sing"
    table = f"""
    أرسلت أرسل VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
    تركيا تركيا X 0 nsubj GPE
    {object_} NOUN 0 obj Number={number}
    ل+ ل ADP 4 case
    السودان السودان X 2 nmod GPE
    """
    assert fillers(table, "destination") == [goals]


@pytest.mark.parametrize(
    ("genitive", "goal", "visitor"),
    [("ميركل PER", "الصين الصين X 3 nmod GPE", ["ميركل"]), ("فرنسا GPE", "", [])],
)
def test_a_genitive_beside_a_goal_is_the_visitor(
    genitive: str, goal: str, visitor: list[str]
) -> None:
    name, label = genitive.split()
    table = f"""
    انتهت انتهى VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
    زيارة زيارة NOUN 0 nsubj
    {name} {name} X 1 nmod {label}
    """
    if goal:
        table = table.rstrip() + f"\n ل+ ل ADP 4 case\n {goal.replace(' 3 ', ' 1 ')}\n"
    assert fillers(table, "theme") == [visitor]


@pytest.mark.parametrize(("visitor", "marked"), [("فرنسا", True), ("فرنسا", False)])
def test_a_state_visits_where_the_visited_place_is_marked(visitor: str, marked: bool) -> None:
    table = f"""
    انتهت انتهى VERB 0 root Aspect=Perf|Gender=Fem|Number=Sing
    زيارة زيارة NOUN 0 nsubj
    {visitor} {visitor} X 1 nmod GPE
    """
    if marked:
        table = table.rstrip() + "\n ل+ ل ADP 4 case\n الصين الصين X 1 nmod GPE\n"
    assert fillers(table, "theme") == [[visitor] if marked else []]
    assert fillers(table, "destination") == [["الصين"] if marked else [visitor]]


@pytest.mark.parametrize(("noun", "via"), [("الحدود حدود", ["الحدود"]), ("استثمارات استثمار", [])])
def test_an_idea_is_no_way(noun: str, via: list[str]) -> None:
    table = f"""
    وصل وصل VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
    الوفد وفد NOUN 0 nsubj
    إلى إلى ADP 3 case
    مصر مصر X 0 obl:arg GPE
    عبر عبر ADP 5 case
    {noun} NOUN 0 obl
    """
    assert fillers(table, "via") == [via]


@pytest.mark.parametrize(
    ("noun", "events"), [("المدينة مدينة", 1), ("مرحلة مرحلة", 0), ("أزمة أزمة", 0)]
)
def test_an_idea_after_the_mover_and_fi_is_an_idiom(noun: str, events: int) -> None:
    table = f"""
    بدأ بدأ VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
    دخول دخول NOUN 0 nsubj
    القوات قوة NOUN 1 nmod Number=Plur
    في في ADP 4 case
    {noun} NOUN 1 obl:arg
    """
    assert len(events_of(table)._.events) == events


@pytest.mark.parametrize(
    ("noun", "events"), [("الاتفاق اتفاق", 0), ("القرار قرار", 1), ("الشارع شارع", 1)]
)
def test_a_pronoun_for_an_agreement_makes_a_withdrawal_no_movement(noun: str, events: int) -> None:
    table = f"""
    بقي بقي VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
    {noun} NOUN 0 nsubj Gender=Masc|Number=Sing
    بعد بعد ADP 3 case
    انسحاب انسحاب NOUN 0 obl
    القوات قوة NOUN 3 nmod
    من+ من ADP 6 case
    ه هو PRON 3 obl:arg Gender=Masc|Number=Sing|Person=3
    """
    assert len(events_of(table)._.events) == events


@pytest.mark.parametrize(("denied", "movers"), [(True, ["المساعدات"]), (False, ["المساعدات"])])
def test_a_denied_adjective_is_not_what_moves(denied: bool, movers: list[str]) -> None:
    middle = "غير غير NOUN 1 nmod\nمسبوق مسبوق ADJ 2 nmod" if denied else "كبير كبير ADJ 1 amod"
    end = 5 if denied else 4
    table = f"""
    بدأ بدأ VERB 0 root Aspect=Perf|Gender=Masc|Number=Sing
    تدفق تدفق NOUN 0 nsubj
    {middle}
    ل+ ل ADP {end} case
    المساعدات مساعدة NOUN 1 nmod Number=Plur
    """
    assert fillers(table, "theme") == [movers]


@pytest.mark.parametrize(
    ("adjective", "is_genitive"), [("الراغبين راغب", True), ("مسبوق مسبوق", False)]
)
def test_who_are_denied_a_trait_are_a_genitive(adjective: str, is_genitive: bool) -> None:
    doc = make_doc(f"""
    إجلاء إجلاء NOUN 0 root
    غير غير NOUN 0 nmod
    {adjective} ADJ 1 nmod
    من من ADP 4 case
    المدينة مدينة NOUN 0 nmod
    """)
    found = genitive(doc[0], Classifier(doc, load_semantics()))
    assert (found is not None and found.i == 1) is is_genitive
