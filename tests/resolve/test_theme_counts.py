"""Counts of themes, from digits, number words and quantity words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resolve.numbers import CountReader, ThemeCounts
from tests.resolve.clause_docs import make_doc

READER = CountReader(Path("configs/lexicons/numbers.yaml"))
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("عشرات الآلاف من المقاتلين", (20_000, 99_999)),
        ("عشرات المدنيين", (20, 99)),
        ("مئات المدنيين", (200, 999)),
        ("مئات آلاف النازحين", (200_000, 999_999)),
        ("آلاف اللاجئين", (2_000, 9_999)),
        ("نحو ألف مقاتل", (900, 1_100)),
        ("أكثر من ستمئة أسرة", (600, None)),
        ("ما لا يقل عن ثلاثين شخصا", (30, None)),
        ("أقل من 100 شخص", (None, 100)),
        ("مئات الأشخاص على الأقل", (200, None)),
        ("بين 5 و 10 آلاف شخص", (5_000, 10_000)),
        ("بين مئة و مئتي شخص", (100, 200)),
        ("خمسة و عشرون ألف جندي", (25_000, 25_000)),
        ("ألف و مئتي شخص", (1_200, 1_200)),
        ("خمس عشرة عائلة", (15, 15)),
        ("12,500 شخص", (12_500, 12_500)),
        ("2.5 مليون لاجئ", (2_500_000, 2_500_000)),
        ("مليون و نصف مليون لاجئ", (1_500_000, 1_500_000)),
        ("ألفي جندي", (2_000, 2_000)),
        ("كبار القادة", None),
        ("70 في المئة من السكان", None),
        ("جنود عام 1973", None),
    ],
)
def test_counts(phrase, expected):
    assert READER.count(phrase.split()) == expected


@given(st.integers(0, 10_000_000), st.booleans())
def test_digits_count_themselves(number, indic):
    digits = str(number).translate(ARABIC_INDIC) if indic else str(number)
    assert READER.count([digits, "نازحا"]) == (number, number)


@given(st.integers(1, 9), st.integers(2, 9), st.sampled_from(["ألف", "آلاف", "مليون"]))
def test_compound_words(units, tens, multiplier):
    ones = ["واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
    decades = ["عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
    factor = 1_000_000 if multiplier == "مليون" else 1_000
    words = [ones[units - 1], "و", decades[tens - 2], multiplier, "نازح"]
    assert READER.count(words) == ((tens * 10 + units) * factor,) * 2


@given(
    st.lists(
        st.sampled_from(
            [
                "و",
                "من",
                "بين",
                "نحو",
                "ألف",
                "مئة",
                "5",
                "١٢",
                "عشرات",
                "الآلاف",
                "على",
                "الأقل",
                "نصف",
            ]
        )
    )
)
def test_bounds_are_in_order(words):
    low, high = READER.count(words) or (None, None)
    assert low is None or high is None or 0 <= low <= high


DUAL = "القائدين قائد NOUN 0 root Number=Dual"
PLURAL = "القادة قائد NOUN 0 root Number=Plur"
BRIGADE = """
اللواء لواء NOUN 0 root
104 104 NUM 0 nummod
"""
BOTH = """
ثلاثة ثلاثة NUM 0 root
ضباط ضابط NOUN 0 nmod
و و CCONJ 3 cc
خمسة خمسة NUM 0 conj
جنود جندي NOUN 3 nmod
"""


@pytest.mark.parametrize(
    ("table", "expected"), [(DUAL, (2, 2)), (PLURAL, None), (BRIGADE, None), (BOTH, (8, 8))]
)
def test_phrases(table, expected):
    doc = make_doc(table)
    assert ThemeCounts(Path("configs/lexicons")).count(doc[:]) == expected
