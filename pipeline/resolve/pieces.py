"""The words of a span as lexicon keys, with proclitics and pronouns that the tokeniser left on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Span, Token

from pipeline.morphology import ARTICLE, ENDINGS, PARTICLES, PROCLITICS, PRONOUNS
from pipeline.orthography import LETTERS
from pipeline.resolve.lexicon import has_article, word_key

#: Split off a word that no lexicon knows when it knows the rest.
_PREPOSITIONS = (PARTICLES.li, PARTICLES.bi)
_PROCLITICS = (*PROCLITICS.conjunctions, *_PREPOSITIONS)
_PRONOUNS = (*PRONOUNS.third, PRONOUNS.first_plural)
_LI = PARTICLES.li
#: What a hashtag has before and between its words: «#كأس_العالم».
_HASH = re.compile("[#_]+")
_ARTICLE_BEFORE_DIGITS = re.compile(rf"^{ARTICLE}(?=\d)")


@dataclass(slots=True)
class Piece:
    """A word or clitic: its token, its key, its form without marks, whether it has the article."""

    token: Token
    key: str
    form: str
    definite: bool
    pos: str


def pieces(span: Span, known: Callable[[str], bool]) -> list[Piece]:
    """The pieces of ``span`` in order; ``known`` says whether a lexicon holds a key."""
    found: list[Piece] = []
    for token in span:
        if token.is_space:
            continue
        for form in _HASH.split(token.norm_):
            form = _ARTICLE_BEFORE_DIGITS.sub("", form)  # «الـ57»
            key = word_key(form)
            if not key or key == ARTICLE:
                continue
            if form == token.norm_ and not known(key) and known(word_key(token.text)):
                key = word_key(token.text)
            found.extend(_split(token, form, key, known))
    return found


def _split(token: Token, norm: str, key: str, known: Callable[[str], bool]) -> list[Piece]:
    if norm.startswith(_LI + _LI) and len(key) > 4 and token.ent_iob_ != "I":
        form = LETTERS.alef + norm[1:]
        return [
            Piece(token, _LI, _LI, False, "ADP"),
            Piece(token, word_key(form), form, True, token.pos_),
        ]
    if len(key) == 4 and key.startswith(ARTICLE) and not known(key) and known(key[2:]):
        return [Piece(token, key[2:], norm, True, token.pos_)]  # «القس»
    whole = Piece(token, key, norm, has_article(norm), token.pos_)
    if len(key) < 4 or token.is_punct or known(key):
        return [whole]
    if key[0] in _PROCLITICS and token.ent_iob_ != "I" and not whole.definite:
        rest = key[1:]
        stem = word_key(norm[1:])
        if known(rest) or known(stem):
            clitic_pos = "ADP" if key[0] in _PREPOSITIONS else "CCONJ"
            form = norm[1:]
            if key[0] == _LI and form.startswith(_LI):
                form = LETTERS.alef + form
            clitic = PARTICLES.wa if clitic_pos == "CCONJ" else key[0]
            return [
                Piece(token, clitic, clitic, False, clitic_pos),
                Piece(token, stem if known(stem) else rest, form, has_article(form), token.pos_),
            ]
    if token.ent_iob_ in ("B", "I") or norm.endswith(LETTERS.ta_marbuta):
        return [whole]
    for pronoun in _PRONOUNS:
        stem = key.removesuffix(pronoun)
        if stem != key and len(stem) > 2:
            base = stem
            if stem.endswith(ENDINGS.feminine_construct):
                base = stem[:-1] + ENDINGS.feminine
            match = next((form for form in (stem, base) if known(form)), None)
            if match:
                return [
                    Piece(token, match, match, False, "NOUN"),
                    Piece(token, pronoun, pronoun, False, "PRON"),
                ]
    return [whole]
