"""Bounds and stretches by position are those of spaCy's Spans."""

import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline.extract.sentences import (
    backward,
    forward,
    same_sentence,
    sentence,
    sentence_end,
    sentence_start,
)

VOCAB = spacy.blank("ar").vocab


def positions(tokens: object) -> list[int]:
    return [token.i for token in tokens]  # type: ignore[attr-defined]


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_sentences_are_those_of_spacy(opens: list[bool]) -> None:
    doc = Doc(VOCAB, words=["w"] * len(opens), sent_starts=[True, *opens[1:]])
    for token in doc:
        assert (sentence_start(token), sentence_end(token)) == (token.sent.start, token.sent.end)
        assert positions(sentence(token)) == positions(token.sent)
        assert same_sentence(doc[0], token) == (token.sent == doc[0].sent)


@given(st.integers(0, 9), st.integers(0, 9))
def test_stretches_are_slices_that_end_with_the_doc(start: int, end: int) -> None:
    doc = Doc(VOCAB, words=["w"] * 6)
    assert positions(forward(doc, start, end)) == positions(doc[start:end])
    assert positions(backward(doc, start, end)) == positions(doc[start:end])[::-1]
