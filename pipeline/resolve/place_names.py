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

from spacy.attrs import NORM, POS
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.extract.word_memo import WordMemo
from pipeline.resolve.gazetteer import AREAS, Gazetteer, Place, load_gazetteer
from pipeline.resolve.lexicon import has_article
from pipeline.resolve.place_evidence import KNOWN_TOWN, LOC_KINDS, Evidence, Mention
from pipeline.resolve.place_words import PlaceNouns, PlaceWords, Word

_LABEL_OF_KIND = dict.fromkeys(("airport", "port", "base", "crossing", "camp", "site"), "FAC")

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
    default_config={"root": None, "lexicons": "lexicons"},
)
def create_place_names(nlp: Language, name: str, root: str | None, lexicons: str) -> PlaceNames:
    """Component factory; ``lexicons`` is a folder relative to ``root``."""
    return PlaceNames(Path(root or "configs") / lexicons)


class PlaceNames:
    """Fills ``doc.spans["places"]``; each span has its :class:`Place`, or None, in ``_.place``."""

    def __init__(self, lexicons: Path) -> None:
        """Reads the gazetteer and the feature nouns in ``lexicons``."""
        self.gazetteer: Gazetteer = load_gazetteer(lexicons)
        self.nouns = PlaceNouns(lexicons / "places_nouns.yaml")
        self._words = PlaceWords(self.gazetteer, self.nouns)
        self._evidence = Evidence(self.gazetteer, self.nouns)
        self._countries: WordMemo[str | None] = WordMemo([NORM, POS], self._country_of)

    def __call__(self, doc: Doc) -> Doc:
        """Find and link the toponyms of ``doc``."""
        mentions = self._mentions(doc)
        votes = self._country_votes(doc, mentions)
        places = []
        for mention in mentions:
            place = choose(mention, votes, self.gazetteer)
            kind = place.kind if place else mention.candidates[0].kind
            label = _LABEL_OF_KIND.get(kind) or ("LOC" if kind in LOC_KINDS else "GPE")
            span = Span(doc, mention.span.start, mention.span.end, label=label)
            span._.place = place
            places.append(span)
        doc.spans["places"] = places
        return doc

    def _mentions(self, doc: Doc) -> list[Mention]:
        words = list(self._words.words(doc))
        keys = [word.key for word in words]
        found: list[Mention] = []
        doubtful: list[tuple[Mention, Word | None]] = []
        start = 0
        while start < len(words):
            match = (
                self.gazetteer.longest_match(keys, start, has_article(words[start].norm))
                if self.gazetteer.begins_name(keys[start])
                else None
            )
            if match is None:
                start += 1
                continue
            end, candidates = match
            span = doc[words[start].start : words[end - 1].end]
            before = words[start - 1] if start else None
            mention = Mention(span, candidates, *self._hints(doc, words, start, end))
            following = words[end].norm if end < len(words) else ""
            if self.nouns.is_excluded(f"{span.text} {following}"):
                start += 1
            elif self._evidence.is_place(mention, before):
                found.append(mention)
                start = end
            else:
                doubtful.append((mention, before))
                start += 1
        return found + [
            mention
            for mention, before in doubtful
            if self._evidence.in_company(mention, before, found)
        ]

    def _hints(
        self, doc: Doc, words: Sequence[Word], start: int, end: int
    ) -> tuple[set[str], set[str]]:
        """Countries of the nisba right after the name, and of «العاصمة الليبية» before it."""
        before = words[max(0, start - 2) : start]
        return self._nisbas(doc, words[end : end + 1]), self._nisbas(doc, before)

    def _nisbas(self, doc: Doc, words: Sequence[Word]) -> set[str]:
        nisbas = (word for word in words if _is_nisba(*_norm_and_tag(doc[word.end - 1])))
        return {code for word in nisbas if (code := self.gazetteer.demonym(word.norm))}

    def _country_of(self, norm: str, tag: str) -> str | None:
        """The country that a word is a nisba of."""
        return self.gazetteer.demonym(norm) if _is_nisba(norm, tag) else None

    def _country_votes(self, doc: Doc, mentions: Sequence[Mention]) -> Counter[str]:
        votes = Counter(code for code in self._countries(doc) if code)
        for mention in mentions:
            countries = {place.country for place in mention.candidates[:3]}
            only = mention.candidates[0]
            if only.country and (only.kind in AREAS or len(countries) == 1):
                votes[only.country] += 2 if only.kind in AREAS else 1
        return votes


def _norm_and_tag(token: Token) -> tuple[str, str]:
    return token.norm_, token.pos_


def _is_nisba(norm: str, tag: str) -> bool:
    return tag in {"ADJ", "NOUN", "X", "PROPN"} and len(norm) > 3


def choose(mention: Mention, votes: Counter[str], gazetteer: Gazetteer) -> Place | None:
    """The place that is meant, or None where two are about equally likely."""
    others = votes.copy()
    total = sum(others.values())

    def score(rank: int, place: Place) -> float:
        share = others[place.country] / total if total and place.country else 0.0
        capital = place.country is not None and gazetteer.capital(place.country) == place
        return (
            (3.0 if place.country in mention.after | mention.before else 0.0)
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
    if mention.after and not known and best.country not in mention.after:
        return None  # «الساحل السوري» is no town in Egypt
    if len(scored) > 1 and scored[0][0] - scored[1][0] < MARGIN:
        return None
    return best
