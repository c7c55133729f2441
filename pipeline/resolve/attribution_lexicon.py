"""The words of reported speech, from ``configs/lexicons/reporting.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from spacy.tokens import Doc, Token

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
_SEQUENCES = ("phrases", "clause_phrases", "breaks")

Sequences = tuple[tuple[str, ...], ...]


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
    phrases: Sequences
    clause_phrases: Sequences
    breaks: Sequences


@lru_cache(maxsize=4)
def load_reporting(path: Path) -> ReportingLexicon:
    """The lexicon in a YAML file, read once.

    Raises KeyError where a list is missing, FileNotFoundError where the file is.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    values: dict[str, Any] = {name: frozenset(map(fold, data[name])) for name in _LISTS}
    values |= {name: _longest_first(data[name]) for name in _SEQUENCES}
    return ReportingLexicon(**values)


def _longest_first(sequences: Iterable[Sequence[str]]) -> Sequences:
    folded = (tuple(fold(word) for word in words) for words in sequences)
    return tuple(sorted(folded, key=lambda words: -len("".join(words))))


def match_at(doc: Doc, start: int, sequences: Sequences) -> int:
    """Tokens that the longest of ``sequences`` covers from ``start``; 0 where none stands there.

    Words are compared run together, so that it does not matter how they were split.
    """
    first = fold(doc[start].norm_) if start < len(doc) else ""
    for words in sequences:
        rest = "".join(words)
        if not rest.startswith(first):
            continue
        end = start
        while rest and end < len(doc) and rest.startswith(fold(doc[end].norm_)):
            rest = rest[len(fold(doc[end].norm_)) :]
            end += 1
        if not rest:
            return end - start
    return 0


def lemma_in(token: Token, words: frozenset[str]) -> bool:
    """Whether the folded lemma of a token is one of ``words``."""
    return fold(token.lemma_) in words
