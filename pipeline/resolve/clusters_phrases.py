"""Whether two noun phrases of one article can name the same one.

A phrase is read as its head, past numbers and counting nouns («[300] مدني», «[آخر دفعة من]
المقاتلين»), and the genitives and adjectives that say which («قوات [النظام السوري]»). Two phrases
name the same one where the heads agree and one says no more than the other; what says other things
names others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from spacy.tokens import Span, Token

from pipeline.extract.semantics import SemanticLexicon, spellings
from pipeline.extract.syntax import feature, has_article, key, lemma_key
from pipeline.morphology import PARTICLES
from pipeline.resolve.gazetteer import Gazetteer
from pipeline.resolve.lexicon import word_key
from pipeline.resolve.numbers import CountReader

_CONTENT = frozenset({"NOUN", "ADJ", "PROPN", "X", "NUM"})

Keys = frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase, taken apart.

    ``head`` and each of ``modifiers`` are the keys of one word, any of which may be compared;
    ``person`` are the words of a personal name in it; ``plural`` is None where its number is not
    told; ``others`` are words that set it apart from what was named before («قافلة [أخرى]»).
    """

    head: Keys
    modifiers: tuple[Keys, ...]
    person: tuple[str, ...]
    definite: bool
    plural: bool | None
    others: Keys


class PhraseReader:
    """Takes noun phrases apart and compares them; the word lists are ``clusters.yaml``'s."""

    def __init__(
        self,
        table: Mapping[str, Any],
        classes: SemanticLexicon,
        counts: CountReader,
        gazetteer: Gazetteer,
    ) -> None:
        self.persons = keys(classes.lists["person"])
        self.counts = counts
        self.gazetteer = gazetteer
        self.general = keys(table["general_heads"])
        self.others = keys(table["others"])
        self.counting = keys(table["counting"])
        self.governments = keys(table["governments"])
        self.collectives = keys(table["collectives"])
        self.alike = [keys(group) for group in table["alike"]]

    def read(self, span: Span) -> Phrase:
        """The phrase of a span, up to its first conjunct or adjunct."""
        person = [token for token in span if token.ent_type_ == "PER"]
        words = [token for token in _core(span) if token.pos_ in _CONTENT]
        content = list(takewhile(lambda token: token.ent_type_ != "PER", words))
        start = self._head(content)
        head = frozenset(self._spelled(content[start])) if content else frozenset()
        others = content[:start] + content[start + 1 :]
        modifiers = [
            frozenset(self._spelled(token)) for token in others if not self._is_quantity(token)
        ]
        after = (self._spelled(token) for token in content[start + 1 :])
        return Phrase(
            head,
            tuple(modifiers),
            tuple(word_key(token.norm_) for token in person),
            bool(person) or any(_is_definite(token) for token in _before_part(span)),
            self._is_plural(content[: start + 1]),
            frozenset().union(*after) & self.others,
        )

    def same(self, one: Phrase, other: Phrase) -> bool | None:
        """True where both name the same, None where that is open, False where they name others."""
        if one.others != other.others:
            return False
        if one.person and other.person:
            return _names_agree(one.person, other.person)
        if one.head & other.head:
            if self._numbers_clash(one, other):
                return False
            return _includes(one, other) or _includes(other, one)
        if one.person or other.person:
            return False
        if self._is_general(one) or self._is_general(other):
            return None
        alike = any(one.head & group and other.head & group for group in self.alike)
        return None if alike and not _clash(one, other) else False

    def _head(self, words: Sequence[Token]) -> int:
        """The first word that counts nothing; a general noun gives way to its complement."""
        at = 0
        while at + 1 < len(words) and (
            self._is_quantity(words[at]) or self._spelled(words[at]) & self.general
        ):
            at += 1
        if at and words[at].pos_ != "NOUN" and self._spelled(words[at - 1]) & self.general:
            return at - 1  # «الدفعة الثانية»
        return at

    def _is_quantity(self, token: Token) -> bool:
        counts = token.pos_ == "NUM" or self.counts.is_quantity(token.norm_)
        return counts or bool(self._spelled(token) & self.counting)

    def _is_plural(self, words: Sequence[Token]) -> bool | None:
        """Whether a phrase is of many; None where that is not told. Its head is the last word.

        «السفن» and «السفينة» are not the same; «300 مدني» are many.
        """
        if any(self._is_quantity(token) for token in words[:-1]):
            return True
        number = feature(words[-1], "Number") if words else ""
        return None if number not in ("Sing", "Plur") else number == "Plur"

    def _numbers_clash(self, one: Phrase, other: Phrase) -> bool:
        told = None not in (one.plural, other.plural) and one.plural != other.plural
        return told and not one.head & self.collectives

    def _is_general(self, phrase: Phrase) -> bool:
        return not phrase.head or bool(phrase.head & self.general)

    def is_title(self, phrase: Phrase) -> bool:
        """Whether a phrase without a name is of one person: «ولي العهد السعودي»."""
        return not phrase.person and not phrase.plural and bool(phrase.head & self.persons)

    def _spelled(self, token: Token) -> set[str]:
        """The keys of a word: its lemma, its form, and the stem of a sound plural or dual.

        A nisba of a state is its code: «أميركي» and «أمريكي» are one.
        """
        state = self.gazetteer.demonym(token.norm_) if token.pos_ == "ADJ" else None
        if state:
            return {state}
        whole, stems = spellings(key(token), lemma_key(token))
        return {word_key(word) for word in (*whole, *stems) if word}


def keys(words: Iterable[str]) -> Keys:
    """The keys of a list of words."""
    return frozenset(word_key(word) for word in words)


def _core(span: Span) -> Iterator[Token]:
    """A phrase up to its first conjunct, or a preposition other than من and ل."""
    for token in span:
        conjunction = token.pos_ == "CCONJ" and token.i > span.start
        adjunct = token.pos_ == "ADP" and key(token) not in (PARTICLES.min, PARTICLES.li)
        if conjunction or adjunct:
            return
        yield token


def _before_part(span: Span) -> Iterator[Token]:
    """What stands before a partitive من: «[دفعة] من المقاتلين» may be new, though they are not."""
    return takewhile(lambda token: key(token) != PARTICLES.min, _core(span))


def _is_definite(token: Token) -> bool:
    """With the article, a pronoun or a name: «الوفد», «قواته», «وفد حماس»."""
    pronoun = any(child.pos_ == "PRON" and child.i == token.i + 1 for child in token.children)
    return has_article(token) or pronoun or bool(token.ent_type_)


def _names_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names share the family name, or one is a single word of the other."""
    shorter, longer = sorted((one, other), key=len)
    return one[-1] == other[-1] or (len(shorter) == 1 and shorter[0] in longer)


def _includes(one: Phrase, other: Phrase) -> bool:
    """Whether ``one`` says all that ``other`` says."""
    return all(any(word & own for own in one.modifiers) for word in other.modifiers)


def _clash(one: Phrase, other: Phrase) -> bool:
    """Whether both say which, and share nothing of it."""
    shared = any(word & own for own in one.modifiers for word in other.modifiers)
    return bool(one.modifiers and other.modifiers) and not shared
