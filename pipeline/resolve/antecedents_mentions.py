"""Noun phrases that a pronoun or a dropped subject may refer to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from pipeline.extract.noun_phrases import noun_phrase
from pipeline.extract.semantics import Classifier
from pipeline.extract.syntax import ancestors, feature, neighbour

_HEADS = frozenset({"NOUN", "PROPN", "X", "NUM"})
_INSIDE = frozenset({"flat", "fixed", "amod", "case", "cc", "punct", "det", "dep", "compound"})


@dataclass(frozen=True)
class Place:
    """Numbers of the sentence and of the paragraph."""

    sentence: int
    paragraph: int


@dataclass(frozen=True)
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


def places_of(doc: Doc) -> list[Place]:
    """The place of each token of a Doc."""
    found: list[Place] = []
    paragraph = 0
    for number, sent in enumerate(doc.sents):
        for token in sent:
            found.append(Place(number, paragraph))
            paragraph += token.is_space and "\n" in token.text
    return found


def mentions(
    doc: Doc, classifier: Classifier, triggers: frozenset[int], places: list[Place]
) -> list[Mention]:
    """All candidate antecedents of a Doc, in text order; triggers and times are none."""
    return [
        Mention(token, classifier.classes(token), places[token.i], classifier.is_mobile(token.head))
        for sent in doc.sents
        for token in _heads(sent)
        if token.i not in triggers and not classifier.is_time(token)
    ]


def _heads(sent: Span) -> Iterator[Token]:
    """Heads of noun phrases: one a phrase, one an entity."""
    for token in sent:
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
