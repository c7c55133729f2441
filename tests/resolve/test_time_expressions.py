"""Time expressions: found, resolved, attached; each rejection beside a case that is kept."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.resolution import read_cases, score_dates
from pipeline.resolve.calendar import resolve
from pipeline.resolve.event_times import EventTimes, publication_date
from pipeline.resolve.time_expressions import TimeExpressions
from pipeline.resolve.time_words import load_time_lexicon
from pipeline.resolve.times import find_expressions
from tests.resolve.clause_docs import VOCAB, add_event, make_doc

LEXICONS = Path("configs/lexicons")
WORDS = load_time_lexicon(LEXICONS)
SATURDAY = date(2024, 12, 7)


def found(text):
    return [text[e.start : e.end] for e in find_expressions(text, WORDS)]


def test_a_lone_tatweel_is_no_word():
    assert found("وصل ـ اليوم") == ["اليوم"]


def test_hand_checked_cases_are_right():
    scores = score_dates(read_cases(Path("tests/gold/dates.jsonl")), LEXICONS)
    assert scores.cases >= 150
    assert scores.accuracy >= 0.9, scores.errors


@pytest.mark.parametrize(
    ("kept", "rejected"),
    [
        ("وصل يوم الأحد", "وصل أحد الضباط"),
        ("وصل الجمعة", "عاد من صلاة الجمعة"),
        ("وصل العام الماضي", "وصل الأمين العام"),
        ("وصل في 25 يناير", "شارك في ثورة 25 يناير"),
        ("وصل في مارس", "مارس ضغوطا"),
        ("عاد قبل يومين", "عاد قبل يومين من القمة"),
        ("وصل اليوم", "في اليوم الأول من الزيارة"),
        ("بلغ 15/3/2018", "بلغ 14.35 مليون"),
    ],
)
def test_kept_and_rejected(kept, rejected):
    assert found(kept)
    assert not found(rejected)


def test_lone_tatweel_is_no_word_of_a_date():
    """«ـ» for a dash folds to nothing; it ends an expression as any other word does."""
    assert found("وصل الأحد ـ الماضي") == ["الأحد"]


@pytest.mark.parametrize("text", ["قبل فترة", "منذ مدة", "قبل نهاية الأسبوع"])
def test_units_without_a_length_are_not_counted_back(text):
    assert [resolve(e, SATURDAY, "past") for e in find_expressions(text, WORDS)] in ([], [None])
    assert resolve(find_expressions("قبل أسبوع", WORDS)[0], SATURDAY, "past") is not None


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("عامي 1988 و1989", (date(1988, 1, 1), date(1989, 12, 31))),
        ("الأعوام 2009 و2012 و2015", None),
        ("النصف الثاني من القرن الماضي", (date(1951, 1, 1), date(2000, 12, 31))),
        ("الربع الخامس من عام 2023", None),
        ("النصف الأول من مايو الماضي", (date(2024, 5, 1), date(2024, 5, 15))),
        ("الخمسينيات من القرن الماضي", (date(1950, 1, 1), date(1959, 12, 31))),
        ("منذ 20 عاما", (date(2004, 1, 1), SATURDAY)),
        ("12 يونيو حزيران", (date(2024, 6, 12), date(2024, 6, 12))),
    ],
)
def test_pairs_portions_and_spans_up_to_now(text, span):
    interval = resolve(find_expressions(text, WORDS)[0], SATURDAY, "past")
    assert (interval and (interval.start, interval.end)) == span


@pytest.mark.parametrize("text", ["من أراضي عام 1948", "أرسل ألفين وخمسة عشر جنديا"])
def test_names_and_amounts_are_no_years(text):
    assert not found(text)


@pytest.mark.parametrize(("word", "dated"), [("أول", False), ("كل", True)])
def test_the_first_since_then_is_not_then(word, dated):
    table = f"{word} {word} NOUN 1 nsubj\nوصل وصل VERB 1 root\nمنذ منذ ADP 3 case\n"
    doc = TimeExpressions(LEXICONS)(make_doc(f"{table}عام عام NOUN 1 obl\n2000 2000 NUM 3 nummod"))
    event = add_event(doc, "وصل")
    EventTimes(LEXICONS)(doc)
    assert bool(event.time) == dated


def test_the_shortest_interval_dates_an_event():
    rows = ["غادر غادر VERB 0 root", "منذ منذ ADP 2 case", "2004 2004 NUM 0 obl"]
    rows += ["ثم ثم CCONJ 4 cc", "العام عام NOUN 0 obl", "الماضي ماضي ADJ 4 amod"]
    doc = TimeExpressions(LEXICONS)(make_doc("\n".join(rows)))
    doc._.meta = {"date": "2024-12-07"}
    event = add_event(doc, "غادر")
    EventTimes(LEXICONS)(doc)
    assert len(event.time) == 2
    assert (event.event_date, event.date_precision) == (date(2023, 1, 1), "year")


def test_proclitics_stay_outside():
    assert found("وعاد بالأحد وفي السبت والجمعة") == ["الأحد", "السبت", "الجمعة"]


@pytest.mark.parametrize(
    ("text", "tense", "day"),
    [
        ("الجمعة", "past", date(2024, 12, 6)),
        ("الجمعة", "future", date(2024, 12, 13)),
        ("السبت", "past", SATURDAY),
        ("السبت الماضي", "past", date(2024, 11, 30)),
        ("السبت المقبل", "past", date(2024, 12, 14)),
    ],
)
def test_weekdays_by_tense_and_modifier(text, tense, day):
    (expression,) = find_expressions(text, WORDS)
    assert resolve(expression, SATURDAY, tense).start == day


def test_relative_dates_need_a_publication_date():
    (friday,) = find_expressions("يوم الجمعة", WORDS)
    assert resolve(friday, None) is None
    (year,) = find_expressions("عام 2015", WORDS)
    assert resolve(year, None).end == date(2015, 12, 31)


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.integers(0, 6), st.booleans())
def test_a_weekday_is_within_a_week(published, weekday, future):
    name = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"][weekday]
    (expression,) = find_expressions(name, WORDS)
    day = resolve(expression, published, "future" if future else "past").start
    assert day.weekday() == weekday
    assert 0 <= (day - published).days * (1 if future else -1) <= 6


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)))
def test_numeric_dates_round_trip(day):
    for text in (f"{day.day}/{day.month}/{day.year}", day.isoformat()):
        (expression,) = find_expressions(f"وصل في {text} صباحا", WORDS)
        assert resolve(expression, None).start == day


_LETTERS = st.text(alphabet="وفبلكاءئؤأسمنهةى", max_size=3)
_KNOWN = st.sampled_from(sorted({*WORDS._endings, *WORDS._entries}))
_PROCLITICS = st.text(alphabet="وفبلكا", max_size=4)


@given(st.tuples(_PROCLITICS | _LETTERS, _KNOWN | _LETTERS, _LETTERS).map("".join))
def test_what_ends_in_no_time_word_is_none(word):
    if word and WORDS.ends_in_none(word):
        ((key, start, end),) = WORDS.pieces_of(word)
        assert (start, end) == (0, len(word))
        assert WORDS.is_other(key)


@pytest.mark.parametrize("word", ["الضباط", "وبالحكومة", "للقيادة"])
def test_most_words_end_in_no_time_word(word):
    assert WORDS.ends_in_none(word)


def test_a_word_of_a_million_letters_is_told_at_once():
    assert WORDS.ends_in_none("و" * 900_000 + "بلد")
    assert not WORDS.ends_in_none("و" * 900_000 + "الجمعة")


@pytest.mark.parametrize("word", ["للجمعة", "وبالأمس", "فبالثلاثة", "ولاثنين", "كالألف", "اليوم"])
def test_time_words_end_in_one(word):
    assert not WORDS.ends_in_none(word)


@given(st.text(alphabet="اليومأمسبعد غدقبل الجمعة/()-٣12,،", max_size=60))
def test_any_text_gives_ordered_offsets(text):
    end = 0
    for expression in find_expressions(text, WORDS):
        assert end <= expression.start < expression.end <= len(text)
        resolve(expression, SATURDAY)
        end = expression.end


@pytest.mark.parametrize(
    ("text", "meta", "expected"),
    [
        ("وصل الوفد", {"date": "2024-12-07"}, SATURDAY),
        ("بغداد 15/7/2018 (ا ف ب) - وصل الوفد", {}, date(2018, 7, 15)),
        ("2018-07-15 وصل الوفد", {}, date(2018, 7, 15)),
        ("بغداد 15-7 (ا ف ب) - وصل الوفد", {}, None),
        ("وصل الوفد", {"date": "yesterday"}, None),
    ],
)
def test_publication_date(text, meta, expected):
    from spacy.tokens import Doc

    doc = Doc(VOCAB, words=text.split())
    doc._.meta = meta
    assert publication_date(doc, WORDS) == expected


FLED = """
فرا فر VERB 0 root
إلى إلى ADP 2 case
العراق عراق X 0 obl
يوم يوم NOUN 0 obl
الجمعة جمعة NOUN 3 nmod
"""
ANOTHER_VERB = """
وصل وصل VERB 0 root
بعدما بعدما SCONJ 2 mark
غادر غادر VERB 0 advcl
أمس أمس ADV 2 advmod
"""


def test_event_gets_the_time_of_its_clause():
    doc = make_doc(FLED)
    doc._.meta = {"date": "2024-12-07"}
    event = add_event(doc, "فرا")
    EventTimes(LEXICONS)(TimeExpressions(LEXICONS)(doc))
    assert [span.text for span in event.time] == ["يوم الجمعة"]
    assert event.event_date == event.event_date_end == date(2024, 12, 6)
    assert event.date_precision == "day"


def test_event_does_not_get_the_time_of_another_verb():
    doc = make_doc(ANOTHER_VERB)
    arrived, left = add_event(doc, "وصل"), add_event(doc, "غادر")
    EventTimes(LEXICONS)(TimeExpressions(LEXICONS)(doc))
    assert not arrived.time
    assert [span.text for span in left.time] == ["أمس"]
    assert left.event_date is None  # no publication date
