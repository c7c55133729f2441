"""Subjects behind an adjunct, for verbs to which the parse gives none."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.semantics import Classifier
from pipeline.extract.sentences import forward, sentence_end
from pipeline.extract.syntax import case_word, has_case, key, neighbour

_REACH = 9  # tokens after a verb, behind a place or time


def noun_after_phrases(
    verb: Token, classes: Classifier, approximators: frozenset[str]
) -> Token | None:
    """The subject behind a named place or a time, which the parser gave to no verb.

    ينتشر في سوريا [نحو ألفي جندي]        يعبر يوم السبت [1200 لاجئ] الحدود
    """
    passed = False
    governed = False
    for token in forward(verb.doc, verb.i + 1, min(verb.i + _REACH, sentence_end(verb))):
        after = neighbour(token, 1)
        counts = key(token) in approximators and after is not None and after.pos_ == "NUM"
        if token.is_space or counts:
            continue
        named = token.i in classes.places or token.i in classes.times
        if named or token.pos_ == "ADP":
            passed, governed = passed or named, token.pos_ == "ADP"
            continue
        later = token.head.i > token.i + 3 and token.head.pos_ == "VERB"
        noun = token.pos_ in ("NOUN", "NUM") or token.ent_type_ in ("PER", "ORG")
        marked = has_case(token) and case_word(token) not in approximators
        if governed or not passed or not noun or later or marked:
            return None
        return token if classes.is_mobile(token) else None
    return None
