"""Annotation with the bundled models."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from spacy.language import Language

import pipeline
from pipeline.annotate.annotator import Annotator
from pipeline.annotate.model_text import model_texts
from pipeline.annotate.models import find_models, load_pipeline

ROOT = Path(__file__).resolve().parents[2]
MARKS = ["\u200f", "\u200b", "\u0640", "\u064e", "\u0651", "\ufeff", "\x00", "\ud800", "😀"]
SPACES = ["\n", "\r\n", "\u2028", " ", "  ", "\t", "\xa0", "\x85", " إلى ", " من "]
WORDS = ["ﻻ", "ﷲ", "ﷺ", "(", ")", ".", "؟", "،", "a1", "٣", "قال", "وقالَ", "للعراق", "http://a.b/c"]
PIECES = MARKS + SPACES + WORDS
TEXT = (ROOT / "seeds/000_f30c1a92ccb69189.txt").read_text(encoding="utf-8")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def nlp() -> Iterator[Language]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    loaded = pipeline.load(ROOT / "configs/movement.cfg")
    loaded.select_pipes(enable=["stanza"])
    yield loaded
    torch.set_num_threads(threads)


def test_a_thousand_fuzzed_texts_keep_their_letters(nlp: Language) -> None:
    random.seed(1)
    texts = ["".join(random.choices(PIECES, k=random.randint(0, 25))) for _ in range(1000)]
    read = [text.replace("\ud800", "\ufffd") for text in texts]
    assert [doc.text for doc in nlp.pipe(texts)] == read


@pytest.mark.parametrize(
    "text",
    [
        "كلمة " * 4_000,
        "ا" * 300_000,
        "( " * 1_500,
        "(" * 50_000,
        "\u064e" * 10_000,
        "قال، " * 1_000,
    ],
    ids=["words", "one word", "brackets", "brackets in one", "diacritics", "commas"],
)
def test_monsters_keep_their_letters(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert max(len(sentence) for sentence in doc.sents) <= 400


def test_same_words_tags_and_trees_as_plain_stanza() -> None:
    """Batches, caches by form and the faster decoder change nothing."""
    lines = [model_text.text for model_text in model_texts(TEXT)]
    plain = load_pipeline(find_models("bundled"))
    expected = [[s.to_dict() for s in plain(line).sentences] for line in lines]
    ours = Annotator(load_pipeline(find_models("bundled")), split_from=10_000)
    (paragraphs,) = ours.annotate([TEXT])
    keys = ("text", "lemma", "upos", "xpos", "feats", "head", "deprel", "ner")

    def words(sentences: list[list[dict[str, object]]]) -> list[list[object]]:
        return [[entry.get(key) for key in keys] for entries in sentences for entry in entries]

    for line, paragraph in zip(expected, paragraphs, strict=True):
        assert words([s.to_dict() for s in paragraph.sentences]) == words(line)
