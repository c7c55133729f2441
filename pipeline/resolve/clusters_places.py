"""Whether two place phrases of one article can stand for the same place."""

from __future__ import annotations

from pipeline.events import Argument
from pipeline.resolve.clusters_phrases import Phrase, PhraseReader
from pipeline.resolve.gazetteer import Gazetteer, Place
from pipeline.resolve.lexicon import word_key
from pipeline.resolve.place_words import PlaceNouns

#: Classes of feature nouns that stand for an area rather than a point.
_AREAS = frozenset({"part", "territory", "border"})
_AREA_KINDS = frozenset({"country", "continent", "world_region", "region", "sea", "island"})
#: Classes of nouns whose town or division the next word names: «محافظة إدلب», «مدينة إدلب».
_NAMED_AFTER = frozenset({"settlement", "division"})
_FUNCTION = frozenset({"ADP", "PUNCT", "CCONJ", "DET"})
_FACILITIES = frozenset({"facility", "facility_national", "diplomatic"})


class PlaceComparer:
    """Compares origins and destinations, linked or not."""

    def __init__(self, gazetteer: Gazetteer, nouns: PlaceNouns, phrases: PhraseReader) -> None:
        self.gazetteer = gazetteer
        self.nouns = nouns
        self.phrases = phrases

    def same(self, one: Argument, other: Argument, read: tuple[Phrase, Phrase]) -> bool | None:
        """True for the same place, None where one may lie in the other, False otherwise.

        ``read`` are the phrases of both. «محافظة نينوى» and «محافظة الأنبار» are two, known or
        not; «سوريا» and «حلب», «مطار بيروت» and «بيروت», «المدينة» and «حلب» may be one.
        """
        if one.lat is not None and (one.lat, one.lon) == (other.lat, other.lon):
            return True
        if one.country and other.country and one.country != other.country:
            return False
        if one.name and one.name == other.name and one.country:
            return True
        left, right = read
        alike = bool(left.head & right.head) and self.phrases.same(left, right)
        if not (one.country and other.country):
            return alike if left.head & right.head else None
        if alike:
            return True
        words = (_words(one), _words(other))
        if words[0] <= words[1] or words[1] <= words[0]:  # «بيروت», «مطار بيروت»
            return True if self._names_only(one) and self._names_only(other) else None
        return self._linked(one, other)

    def _names_only(self, argument: Argument) -> bool:
        """Whether a phrase names a town or division, with no more than a noun that says so."""
        first, *rest = argument.span
        return not rest or (len(rest) == 1 and bool(self.nouns.classes(first) & _NAMED_AFTER))

    def _linked(self, one: Argument, other: Argument) -> bool | None:
        """Two names of places in one country: two towns, or two governorates, are two places."""
        kinds = (self._kind(one), self._kind(other))
        if "area" in kinds:
            return None
        if kinds[0] == kinds[1]:
            return False
        return False if self._apart(one, other) else None

    def _kind(self, argument: Argument) -> str:
        """Area, division, facility or town, by the head noun and by the place it is linked to."""
        nouns, place = self.nouns.classes(argument.head), _place(argument)
        kind = place.kind if place else ""
        state = self.gazetteer.country(argument.country or "")
        if nouns & _AREAS or kind in _AREA_KINDS:
            return "area"
        if state is not None and state.geonameid == argument.geonameid:
            return "area"
        if "division" in nouns or kind == "governorate":
            return "division"
        return "facility" if nouns & _FACILITIES else "town"

    def _apart(self, one: Argument, other: Argument) -> bool:
        """Whether the tables put both into different first-order divisions of a state."""
        divisions = [place.admin1 for place in (_place(one), _place(other)) if place]
        return len(divisions) == 2 and all(divisions) and divisions[0] != divisions[1]


def _place(argument: Argument) -> Place | None:
    """The place of the gazetteer that a phrase was linked to."""
    inside = (
        span._.place
        for span in argument.span.doc.spans.get("places", ())
        if span.start >= argument.span.start and span.end <= argument.span.end
    )
    point = (argument.lat, argument.lon)
    return next((p for p in inside if p is not None and (p.lat, p.lon) == point), None)


def _words(argument: Argument) -> set[str]:
    return {word_key(token.norm_) for token in argument.span if token.pos_ not in _FUNCTION}
