"""Who speaks: the noun phrase of a reporting verb's subject, and the speakers that it drops."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.extract.noun_phrases import noun_phrase
from pipeline.extract.sentences import forward, sentence_end, sentence_start
from pipeline.extract.syntax import ancestors, children, feature

_NOMINAL = frozenset({"NOUN", "PROPN", "X", "NUM", "ADJ"})
_QUOTES = frozenset("\"«»“”„‘’'")
#: How far a subject may stand from its verb where the parse has none.
_REACH = 4


def source_phrase(head: Token, end: int) -> Span:
    """The source's noun phrase, as far as position ``end``.

    قال [المتحدث باسم الكرملين]  إن …
         ^head                  ^end
    """
    return noun_phrase(head, blocked=range(max(end, head.i + 1), sentence_end(head)))


def subject_of(verb: Token, end: int) -> Token | None:
    """The head of a reporting verb's subject, before position ``end`` where it follows the verb.

    The parse decides; where it has no subject, the first noun right after the verb that no
    preposition governs counts. Pronouns and demonstratives alone name nobody.
    """
    if feature(verb, "Voice") == "Pass" and feature(verb, "Aspect") == "Imp":
        return None
    for child in children(verb, "nsubj"):
        if child.i < end and child.pos_ in _NOMINAL and not _within_quotes(child):
            return child
    return _following_noun(verb, end)


def _following_noun(verb: Token, end: int) -> Token | None:
    for token in forward(verb.doc, verb.i + 1, min(end, verb.i + 1 + _REACH)):
        if token.is_space:
            continue
        if token.pos_ not in _NOMINAL:
            return None
        if any(child.dep_ == "case" for child in token.children):
            return None
        if token.dep_.split(":")[0] not in ("obl", "advmod"):
            return token
    return None


def _within_quotes(token: Token) -> bool:
    before = forward(token.doc, sentence_start(token), token.i)
    opened = sum(piece.text in _QUOTES for piece in before)
    return opened % 2 == 1


def clause_subject(token: Token) -> Token | None:
    """The subject of the nearest clause over ``token``: of its conjunct verb or its governor.

    وصل [الوزير] إلى بغداد و قال إن …
        ^subject             ^token (conj of وصل)
    """
    for head in (token, *ancestors(token)):
        subjects = [child for child in children(head, "nsubj") if child.pos_ in _NOMINAL]
        if subjects and head.i != token.i:
            return subjects[0]
    return None


def nominal_after(token: Token, end: int) -> Token | None:
    """The noun phrase head right after a marker: «وفقا ل[صحيفة] نيويورك تايمز»."""
    for following in forward(token.doc, token.i + 1, min(end, token.i + 1 + _REACH)):
        if following.is_space or following.text in _QUOTES or following.pos_ == "DET":
            continue
        if following.pos_ in ("ADP", "CCONJ", "SCONJ", "VERB", "PUNCT", "PRON", "ADV"):
            return None
        return _top(following)
    return None


def _top(token: Token) -> Token:
    """The head of a phrase that the parser built over a numeral, title or name part before it."""
    head = token.head
    inside = token.dep_ in ("nummod", "det", "amod", "flat") and 0 < head.i - token.i <= 2
    return head if inside else token
