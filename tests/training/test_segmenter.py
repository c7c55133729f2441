"""Which forms are fused: clitics read off a treebank, counts of raw text."""

from collections import Counter

import pytest

from pipeline.training.conllu import Token
from pipeline.training.expander import (
    format_expansions,
    full_analysis,
    silver_expansions,
    treebank_expansions,
    usual_spellings,
)
from pipeline.training.segmenter import Analysis, FormSegmenter, learn_clitics, split_words
from pipeline.training.silver import FusionLexicon, light_fold


def token(form: str, *parts: str) -> Token:
    return Token(form, [["1", part, *"________"] for part in parts or (form,)])


TOKENS = [
    *[token("وقال", "و", "قال")] * 9,
    *[token("للعراق", "ل", "العراق")] * 9,
    *[token("قيادته", "قيادة", "ه")] * 9,
    *[token("بيت", "بيت")] * 3,
    token("عما", "عن", "ما"),
]
COUNTS = Counter({"قال": 90, "وقال": 30, "وزير": 80, "العراق": 70, "مدرسة": 40, "وفد": 9})


@pytest.fixture
def segmenter() -> FormSegmenter:
    return FormSegmenter(learn_clitics(TOKENS, light_fold), COUNTS, light_fold)


def test_words_are_cut_into_clitics_and_stem():
    assert split_words("وقال", ["و", "قال"]) == (("و",), "قال", "قال", ())
    assert split_words("للعراق", ["ل", "العراق"]) == (("ل",), "لعراق", "العراق", ())
    assert split_words("بر", ["بر", "الصين"]) is None


def test_clitics_and_seams_are_learned_with_rare_ones_left_out(segmenter: FormSegmenter):
    assert set(segmenter.clitics.before) == {("و",), ("ل",)}
    assert set(segmenter.clitics.after) == {("ه",)}
    assert ("ل", "ال") in segmenter.clitics.start_seams[("ل",)]
    assert ("ت", "ة") in segmenter.clitics.end_seams[("ه",)]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("وقال", ("و", "قال")),
        ("للعراق", ("ل", "العراق")),
        ("مدرسته", ("مدرسة", "ه")),
        ("بيت", ("بيت",)),
    ],
)
def test_best_cut(segmenter: FormSegmenter, form: str, expected: tuple[str, ...]):
    assert segmenter.best(form).words == expected


def test_a_fused_stem_is_cut_again(segmenter: FormSegmenter):
    segmenter.clitics.before["و", "ل"] = 8
    assert full_analysis("وللعراق", segmenter, lambda form: 1.0).words == ("و", "ل", "العراق")
    assert full_analysis("وقال", segmenter, lambda form: 0.0) == Analysis(("و",), "قال", ())


def test_expansions_restore_spelling_and_skip_doubtful_forms(segmenter: FormSegmenter):
    spellings = {"العراق": "العراق", "مدرسة": "مدرسة", "قال": "قال"}
    sure = {"مدرسته": 0.99, "وقال": 0.99, "وفد": 0.2}
    found = silver_expansions(sure, segmenter, sure, spellings, {"وقال": ("و", "قال")})
    assert found == {"مدرسته": ("مدرسة", "ه")}


def test_spellings_of_treebank_words_come_first():
    from pipeline.training.conllu import Sentence

    sentence = Sentence([token("وارهاب", "و", "إرهاب")], [], None, 1)
    spellings = usual_spellings([sentence], {"ارهاب": 50, "أمر": 3, "امر": 2}, light_fold)
    assert spellings["ارهاب"] == "إرهاب"
    assert spellings["امر"] == "أمر"
    assert treebank_expansions([sentence]) == {"وارهاب": ("و", "إرهاب")}


def test_expansions_as_conllu():
    text = format_expansions({"وقال": ("و", "قال"), "به": ("ب", "ه")})
    rows = [line.split("\t") for line in text.strip().split("\n")]
    assert [r[0] for r in rows] == ["1-2", "1", "2", "3-4", "3", "4"]
    assert {len(r) for r in rows} == {10}
    assert [r[7] for r in rows if "-" not in r[0]] == ["root", "dep", "dep", "dep"]


@pytest.mark.parametrize(
    ("form", "says", "expected"),
    [
        ("وقال", False, True),  # the treebank is sure
        ("فيما", True, None),  # the treebank is not, nor are the trees
        ("وطائرة", False, True),  # the trees are sure
        ("غامض", True, True),  # doubtful, but the tokenizer agrees
        ("غامض", False, None),  # doubtful, and it doesn't
        ("جديد", True, True),  # nobody else knows
    ],
)
def test_lexicon(form: str, says: bool, expected: bool | None):
    treebank = {"وقال": (9, 1.0), "فيما": (9, 0.4)}
    lexicon = FusionLexicon(treebank, {"وطائرة": 0.98, "غامض": 0.6, "فيما": 0.4})
    assert lexicon.decide(form, says) is expected


def test_fitted_probabilities(segmenter: FormSegmenter):
    letters = "ابتثجحخدذرزس"
    stems = [first + second for first in letters for second in letters]
    segmenter.fit({f"و{stem}": 1.0 for stem in stems} | dict.fromkeys(stems, 0.0))
    fused, whole = segmenter.probabilities(["وشك", "شك"])
    assert fused > 0.5 > whole
    assert segmenter.probabilities([]).shape == (0,)
