"""Which sentences are parsed."""

import pytest
from spacy.tokens import Doc
from stanza.models.common.doc import Document

from pipeline.annotate.annotator import words
from pipeline.annotate.screen import Screen, is_parsed
from tests.annotate.hand_built import Token, doc_of


def is_trigger(text: str, form: str, lemma: str) -> bool:
    return lemma == "وصل"


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [(0, 0, "..x..."), (1, 0, ".xx..."), (2, 1, "xxxx.."), (9, 9, "xxxxxx")],
)
def test_sentences_around_a_trigger(before: int, after: int, wanted: str) -> None:
    said, arrived = ("قال", "قال", "قال"), ("وصلت", "وصلت", "وصل")
    sentences = [[said], [said], [arrived], [said], [said], [said]]
    screen = Screen(is_trigger, before, after)
    assert screen.wanted(sentences) == [mark == "x" for mark in wanted]


def two_sentences(first: str) -> Doc:
    """A Doc whose first sentence has no parse."""
    unparsed: list[Token] = [([(first, "VERB", None, "")], "O"), ([(".", "PUNCT", None, "")], "O")]
    return doc_of(f"{first}. قال", unparsed, [([("قال", "VERB", 0, "root")], "O")])


def test_a_cached_doc_serves_unless_a_wanted_sentence_lacks_its_parse() -> None:
    screen = Screen(is_trigger, before=0, after=0)
    assert screen.accepts(two_sentences("ذكر"))
    assert not screen.accepts(two_sentences("وصل"))
    assert not is_parsed(two_sentences("ذكر"))


def test_a_word_is_asked_about_as_it_will_stand_in_the_doc() -> None:
    """«للعراق» is cut into ل and «لعراق», whose norm is «العراق»."""
    entries = [
        {"id": (1, 2), "text": "للعراق"},
        {"id": (1,), "text": "ل", "lemma": "لِ"},
        {"id": (2,), "text": "العراق", "lemma": "عِرَاق"},
    ]
    [sentence] = Document([entries]).sentences
    assert list(words(sentence)) == [("ل", "ل", "ل"), ("لعراق", "العراق", "عراق")]
