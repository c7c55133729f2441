"""The ``place_names`` component: toponyms in the text, linked to the gazetteer.

A name found in the gazetteer becomes a place only with evidence: the entity recogniser calls it
one, a feature noun stands before it («مدينة دوما»), or the name is known for a place and nothing
speaks against it. Which of the places of that name is meant is decided by the article: nisba
adjectives beside it, countries and unambiguous places named elsewhere, then size. Where two stay
about equally likely, the span is kept and its link is null.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.resolve.gazetteer import AREAS, GAZETTEER_FILES, Gazetteer, Place, load_gazetteer
from pipeline.resolve.layers import Layer
from pipeline.resolve.place_evidence import Evidence
from pipeline.resolve.place_mentions import KNOWN_TOWN, LOC_KINDS, Mention
from pipeline.resolve.place_words import PlaceNouns, PlaceWords, Word, Words

_LABEL_OF_KIND = dict.fromkeys(("airport", "port", "base", "crossing", "camp", "site"), "FAC")

#: Inhabitants from which a town is linked where nothing else in the article is in its country.
SURE_TOWN = 150_000
#: How far ahead of the next candidate the chosen one must be.
MARGIN = 0.15


def register_extensions() -> None:
    """Declare ``span._.place`` (:class:`Place` or None); safe to call more than once."""
    if not Span.has_extension("place"):
        Span.set_extension("place", default=None)


register_extensions()


@Language.factory(
    "place_names",
    assigns=["doc.spans"],
    default_config={"root": None, "lexicons": "lexicons", "cache": None},
)
def create_place_names(
    nlp: Language, name: str, root: str | None, lexicons: str, cache: str | None
) -> PlaceNames:
    """Component factory; ``lexicons`` is a folder relative to ``root``."""
    return PlaceNames(Path(root or "configs") / lexicons, Path(cache) if cache else None)


class FoundPlace(NamedTuple):
    """A toponym: its tokens from start to end, its label, and its place where that is known."""

    start: int
    end: int
    label: str
    place: Place | None


class PlaceNames:
    """Fills ``doc.spans["places"]``; each span has its :class:`Place`, or None, in ``_.place``."""

    def __init__(self, lexicons: Path, cache: Path | None = None) -> None:
        """Reads the tables in ``lexicons``; what is found is kept in ``cache``."""
        self.gazetteer: Gazetteer = load_gazetteer(lexicons)
        self.nouns = PlaceNouns(lexicons / "places_nouns.yaml")
        self._words = PlaceWords(self.gazetteer, self.nouns)
        self._evidence = Evidence(self.gazetteer, self.nouns)
        files = (lexicons / name for name in GAZETTEER_FILES)
        self._places = Layer("places", self._find, _decoded, cache, files)

    def __call__(self, doc: Doc) -> Doc:
        """Find and link the toponyms of ``doc``."""
        places = []
        for start, end, label, place in self._places(doc):
            span = Span(doc, start, end, label=label)
            span._.place = place
            places.append(span)
        doc.spans["places"] = places
        return doc

    def _find(self, doc: Doc) -> list[FoundPlace]:
        words = self._words.of_tokens(doc)
        mentions = self._mentions(self._words.words(doc, words), doc)
        votes = self._country_votes(words, mentions)
        places = []
        for mention in mentions:
            place = choose(mention, votes, self.gazetteer)
            kind = place.kind if place else mention.candidates[0].kind
            label = _LABEL_OF_KIND.get(kind) or ("LOC" if kind in LOC_KINDS else "GPE")
            places.append(FoundPlace(mention.span.start, mention.span.end, label, place))
        return places

    def _mentions(self, text: Words, doc: Doc) -> list[Mention]:
        found: list[Mention] = []
        doubtful: list[Mention] = []
        resume = 0
        for at in [at for at, word in enumerate(text.words) if word.width]:
            if at < resume:
                continue
            match = self.gazetteer.longest_match(text.keys, at, text.words[at].definite)
            if match is None:
                continue
            end, candidates = match
            mention = self._mention(text, doc, at, end, candidates)
            following = text.words[end].norm if end < len(text.words) else ""
            called = mention.span.text
            if self.nouns.is_excluded(called) or self.nouns.is_excluded(f"{called} {following}"):
                continue
            if self._evidence.is_place(mention):
                found.append(mention)
                resume = end
            else:
                doubtful.append(mention)
        return found + [m for m in doubtful if self._evidence.in_company(m, found)]

    def _mention(
        self, text: Words, doc: Doc, start: int, end: int, candidates: tuple[Place, ...]
    ) -> Mention:
        """The words from start to end, with what stands around them."""
        preceding = text.words[max(0, start - 2) : start]
        before = preceding[-1].norm if preceding else ""
        return Mention(
            doc[text.starts[start] : text.ends[end - 1]],
            candidates,
            before=before,
            is_directed="directional" in self.nouns.of_word(before),
            token_before=doc[text.ends[start - 1] - 1] if preceding else None,
            nations_after=_nations(text.words[end : end + 1]),
            nations_before=_nations(preceding),
        )

    def _country_votes(
        self, words: Sequence[Word | None], mentions: Sequence[Mention]
    ) -> Counter[str]:
        """How often each country is named, by nisbas and places; small towns tell nothing.

        A place that has namesakes abroad only tells that its country may be meant (0).
        """
        votes = Counter(word.nation for word in words if word and word.nation)
        for mention in mentions:
            if not is_sure(mention.candidates[0], self.gazetteer):
                continue
            countries = {place.country for place in mention.candidates[:3]}
            only = mention.candidates[0]
            if only.country and (only.kind in AREAS or len(countries) == 1):
                votes[only.country] += 2 if only.kind in AREAS else 1
            elif only.country:
                votes.setdefault(only.country, 0)
        return votes


def _decoded(row: list[Any]) -> FoundPlace:
    start, end, label, place = row
    return FoundPlace(start, end, label, Place(*place) if place else None)


def _nations(words: Sequence[Word]) -> set[str]:
    """The countries that words are nisbas of: «العاصمة الليبية»."""
    return {word.nation for word in words if word.nation}


def is_sure(place: Place, gazetteer: Gazetteer) -> bool:
    """True for states, capitals, cities and what the curated table holds."""
    if gazetteer.is_curated(place) or place.kind in AREAS or place.population >= SURE_TOWN:
        return True
    return place.country is not None and gazetteer.capital(place.country) == place


def choose(mention: Mention, votes: Counter[str], gazetteer: Gazetteer) -> Place | None:
    """The place that is meant, or None where two are about equally likely."""
    total = sum(votes.values())

    def score(rank: int, place: Place) -> float:
        share = votes[place.country] / total if total and place.country else 0.0
        capital = place.country is not None and gazetteer.capital(place.country) == place
        return (
            (3.0 if place.country in mention.nations else 0.0)
            + 1.5 * share
            + math.log10(place.population + 10) / 8
            + (2.0 if place.kind in AREAS else 0.5 if gazetteer.is_curated(place) else 0.0)
            + (0.3 if capital else 0.0)
            - 0.01 * rank
        )

    scored = sorted(
        ((score(rank, place), -rank) for rank, place in enumerate(mention.candidates)),
        reverse=True,
    )
    best = mention.candidates[-scored[0][1]]
    known = gazetteer.is_curated(best) or best.population >= KNOWN_TOWN * 10
    if mention.nations_after and not known and best.country not in mention.nations_after:
        return None  # «الساحل السوري» is no town in Egypt
    way = mention.is_directed and best.population >= KNOWN_TOWN
    if not (way or is_sure(best, gazetteer)) and best.country not in votes:
        return None  # a small town of a country that the article does not speak of
    if len(scored) > 1 and scored[0][0] - scored[1][0] < MARGIN:
        return None
    return best
