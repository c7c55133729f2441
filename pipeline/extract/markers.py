"""Role markers: prepositions with their nouns, and the role that such a phrase has for a sense.

نقلت الطائرة الجرحى | من عدن | إلى القاهرة
                    origin.min  destination.ila
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipeline.extract.lexicon import Frame, Opened, Sense
from pipeline.extract.semantics import PHYSICAL, Classifier
from pipeline.extract.sentences import forward
from pipeline.extract.syntax import (
    is_relative,
    key,
    lemma_key,
    neighbour,
)
from pipeline.morphology import PARTICLES


@dataclass(slots=True)
class Phrase:
    """A marker with its noun: ``words`` is the folded marker, ``start`` its first position."""

    words: tuple[str, ...]
    roles: tuple[str, ...]
    start: int
    noun: Token
    inside: bool = False  # the marker belongs to the span: «خارج البلاد»

    @property
    def name(self) -> str:
        """The marker as it is named in rules."""
        return "_".join(self.words)


def find_phrases(tokens: range, opened: Sequence[Opened], doc: Doc, frame: Frame) -> list[Phrase]:
    """Every role marker of a sentence with the noun it introduces, longest markers first.

    ``tokens`` are the sentence's positions; ``opened`` is what each token of ``doc`` opens
    (:attr:`Frame.opened`).
    """
    found: list[Phrase] = []
    free = 0  # where the last marker ends
    for i in tokens:
        for words, roles in opened[i] if i >= free else ():
            last = _last_word(doc[i], words, tokens.stop)
            if last is None:
                continue
            noun = _noun_after(last)
            if noun is not None and (len(words) > 1 or _is_preposition(last)):
                if not _is_adverbial(words, noun, frame):
                    found.append(Phrase(words, roles, i, noun, words[0] in frame.inside))
                    free = last.i + 1
                break
    return found


def _last_word(first: Token, words: Sequence[str], end: int) -> Token | None:
    """The last token of a marker that ``first`` opens, before ``end``; None where it is none."""
    token = first
    for word in words[1:]:
        rest = forward(first.doc, token.i + 1, end)
        following = next((other for other in rest if not other.is_space), None)
        if following is None or key(following) != word:
            return None
        token = following
    return token


def _is_adverbial(words: tuple[str, ...], noun: Token, frame: Frame) -> bool:
    """«من جديد», «إلى جانب», «بقوة», «خوفا من هجوم», «نحو 47 شخصا»: no role of any trigger."""
    if len(words) > 1:
        return False
    if key(noun) in frame.not_roles.get(words[0], ()):
        return True
    if words[0] == PARTICLES.min and lemma_key(noun.head) in frame.source_takers:
        return noun.head.i < noun.i
    return words[0] == PARTICLES.nahwa and (noun.pos_ == "NUM" or key(noun)[:1].isdigit())


def _is_preposition(token: Token) -> bool:
    return token.pos_ == "ADP" or token.dep_ == "case" or token.dep_.startswith("advmod")


def _noun_after(last: Token) -> Token | None:
    """The noun that a marker, by its last word, governs: its head by the parse, else the next."""
    following = neighbour(last, 1)
    while following is not None and (following.pos_ == "PUNCT" and following.text in "\"'«“("):
        following = neighbour(following, 1)
    if following is None or following.pos_ in ("SCONJ", "VERB", "CCONJ", "PUNCT", "AUX", "ADP"):
        return None
    head = last.head
    if (
        last.dep_ in ("case", "fixed")
        and head.i > last.i
        and head.i - last.i <= 6
        and head.pos_ != "ADP"
        and not _crosses(following, head)
    ):
        return head
    if following.pos_ == "DET" and not is_relative(following) and following.head.i > following.i:
        return following.head
    return following


def _crosses(following: Token, head: Token) -> bool:
    """Whether a case link jumps over the noun right after the preposition."""
    return following.i < head.i and following.head.i != head.i and following.dep_ == "conj"


def role_of(phrase: Phrase, sense: Sense, classes: Classifier) -> str | None:
    """The role that a phrase has for a sense, or None.

    A sense's own table comes first; then its theme marker; then instruments (a vehicle after
    «في» or «بـ»), static goals, and the general table.
    """
    word = phrase.words[0] if len(phrase.words) == 1 else phrase.name
    noun = phrase.noun
    kinds = classes.classes(noun)
    if classes.is_time(noun):
        return None
    if sense.theme_marker is not None and word == sense.theme_marker:
        return None if classes.is_abstract(noun) else "theme"
    if word in sense.markers:
        given = sense.markers[word]
        return None if word == PARTICLES.li and not kinds & PHYSICAL else given
    roles = phrase.roles
    vehicle = "vehicle" in kinds and "place" not in kinds
    if (
        "instrument" in roles
        and (vehicle or len(phrase.words) > 1)
        and (word != PARTICLES.fi or not sense.goal_in or vehicle)
    ):
        return "instrument"
    if "static" in roles:
        if sense.goal_in and ("place" in kinds or noun.pos_ == "PRON"):
            return "destination"
        if "destination" not in roles:
            return None
    if "destination" in roles and word == PARTICLES.li:
        return "destination" if "place" in kinds else None
    plain = [role for role in roles if role not in ("static", "instrument")]
    return plain[0] if plain else None
