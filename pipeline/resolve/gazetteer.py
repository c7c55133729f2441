"""Toponyms: Arabic forms to places with ISO country, GeoNames id and coordinates.

Four committed tables stand behind it: ``states.csv`` (names, nisba adjectives) with
``places_countries.csv`` (ids, points), the curated ``places.csv``, and ``places_geonames.csv``
(towns, see :mod:`pipeline.resolve.build_gazetteer`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.data_files import read_yaml
from pipeline.morphology import ENDINGS
from pipeline.resolve.lexicon import has_article, phrase_key, read_rows, word_key
from pipeline.text import fold

#: Kinds of places that are states or parts of the world.
AREAS = frozenset({"country", "continent", "world_region"})

#: Nisba endings on a folded masculine singular: sound plurals, duals, feminine.
_NISBA_ENDINGS = (
    *("", ENDINGS.accusative, *ENDINGS.masculine_plural, ENDINGS.dual_nominative),
    *(ENDINGS.feminine, ENDINGS.feminine_plural),
    *(*ENDINGS.feminine_dual, *ENDINGS.feminine_dual_construct),
)


#: The files of a folder of lexicons that it is read from.
GAZETTEER_FILES = (
    *("states.csv", "places_countries.csv", "places.csv", "places_geonames.csv"),
    "places_nouns.yaml",
)


class Place(NamedTuple):
    """A place: English name, kind, ISO 3166 alpha-3 country, GeoNames id, WGS 84 degrees.

    ``country`` is None for what belongs to no one state (seas, continents), ``geonameid``,
    ``lat`` and ``lon`` are None where not known for sure. ``admin1`` is GeoNames' first-order
    division, e.g. ``SY.09``.
    """

    name: str
    kind: str
    country: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    admin1: str | None = None


class Gazetteer:
    """Looks places up by their Arabic names, spelling folded; see :func:`load_gazetteer`."""

    def __init__(self, lexicons: Path) -> None:
        """Reads the tables in ``lexicons``.

        Raises FileNotFoundError where one is missing, ValueError on a malformed number.
        """
        self._places: dict[str, list[tuple[Place, bool]]] = {}
        self._longest: dict[str, int] = {}  # words of the longest name, by its first word's key
        self._curated: set[Place] = set()
        self._common: set[str] = set()
        self._spaced: set[str] = set()  # names of several words, see _spaced()
        self._demonyms: dict[str, str] = {}
        self._masculine: set[str] = set()  # keys of nisbas in the masculine singular
        self._capitals: dict[str, int] = {}
        self._countries: dict[str, Place] = {}
        self._by_id: dict[int, Place] = {}
        self._no_nisbas = frozenset(read_yaml(lexicons / "places_nouns.yaml")["no_nisbas"])
        self._read_countries(lexicons)
        self._read_places(lexicons)

    def lookup(self, form: str) -> tuple[Place, ...]:
        """The places called ``form``, the likeliest first; empty where there is none.

        A name that has the article is not found without it («هند» is not India).
        """
        definite = has_article(form.split()[0]) if form.strip() else False
        return self.called(phrase_key(form), definite)

    def longest_match(
        self, keys: Sequence[str], start: int, definite: bool
    ) -> tuple[int, tuple[Place, ...]] | None:
        """The longest name that begins at word ``start``: its end, and the places of that name.

        ``keys`` are the words' keys (:func:`word_key`); ``definite`` says whether the first word
        has the article. None where no name begins there.
        """
        widest = min(start + self._longest.get(keys[start], 0), len(keys))
        for end in range(widest, start, -1):
            called = self.called("".join(keys[start:end]), definite)
            if called and self._is_whole(keys[start:end]):
                return end, called
        return None

    def _is_whole(self, keys: Sequence[str]) -> bool:
        """Words as the tables write them, or long ones apart: «كوالا لمبور».

        «البلاد ل» is no Bladel; a quotation mark has no key and ends no name.
        """
        if not keys[-1]:
            return False
        short = any(0 < len(key) < 3 for key in keys) and len(keys) > 1
        return not short or _spaced(keys) in self._spaced

    def longest_name(self, key: str) -> int:
        """The words of the longest name that begins with a word of this key; 0 for none."""
        return self._longest.get(key, 0)

    def called(self, key: str, definite: bool) -> tuple[Place, ...]:
        """Places by key and article; «السورية» is the adjective, «السعودية» may be the state."""
        found = self._places.get(key)
        if found is None:
            return ()
        if definite and key in self._demonyms:
            return tuple(place for place, needs in found if needs)
        return tuple(place for place, needs in found if definite or not needs)

    def is_curated(self, place: Place) -> bool:
        """True for places of the curated table: those that news names."""
        return place in self._curated

    def is_common(self, form: str) -> bool:
        """True where ``form`` is also an ordinary word or a personal name."""
        return phrase_key(form) in self._common

    def country(self, iso3: str) -> Place | None:
        """The state or territory of an ISO 3166 alpha-3 code."""
        return self._countries.get(iso3)

    def capital(self, iso3: str) -> Place | None:
        """The capital of a state, where the tables know it."""
        return self._by_id.get(self._capitals.get(iso3, -1))

    def demonym(self, word: str) -> str | None:
        """The ISO 3166 alpha-3 code that a nisba adjective stands for: «السورية» -> SYR."""
        return None if word in self._no_nisbas else self._demonyms.get(phrase_key(word))

    def is_masculine_demonym(self, word: str) -> bool:
        """True for a nisba in the masculine singular: «الإيطالي», not «الإيطالية»."""
        return phrase_key(word) in self._masculine

    def _add(self, forms: str, place: Place, common: bool = False) -> None:
        for form in filter(None, forms.split("|")):
            entries = self._places.setdefault(phrase_key(form), [])
            if all(place != known for known, _ in entries):
                entries.append((place, has_article(form.split()[0])))
            if common:
                self._common.add(phrase_key(form))
            words = form.split()
            if len(words) > 1:
                self._spaced.add(_spaced([word_key(word) for word in words]))
            first = word_key(words[0])
            self._longest[first] = max(self._longest.get(first, 0), len(words))

    def _read_countries(self, lexicons: Path) -> None:
        states = {row["country"]: row for row in read_rows(lexicons / "states.csv")}
        for row in read_rows(lexicons / "places_countries.csv"):
            iso3 = row["country"]
            state = states.get(iso3)
            name = state["english"] if state else row["name"]
            place = Place(name, "country", iso3, *_point(row))
            self._countries[iso3] = place
            self._add("|".join([state["arabic"] if state else "", row["arabic"]]), place)
            if row["capital"]:
                self._capitals[iso3] = int(row["capital"])
            if state:
                nisbas = [*state["nisba"].split("|"), *state["people_arabic"].split("|")]
                self._add_demonyms(filter(None, nisbas), iso3)

    def _add_demonyms(self, nisbas: Iterable[str], iso3: str) -> None:
        for nisba in nisbas:
            self._masculine.add(phrase_key(nisba))
            first, *rest = fold(nisba).split()
            for ending in _NISBA_ENDINGS:
                key = word_key(first + ending) + "".join(word_key(w + ending) for w in rest)
                self._demonyms.setdefault(key, iso3)

    def _read_places(self, lexicons: Path) -> None:
        """Towns, the curated table's names and forms laid over them; the curated come first."""
        towns = {row["geonameid"]: row for row in read_rows(lexicons / "places_geonames.csv")}
        for row in read_rows(lexicons / "places.csv"):
            town = towns.get(row["geonameid"])
            place = _town(town, row["name"]) if town else _curated(row, towns.get(row["at"]))
            self._add(row["arabic"], place, common=row["common"] == "1")
            self._curated.add(place)
            if place.geonameid:
                self._by_id[place.geonameid] = place
        for row in sorted(towns.values(), key=lambda town: -int(town["population"])):
            place = self._by_id.setdefault(int(row["geonameid"]), _town(row, row["name"]))
            self._add(row["forms"], place)
            self._common.update(phrase_key(form) for form in row["common"].split("|") if form)


def _spaced(keys: Sequence[str]) -> str:
    """The words of a name with a space after each, «و» written on what follows it."""
    return "".join(key if len(key) < 2 else f"{key} " for key in keys)


def _point(row: dict[str, str]) -> tuple[int | None, float | None, float | None]:
    return (
        int(row["geonameid"]) if row["geonameid"] else None,
        float(row["lat"]) if row["lat"] else None,
        float(row["lon"]) if row["lon"] else None,
    )


def _town(row: dict[str, str], name: str) -> Place:
    return Place(name, "city", row["country"], *_point(row), int(row["population"]), row["admin1"])


def _curated(row: dict[str, str], at: dict[str, str] | None) -> Place:
    point = row if at is None else {**at, "geonameid": row["geonameid"]}
    return Place(row["name"], row["kind"], row["country"] or None, *_point(point))


@lru_cache(maxsize=4)
def load_gazetteer(lexicons: Path) -> Gazetteer:
    """The gazetteer of a folder of lexicons, read once a process."""
    return Gazetteer(lexicons)
