"""Toponyms and the links of place roles; each rejection beside a case that is kept."""

from pathlib import Path

import pytest
from spacy.tokens import Span

import pipeline
from pipeline.evaluate.resolution import read_cases, score_places
from pipeline.events import Argument, Event
from pipeline.resolve.gazetteer import load_gazetteer
from pipeline.resolve.place_names import PlaceNames
from pipeline.resolve.places import RolePlaces
from tests.resolve.clause_docs import make_doc
from tests.resolve.phrase_docs import phrase

LEXICONS = Path("configs/lexicons")
GAZETTEER = load_gazetteer(LEXICONS)
NAMES, ROLES = PlaceNames(LEXICONS), RolePlaces(LEXICONS)


def linked(text):
    """The places of a phrase as (text, name)."""
    doc = phrase(text).doc
    for token in doc:
        token.is_sent_start = token.i == 0
    return [(p.text, p._.place.name) for p in NAMES(doc).spans["places"] if p._.place]


def place_of(table):
    doc = NAMES(make_doc(table))
    place = ROLES.place_of(doc[:])
    return place and (place.name, place.country)


@pytest.mark.parametrize(
    ("form", "name", "country"),
    [
        ("العراق", "Iraq", "IRQ"),
        ("سورية", "Syria", "SYR"),
        ("انقره", "Ankara", "TUR"),
        ("معبر رفح", "Rafah crossing", None),
        ("محافظة إدلب", "Idlib Governorate", "SYR"),
        ("الخرطوم", "Khartoum", "SDN"),
        ("كوباني", "Kobani", "SYR"),
    ],
)
def test_lookup(form, name, country):
    place = GAZETTEER.lookup(form)[0]
    assert (place.name, place.country) == (name, country)


@pytest.mark.parametrize("form", ["هند", "السورية", "", "قادة"])
def test_lookup_finds_nothing(form):
    assert not GAZETTEER.lookup(form)


def test_every_point_is_on_the_globe():
    for places in GAZETTEER._places.values():
        for place, _ in places:
            assert place.lat is None or (-90 <= place.lat <= 90 and -180 <= place.lon <= 180)
            assert place.country is None or len(place.country) == 3


def test_demonyms_and_capitals():
    assert GAZETTEER.demonym("السورية") == "SYR"
    assert GAZETTEER.demonym("الباكستانيون") == "PAK"
    assert GAZETTEER.demonym("العسكرية") is None
    assert GAZETTEER.capital("LBY").name == "Tripoli"


CASES = {
    "مدينة مدينة NOUN 0 root\nدوما دوما X 0 nmod": ("Douma", "SYR"),
    "شمال شمال NOUN 0 root\nسوريا سوريا X 0 nmod": ("Syria", "SYR"),
    "الأراضي أرض NOUN 0 root\nالسورية سوري ADJ 0 amod": ("Syria", "SYR"),
    "العاصمة عاصمة NOUN 0 root\nالليبية ليبي ADJ 0 amod": ("Tripoli", "LBY"),
    "الحدود حد NOUN 0 root\nالبولندية بولندي ADJ 0 amod": ("Poland", "POL"),
    "طرابلس طرابلس X 0 root\nاللبنانية لبناني ADJ 0 amod": ("Tripoli", "LBN"),
    "رفح رفح X 0 root\nالمصرية مصري ADJ 0 amod": ("Rafah", "EGY"),
    "مدينة مدينة NOUN 0 root\nالباب باب NOUN 0 nmod": ("Al-Bab", "SYR"),
    # rejected
    "المدينة مدينة NOUN 0 root": None,
    "الباب باب NOUN 0 root": None,
    "قادة قائد NOUN 0 root\nسوريا سوريا X 0 nmod": None,
    "القواعد قاعدة NOUN 0 root\nالأميركية أميركي ADJ 0 amod": None,
    "السفارة سفارة NOUN 0 root\nالسورية سوري ADJ 0 amod": None,
    "مدن مدينة NOUN 0 root\nالساحل ساحل NOUN 0 nmod\nالسوري سوري ADJ 1 amod": ("Syria", "SYR"),
}


@pytest.mark.parametrize(("table", "expected"), CASES.items())
def test_place_of_a_phrase(table, expected):
    assert place_of(table) == expected


#: A rule of counter-evidence, a clause in which the name is a place's and one in which it is not.
PAIRS = [
    ("two letters are not joined to a name", "كوالا/X لمبور/X", "البلاد/NOUN لم/PART"),
    ("a name has no ending", "غادر/VERB إشبيلية/X", "أجل/NOUN السويد+/X ي/X"),
    (
        "a long name with dashes",
        "طريق/NOUN حلب+/X -+/PUNCT نبل/X",
        "منطقة/NOUN شان+/X -+/PUNCT دو/X",
    ),
    ("the city is no Medina", "المدينة/NOUN المنورة/ADJ", "من/ADP المدينة/NOUN"),
    ("new is no Jdeideh", "بلدة/NOUN دوما/X", "بلدة/NOUN جديدة/ADJ"),
    ("names have no adjective", "القاهرة/X القديمة/ADJ", "البركان/NOUN الثائر/ADJ"),
    ("a namesake is not there", "أحياء/NOUN بغداد/X", "شارع/NOUN بغداد/X"),
    ("a team by its nisba", "من/ADP روما/X الإيطالية/ADJ", "من/ADP روما/X الإيطالي/ADJ"),
    ("a team by its noun", "مانشستر/X البريطانية/ADJ", "مانشستر/X سيتي/X"),
    ("a team by the noun before", "إلى/ADP ميونخ/X", "بايرن/X ميونخ/X"),
    ("his grandfather", "مدينة/NOUN جده/X", "عن/ADP جده/X"),
    ("ordinary words", "ولاية/NOUN أدرار/X", "في/ADP جناح/X"),
]


