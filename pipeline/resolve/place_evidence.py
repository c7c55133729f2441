"""What says that a name of the gazetteer is a place's here: entities, feature nouns, neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from pipeline.resolve.gazetteer import AREAS, Gazetteer, Place
from pipeline.resolve.place_counterevidence import EVIDENCE, Counterevidence
from pipeline.resolve.place_mentions import KNOWN_TOWN, LOC_KINDS, Mention
from pipeline.resolve.place_words import PlaceNouns

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_OTHER_LABELS = frozenset({"PER", "ORG"})
_NAME_TAGS = frozenset({"X", "PROPN", "NOUN"})
_BUILDINGS = frozenset({"facility", "facility_national"})


class Evidence:
    """Judges mentions by what stands around them."""

    def __init__(self, gazetteer: Gazetteer, nouns: PlaceNouns) -> None:
        self._gazetteer = gazetteer
        self._nouns = nouns
        self._counterevidence = Counterevidence(gazetteer, nouns)

    def is_place(self, mention: Mention) -> bool:
        """True where evidence says that the name is a place's here."""
        span, candidates = mention.span, mention.candidates
        labels = {token.ent_type_ for token in span} - {""}
        best = candidates[0]
        classes = self._nouns.of_word(mention.before)
        if self._counterevidence.is_no_place(mention):
            return False
        curated = self._gazetteer.is_curated(best)
        doubtful = self._gazetteer.is_common(span.text) and not curated
        if labels & PLACE_LABELS and (not doubtful or classes & EVIDENCE):
            return self._is_known(best) or self._names_entity(span, classes)
        if classes & EVIDENCE and not labels:
            return True
        if doubtful:
            return False
        if labels & _OTHER_LABELS:
            return _is_whole_entity(span) and (
                best.kind in AREAS
                or best.population >= KNOWN_TOWN * 10
                or (curated and (len(span) > 1 or self._is_directed(mention)))
            )
        if mention.nations_after & {place.country for place in candidates}:
            return True  # «دوما السورية»
        if self._gazetteer.is_common(span.text) or span[0].pos_ not in _NAME_TAGS:
            return curated and best.kind in LOC_KINDS and span[0].pos_ == "ADJ"
        return best.kind != "city" or curated or len(span) > 1 or best.population >= KNOWN_TOWN

    def in_company(self, mention: Mention, found: Sequence[Mention]) -> bool:
        """True for a doubtful name on the way to or from another place of its country.

        «من صور إلى ثكنة في صيدا», «إلى عصب في إريتريا»; not «من صور الرحلة», where a noun follows,
        nor where the pair is apart from it in another sentence.
        """
        span = mention.span
        if not self._gazetteer.is_curated(mention.candidates[0]):
            return False
        if self._counterevidence.is_piece(mention) or self._is_other_entity(span):
            return False
        if not self._is_directed(mention) or _has_genitive(span):
            return False
        sentence = span.sent
        return any(
            other.countries & mention.countries
            for other in found
            if sentence.start <= other.span.start < sentence.end
        )

    def _is_other_entity(self, span: Span) -> bool:
        """True where the recogniser calls it something; of «حماه» it cannot tell."""
        label = span[0].ent_type_
        return bool(label) and not (label in PLACE_LABELS and self._nouns.is_kinship(span.text))

    def _is_directed(self, mention: Mention) -> bool:
        """True after «إلى», «من», «نحو» …, or joined by «و» to what stands after one."""
        last = mention.token_before
        if last is None:
            return False
        if last.pos_ == "CCONJ" and last.i:
            head = mention.span.root.head
            cases = [child for child in head.lefts if child.dep_ == "case"]
            return any(self._is_direction(token) for token in cases)
        return self._is_direction(last)

    def _is_direction(self, token: Token) -> bool:
        return "directional" in self._nouns.of_word(token.norm_)

    def _is_known(self, place: Place) -> bool:
        return (
            self._gazetteer.is_curated(place)
            or place.kind in AREAS
            or place.population >= KNOWN_TOWN
        )

    def _names_entity(self, span: Span, before: set[str]) -> bool:
        """True where a small town's name is all of the recognised name, and no building's."""
        if before & _BUILDINGS:
            return False
        doc = span.doc
        after = doc[span.end] if span.end < len(doc) else None
        longer = span[0].ent_iob_ == "I" and not before
        return not longer and not (
            after is not None and after.ent_iob_ == "I" and after.pos_ in ("X", "PROPN")
        )


def _has_genitive(span: Span) -> bool:
    """True where a noun, an adjective or a name follows right away."""
    end = span.end
    return end < len(span.doc) and span.doc[end].pos_ in ("NOUN", "ADJ", "X", "PROPN", "NUM")


def _is_whole_entity(span: Span) -> bool:
    """True where an entity is just this name, or this name and others joined by «و»."""
    doc = span.doc
    begins = span[0].ent_iob_ == "B" or (span.start > 0 and doc[span.start - 1].pos_ == "CCONJ")
    following = doc[span.end] if span.end < len(doc) else None
    ends = following is None or following.ent_iob_ != "I" or following.pos_ == "CCONJ"
    return begins and ends
