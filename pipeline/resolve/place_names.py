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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.resolve.gazetteer import AREAS, Gazetteer, Place, load_gazetteer
from pipeline.resolve.lexicon import has_article, phrase_key, word_key

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_OTHER_LABELS = frozenset({"PER", "ORG"})
_NAME_TAGS = frozenset({"X", "PROPN", "NOUN"})
_LABEL_OF_KIND = {"airport": "FAC", "port": "FAC", "base": "FAC", "crossing": "FAC", "camp": "FAC"}
_LOC_KINDS = frozenset({"sea", "river", "island", "region", "continent", "world_region"})

#: What a hashtag adds to a name: «#الولايات_المتحدة».
_HASHTAG = "#_"
#: Feature nouns after which any name of the gazetteer is a place.
_EVIDENCE = frozenset({"settlement", "division", "capital"})

#: Inhabitants from which a town is taken for itself without other evidence.
KNOWN_TOWN = 50_000
#: How far ahead of the next candidate the chosen one must be.
MARGIN = 0.15


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text: its normal form, the tokens it is made of, the last of these."""

    norm: str
    start: int
    end: int
    token: Token


@dataclass(slots=True)
class Mention:
    """A stretch of tokens that the gazetteer knows, with the places of that name."""

    span: Span
    candidates: tuple[Place, ...]
    after: set[str] = field(default_factory=set)  # countries of a nisba right after it
    before: set[str] = field(default_factory=set)


def register_extensions() -> None:
    """Declare ``span._.place`` (:class:`Place` or None); safe to call more than once."""
    if not Span.has_extension("place"):
        Span.set_extension("place", default=None)


register_extensions()


class PlaceNouns:
    """The feature nouns of ``places_nouns.yaml``, by class."""

    def __init__(self, path: Path) -> None:
        """Reads the file. Raises FileNotFoundError where it does not exist."""
        classes = yaml.safe_load(path.read_text(encoding="utf-8"))
        self._excluded = {phrase_key(phrase) for phrase in classes.pop("excluded")}
        self._classes: dict[str, set[str]] = {}
        for name, nouns in classes.items():
            for noun in nouns:
                self._classes.setdefault(word_key(noun), set()).add(name)

    def classes(self, token: Token) -> set[str]:
        """The classes of a noun, by its written form, then by its lemma; empty for others."""
        return self.of_word(token.norm_) or self.of_word(token.lemma_)

    def is_excluded(self, phrase: str) -> bool:
        """True for phrases that begin like a name and are none: «مسقط رأس»."""
        return phrase_key(phrase) in self._excluded

    def of_word(self, word: str) -> set[str]:
        """The classes of a written form; empty for other words."""
        return self._classes.get(word_key(word), set())


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

    def __call__(self, doc: Doc) -> Doc:
        """Find and link the toponyms of ``doc``."""
        mentions = self._mentions(doc)
        votes = self._country_votes(doc, mentions)
        places = []
        for mention in mentions:
            place = choose(mention, votes, self.gazetteer)
            kind = place.kind if place else mention.candidates[0].kind
            label = _LABEL_OF_KIND.get(kind) or ("LOC" if kind in _LOC_KINDS else "GPE")
            span = Span(doc, mention.span.start, mention.span.end, label=label)
            span._.place = place
            places.append(span)
        doc.spans["places"] = places
        return doc

    def _mentions(self, doc: Doc) -> list[Mention]:
        words = list(self._words(doc))
        keys = [word_key(word.norm) for word in words]
        found: list[Mention] = []
        start = 0
        while start < len(words):
            match = self.gazetteer.longest_match(keys, start, has_article(words[start].norm))
            if match is None:
                start += 1
                continue
            end, candidates = match
            span = doc[words[start].start : words[end - 1].end]
            before = words[start - 1] if start else None
            mention = Mention(span, candidates, *self._hints(words, start, end))
            following = words[end].norm if end < len(words) else ""
            excluded = self.nouns.is_excluded(f"{span.text} {following}")
            if not excluded and self._is_place(mention, before):
                found.append(mention)
                start = end
            else:
                start += 1
        return found

    def _words(self, doc: Doc) -> Iterator[Word]:
        """The words of ``doc``; pieces that the tokeniser cut off a name or a feature noun joined.

        «برشلونة» may have been read as ب + رشلونة.
        """
        at = 0
        while at < len(doc):
            end = at + 1
            while end < len(doc) and _continues(doc[end - 1], doc[end]):
                end += 1
            group = doc[at:end]
            if len(group) > 1 and self._is_cut(group):
                yield Word(group.text, at, end, group[-1])
                at = end
                continue
            if not doc[at].is_space:
                yield Word(doc[at].norm_.strip(_HASHTAG), at, at + 1, doc[at])
            at += 1

    def _is_cut(self, group: Span) -> bool:
        """True where the whole is a name or feature noun, and not a proclitic with a name."""
        known = bool(self.gazetteer.lookup(group.text) or self.nouns.of_word(group.text))
        proclitics = all(len(token) == 1 for token in group[:-1])
        split = proclitics and bool(self.gazetteer.lookup(group[-1].norm_))
        return known and not split and len(group.text) > 3

    def _is_place(self, mention: Mention, before: Word | None) -> bool:
        """True where evidence says that the name is a place's here."""
        span, candidates = mention.span, mention.candidates
        labels = {token.ent_type_ for token in span} - {""}
        best = candidates[0]
        classes = self.nouns.of_word(before.norm) if before is not None else set()
        if _has_pronoun(span) or (classes == {"natural"} and best.kind == "city"):
            return False
        if self.gazetteer.demonym(span.text) and (span[0].pos_ == "ADJ" or span[0].dep_ == "amod"):
            return False
        if labels & PLACE_LABELS or (classes & _EVIDENCE and not labels):
            return True
        curated = self.gazetteer.is_curated(best)
        if labels & _OTHER_LABELS:
            return _is_whole_entity(span) and (
                best.kind in AREAS
                or best.population >= KNOWN_TOWN * 10
                or (curated and len(span) > 1)
            )
        if mention.after & {place.country for place in candidates}:
            return True  # «دوما السورية»
        if self.gazetteer.is_common(span.text) or span[0].pos_ not in _NAME_TAGS:
            return curated and best.kind in _LOC_KINDS and span[0].pos_ == "ADJ"
        return best.kind != "city" or curated or len(span) > 1 or best.population >= KNOWN_TOWN

    def _hints(self, words: Sequence[Word], start: int, end: int) -> tuple[set[str], set[str]]:
        """Countries of the nisba right after the name, and of «العاصمة الليبية» before it."""
        return self._nisbas(words[end : end + 1]), self._nisbas(words[max(0, start - 2) : start])

    def _nisbas(self, words: Sequence[Word]) -> set[str]:
        codes = (self.gazetteer.demonym(word.norm) for word in words if _is_nisba(word.token))
        return {code for code in codes if code}

    def _country_votes(self, doc: Doc, mentions: Sequence[Mention]) -> Counter[str]:
        votes: Counter[str] = Counter()
        for token in doc:
            code = self.gazetteer.demonym(token.norm_) if _is_nisba(token) else None
            if code:
                votes[code] += 1
        for mention in mentions:
            countries = {place.country for place in mention.candidates[:3]}
            only = mention.candidates[0]
            if only.country and (only.kind in AREAS or len(countries) == 1):
                votes[only.country] += 2 if only.kind in AREAS else 1
        return votes


def _continues(piece: Token, following: Token) -> bool:
    """True for two pieces of one written word."""
    return bool(piece._.fused and following._.fused and not piece.whitespace_)


def _has_pronoun(span: Span) -> bool:
    """True where a pronoun is fused to the last word: names take none."""
    end = span.end
    return end < len(span.doc) and span.doc[end].pos_ == "PRON" and not span[-1].whitespace_


def _is_nisba(token: Token) -> bool:
    return token.pos_ in {"ADJ", "NOUN", "X", "PROPN"} and len(token.norm_) > 3


def _is_whole_entity(span: Span) -> bool:
    """True where an entity is just this name: «طهران» as an actor may be tagged ORG."""
    doc = span.doc
    return span[0].ent_iob_ == "B" and (span.end == len(doc) or doc[span.end].ent_iob_ != "I")


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
