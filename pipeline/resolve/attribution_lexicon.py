"""The words of reported speech, from ``configs/lexicons/reporting.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Token

from pipeline.data_files import read_yaml
from pipeline.extract.syntax import key, lemma_key
from pipeline.text import fold

_LISTS = (
    "verbs",
    "clause_only",
    "relaying",
    "relay_markers",
    "masdars",
    "participles",
    "complementizers",
    "not_complementizers",
    "not_before_complementizer",
    "grounds",
    "labels",
)
_PHRASES = ("phrases", "clause_phrases", "breaks")


class Phrases:
    """Phrases of one list, found whatever way a text is tokenised: their words are run together."""

    def __init__(self, phrases: Iterable[Sequence[str]]) -> None:
        joined = {"".join(fold(word) for word in words) for words in phrases}
        self._opened_by: dict[str, list[str]] = {}  # by what a phrase begins with, longest first
        for phrase in sorted(joined, key=lambda phrase: (-len(phrase), phrase)):
            for end in range(len(phrase) + 1):
                self._opened_by.setdefault(phrase[:end], []).append(phrase)

    def match(self, doc: Doc, start: int) -> int:
        """Tokens that the longest phrase covers from ``start``; 0 where none stands there."""
        if start >= len(doc):
            return 0
        for phrase in self._opened_by.get(key(doc[start]), ()):
            end, rest = start, phrase
            while rest and end < len(doc) and rest.startswith(piece := key(doc[end])):
                rest = rest[len(piece) :]
                end += 1
            if not rest:
                return end - start
        return 0

    def may_open(self, word: str) -> bool:
        """Whether some phrase begins with a word or a piece of it."""
        return fold(word) in self._opened_by


@dataclass(frozen=True)
class ReportingLexicon:
    """Folded words and lemmas; see the comments of the data file for each list."""

    verbs: frozenset[str]
    clause_only: frozenset[str]
    relaying: frozenset[str]
    relay_markers: frozenset[str]
    masdars: frozenset[str]
    participles: frozenset[str]
    complementizers: frozenset[str]
    not_complementizers: frozenset[str]
    not_before_complementizer: frozenset[str]
    grounds: frozenset[str]
    labels: frozenset[str]
    phrases: Phrases
    clause_phrases: Phrases
    breaks: Phrases


@lru_cache(maxsize=4)
def load_reporting(path: Path) -> ReportingLexicon:
    """The lexicon in a YAML file, read once.

    Raises KeyError where a list is missing, FileNotFoundError where the file is.
    """
    data = read_yaml(path)
    values: dict[str, Any] = {name: frozenset(map(fold, data[name])) for name in _LISTS}
    values |= {name: Phrases(data[name]) for name in _PHRASES}
    return ReportingLexicon(**values)


def lemma_in(token: Token, words: frozenset[str]) -> bool:
    """Whether the folded lemma of a token is one of ``words``."""
    return lemma_key(token) in words
