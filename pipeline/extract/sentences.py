"""Bounds of sentences and stretches of tokens, by position.

spaCy's ``token.sent`` and ``doc[start:end]`` make a Span each time, which costs more than most
rules that ask for one: what only needs positions or tokens asks here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.attrs import SENT_START
from spacy.tokens import Doc, Token


def sentence_start(token: Token) -> int:
    """The first position of the sentence of ``token``."""
    return _bounds(token.doc)[0][token.i]


def sentence_end(token: Token) -> int:
    """The position after the sentence of ``token``."""
    return _bounds(token.doc)[1][token.i]


def same_sentence(one: Token, other: Token) -> bool:
    """Whether two tokens of a Doc stand in one sentence."""
    return sentence_start(one) == sentence_start(other)


def forward(doc: Doc, start: int, end: int) -> Iterator[Token]:
    """The tokens of ``doc[start:end]``."""
    return map(doc.__getitem__, range(start, min(end, len(doc))))


def backward(doc: Doc, start: int, end: int) -> Iterator[Token]:
    """The tokens of ``doc[start:end]``, the last first."""
    return map(doc.__getitem__, range(min(end, len(doc)) - 1, start - 1, -1))


def sentence(token: Token) -> Iterator[Token]:
    """The tokens of the sentence of ``token``."""
    return forward(token.doc, sentence_start(token), sentence_end(token))


def sentence_starts(doc: Doc) -> list[int]:
    """The first positions of the sentences of a Doc."""
    opens = doc.to_array([SENT_START]).tolist()
    starts = [position for position, sent_start in enumerate(opens) if sent_start == 1]
    return starts if starts[:1] == [0] else [0, *starts]


@lru_cache(maxsize=1)
def _bounds(doc: Doc) -> tuple[list[int], list[int]]:
    """For each position, where its sentence starts and ends; kept for the last Doc asked of."""
    starts = sentence_starts(doc)
    firsts: list[int] = []
    ends: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(doc)], strict=True):
        firsts += [start] * (end - start)
        ends += [end] * (end - start)
    return firsts, ends
