"""Spelling noise: writers drop hamzas, dots and vowel signs; models must not stumble over it.

Every substitution keeps the length of the text, so labels of characters stay where they are;
only `kept_without_marks` shortens it, by saying which characters stay.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.data_files import read_yaml


@dataclass(frozen=True)
class SpellingNoise:
    """Groups of one-to-one substitutions with the probability that a text suffers each.

    groups: (probability, character table) pairs; a chosen group is applied to a whole text, as
        a writer keeps their habits. final_groups are applied to the last letter of words only.
    marks: characters without which a text stays readable (vowel signs, elongation).
    mark_probability: how often marks are stripped from a text.
    """

    groups: tuple[tuple[float, Mapping[str, str]], ...]
    final_groups: tuple[tuple[float, Mapping[str, str]], ...]
    marks: frozenset[str]
    mark_probability: float

    def respell(self, text: str, rng: random.Random) -> str:
        """The text in some writer's habits; len(result) == len(text)."""
        for probability, table in self.groups:
            if rng.random() < probability:
                text = text.translate({ord(old): new for old, new in table.items()})
        for probability, table in self.final_groups:
            if rng.random() < probability:
                text = " ".join(_replace_final(word, table) for word in text.split(" "))
        return text

    def kept_without_marks(self, text: str, rng: random.Random) -> list[int] | None:
        """Indices of the characters left when marks are stripped, or None to keep them all."""
        if rng.random() >= self.mark_probability or self.marks.isdisjoint(text):
            return None
        return [i for i, char in enumerate(text) if char not in self.marks]


def _replace_final(word: str, table: Mapping[str, str]) -> str:
    return word[:-1] + table[word[-1]] if word and word[-1] in table else word


def load_noise(path: Path, section: str = "text_noise") -> SpellingNoise:
    """Reads a noise section of a training configuration (see configs/training/arabic.yaml)."""
    settings = read_yaml(path)[section]
    return SpellingNoise(
        groups=_groups(settings.get("anywhere", [])),
        final_groups=_groups(settings.get("word_final", [])),
        marks=frozenset(chr(int(code, 16)) for code in settings.get("marks", [])),
        mark_probability=float(settings.get("strip_marks", 0)),
    )


def _groups(entries: list[dict]) -> tuple[tuple[float, Mapping[str, str]], ...]:
    return tuple((float(entry["probability"]), entry["replace"]) for entry in entries)
