"""The ``role_places`` component: the place that an origin, destination or route stands for.

A phrase stands for the smallest named place in it: «مدينة دوما» for Douma, «شمال سوريا» and
«ثلاث قرى في سوريا» for Syria, «الأراضي السورية» too, «العاصمة الليبية» for Tripoli, «محافظة
إدلب» for the governorate and not the town. Persons and organisations stand for no place, nor do
anaphoric phrases («المدينة»).
"""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.events import Argument
from pipeline.resolve.gazetteer import AREAS, Gazetteer, Place, load_gazetteer
from pipeline.resolve.place_words import PlaceNouns

PLACE_ROLES = ("origin", "destination", "via")
_NO_PLACES = frozenset({"PER", "ORG"})
#: Heads that a nisba adjective locates: «المدن السورية», «الموانئ الأميركية».
_NATIONAL = frozenset({"settlement", "division", "part", "territory", "facility_national"})


@Language.factory(
    "role_places",
    requires=["doc.spans"],
    default_config={"root": None, "lexicons": "lexicons"},
)
def create_role_places(nlp: Language, name: str, root: str | None, lexicons: str) -> RolePlaces:
    """Component factory; ``lexicons`` is a folder relative to ``root``."""
    return RolePlaces(Path(root or "configs") / lexicons)


class RolePlaces:
    """Fills country, geonameid, lat and lon of the place roles of ``doc._.events``."""

    def __init__(self, lexicons: Path) -> None:
        """Reads the gazetteer and the feature nouns in ``lexicons``."""
        self.gazetteer: Gazetteer = load_gazetteer(lexicons)
        self.nouns = PlaceNouns(lexicons / "places_nouns.yaml")

    def __call__(self, doc: Doc) -> Doc:
        """Link the place roles of ``doc``; what was set before is left where no place is found."""
        for event in doc._.events:
            for role in PLACE_ROLES:
                for argument in event.arguments(role):
                    self._link(argument)
        return doc

    def _link(self, argument: Argument) -> None:
        if self._is_outside(argument.span):
            argument.country = None
            return
        place = self.place_of(argument.span) or self._by_name(argument)
        if place is not None:
            argument.country = place.country
            argument.geonameid, argument.lat, argument.lon = place.geonameid, place.lat, place.lon

    def place_of(self, span: Span) -> Place | None:
        """The place that a phrase stands for, or None where it is none or unknown."""
        head = _head(span)
        named = [p for p in span.doc.spans.get("places", ()) if _inside(p, span)]
        own = next((place for place in named if place.start <= head.i < place.end), None)
        if own is not None:
            return _linked(own)
        classes = self.nouns.classes(head)
        if head.ent_type_ in _NO_PLACES or not classes:
            return None
        later = [
            place
            for place in named
            if place.start > head.i and _linked(place) and not self._is_apart(place, head)
        ]
        located = [place for place in later if self._is_locative(place)]
        if "diplomatic" in classes:
            return _linked(located[0]) if located else None
        if not later:
            return self._by_nisba(span, head, classes)
        after = later[0]
        if located and "facility" in classes and not _lies_in(after, located[0]):
            after = located[0]
        if "border" in classes:
            return _country_only(_linked(after))
        if "division" in classes and _beside(head, after):
            return self._division(after)
        return _linked(after)

    def _division(self, name: Span) -> Place | None:
        """«محافظتي حلب وإدلب»: the divisions, where the tables have them.

        A governorate named after its town is not that town: else its id is left out.
        """
        place = _linked(name)
        if place is None or place.kind != "city":
            return place
        for noun in self.nouns.of_class("division"):
            for called in self.gazetteer.lookup(f"{noun} {name.text}"):
                if called.kind == "governorate" and called.country == place.country:
                    return called
        return place._replace(kind="governorate", geonameid=None)

    def _is_apart(self, place: Span, head: Token) -> bool:
        """«المياه الدولية قبالة الهند», «قبالة سواحل صفاقس»: near the place, and not in it."""
        before = place.doc[max(head.i + 1, place.start - 2) : place.start]
        return any("apart" in self.nouns.of_word(token.norm_) for token in before)

    def _by_name(self, argument: Argument) -> Place | None:
        """A state or its capital that is named in full, though no evidence stands beside it."""
        country = argument.country
        if country is None:
            return None
        known = (self.gazetteer.country(country), self.gazetteer.capital(country))
        called = self.gazetteer.lookup(argument.span.text)
        return next((place for place in called if place in known), None)

    def _is_outside(self, span: Span) -> bool:
        """«خارج أميركا» is no place in America."""
        return "outside" in self.nouns.of_word(span[0].norm_)

    def _is_locative(self, place: Span) -> bool:
        """True for «موسكو» in «سفارة التشيك في موسكو»: a preposition of place before it."""
        before = place.doc[place.start - 1]
        return "locative" in self.nouns.of_word(before.norm_)

    def _by_nisba(self, span: Span, head: Token, classes: set[str]) -> Place | None:
        """«العاصمة الليبية», «الأراضي السورية», «الحدود البولندية»."""
        places = {token.i for place in span.doc.spans.get("places", ()) for token in place}
        rest = (token for token in span if token.i > head.i and token.i not in places)
        later = (token for token in rest if self._describes(token, head))
        code = next(filter(None, (self.gazetteer.demonym(t.norm_) for t in later)), None)
        if code is None:
            return None
        if "capital" in classes:
            return self.gazetteer.capital(code)
        country = self.gazetteer.country(code)
        if "border" in classes:
            return _country_only(country)
        return country if classes & _NATIONAL else None

    def _describes(self, nisba: Token, head: Token) -> bool:
        """True where the noun before an adjective is the head or another place's.

        «مناطق الساحل السوري»; not «مناطق انتشار القوات التركية».
        """
        nouns = [token for token in nisba.doc[head.i : nisba.i] if token.pos_ == "NOUN"]
        return not nouns or nouns[-1].i == head.i or bool(self.nouns.classes(nouns[-1]))


def _head(span: Span) -> Token:
    """The head; the first word where a parser error puts it into a later part."""
    root: Token = span.root
    return root


def _inside(place: Span, span: Span) -> bool:
    """True also where the first letter was cut off a name as a preposition: «ب» of «بانمونجوم»."""
    cut = span.start > 0 and place.start == span.start - 1 and not place[0].whitespace_
    return bool((place.start >= span.start or cut) and place.end <= span.end)


def _beside(head: Token, place: Span) -> bool:
    """True where nothing but the name's own words follows the head."""
    return place.start - head.i <= 1


def _lies_in(place: Span, whole: Span) -> bool:
    """«جامعة دمشق في سوريا»: the town says more than its country."""
    one, other = _linked(place), _linked(whole)
    assert one is not None and other is not None
    return other.kind in AREAS and other.country == one.country


def _linked(span: Span) -> Place | None:
    place: Place | None = span._.place
    return place


def _country_only(place: Place | None) -> Place | None:
    if place is None or place.country is None:
        return None
    return place._replace(kind="border", geonameid=None, lat=None, lon=None)
