"""Topics of articles: nouns that mean something else in sport, in film, in space."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.data_files import read_yaml
from pipeline.resolve.lexicon import word_key


@dataclass(frozen=True, slots=True)
class Topics:
    """The words that show each topic, by key, and how many of them an article must hold."""

    words: dict[str, tuple[str, ...]]
    least: dict[str, int]

    def of(self, keys: Sequence[str]) -> tuple[str, ...]:
        """The topics of an article with these words, the one with most words first."""
        words = self.words
        counts = Counter(topic for key in keys if key in words for topic in words[key])
        return tuple(topic for topic, n in counts.most_common() if n >= self.least[topic])


def load_topics(path: Path) -> Topics:
    """Read ``topics.yaml``. Raises FileNotFoundError where it does not exist."""
    words: dict[str, tuple[str, ...]] = {}
    table = read_yaml(path)
    for topic, entry in table.items():
        for key in dict.fromkeys(word_key(word) for word in entry["words"]):
            words[key] = (*words.get(key, ()), topic)
    return Topics(words, {topic: entry["least"] for topic, entry in table.items()})
