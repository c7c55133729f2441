"""Events told twice: linked; and for each condition a pair that is and one that is not."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.events import Gap
from pipeline.resolve.clusters import EventClusters
from tests.resolve.cluster_docs import doc_of

CLUSTERS = EventClusters(Path("configs/lexicons"))
ALEPPO = {"name": "Aleppo", "country": "SYR", "geonameid": 170063, "lat": 36.2, "lon": 37.16}
DAMASCUS = {"name": "Damascus", "country": "SYR", "geonameid": 170654, "lat": 33.5, "lon": 36.3}
BEIRUT = {"name": "Beirut", "country": "LBN", "geonameid": 276781, "lat": 33.9, "lon": 35.5}
SYRIA = {"name": "Syria", "country": "SYR", "geonameid": 163843, "lat": 35.03, "lon": 38.51}


def joined(first, second, *, one=None, other=None, places=({}, {}), themes=({}, {})):
    """Whether the events of two sentences share a cluster; dicts set fields of events and roles."""
    doc = doc_of(first, second)
    for event, fields, place, theme in zip(doc._.events, (one, other), places, themes, strict=True):
        described = [(event, fields or {})]
        described += [(argument, place) for argument in (*event.origin, *event.destination)]
        described += [(argument, theme) for argument in event.theme]
        for target, values in described:
            for name, value in values.items():
                setattr(target, name, value)
    CLUSTERS(doc)
    return doc._.events[0].cluster_id == doc._.events[1].cluster_id


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("وصلت [القافلة]", "وصلت [القافلة]"),  # taken up
        ("وصلت [قافلة] إلى {حلب}", "وصلت [القافلة]"),
        ("وصلت [قافلة مساعدات] إلى {حلب}", "وصلت [القافلة]"),  # says less
        ("أجلي [300/NUM مدني]", "أجلي [المدنيون/NOUN/مدني/Plur]"),  # past the number
        ("أجلي [دفعة/NOUN من/ADP المدنيين/NOUN/مدني]", "أجلي [المدنيون/NOUN/مدني]"),
        ("وصل [وزير الخارجية نبيل/PER فهمي/PER]", "وصل [فهمي/PER]"),
        ("وصل [وزير الخارجية نبيل/PER فهمي/PER]", "وصل [وزير الخارجية المصري/ADJ]"),
        ("وصل [أسياس/PER أفورقي/PER]", "وصل [أسياس/PER]"),
        ("دخلت [القوات الأميركية/ADJ]", "دخلت [القوات الأمريكية/ADJ]"),
        ("وصلت [قافلة] إلى {المستشفى}", "وصلت [قافلة] إلى {المستشفى}"),  # a place in common
        ("وصلت [القافلة] إلى {مخيم}", "وصلت [القافلة] إلى {المخيم}"),
        ("وصلت [القافلة] إلى {حلب/X}", "وصلت [الحافلات] إلى {حلب/X}"),  # may be the same
        ("نقل (الجيش) [المصابين]", "نقل [المصابون/NOUN/مصابين]"),  # the agent left out
        ("سحبت (روسيا/GPE) [قوات]", "انسحبت [روسيا/GPE]"),  # the agent as mover
    ],
)
def test_the_same_thing_is_linked(first, second):
    assert joined(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("وصلت [قافلة]", "وصلت [قافلة]"),  # an indefinite phrase may bring in another one
        (
            "أجلي [دفعة/NOUN من/ADP المدنيين/NOUN/مدني]",
            "أجلي [دفعة/NOUN من/ADP المدنيين/NOUN/مدني]",
        ),
        ("وصلت [القافلة] إلى {حلب}", "وصلت [قافلة أخرى/ADJ/آخر] إلى {حلب}"),
        ("وصلت [السفينة/NOUN/سفينة/Sing]", "وصلت [السفن/NOUN/سفينة/Plur]"),
        ("دخلت [قوات النظام]", "دخلت [قوات المعارضة]"),
        ("وصل [وزير الخارجية]", "وصل [وزير الدفاع]"),
        ("وصل [نبيل/PER فهمي/PER]", "وصل [سامح/PER شكري/PER]"),
        ("وصل [محمد/PER مرسي/PER]", "وصل [محمد/PER أبو/PER تريكة/PER]"),
        ("وصل [فهمي/PER] إلى {حلب}", "وصل [الوفد] إلى {حلب}"),
        ("وصلت [القافلة] إلى {حلب/X}", "وصلت [المدمرة] إلى {حلب/X}"),
        ("وصلت [القافلة] إلى {المدينة}", "وصلت [القافلة] إلى {المخيم}"),  # perhaps another place
        ("نقل (الجيش) [المصابين]", "نقل (الهلال) [المصابين]"),
        ("انتقلت [القافلة] من <حلب> إلى {إدلب}", "انتقلت [القافلة] من <إدلب> إلى {حلب}"),  # back
        ("وصل إلى {حلب}", "وصل إلى {حلب}"),  # nobody is named
    ],
)
def test_what_may_be_another_thing_is_not(first, second):
    assert not joined(first, second)


FIRST, SIXTH = ({"event_date": date(2024, 12, day)} for day in (1, 6))
TWICE = ("وصلت [القافلة] إلى {حلب/X}", "وصلت [القافلة] إلى {حلب/X}")


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"other": {"action": "left"}}, True),
        ({"other": {"action": "fled"}}, False),
        ({"other": {"factuality": "planned"}}, True),
        ({"other": {"factuality": "negated"}}, False),
        ({"one": {"factuality": "negated"}, "other": {"factuality": "negated"}}, True),
        ({"places": (ALEPPO, ALEPPO)}, True),
        ({"places": (ALEPPO, BEIRUT)}, False),
        ({"themes": ({"wikidata": "Q1"}, {"wikidata": "Q1"})}, True),
        ({"themes": ({"wikidata": "Q1"}, {"wikidata": "Q2"})}, False),
        ({"themes": ({"country": "SYR"}, {"country": "TUR"})}, False),
        ({"one": FIRST, "other": SIXTH}, False),
        ({"one": SIXTH, "other": SIXTH}, True),
        ({"one": {"theme_count_max": 5}, "other": {"theme_count_min": 20}}, False),
        # «الآلاف», «أكثر من عشرة آلاف»
        (
            {
                "one": {"theme_count_min": 2000, "theme_count_max": 9999},
                "other": {"theme_count_min": 10000},
            },
            True,
        ),
    ],
)  # fmt: skip
def test_actions_factuality_places_participants_dates_and_counts(changes, same):
    assert joined(*TWICE, **changes) is same


@pytest.mark.parametrize(
    ("second", "same"), [("evacuated", True), ("left", False), ("fled", False)]
)
def test_actions_that_differ_more_need_more_than_a_participant(second, same):
    told = ("نقلت [القافلة]", "أجليت [القافلة]")
    assert joined(*told, other={"action": second}) is same


@pytest.mark.parametrize(
    ("number", "same"), [({"theme_count_min": 300, "theme_count_max": 300}, True), ({}, False)]
)
def test_an_exact_number_makes_up_for_an_indefinite_phrase(number, same):
    assert joined("أجلي [300/NUM مدني]", "أجلي [300/NUM مدني]", one=number, other=number) is same


@pytest.mark.parametrize(
    ("first", "second", "places", "same"),
    [
        # two governorates have no id of their own
        ("{محافظة نينوى/X}", "{محافظة الأنبار/X}", ("Nineveh", "Anbar"), False),
        ("{محافظة نينوى/X}", "{نينوى/X}", ("Nineveh", "Nineveh"), True),
        ("{محافظة إدلب/X}", "{إدلب/X}", ("Idlib Governorate", "Idlib"), True),
        ("{ريف إدلب/X}", "{إدلب/X}", ("Idlib countryside", "Idlib"), False),
        # a town, and what may lie in it, or it in that
        ("{مطار الموصل/X}", "{الموصل/X}", ("Mosul airport", "Mosul"), False),
        ("{محافظة نينوى/X}", "{مدينة الموصل/X}", ("Nineveh", "Mosul"), False),
        ("{مدينة تكريت/X}", "{مدينة الموصل/X}", ("Tikrit", "Mosul"), False),
        ("{تكريت/X}", "{الموصل/X}", ("Tikrit", "Mosul"), False),
    ],
)
def test_places_without_ids(first, second, places, same):
    described = tuple({"name": name, "country": "IRQ"} for name in places)
    told = (f"وصلت [القافلة] إلى {first}", f"وصلت [القافلة] إلى {second}")
    assert joined(*told, places=described) is same


@pytest.mark.parametrize(("second", "same"), [(SYRIA, True), (BEIRUT, False)])
def test_a_state_and_a_town_in_it_may_be_one_on_one_day(second, same):
    day = {"event_date": date(2024, 12, 6)}
    told = ("وصلت [القافلة] إلى {حلب/X}", "وصلت [القافلة] إلى {سوريا/X}")
    assert joined(*told, one=day, other=day, places=(ALEPPO, second)) is same


@pytest.mark.parametrize(("country", "same"), [("TUR", True), ("SYR", False)])
def test_a_name_and_a_title_of_one_country_may_be_one_at_one_place(country, same):
    told = ("زار [رجب/PER إردوغان/PER] {حلب}", "زار [الرئيس التركي/ADJ] {حلب}")
    assert joined(*told, themes=({"country": "TUR"}, {"country": country})) is same


@pytest.mark.parametrize(
    ("second", "same"),
    [("السلطات الألمانية/ADJ", True), ("القوات الألمانية/ADJ", False)],
)
def test_a_government_stands_for_its_state(second, same):
    state = {"country": "DEU", "code": "DEU"}
    told = ("رحلت [ألمانيا/GPE]", f"رحلت [{second}]")
    assert joined(*told, themes=(state, state | {"code": "DEUGOV"})) is same


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("زيارة/NOUN [الوفد]", "زيارة/NOUN [الوفد]", True),
        ("زيارة/NOUN [الوفد]", "زيارة/NOUN ثانية/ADJ/ثان [الوفد]", False),
        ("زيارة/NOUN خاصة/ADJ/خاص [الوفد]", "زيارة/NOUN رسمية/ADJ/رسمي [الوفد]", False),
        ("زيارة/NOUN رسمية/ADJ/رسمي [الوفد]", "زيارة/NOUN [الوفد]", True),
        ("زيارة/NOUN/زيارة/Sing [الوفد]", "زيارات/NOUN/زيارة/Plur [الوفد]", False),
    ],
)
def test_verbal_nouns_of_other_occasions(first, second, same):
    masdar = {"construction": "masdar"}
    assert joined(first, second, one=masdar, other=masdar) is same


@pytest.mark.parametrize(
    ("when", "same"),
    [
        ((date(2015, 2, 1), date(2015, 2, 28)), False),  # background
        ((date(2024, 12, 1), date(2024, 12, 31)), True),  # the time of the article
    ],
)
def test_what_lies_before_the_article_needs_more(when, same):
    past = {"event_date": when[0], "event_date_end": when[1]}
    assert joined("زار [الرئيس]", "زار [الرئيس]", one=past) is same


def test_an_open_pronoun_at_the_same_place_is_linked_and_nobody_is_not():
    doc = doc_of("توجه [رجلان] إلى {حلب}", "توجههما/NOUN هما/PRON إلى {حلب}")
    pronoun = doc[5]
    assert pronoun.text == "هما"
    doc._.events[1].gaps = [Gap("theme", pronoun, "possessive_pronoun", "test")]
    CLUSTERS(doc)
    assert doc._.events[0].cluster_id == doc._.events[1].cluster_id
    assert not joined("توجه [رجلان] إلى {حلب}", "توجه إلى {حلب}")


@pytest.mark.parametrize(
    ("relation", "construction", "same"),
    [("advcl", "participle", True), ("conj", "finite", False), ("advcl", "finite", False)],
)
def test_a_participle_of_circumstance_belongs_to_its_clause(relation, construction, same):
    """«غادر وفد متوجها إلى حلب»; «غادر وفد وتوجه إلى حلب» tells two."""
    doc = doc_of("غادر [وفد] متوجها/VERB إلى {حلب}")
    (left,) = doc._.events
    doc[2].dep_ = relation
    headed = doc_of("x")._.events[0]
    headed.trigger, headed.construction, headed.action = doc[2:3], construction, "headed"
    headed.theme, headed.destination, left.destination = left.theme, left.destination, []
    left.action = "left"
    doc._.events = [left, headed]
    CLUSTERS(doc)
    assert (left.cluster_id == headed.cluster_id) is same


def test_what_is_coordinated_is_another_event():
    """«نقل [الجريح] إلى المستشفى ثم نقل إلى حلب»."""
    doc = doc_of("نقل [الجريح] نقل/VERB")
    first = doc._.events[0]
    second = doc_of("x")._.events[0]
    second.trigger, second.theme = doc[2:3], first.theme
    doc._.events = [first, second]
    CLUSTERS(doc)
    assert first.cluster_id == second.cluster_id
    doc[2].dep_ = "conj"
    CLUSTERS(doc)
    assert first.cluster_id != second.cluster_id


def test_an_event_joins_what_no_member_contradicts():
    """The third tells no place: it joins the last of two, and each place stays alone."""
    doc = doc_of("وصلت [القافلة] إلى {حلب/X}", "وصلت [القافلة] إلى {دمشق/X}", "وصلت [القافلة]")
    for event, place in zip(doc._.events, (ALEPPO, DAMASCUS), strict=False):
        for name, value in place.items():
            setattr(event.destination[0], name, value)
    CLUSTERS(doc)
    first, second, third = (event.cluster_id for event in doc._.events)
    assert first != second == third


def test_ids_name_the_first_trigger():
    doc = doc_of("وصلت [قافلة]", "وصلت [قافلة]")
    CLUSTERS(doc)
    first, second = doc._.events
    assert first.cluster_id == "a:0"
    assert second.cluster_id == f"a:{second.trigger.start_char}"
