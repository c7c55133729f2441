"""Noun phrases that a pronoun or a dropped subject may refer to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from spacy.attrs import IS_SPACE
from spacy.tokens import Doc, Span, Token

from pipeline.extract.noun_phrases import noun_phrase
from pipeline.extract.semantics import Classifier
from pipeline.extract.sentences import forward, sentence_starts
from pipeline.extract.syntax import ancestors, feature, neighbour

_HEADS = frozenset({"NOUN", "PROPN", "X", "NUM"})
_INSIDE = frozenset({"flat", "fixed", "amod", "case", "cc", "punct", "det", "dep", "compound"})


class Place(NamedTuple):
    """Numbers of the sentence and of the paragraph."""

    sentence: int
    paragraph: int


@dataclass
class Mention:
    """A noun phrase: its head, its classes and, asked of few, what makes it prominent."""

    head: Token
    classes: frozenset[str]
    place: Place
    of_mobile: bool  # a genitive of something that moves itself: «قائد [القوات]»

    @property
    def link(self) -> str:
        """The relation to its head, without the subtype."""
        return self.head.dep_.split(":")[0]

    @cached_property
    def is_subject(self) -> bool:
        """A subject, or a noun that opens a clause."""
        return self.link == "nsubj" or _is_topic(self.head)

    @cached_property
    def is_genitive(self) -> bool:
        """The second noun of an idafa."""
        return self.link == "nmod" and not self.has_case

    @cached_property
    def is_conjunct(self) -> bool:
        """Joined to another phrase."""
        return self.link == "conj"

    @cached_property
    def has_case(self) -> bool:
        """Governed by a preposition."""
        return _has_case(self.head)

    @cached_property
    def in_relative(self) -> bool:
        """Part of a relative or adnominal clause."""
        above = (self.head, *ancestors(self.head))
        return any(token.dep_ in ("acl", "acl:relcl") for token in above)


class Mentions:
    """The candidate antecedents of a Doc, found in a sentence once that is asked for.

    Triggers and times are none.
    """

    def __init__(self, doc: Doc, classifier: Classifier, triggers: frozenset[int]) -> None:
        self._doc = doc
        self._classifier = classifier
        self._triggers = triggers
        self._starts = sentence_starts(doc)
        spaces = np.flatnonzero(doc.to_array([IS_SPACE])).tolist()
        self._breaks = [position for position in spaces if "\n" in doc[position].text]
        self._found: dict[int, list[Mention]] = {}

    def place(self, position: int) -> Place:
        """The place of a token."""
        sentence = bisect_right(self._starts, position) - 1
        return Place(sentence, bisect_left(self._breaks, position))

    def of(self, sentence: int) -> list[Mention]:
        """The candidates of a sentence, by its number, in text order."""
        found = self._found.get(sentence)
        if found is None:
            end = self._starts[sentence + 1] if sentence + 1 < len(self._starts) else None
            tokens = forward(self._doc, self._starts[sentence], end or len(self._doc))
            found = self._found[sentence] = [*map(self._mention, self._heads(tokens))]
        return found

    def between(self, first: int, end: int) -> list[Mention]:
        """The candidates of the sentences from number ``first`` on, as far as position ``end``."""
        last = self.place(end).sentence
        numbers = range(first, last + 1)
        return [mention for n in numbers for mention in self.of(n) if mention.head.i < end]

    def backward(self, end: int) -> Iterator[Mention]:
        """The candidates before position ``end``, the last first."""
        for number in range(self.place(end).sentence, -1, -1):
            yield from (mention for mention in reversed(self.of(number)) if mention.head.i < end)

    def _mention(self, head: Token) -> Mention:
        classes = self._classifier.classes(head)
        of_mobile = head.dep_.startswith("nmod") and self._classifier.is_mobile(head.head)
        return Mention(head, classes, self.place(head.i), of_mobile)

    def _heads(self, tokens: Iterable[Token]) -> Iterator[Token]:
        for token in _phrase_heads(tokens):
            if token.i not in self._triggers and not self._classifier.is_time(token):
                yield token


def _phrase_heads(tokens: Iterable[Token]) -> Iterator[Token]:
    """Heads of noun phrases: one a phrase, one an entity."""
    for token in tokens:
        if token.pos_ not in _HEADS or token.dep_.split(":")[0] in _INSIDE:
            continue
        if token.dep_ == "nummod" and token.head.i > token.i:
            continue
        inside = token.ent_iob_ == "I" and token.head.ent_iob_ in ("B", "I")
        if inside and abs(token.i - token.head.i) < 6:
            continue
        yield token


def _has_case(token: Token) -> bool:
    return any(child.dep_ == "case" for child in token.children)


def _is_topic(token: Token) -> bool:
    """A noun that opens a clause or a headline: «إن [أكثر من مليون لاجئ] ينبغي أن يتمكنوا»."""
    if _has_case(token):
        return False
    first = next(token.lefts, token)
    before = neighbour(first, -1)
    return before is None or before.pos_ == "SCONJ"


def phrase(head: Token, blocked: frozenset[int], times: frozenset[int]) -> Span:
    """The whole noun phrase of an antecedent, as far as the next trigger or time expression."""
    return noun_phrase(head, blocked=blocked - {head.i}, times=times)


def clause_verb(token: Token) -> Token | None:
    """The verb of the clause that a token stands in, itself included."""
    for node in (token, *ancestors(token)):
        if node.pos_ == "VERB" or feature(node, "Aspect"):
            return node
    return None