@pytest.mark.parametrize(
    ("kept", "rejected"), [pair[1:] for pair in PAIRS], ids=[p[0] for p in PAIRS]
)
def test_counterevidence(kept, rejected):
    assert linked(kept)
    assert not linked(rejected)


def test_a_nisba_after_a_noun_is_the_nouns():
    assert linked("ميناء/NOUN طرطوس/X السوري/ADJ")


def test_kin_are_towns_in_company():
    places = linked("من/ADP حماه/X إلى/ADP دمشق/X")
    assert places == [("دمشق", "Damascus"), ("حماه", "Hama")]


@pytest.mark.parametrize(("context", "found"), [("تونس/X", True), ("بولندا/X", False)])
def test_a_small_town_needs_its_country(context, found):
    places = linked(f"بلدة/NOUN تستور/X في/ADP {context}")
    assert (("تستور", "Testour") in places) == found


def test_what_was_cut_is_the_larger_town():
    doc = phrase("القاعدة/NOUN ب+/ADP ب+/ADP سكرة/X").doc
    for token in doc[1:4]:
        token._.fused = True
    doc.set_ents([Span(doc, 2, 4, label="GPE")])
    assert [place._.place.name for place in NAMES(doc).spans["places"]] == ["Biskra"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("محافظتي/NOUN حلب/X", "Aleppo Governorate"),
        ("مستشفى/NOUN القاهرة/X ب+/ADP صنعاء/X", "Sanaa"),
        ("مستشفى/NOUN درعا/X في/ADP سوريا/X", "Daraa"),
        ("المياه/NOUN الدولية/ADJ قبالة/NOUN الهند/X", None),
        ("المياه/NOUN الإقليمية/ADJ في/ADP الهند/X", "India"),
        ("مناطق/NOUN الساحل/NOUN السوري/ADJ", "Syria"),
        ("مناطق/NOUN انتشار/NOUN القوات/NOUN التركية/ADJ", None),
        ("الجهة/NOUN اليمنى/ADJ", None),
        ("المناطق/NOUN اليمنية/ADJ", "Yemen"),
    ],
)
def test_place_of_a_longer_phrase(text, name):
    span = phrase(text)
    for token in span[1:]:
        token.head = span[0]
    place = ROLES.place_of(NAMES(span.doc)[:])
    assert (place and place.name) == name


def test_a_letter_that_was_cut_off_a_name_is_the_names():
    doc = phrase("إلى/ADP ب+/ADP انمونجوم/X").doc
    for token in doc[1:]:
        token._.fused = True
    doc.set_ents([Span(doc, 1, 3, label="GPE")])
    assert ROLES.place_of(NAMES(doc)[2:3]).name == "Panmunjom"


def test_a_continent_is_no_town():
    assert linked("قارة/NOUN أوروبا/X") == [("أوروبا", "Europe")]
    assert ("قارة", "Qara") in linked("مدينة/NOUN قارة/X في/ADP سوريا/X")


def test_a_border_and_a_governorate_are_no_town():
    border = ROLES.place_of(NAMES(make_doc(list(CASES)[4]))[:])
    assert border.geonameid is None and border.lat is None
    table = "محافظة محافظة NOUN 0 root\nزحلة زحلة X 0 nmod"
    governorate = ROLES.place_of(NAMES(make_doc(table))[:])
    assert governorate.geonameid is None and governorate.country == "LBN"


@pytest.mark.parametrize(("marker", "country"), [("داخل", "USA"), ("خارج", None)])
def test_what_is_outside_of_a_place_is_not_there(marker, country):
    doc = NAMES(make_doc(f"{marker} {marker} ADP 1 case\nأميركا أميركا X 1 root"))
    place = Argument(doc[:], "marker", country="USA")
    doc._.events = [Event(doc[:1], "left", "finite", "finite.verb", destination=[place])]
    ROLES(doc)
    assert place.country == country
    assert (place.geonameid is not None) == (country is not None)


@pytest.mark.parametrize(
    ("form", "country"), [("العراق", "IRQ"), ("مالي", "MLI"), ("العراق", None)]
)
def test_a_state_named_in_full_is_linked_without_evidence(form, country):
    doc = make_doc(f"{form} {form} NOUN 0 root")
    place = Argument(doc[:], "marker", country=country)
    doc._.events = [Event(doc[:], "left", "finite", "finite.verb", destination=[place])]
    ROLES(doc)
    assert (place.geonameid is not None) == (country is not None)


@pytest.mark.parametrize(("context", "country"), [("لبنان", "LBN"), ("ليبيا", "LBY")])
def test_the_article_decides_between_homonyms(context, country):
    doc = NAMES(make_doc(f"طرابلس طرابلس X 0 root\n{context} {context} X 0 nmod"))
    assert doc.spans["places"][0]._.place.country == country


def test_a_quotation_mark_is_no_part_of_a_name():
    doc = make_doc('برلين+ برلين X 0 root\n" " PUNCT 0 punct')
    assert [place.text for place in NAMES(doc).spans["places"]] == ["برلين"]


def test_persons_are_no_places():
    doc = make_doc("خالد خالد X 0 root\nحلب حلب X 0 flat")
    doc.set_ents([Span(doc, 0, 2, label="PER")])
    assert not NAMES(doc).spans["places"]


@pytest.mark.slow
def test_hand_checked_links():
    cases = list(read_cases(Path("tests/gold/places.jsonl")))
    scores = score_places(pipeline.load("configs/movement.cfg"), cases)
    assert scores.mentions >= 150
    assert scores.precision >= 0.95, scores.errors
    assert scores.recall >= 0.8, scores.errors
