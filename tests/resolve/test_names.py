"""English names of roles: each kind of noun phrase, counter-examples where a rule excludes."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.events import Argument, Event
from pipeline.resolve.names import RoleNames
from pipeline.resolve.romanize import Romanizer, has_arabic
from tests.resolve.phrase_docs import phrase

CONFIGS = Path(__file__).parents[2] / "configs"
GOLD = sorted((Path(__file__).parents[1] / "gold").glob("*.jsonl"))
romanize = Romanizer()
NAMES = RoleNames(CONFIGS / "lexicons", CONFIGS / "frames" / "movement.yaml")
WITH_RANK = RoleNames(CONFIGS / "lexicons", rank_adjectives=True)

PHRASES = [
    # genitives: named bodies and states go before the head
    ("كبار/ADJ قادة فيلق القدس الإرهابي/ADJ", "Quds Force commanders"),
    ("القائدين الكبيرين/ADJ في/ADP فيلق القدس", "two Quds Force commanders"),
    ("مقاتلو حركة طالبان", "Taliban fighters"),
    ("قوات روسيا", "Russian forces"),
    ("أهالي بغداد/X", "residents of Baghdad"),
    ("قافلة المساعدات الإنسانية/ADJ", "humanitarian aid convoy"),
    ("مطارات إسرائيل/X أو/CCONJ مصر/X", "airports of Israel or Egypt"),
    # states and capitals
    ("إيران/X", "Iran"),
    ("طهران/X", "Tehran"),
    ("العاصمة الأفغانية/ADJ", "Kabul"),
    ("السورية/ADJ", "Syrian"),  # and not Syria, although «سورية» is
    # numbers
    ("43/NUM مهاجرا أفغانيا/ADJ", "43 Afghan migrants"),
    ("عشرات الآلاف من/ADP الجنود", "tens of thousands of soldiers"),
    ("أكثر/ADJ من/ADP خمسين/NUM ألف/NUM شخص", "more than 50,000 people"),
    ("سفينتان حربيتان/ADJ روسيتان/ADJ", "two Russian warships"),
    ("أول/ADJ طائرة كورية/ADJ شمالية/ADJ", "first North Korean plane"),
    # adjectives: last one first, nationality before them, "former" before that
    ("القوات الخاصة/ADJ الأميركية/ADJ", "US special forces"),
    ("الرئيس المالي/ADJ السابق/ADJ", "Former Malian President"),
    ("وسائل إعلام سورية/ADJ و+/CCONJ لبنانية/ADJ", "Syrian and Lebanese media"),
    ("مقاتلين أجانب/NOUN", "foreign fighters"),
    # participles with their complement
    ("الصحفيين المحاصرين/ADJ في/ADP بغداد/X", "journalists besieged in Baghdad"),
    ("قوات موالية/ADJ ل+/ADP الحكومة السورية/ADJ", "forces loyal to the Syrian government"),
    # titles and names
    ("وزير الخارجية الأوغندي/ADJ", "Ugandan Foreign Minister"),
    ("رئيس اللجنة", "Committee Head"),
    ("الرئيس الفلسطيني/ADJ ياسر/X عرفات/X", "Yasser Arafat"),
    # coordination and demonstratives
    ("قوات و+/CCONJ قادة", "forces and commanders"),
    ("هذه/DET القوات", "these forces"),
    ("هذا/DET التقرير", "this report"),
    ("صحيفة نيويورك/X تايمز/X", "The New York Times"),
    # clitics that the tokeniser left on
    ("للسعودية/X", "Saudi Arabia"),
    ("قوات وقادة", "forces and commanders"),
    ("مسوول امني/ADJ", "security official"),
]


@pytest.mark.parametrize(("arabic", "english"), PHRASES)
def test_phrase(arabic, english):
    assert NAMES.name(phrase(arabic)).text == english


def test_rank_adjectives_are_kept_where_asked_for():
    span = phrase("كبار/ADJ قادة فيلق القدس الإرهابي/ADJ")
    assert WITH_RANK.name(span).text == "senior Quds Force commanders"


def test_unknown_person_is_romanised_and_keeps_the_title():
    span = phrase("الوزير مهدي/X رحمتي/X", entities=[(1, 3, "PER")])
    named = NAMES.name(span)
    assert named.text == "Minister Mehdi Rahmati"


def test_surname_stands_for_a_person_named_in_full_elsewhere():
    span = phrase("ميشال/X عون/X ثم/ADV عون/X")
    assert NAMES.name(span.doc[3:4]).text == "Michel Aoun"
    assert NAMES.name(phrase("عون")[:]).text != "Michel Aoun"


def event_of(span, **roles):
    event = Event(span.doc[0:1], "moved", "finite", "test")
    for role, arguments in roles.items():
        setattr(event, role, [Argument(argument, "test") for argument in arguments])
    span.doc._.events = [event]
    NAMES(span.doc)
    return event


def test_owner_of_a_possessive_is_the_agent():
    doc = phrase("طهران/X أفراد+ ها/PRON العسكريين/ADJ").doc
    event = event_of(doc[:], agent=[doc[0:1]], theme=[doc[1:4]])
    theme = event.theme[0]
    assert theme.name == "Iranian military personnel"
    assert (theme.type, theme.country) == ("PER", "IRN")


def test_owner_is_a_pronoun_where_nobody_is_known():
    doc = phrase("أفراد+ ها/PRON العسكريين/ADJ").doc
    assert event_of(doc[:], theme=[doc[0:3]]).theme[0].name == "its military personnel"


@pytest.mark.parametrize(("word", "english"), [("ذلك", "that"), ("هذا", "this")])
def test_a_lone_demonstrative_is_no_name(word, english):
    doc = phrase(f"{word}/DET").doc
    assert event_of(doc[:], theme=[doc[0:1]]).theme[0].name == english


@pytest.mark.parametrize(
    ("arabic", "type_", "code", "country"),
    [
        ("قادة إيران/X", "PER", "IRNMIL", "IRN"),
        ("اللاجئين السوريين/ADJ", "PER", "SYRREF", "SYR"),
        ("مدنيين", "PER", "CVL", None),
        ("طهران/X", "GPE", "IRN", "IRN"),
        ("فيلق القدس", "ORG", "IRNMIL", "IRN"),
        ("حركة حماس", "ORG", "PSEREB", "PSE"),
        ("شحنة ذهب", "COM", None, None),
    ],
)
def test_codes(arabic, type_, code, country):
    span = phrase(arabic)
    theme = event_of(span, theme=[span]).theme[0]
    assert (theme.type, theme.code, theme.country) == (type_, code, country)


@pytest.mark.parametrize(("action", "plover"), [("visited", "CONSULT"), ("moved", None)])
def test_plover_event(action, plover):
    span = phrase("وفد")
    event = Event(span, action, "finite", "test")
    span.doc._.events = [event]
    assert NAMES(span.doc)._.events[0].plover_event == plover


def role_strings():
    for path in GOLD:
        for line in path.read_text(encoding="utf-8").splitlines():
            for event in json.loads(line).get("events", ()):
                for role in ("agent", "theme", "origin", "destination", "via", "attribution"):
                    value = event.get(role)
                    values = value if isinstance(value, list) else [value]
                    yield from (item for item in values if isinstance(item, str) and item)


def test_every_gold_role_has_a_name_in_latin_letters():
    strings = sorted(set(role_strings()))
    names = [NAMES.name(phrase(text)) for text in strings]
    assert len(strings) > 100
    assert sum(bool(name and name.text) for name in names) >= 0.98 * len(strings)
    assert not [name.text for name in names if name and has_arabic(name.text)]


LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئةىپچگ ,.«»٣4abـًُ"
WORDS = ("قوات", "و", "من", "في", "القدس", "إيران", "آلاف", "كبار", "الذين", "٣", "،", "ها", "زقرط")


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=LETTERS, max_size=20))
def test_romanised_text_has_no_arabic(text):
    assert not has_arabic(romanize(text))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))
def test_any_words_get_a_latin_name_or_none(words):
    span = phrase(" ".join(words))
    theme = event_of(span, theme=[span]).theme[0]
    assert theme.name is None or not has_arabic(theme.name)


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("ليفربول", "Liverpool"),
        ("كريستيانو رونالدو", "Cristiano Ronaldo"),
        ("أندرو برانسون", "Andrew Brunson"),
    ],
)
def test_foreign_names_are_spelled_as_at_home(name: str, latin: str) -> None:
    assert romanize(name) == latin


def test_foreign_pairs_of_words_and_the_rest_of_a_name() -> None:
    assert romanize("لاس فيغاس") == "Las Vegas"
    assert romanize("زين ميسي لاس") == f"{romanize('زين')} Messi {romanize('لاس')}"
