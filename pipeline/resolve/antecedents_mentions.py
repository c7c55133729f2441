"""Noun phrases that a pronoun or a dropped subject may refer to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pipeline.extract.noun_phrases import noun_phrase
from pipeline.extract.semantics import Classifier
from pipeline.extract.syntax import ancestors, feature

_HEADS = frozenset({"NOUN", "PROPN", "X", "NUM"})
_INSIDE = frozenset({"flat", "fixed", "amod", "case", "cc", "punct", "det", "dep", "compound"})


@dataclass(frozen=True)
class Place:
    """Numbers of the sentence and of the paragraph."""

    sentence: int
    paragraph: int


@dataclass(frozen=True)
class Mention:
    """A noun phrase: its head, its classes and what makes it prominent."""

    head: Token
    classes: frozenset[str]
    place: Place
    is_subject: bool
    is_genitive: bool
    of_mobile: bool  # a genitive of something that moves itself: «قائد [القوات]»
    has_case: bool
    is_conjunct: bool
    in_relative: bool


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
        _mention(token, classifier, places[token.i])
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


def _mention(token: Token, classifier: Classifier, place: Place) -> Mention:
    link = token.dep_.split(":")[0]
    has_case = any(child.dep_ == "case" for child in token.children)
    return Mention(
        head=token,
        classes=classifier.classes(token),
        place=place,
        is_subject=link == "nsubj" or _is_topic(token),
        is_genitive=link == "nmod" and not has_case,
        of_mobile=classifier.is_mobile(token.head),
        has_case=has_case,
        is_conjunct=link == "conj",
        in_relative=any(above.dep_ in ("acl", "acl:relcl") for above in (token, *ancestors(token))),
    )


def _is_topic(token: Token) -> bool:
    """A noun that opens a clause or a headline: «إن [أكثر من مليون لاجئ] ينبغي أن يتمكنوا»."""
    if any(child.dep_ == "case" for child in token.children):
        return False
    first = min((child.i for child in token.lefts), default=token.i)
    before = next(
        (t for t in reversed(token.doc[token.sent.start : first]) if not t.is_space), None
    )
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
