"""Reading, splitting and respelling treebanks."""

import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.training.conllu import format_sentence, read_conllu
from pipeline.training.noise import SpellingNoise, load_noise
from pipeline.training.prepare import (
    respelled,
    restored_form,
    split_by_document,
    with_plain_lemmas,
)

SETTINGS = Path("configs/training/arabic.yaml")


def row(number: str, form: str, lemma: str = "_", misc: str = "_") -> str:
    return "\t".join([number, form, lemma, "X", "_", "_", "0", "root", "_", misc])


TREEBANK = [
    "# newdoc id = a",
    "# newpar id = a1",
    row("1-2", "وقال", misc="_"),
    row("1", "و", "وَ"),
    row("2", "قال", "قَال"),
    row("3", "الرئيس", "رَئِيس", "SpaceAfter=No"),
    row("3.1", "empty"),
    row("4", ".", "."),
    "",
    "# newdoc id = b",
    row("1", "احد", "أَحَد", "Vform=أَحَد"),
    "",
]


def test_tokens_words_and_text():
    first, second = read_conllu(TREEBANK)
    assert first.text == "وقال الرئيس."
    assert [t.form for t in first.tokens] == ["وقال", "الرئيس", "."]
    assert first.tokens[0].words == ["و", "قال"]
    assert [t.fused for t in first.tokens] == [True, False, False]
    assert (first.document, second.document) == ("a", "b")
    assert first.paragraph != second.paragraph


def test_written_sentences_read_the_same():
    sentences = list(read_conllu(TREEBANK))
    again = list(read_conllu("".join(map(format_sentence, sentences)).split("\n")))
    assert again == sentences


def test_a_row_without_ten_columns_is_refused():
    with pytest.raises(ValueError, match="line 2"):
        list(read_conllu(["# text", "1\tword"]))


def test_no_document_is_in_both_parts():
    lines = [
        line
        for i in range(60)
        for line in ([f"# newdoc id = {i // 2}"] if i % 2 == 0 else []) + [row("1", "x"), ""]
    ]
    train, held_out = split_by_document(read_conllu(lines), 0.2)
    assert len(train) + len(held_out) == 60
    assert held_out
    assert not {s.document for s in train} & {s.document for s in held_out}
    assert split_by_document(read_conllu(lines), 0.2)[1] == held_out


def test_lemmas_lose_vowel_signs():
    first = with_plain_lemmas(next(iter(read_conllu(TREEBANK))))
    assert [r[2] for t in first.tokens for r in t.rows] == ["و", "قال", "رئيس", "."]


def test_hamzas_come_from_the_vocalised_form_only_where_nothing_else_differs():
    columns = row("1", "احد", misc="Vform=أَحَد").split("\t")
    assert restored_form(columns) == "أحد"
    columns = row("1", "نقلهم", misc="Vform=نَقَلَ").split("\t")
    assert restored_form(columns) == "نقلهم"


def test_respelling_touches_words_only():
    noise = SpellingNoise(((1.0, {"ق": "ك"}),), (), frozenset(), 0.0)
    first = next(respelled(read_conllu(TREEBANK), noise))
    assert first.tokens[0].words == ["و", "كال"]
    assert first.tokens[0].form == "وقال"


@given(st.text(alphabet="أإآاةهىيبتو َّـ.", max_size=60), st.integers())
def test_noise_keeps_the_length(text: str, seed: int):
    noise = load_noise(SETTINGS)
    assert len(noise.respell(text, random.Random(seed))) == len(text)


def test_noise_changes_final_letters_at_the_end_of_words_only():
    noise = SpellingNoise((), ((1.0, {"ي": "ى"}),), frozenset(), 0.0)
    assert noise.respell("في بيت علي", random.Random(0)) == "فى بيت على"


def test_noise_sections_are_in_the_config():
    content = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    assert {"text_noise", "word_noise"} <= set(content)
