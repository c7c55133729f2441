"""Named actors: the curated lexicon of actors and the states with their capitals and demonyms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.morphology import ENDINGS
from pipeline.resolve.lexicon import PhraseIndex, phrase_key, read_rows
from pipeline.text import fold


@dataclass(frozen=True, slots=True)
class Actor:
    """A named actor.

    ``type`` is PER, ORG, GPE, LOC, FAC …; ``country`` ISO 3166 alpha-3; ``cameo`` the CAMEO actor
    code; ``wikidata`` a Q-identifier. States and capitals have the ``adjective`` that stands for
    them before a noun ("Iranian"). Unknown fields are None.
    """

    id: str
    english: str
    type: str
    country: str | None = None
    cameo: str | None = None
    wikidata: str | None = None
    adjective: str | None = None


@dataclass(frozen=True, slots=True)
class Demonym:
    """A nisba adjective or people's name: «إيراني», «الإيرانيين»."""

    adjective: str
    people: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """A word form of a lexicon entry and its grammatical number (sg, du, pl)."""

    key: str
    number: str


def load_actors(path: Path, index: PhraseIndex[Actor]) -> list[Actor]:
    """Read actors.csv into ``index`` under all Arabic variants; the actors in file order."""
    actors = []
    for row in read_rows(path):
        actor = Actor(
            id=row["id"],
            english=row["english"],
            type=row["type"],
            country=row["country"] or None,
            cameo=row["cameo"] or None,
            wikidata=row["wikidata"] or None,
        )
        actors.append(actor)
        for variant in row["arabic"].split("|"):
            index.add(variant, actor)
    return actors


def people(index: PhraseIndex[Actor]) -> PhraseIndex[Actor]:
    """The people of ``index``."""
    found: PhraseIndex[Actor] = PhraseIndex()
    for key, actor in index.items():
        if actor.type == "PER":
            found.add_key(key, actor)
    return found


def load_states(path: Path, index: PhraseIndex[Actor]) -> dict[str, Actor]:
    """Read states and capitals of states.csv into ``index``; the states by country code.

    A capital is an actor of its own name with its state's country and adjective (metonymy:
    «طهران» is Tehran, IRN).
    """
    states = {}
    for row in read_rows(path):
        code = row["country"]
        state = Actor(
            id=f"state:{code}",
            english=row["english"],
            type="GPE",
            country=code,
            cameo=code,
            wikidata=row["wikidata"] or None,
            adjective=row["adjective"],
        )
        states[code] = state
        for variant in row["arabic"].split("|"):
            index.add(variant, state)
        if row["capital"]:
            capital = replace(state, id=f"capital:{code}", english=row["capital"], wikidata=None)
            for variant in row["capital_arabic"].split("|"):
                index.add(variant, capital)
    return states


def load_capitals(path: Path) -> dict[str, Actor]:
    """The capitals of states.csv by country code."""
    return {
        row["country"]: Actor("capital", row["capital"], "GPE", row["country"])
        for row in read_rows(path)
        if row["capital"]
    }


def load_demonyms(path: Path, index: PhraseIndex[tuple[Demonym, str]]) -> None:
    """Read the nisbas of states.csv or demonyms.csv into ``index``, all forms."""
    for row in read_rows(path):
        demonym = Demonym(row["adjective"], row["people"], row["country"] or None)
        for word in filter(None, row["people_arabic"].split("|")):
            index.add(word, (demonym, "pl"))
            index.add_key(phrase_key(word) + ENDINGS.accusative, (demonym, "pl"))
        for nisba in filter(None, row["nisba"].split("|")):
            words = [sound_forms(phrase_key(word)) for word in nisba.split()]
            for forms in zip(*words, strict=True):
                key = "".join(form.key for form in forms)
                index.add_key(key, (demonym, forms[0].number))
            if len(words) > 1:  # «جنوب أفريقي»: only the last word inflects
                first = phrase_key(nisba.rsplit(" ", 1)[0])
                for form in words[-1]:
                    index.add_key(first + form.key, (demonym, form.number))


def sound_forms(key: str) -> list[Form]:
    """The regular forms of a masculine singular noun or adjective, as keys.

    Feminine, duals, sound plurals, their construct forms, and the accusative's alef. The oblique
    dual is written as the plural, and counts as that.
    """
    if key.endswith(ENDINGS.feminine):
        return feminine_forms(key)
    plurals = (*ENDINGS.masculine_plural, *ENDINGS.masculine_plural_construct)
    return [
        Form(key, "sg"),
        Form(key + ENDINGS.accusative, "sg"),
        *(Form(key + ending, "pl") for ending in plurals),
        Form(key + ENDINGS.dual_nominative, "du"),
        *feminine_forms(key + ENDINGS.feminine),
    ]


def feminine_forms(key: str) -> list[Form]:
    """The regular forms of a noun in ta marbuta (folded to ha), as keys."""
    stem = key.removesuffix(ENDINGS.feminine)
    duals = (*ENDINGS.feminine_dual, *ENDINGS.feminine_dual_construct)
    return [
        Form(key, "sg"),
        Form(stem + ENDINGS.feminine_plural, "pl"),
        *(Form(stem + ending, "du") for ending in duals),
        Form(stem + ENDINGS.feminine_construct, "sg"),
    ]


def demonym_country(word: str, index: PhraseIndex[tuple[Demonym, str]]) -> str | None:
    """The ISO 3166 alpha-3 code of a nisba adjective, or None."""
    found = index.get(phrase_key(fold(word)))
    return found[0].country if found else None
