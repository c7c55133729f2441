"""English glosses of common words: heads of noun phrases, adjectives, quantifiers, small words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.data_files import read_yaml
from pipeline.morphology import ENDINGS
from pipeline.resolve.actors import Form, feminine_forms, sound_forms
from pipeline.resolve.english import plural
from pipeline.resolve.lexicon import PhraseIndex, phrase_key, read_rows

#: What a noun with a broken plural has beside it: a dual, and no sound plural.
_DUALS = (ENDINGS.dual_oblique, ENDINGS.dual_nominative, ENDINGS.dual_oblique_construct)
_PLURALS = (*ENDINGS.masculine_plural, *ENDINGS.masculine_plural_construct)


@dataclass(frozen=True, slots=True)
class Noun:
    """A common noun: English singular and plural, semantic class, CAMEO role code.

    Classes: person, title, force, group, vehicle, weapon, goods, place, admin (city, village …),
    site (airport, camp …), direction (north …), org, body, event, abstract.
    """

    english: str
    plural: str
    cls: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Adjective:
    """An adjective; ``kind`` is plain, rank, evaluative, participle, ambiguous."""

    english: str
    kind: str


@dataclass(slots=True)
class Glosses:
    """All gloss lexicons of a configuration, indexed by inflected form."""

    nouns: PhraseIndex[tuple[Noun, str]] = field(default_factory=PhraseIndex)
    adjectives: PhraseIndex[Adjective] = field(default_factory=PhraseIndex)
    quantifiers: PhraseIndex[str] = field(default_factory=PhraseIndex)
    treebank: dict[tuple[str, str], str] = field(default_factory=dict)
    prepositions: PhraseIndex[str] = field(default_factory=PhraseIndex)
    words: dict[str, dict[str, Any]] = field(default_factory=dict)
    topics: dict[str, PhraseIndex[tuple[Noun, str]]] = field(default_factory=dict)

    def noun(
        self, keys: Sequence[str], at: int, topics: Sequence[str]
    ) -> tuple[tuple[Noun, str], int] | None:
        """The longest noun from ``at``; of two as long that of the article's first topic."""
        found = self.nouns.longest(keys, at)
        for topic in topics:
            index = self.topics.get(topic)
            sense = index.longest(keys, at) if index is not None else None
            if sense is not None and (found is None or sense[1] >= found[1]):
                return sense
        return found

    def word(self, group: str, key: str) -> Any:
        """The entry of a small word (``prepositions``, ``conjunctions`` …), or None."""
        return self.words.get(group, {}).get(key)


def load_glosses(folder: Path) -> Glosses:
    """Read the files of nouns, adjectives, quantifiers, treebank glosses and function words.

    Raises FileNotFoundError where one is missing.
    """
    glosses = Glosses()
    rows = list(read_rows(folder / "nouns.csv"))
    for row in rows:
        _add_noun(glosses.nouns, row, exact=True)
    for row in rows:
        _add_noun(glosses.nouns, row, exact=False)
    for row in read_rows(folder / "nouns_topics.csv"):
        index = glosses.topics.setdefault(row["topic"], PhraseIndex())
        _add_noun(index, row, exact=True)
        _add_noun(index, row, exact=False)
    for row in read_rows(folder / "adjectives.csv"):
        adjective = Adjective(row["english"], row["kind"] or "plain")
        for variant in row["arabic"].split("|"):
            key, tail = _head_and_tail(variant)
            for form in sound_forms(key):
                glosses.adjectives.add_key(form.key + tail, adjective)
    for row in read_rows(folder / "quantifiers.csv"):
        for variant in row["arabic"].split("|"):
            glosses.quantifiers.add(variant, row["english"])
    for row in read_rows(folder / "glosses_treebank.csv"):
        glosses.treebank[phrase_key(row["lemma"]), row["pos"]] = row["gloss"]
    for group, entries in read_yaml(folder / "function_words.yaml").items():
        glosses.words[group] = {_key(word): value for word, value in entries.items()}
    for key, english in glosses.words.pop("prepositions").items():
        glosses.prepositions.add_key(key, english)
    return glosses


def _key(word: str) -> str:
    """The key of an Arabic phrase; an English one is its own key."""
    return word if word.isascii() else phrase_key(word)


def _add_noun(index: PhraseIndex[tuple[Noun, str]], row: dict[str, str], exact: bool) -> None:
    """Index the forms that the row gives (``exact``), or those that follow by rule."""
    noun = Noun(
        row["english"],
        row["english_plural"] or _plurals(row["english"]),
        row["class"],
        row["role"] or None,
    )
    human = noun.cls in ("person", "title")
    for phrase in filter(None, row["plural"].split("|")):
        key, tail = _head_and_tail(phrase)
        for plural_key in [key] if exact else _plural_forms(key):
            index.add_key(plural_key + tail, (noun, "pl"))
    for phrase in filter(None, row["singular"].split("|")):
        key, tail = _head_and_tail(phrase)
        forms = [Form(key, "sg")] if exact else _singular_forms(key, bool(row["plural"]), human)
        for form in forms:
            index.add_key(form.key + tail, (noun, form.number))


def _head_and_tail(phrase: str) -> tuple[str, str]:
    """The keys of the first word, which inflects, and of the rest."""
    first, _, rest = phrase.partition(" ")
    return phrase_key(first), phrase_key(rest)


def _plurals(english: str) -> str:
    """Plurals of the readings of a gloss, which a slash separates."""
    return "/".join(plural(reading) for reading in english.split("/"))


def _singular_forms(key: str, has_broken_plural: bool, human: bool) -> list[Form]:
    """A singular's forms; with a broken plural, -in is a dual and there are no sound plurals.

    Only nouns for humans have a feminine: elsewhere a final ha is a pronoun.
    """
    if key.endswith(ENDINGS.feminine):
        return feminine_forms(key)
    if not has_broken_plural:
        forms = sound_forms(key)
        return [f for f in forms if human or not f.key.endswith(ENDINGS.feminine)]
    return [
        Form(key, "sg"),
        *(Form(key + ending, "du") for ending in _DUALS),
        Form(key + ENDINGS.accusative, "sg"),
    ]


def _plural_forms(key: str) -> list[str]:
    """A plural's own forms: sound ones lose their nun in construct; others take an alef."""
    if key.endswith(ENDINGS.masculine_plural):
        stem = key[:-2]
        return [key, *(stem + ending for ending in _PLURALS)]
    if key.endswith(ENDINGS.feminine):
        return [key, key[:-1] + ENDINGS.feminine_construct]
    return [key, key + ENDINGS.accusative]
