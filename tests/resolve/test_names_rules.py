"""Rules of names, each with a phrase that it is for and one that it leaves alone."""

from pathlib import Path

import pytest

from pipeline.resolve.names import RoleNames
from pipeline.resolve.topics import load_topics
from tests.resolve.phrase_docs import phrase
from tests.resolve.test_names import event_of

LEXICONS = Path(__file__).parents[2] / "configs" / "lexicons"
NAMES = RoleNames(LEXICONS)


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        # an adjective that the genitive cannot have is the head's
        ("شركة النفط/NOUN/Masc الإيرانية/ADJ", "Iranian oil company"),
        ("مصنع/NOUN/Masc السيارات الإيراني/ADJ/Masc", "Iranian factory of cars"),
        ("مصنع/NOUN/Masc السيارات الإيرانية/ADJ", "factory of Iranian cars"),
        ("رئيس/NOUN/Masc لجنة الإغاثة الأسبق/ADJ/Masc", "Former Relief Committee Head"),
        ("شركة النفط الإيرانية/ADJ", "Iranian oil company"),
        ("ضحايا الحرب الأخيرة/ADJ", "last war victims"),
        # hashtags
        ("#مقاتلو_المعارضة", "opposition fighters"),
        ("شرطة #باريس/X", "Paris police"),
        # an adjective that no lexicon holds is left out, a name is not
        ("الجنود الزقرطيون/ADJ", "soldiers"),
        # «ما» is no water
        ("ماء", "water"),
        # duals of multipliers before a noun
        ("مليونا زجاجة", "2 million bottles"),
        ("مليونا من/ADP الزجاجات", "1 million bottles"),
        ("عشرون مليونا", "20 million"),
        # a choice of numbers
        ("أربعة أو/CCONJ خمسة جنود", "four or five soldiers"),
        ("أربعة جنود أو/CCONJ خمسة ضباط", "four soldiers or five officers"),
        # «غير» negates an adjective, «ذات» is "with" or "same"
        ("مهاجرين غير شرعيين/ADJ", "illegal migrants"),
        ("مهاجرين غير أوروبيين/ADJ", "non-European migrants"),
        ("غير+ هم/PRON", "others"),
        ("طائرة ذات محركين", "plane with two engines"),
        ("المصادر ذات+ ها/PRON", "same sources"),
        # a number after its noun is a name or a year, before one it counts
        ("مونديال 2018/NUM", "World Cup 2018"),
        ("اللواء 104/NUM", "brigade 104"),
        ("104/NUM ألوية", "104 brigades"),
        # a part has the plural of its noun
        ("آخر المقاتلين", "last fighters"),
        ("أول مقاتل", "first fighter"),
        ("أحد+ هم/PRON", "one of them"),
        # the end of a nisba cut off; a dual has no article before a genitive
        ("مدن+ ي/PRON", "civilian"),
        ("النادي الكتالوني/ADJ", "Catalan club"),
        # a comparison is left out
        ("المناطق الأكثر/ADJ تضررا", "areas"),
        ("أكثر/ADJ من/ADP مئة/NUM جندي", "more than 100 soldiers"),
        ("سكان وسط لندن/X", "residents of central London"),
        # «القس» is short for an article
        ("القس", "pastor"),
        ("المقربين", "close associates"),
        # «ل» after an envoy
        ("مبعوث الأمم المتحدة ل+/ADP اليمن/X", "UN Envoy to Yemen"),
        ("القائد العام ل+/ADP القوات", "general commander of forces"),
        # «آخر» of something not known yet
        ("جندي آخر/ADJ", "another soldier"),
        ("الجندي الآخر/ADJ", "other soldier"),
        ("جنود آخرون/ADJ", "other soldiers"),
    ],
)
def test_rule(arabic, english):
    assert NAMES.name(phrase(arabic)).text == english


@pytest.mark.parametrize(
    ("arabic", "entity", "english"),
    [
        ("مدينة رام الله", "GPE", "Ramallah"),
        ("زوجة جون/X", "PER", "John's wife"),
        ("أمين جون/X", "PER", "Amin John"),
    ],
)
def test_a_recognised_name_may_begin_with_a_common_noun(arabic, entity, english):
    assert NAMES.name(phrase(arabic, [(0, len(arabic.split()), entity)])).text == english


@pytest.mark.parametrize("word", ["ما/PRON", "ها/PRON", "فقط/ADV"])
def test_a_span_without_a_nominal_has_no_name(word):
    span = phrase(word)
    assert event_of(span, theme=[span]).theme[0].name is None


@pytest.mark.parametrize(
    ("arabic", "code"),
    [
        ("عناصر ميليشيات الحوثي/X", "YEMREB"),
        ("ضحايا حماس/X", "PSECVL"),
        ("عناصر من/ADP الحوثيين/X", "YEMREB"),
        ("عدد من/ADP جيش الإسلام", "SYRREB"),
        ("مبعوث الأمم المتحدة ل+/ADP اليمن/X", "IGOUNO"),
        ("رواد الفضاء", None),
        ("أمير قطر/X ل+/ADP العراق/X", "QATGOV"),
    ],
)
def test_code_of_those_who_act_for_a_body(arabic, code):
    span = phrase(arabic)
    assert event_of(span, theme=[span]).theme[0].code == code


@pytest.mark.parametrize(
    ("around", "english"),
    [
        ("المباراة الدوري الملعب المدرب المنتخب", "striker"),
        ("المباراة", "attacker"),
    ],
)
def test_a_topic_decides_between_two_senses(around, english):
    doc = phrase(f"المهاجم {around}").doc
    assert event_of(doc[:], theme=[doc[0:1]]).theme[0].name == english


def test_the_topic_with_most_words_comes_first():
    topics = load_topics(LEXICONS / "topics.yaml")
    space, sport = ["ناسا", "كوكب", "مدار"], ["مباراه", "دوري", "ملعب", "مدرب"]
    assert topics.of([*space, *sport]) == ("sport", "space")
    assert topics.of(space[:2]) == ()
