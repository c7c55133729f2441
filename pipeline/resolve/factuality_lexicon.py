"""The words that decide factuality, from ``configs/lexicons/factuality.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Token

from pipeline.data_files import read_yaml
from pipeline.extract.syntax import feature, key, lemma_key
from pipeline.text import fold

ASSERTED, PLANNED, POSSIBLE, NEGATED = "asserted", "planned", "possible", "negated"


@dataclass(frozen=True)
class FactualityLexicon:
    """Folded words; see the comments of the data file for each list.

    ``operators`` maps a lemma to planned, possible or negated; ``particles`` a kind to its words.
    """

    operators: Mapping[str, str]
    markers: Mapping[str, frozenset[str]]
    particles: Mapping[str, frozenset[str]]
    not_in_perfect: frozenset[str]
    circumstance: frozenset[str]
    past_circumstance: frozenset[str]
    purpose: frozenset[str]
    proviso: frozenset[str]
    no_purpose_after: frozenset[str]
    future_times: frozenset[str]
    future_prefix: str
    imperfect_prefixes: str

    def operator(self, token: Token) -> str | None:
        """The factuality that a word gives to its complement, or None."""
        lemma = lemma_key(token)
        label = self.operators.get(lemma) or self.operators.get(key(token))
        perfect = feature(token, "Aspect") == "Perf"
        return None if perfect and lemma in self.not_in_perfect else label

    def accepts(self, operator: Token, marker: str) -> bool:
        """Whether an operator may govern an event that ``marker`` introduces (or nothing does).

        Nouns take the event as a genitive too: «أمر الإخلاء».
        """
        wanted = self.markers.get(lemma_key(operator))
        if wanted is None or marker in wanted:
            return True
        return not marker and (not wanted or operator.pos_ == "NOUN")

    def is_future(self, verb: Token) -> bool:
        """Whether a future marker is still glued to an imperfect.

        A verb that merely begins with that letter has it in its lemma too.
        """
        form, lemma = key(verb), lemma_key(verb)
        own_letter = lemma.startswith(self.future_prefix) and feature(verb, "Aspect") == "Perf"
        return (
            verb.pos_ == "VERB"
            and len(form) > 3
            and form[0] == self.future_prefix
            and form[1] in self.imperfect_prefixes
            and not own_letter
        )

    def is_imperfect_form(self, verb: Token) -> bool:
        """Whether a word begins as an imperfect does; after a split future marker it must."""
        return key(verb)[:1] in self.imperfect_prefixes


@lru_cache(maxsize=4)
def load_factuality(path: Path) -> FactualityLexicon:
    """The lexicon in a YAML file, read once.

    Raises KeyError where a list is missing, FileNotFoundError where the file is.
    """
    data = read_yaml(path)
    operators = {fold(word): label for label, words in data["operators"].items() for word in words}
    lists = {
        name: _folded(data[name])
        for name in (
            "not_in_perfect",
            "circumstance",
            "past_circumstance",
            "purpose",
            "proviso",
            "no_purpose_after",
            "future_times",
        )
    }
    return FactualityLexicon(
        operators=operators,
        markers={fold(word): _folded(marks) for word, marks in data["markers"].items()},
        particles={kind: _folded(words) for kind, words in data["particles"].items()},
        future_prefix=fold(data["future_prefix"]),
        imperfect_prefixes=fold(data["imperfect_prefixes"]),
        **lists,
    )


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(map(fold, words))
