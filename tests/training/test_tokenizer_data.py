"""Character labels and batches for the tokenizer."""

import random

import numpy as np

from pipeline.training.conllu import Sentence, Token
from pipeline.training.noise import SpellingNoise
from pipeline.training.tokenizer import _spans
from pipeline.training.tokenizer_data import (
    LabelledText,
    Sampler,
    build_vocab,
    join,
    label_sentence,
)

NONE = SpellingNoise((), (), frozenset(), 0.0)
STRIP = SpellingNoise((), (), frozenset("ًـ"), 1.0)


def words(*forms: str) -> list[list[str]]:
    return [[str(i), form, *"________"] for i, form in enumerate(forms, 1)]


SENTENCE = Sentence(
    [
        Token("وقال", words("و", "قال")),
        Token("هو", words("هو"), space_after=False),
        Token(".", words(".")),
    ],
    [],
    "a",
    1,
)


def test_labels_of_a_sentence():
    labelled = label_sentence(SENTENCE)
    assert labelled.text == "وقال هو."
    assert labelled.labels == [0, 0, 0, 3, 0, 0, 1, 2]
    assert labelled.closed


def test_joined_sentences():
    item = label_sentence(SENTENCE)
    both = join([item, item])
    assert both.text == "وقال هو. وقال هو."
    assert len(both.labels) == len(both.text)
    assert both.labels.count(2) == 2


def test_a_batch_has_full_rows_and_tells_paragraph_ends():
    item = label_sentence(SENTENCE)
    sampler = Sampler([(1.0, [item])], build_vocab([item], "ar", 1), NONE, 1, 20, 0.0)
    units, labels, features, chars = sampler.batch(3)
    assert units.shape == labels.shape == (3, 20)
    assert features.shape == (3, 20, 5)
    assert all(len(row) == 20 for row in chars)
    ends = features[0, :, 3].nonzero().flatten().tolist()
    assert ends == np.where(np.isin(labels[0].numpy(), (2, 4)))[0].tolist()


def test_long_paragraphs_are_cut():
    text = " ".join(["كلمة"] * 50)
    labels = ([0, 0, 0, 1, 0] * 50)[:-1]
    item = LabelledText(text, labels, False)
    sampler = Sampler([(1.0, [item])], build_vocab([item], "ar", 1), NONE, 1, 30, 0.0)
    for _ in range(5):
        _, drawn, _, chars = sampler.batch(2)
        assert (drawn >= 0).all()
        assert chars[0][0] != " "


def test_a_stripped_mark_hands_its_label_to_the_letter_before():
    item = LabelledText("شكراً جدا", [0, 0, 0, 0, 1, 0, 0, 0, 2], False)
    sampler = Sampler([(1.0, [item])], build_vocab([item], "ar", 1), STRIP, 1)
    sampler.rng = random.Random(1)
    varied = sampler._varied(item)
    assert varied.text == "شكرا جدا"
    assert varied.labels == [0, 0, 0, 1, 0, 0, 0, 2]


def test_spans_know_fusion():
    assert _spans([0, 1, 0, 3, 2], "fused") == {(0, 1, False), (2, 3, True), (4, 4, False)}
    assert _spans([0, 1, 0, 3, 2], "tokens") == {(0, 1, False), (2, 3, False), (4, 4, False)}
    assert _spans([0, 1, 0, 3, 2], "sentences") == {(0, 4, False)}


def test_a_paragraph_without_its_full_stop_ends_with_its_last_word():
    item = label_sentence(SENTENCE)
    lone = LabelledText("..", [0, 2], True)
    sampler = Sampler([(1.0, [item])], build_vocab([item], "ar", 1), NONE, 1)
    sampler.rng.random = lambda: 0.0
    varied = sampler._varied(item)
    assert (varied.text, varied.labels[-1]) == ("وقال هو", 2)
    assert sampler._varied(lone).text == ".."
