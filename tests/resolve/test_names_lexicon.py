"""The lexicons of names are well-formed: codes, countries, spellings."""

import re
from collections import Counter
from pathlib import Path

import country_converter
import pytest

from pipeline.resolve.lexicon import PhraseIndex, phrase_key, read_rows, word_key
from pipeline.resolve.romanize import has_arabic

LEXICONS = Path(__file__).parents[2] / "configs" / "lexicons"
ACTORS = list(read_rows(LEXICONS / "actors.csv"))
STATES = list(read_rows(LEXICONS / "states.csv"))
ISO3 = set(country_converter.CountryConverter().data["ISO3"]) | {"XKX"}
ROLES = {
    *("GOV", "MIL", "COP", "REB", "OPP", "PTY", "MED", "NGO", "BUS", "CVL", "REF"),
    *("EDU", "HLH", "LEG", "JUD", "SPY", "ELI", "LAB", "AGR", "CRM"),
}
BODIES = ("IGO", "NGO", "IMG", "EUR", "AFR", "ASA", "MEA")


def test_there_are_enough_actors_and_ids_are_unique():
    assert len(ACTORS) >= 800
    assert not [i for i, n in Counter(row["id"] for row in ACTORS).items() if n > 1]


@pytest.mark.parametrize("rows", [ACTORS, STATES], ids=["actors", "states"])
def test_countries_are_iso_3166(rows):
    assert not [row for row in rows if row["country"] and row["country"] not in ISO3]


def test_codes_are_cameo():
    for row in ACTORS:
        code = row["cameo"]
        if not code:
            continue
        assert re.fullmatch(r"([A-Z]{3})+", code), row
        head, rest = code[:3], re.findall("...", code[3:])
        assert head in ISO3 or head in BODIES or head in ROLES, row
        if head in ISO3:
            assert head == row["country"], row
            assert set(rest) <= ROLES, row


def test_types_and_wikidata_ids():
    for row in ACTORS:
        assert row["type"] in {"PER", "ORG", "GPE", "LOC", "FAC"}, row
        assert re.fullmatch(r"(Q[1-9]\d*)?", row["wikidata"]), row
    used = Counter(row["wikidata"] for row in [*ACTORS, *STATES] if row["wikidata"])
    assert not [qid for qid, n in used.items() if n > 1]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("actors.csv", ["english"]),
        ("states.csv", ["english", "adjective", "people", "capital"]),
        ("nouns.csv", ["english", "english_plural"]),
        ("adjectives.csv", ["english"]),
        ("quantifiers.csv", ["english"]),
        ("glosses_treebank.csv", ["gloss"]),
    ],
)
def test_english_is_latin_and_rows_are_complete(name, columns):
    for row in read_rows(LEXICONS / name):
        assert None not in row and None not in row.values(), row
        assert not any(has_arabic(row[column]) for column in columns), row
        assert row[columns[0]], row


def test_no_variant_names_two_actors():
    owners = {}
    for row in ACTORS:
        for variant in row["arabic"].split("|"):
            key = phrase_key(variant)
            assert key, row
            assert owners.setdefault(key, row["id"]) == row["id"], (variant, row["id"], owners[key])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("العراق", "عراق"),
        ("للعراق", "لعراق"),
        ("والعراق", "وعراق"),
        ("إيران", "ايران"),
        ("مسؤول", "مسوول"),
    ],
)
def test_keys_fold_spelling_and_article(left, right):
    assert word_key(left) == word_key(right)


def test_short_words_keep_what_looks_like_an_article():
    assert word_key("الله") == "الله"


def test_longest_entry_wins_and_no_entry_ends_in_a_clitic():
    index = PhraseIndex()
    index.add("فيلق", 1)
    index.add("فيلق القدس", 2)
    index.add("وطنيو", 3)
    assert index.longest(["فيلق", "قدس", "و"], 0) == (2, 2)
    assert index.longest(["وطني", "و"], 0) is None
