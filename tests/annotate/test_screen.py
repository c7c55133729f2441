"""Which sentences are parsed."""

import pytest
from spacy.tokens import Doc

from pipeline.annotate.screen import Screen, is_parsed
from tests.annotate.hand_built import Token, doc_of


def is_trigger(form: str, lemma: str) -> bool:
    return lemma == "وصل"


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [(0, 0, "..x..."), (1, 0, ".xx..."), (2, 1, "xxxx.."), (9, 9, "xxxxxx")],
)
def test_sentences_around_a_trigger(before: int, after: int, wanted: str) -> None:
    sentences = [[("قال", "قال")]] * 2 + [[("وصلت", "وصل")]] + [[("قال", "قال")]] * 3
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
