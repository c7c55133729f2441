"""Semantic classes of English nouns, from the lexicographer files of Princeton WordNet 3.0.

Used to build data files only (:mod:`pipeline.extract.build_semantic_classes`); no run needs it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

#: Lexicographer files (``lexnames(5WN)``) that decide a class by themselves; no entry: no class.
_BY_FILE = {
    4: "abstract", 5: "animal", 6: "goods", 7: "abstract", 9: "abstract", 10: "abstract",
    11: "abstract", 12: "abstract", 13: "goods", 15: "place", 16: "abstract", 18: "person",
    19: "abstract", 20: "goods", 21: "abstract", 22: "abstract", 24: "abstract", 25: "abstract",
    26: "abstract", 27: "goods", 28: "time",
}  # fmt: skip
_ARTIFACT, _GROUP, _OBJECT = 6, 14, 17
#: Class of all below a synset, known by two of its words (or one and its lexicographer file).
_BELOW = [
    ("force", "military_unit", None), ("force", "military_personnel", None),
    ("force", "serviceman", None), ("vehicle", "conveyance", _ARTIFACT),
    ("abstract", "creation", _ARTIFACT), ("abstract", "representation", _ARTIFACT),
    ("place", "structure", _ARTIFACT), ("place", "way", _ARTIFACT), ("place", "area", _ARTIFACT),
    ("place", "room", _ARTIFACT), ("place", "facility", _ARTIFACT),
    ("place", "geological_formation", _OBJECT), ("place", "body_of_water", _OBJECT),
    ("place", "land", _OBJECT), ("group", "social_group", _GROUP),
    ("group", "gathering", _GROUP), ("group", "people", _GROUP),
]  # fmt: skip
_PLURALS = (("ies", "y"), ("ses", "s"), ("xes", "x"), ("ches", "ch"), ("men", "man"), ("s", ""))


class WordNetNouns:
    """The nouns of a WordNet ``dict`` folder (``data.noun``, ``index.noun``)."""

    def __init__(self, folder: Path) -> None:
        self._file: dict[str, int] = {}
        self._above: dict[str, list[str]] = {}
        self._senses: dict[str, list[str]] = {}
        for fields in _rows(folder / "data.noun"):
            after = 4 + 2 * int(fields[3], 16)
            links = [
                fields[i : i + 4] for i in range(after + 1, after + 1 + 4 * int(fields[after]), 4)
            ]
            self._file[fields[0]] = int(fields[1])
            self._above[fields[0]] = [link[1] for link in links if link[0] in ("@", "@i")]
        for fields in _rows(folder / "index.noun"):
            self._senses[fields[0]] = fields[-int(fields[2]) :]
        self._tops = [
            (name, {sense for sense in self._senses[word] if file in (None, self._file[sense])})
            for name, word, file in _BELOW
        ]
        self._hypernyms = cache(self._closure)

    def class_of(self, gloss: str) -> str | None:
        """The class of a noun's first sense; plurals and compounds by their head."""
        word = self._base(gloss.strip().lower().replace("-", "_").replace(" ", "_"))
        return self._class(self._senses[word][0]) if word else None

    def _base(self, word: str) -> str | None:
        if word in self._senses:
            return word
        for ending, singular in _PLURALS:
            if word.endswith(ending) and word[: -len(ending)] + singular in self._senses:
                return word[: -len(ending)] + singular
        head = word.rsplit("_", 1)[-1]
        return self._base(head) if head != word else None

    def _class(self, synset: str) -> str | None:
        above = self._hypernyms(synset)
        for name, tops in self._tops:
            if above & tops:
                return name
        return _BY_FILE.get(self._file[synset])

    def _closure(self, synset: str) -> frozenset[str]:
        closed = {synset}
        for hypernym in self._above[synset]:
            closed |= self._hypernyms(hypernym)
        return frozenset(closed)


def _rows(path: Path) -> list[list[str]]:
    """Fields of the lines of a WordNet file, licence and gloss left off."""
    with path.open(encoding="ascii") as lines:
        return [line.split(" | ")[0].split() for line in lines if not line.startswith("  ")]
