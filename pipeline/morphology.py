"""Affixes, clitics and particles as data: ``configs/lexicons/morphology.yaml``, read once.

Rules name them by this module; the letters stand in the data file. Every string is a key of
:func:`pipeline.text.fold`, as are the words that the rules compare with them.
"""

from typing import Any

from pydantic import model_validator

from pipeline.orthography import MORPHOLOGY_FILE, Table, read_table
from pipeline.text import fold


class _Affixes(Table):
    """A table of strings and lists of strings, folded on reading."""

    @model_validator(mode="before")
    @classmethod
    def _folded(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {
            name: fold(value) if isinstance(value, str) else [fold(item) for item in value]
            for name, value in data.items()
        }


class Proclitics(_Affixes):
    """What is written on the next word."""

    conjunctions: tuple[str, ...]
    prepositions: tuple[str, ...]
    future: str


class Pronouns(_Affixes):
    """Object and possessive pronouns, written on what they follow; ``plural`` is dual too."""

    masculine_singular: str
    feminine_singular: str
    plural: tuple[str, ...]
    first_plural: str
    first_singular: tuple[str, ...]
    second: tuple[str, ...]

    @property
    def third(self) -> tuple[str, ...]:
        """All of the third person."""
        return (self.masculine_singular, self.feminine_singular, *self.plural)

    @property
    def all(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.third, self.first_plural, *self.first_singular, *self.second)


class Perfect(_Affixes):
    """Endings of the perfect by the form of the stem that they go on."""

    vocalic: tuple[str, ...]
    consonantal: tuple[str, ...]
    defective: tuple[str, ...]


class Imperfect(_Affixes):
    """Prefixes and endings of the imperfect, all moods."""

    prefixes: tuple[str, ...]
    first_singular: str
    endings: tuple[str, ...]
    dual: tuple[str, ...]
    feminine_plural: str


class Nominal(_Affixes):
    """Endings of nouns, adjectives and participles; construct: before a genitive or pronoun."""

    accusative: str
    masculine_plural: tuple[str, ...]
    masculine_plural_construct: tuple[str, ...]
    dual_nominative: str
    dual_oblique: str
    dual_oblique_construct: str
    feminine: str
    feminine_construct: str
    feminine_plural: str
    feminine_dual: tuple[str, ...]
    feminine_dual_construct: tuple[str, ...]
    maybe_feminine: tuple[str, ...]


class Particles(_Affixes):
    """Words with a rule of their own, by their transliteration."""

    min: str
    ila: str
    li: str
    bi: str
    fi: str
    an: str
    ala: str
    bayna: str
    nahwa: str
    mithla: str
    wa: str
    ma: str
    kana: str
    ghayr: str


class Morphology(Table):
    """The data file."""

    article: str
    proclitics: Proclitics
    pronouns: Pronouns
    perfect: Perfect
    imperfect: Imperfect
    nominal: Nominal
    particles: Particles


MORPHOLOGY = read_table(MORPHOLOGY_FILE, Morphology)
ARTICLE = fold(MORPHOLOGY.article)
PROCLITICS = MORPHOLOGY.proclitics
PRONOUNS = MORPHOLOGY.pronouns
PERFECT = MORPHOLOGY.perfect
IMPERFECT = MORPHOLOGY.imperfect
ENDINGS = MORPHOLOGY.nominal
PARTICLES = MORPHOLOGY.particles
