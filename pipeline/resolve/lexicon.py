"""Longest-match lookup of Arabic phrases, whatever way they were tokenised.

A phrase is looked up by the concatenation of its words' keys (:func:`word_key`), so that
«للأمم» as one token and as ل + الأمم have the same key, as have forms with and without article.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from pipeline.morphology import ARTICLE, PARTICLES, PROCLITICS, PRONOUNS
from pipeline.orthography import ORTHOGRAPHY
from pipeline.text import fold

Entry = TypeVar("Entry")

#: Most tokens that one lexicon entry may span.
LONGEST = 12

_LI = PARTICLES.li
#: wa-, fa-, bi-, ka-: they leave the article after them as it is; li- takes its alef.
_CLITICS = frozenset({*PROCLITICS.conjunctions, *PROCLITICS.prepositions} - {_LI})

#: Pronouns of one letter: «المشتبه به»; or the end of a nisba, cut off («مدن» and «ي»).
_PRONOUNS = (PRONOUNS.masculine_singular, *PRONOUNS.first_singular)

#: Hamza carriers, which writers of news drop: waw, ya, none.
_HAMZAS = str.maketrans(ORTHOGRAPHY.hamza_folds)


def without_hamzas(key: str) -> str:
    """A folded word as it is written without its hamzas, carriers kept."""
    return key.translate(_HAMZAS)


@lru_cache(maxsize=1 << 14)
def word_key(word: str) -> str:
    """The comparison key of one word: folded, hamzas and the article dropped.

    «العراق» and «عراق» share a key; that of «للعراق» is ل + theirs.
    """
    key = without_hamzas(fold(word)).strip("#_\"'“”«»()[]")
    if key.startswith(ARTICLE) and len(key) > 4:
        return key[2:]
    if len(key) > 5 and key[1:3] == ARTICLE and key[0] in _CLITICS:
        return key[0] + key[3:]
    if len(key) > 4 and key.startswith(_LI + _LI):
        return _LI + key[2:]
    return key


@lru_cache(maxsize=1 << 14)
def phrase_key(phrase: str) -> str:
    """The key of a phrase: its words' keys, joined without spaces."""
    return "".join(word_key(word) for word in phrase.replace("_", " ").split())


def has_article(word: str) -> bool:
    """True where a word carries the definite article."""
    key = fold(word)
    return key.startswith(ARTICLE) and len(key) > 4


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a UTF-8 CSV file with a header; lines that start with ``#`` are notes.

    Raises FileNotFoundError where the file does not exist.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


class PhraseIndex(Generic[Entry]):
    """Entries by phrase key; the first entry given for a key keeps it."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._prefixes: set[str] = set()
        #: Keys of phrases that were given without the article, and with it.
        self.bare: set[str] = set()
        self.articled: set[str] = set()

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, phrase: str, entry: Entry) -> bool:
        """Index ``entry`` under ``phrase``; False where the key was taken."""
        key = phrase_key(phrase)
        added = self.add_key(key, entry)
        if key and (added or self._entries[key] == entry):
            (self.articled if has_article(phrase.split()[0]) else self.bare).add(key)
        return added

    def add_key(self, key: str, entry: Entry) -> bool:
        """Index ``entry`` under a finished key; False where it was empty or taken."""
        if not key or key in self._entries:
            return False
        self._entries[key] = entry
        for end in range(1, len(key) + 1):
            self._prefixes.add(key[:end])
        return True

    def get(self, key: str) -> Entry | None:
        """The entry of a finished key."""
        return self._entries.get(key)

    def items(self) -> Iterable[tuple[str, Entry]]:
        """Keys and entries."""
        return self._entries.items()

    def begins(self, key: str) -> bool:
        """True where some entry begins with a word of this key."""
        return key in self._prefixes

    def longest(self, keys: Sequence[str], start: int) -> tuple[Entry, int] | None:
        """The entry of the longest run of ``keys`` from ``start``, and the run's end.

        A run does not end in a clitic of one letter that belongs to what follows.
        """
        found: tuple[Entry, int] | None = None
        joined = ""
        for end in range(start, min(len(keys), start + LONGEST)):
            joined += keys[end]
            if joined not in self._prefixes:
                break
            entry = self._entries.get(joined)
            clitic = len(keys[end]) == 1 and keys[end] not in _PRONOUNS
            if entry is not None and (end == start or not clitic):
                found = (entry, end + 1)
        return found
