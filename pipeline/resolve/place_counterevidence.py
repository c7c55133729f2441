"""What says that a name of the gazetteer is no place here, whatever else speaks for it."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.resolve.gazetteer import AREAS, Gazetteer, Place
from pipeline.resolve.lexicon import has_article
from pipeline.resolve.place_mentions import KNOWN_TOWN, Mention
from pipeline.resolve.place_words import PlaceNouns

#: Feature nouns after which any name of the gazetteer is a place.
EVIDENCE = frozenset({"settlement", "division", "capital"})
#: Before a team: «من روما الإيطالي», «واجه روما الإيطالي».
_FREE = frozenset({"ADP", "VERB", "CCONJ"})
_DASHES = frozenset({"-", "\u2013"})


class Counterevidence:
    """Judges mentions by what stands in and around them; the rules are apart from each other."""

    def __init__(self, gazetteer: Gazetteer, nouns: PlaceNouns) -> None:
        self._gazetteer = gazetteer
        self._nouns = nouns

    def is_no_place(self, mention: Mention) -> bool:
        """True where one of the rules below applies."""
        span, best = mention.span, mention.candidates[0]
        before = self._nouns.of_word(mention.before)
        return (
            self.is_piece(mention)
            or (self._is_feature_noun(span) and not before & {"settlement", "division"})
            or (before == {"natural"} and best.kind == "city")
            or self._is_adjective(span, before)
            or self._is_described(span, best)
            or ("named" in before and self._is_namesake(best))
            or (best.kind == "city" and self._is_club(mention))
            or (self._nouns.is_kinship(span.text) and not before & EVIDENCE)
        )

    def is_piece(self, mention: Mention) -> bool:
        """«الش» of «الشهرة», «شان» of «شان-دو-مارس»: a name has no pronoun and no other ending."""
        span = mention.span
        after = _next(span)
        if after is None or span[-1].whitespace_:
            return False
        sure = self._is_sure(mention.candidates[0])
        return after.text[0].isalpha() or (after.text in _DASHES and not sure)

    def _is_feature_noun(self, span: Span) -> bool:
        """«ميناء» is a town of that name only with the article, «المدينة» not even with it."""
        classes = self._nouns.of_word(span.text) if len(span) == 1 else set()
        return bool(classes) and ("settlement" in classes or not has_article(span.text))

    def _is_adjective(self, span: Span, before: set[str]) -> bool:
        """«السورية» the adjective; «بلدة جديدة», "a new town", not the town of Jdeideh."""
        token = span[0]
        if self._gazetteer.demonym(span.text) and (token.pos_ == "ADJ" or token.dep_ == "amod"):
            return True
        plain = token.pos_ == "ADJ" and len(span) == 1 and not has_article(span.text)
        return bool(before) and plain and self._gazetteer.is_common(span.text)

    def _is_described(self, span: Span, best: Place) -> bool:
        """«البركان الثائر», «الحمامات العامة»: a noun with its adjective; names take nisbas only.

        Draws on the pair noun + amod, both definite; a known place keeps its link («القدس
        القديمة»).
        """
        if self._is_sure(best) or len(span) > 1 or not has_article(span.text):
            return False
        after = _next(span)
        return (
            after is not None
            and after.pos_ == "ADJ"
            and has_article(after.norm_)
            and self._gazetteer.demonym(after.norm_) is None
        )

    def _is_namesake(self, best: Place) -> bool:
        """«حي الأندلس», «شارع بغداد»: what bears a great place's name is not there.

        Small places of the curated table keep their link: «حي جوبر».
        """
        great = best.kind in AREAS or best.kind == "region" or best.population >= KNOWN_TOWN * 10
        return great or not self._gazetteer.is_curated(best)

    def _is_club(self, mention: Mention) -> bool:
        """«روما الإيطالي», «مانشستر سيتي», «بايرن ميونخ»: a team, called after its town.

        Towns are feminine, so a masculine nisba beside one is the team's; after a noun it is the
        noun's («ميناء طرطوس السوري»).
        """
        if "club" in self._nouns.of_word(mention.before):
            return True
        after = _next(mention.span)
        if after is None:
            return False
        if "team" in self._nouns.of_word(after.norm_):
            return True
        nation = self._gazetteer.demonym(after.norm_)
        masculine = has_article(after.norm_) and self._gazetteer.is_masculine_demonym(after.norm_)
        before = mention.token_before
        free = before is None or before.pos_ in _FREE or before.is_punct
        return free and masculine and nation in mention.countries

    def _is_sure(self, place: Place) -> bool:
        known = self._gazetteer.is_curated(place) or place.kind in AREAS
        return known or place.population >= KNOWN_TOWN * 10


def _next(span: Span) -> Token | None:
    """The token right after a span."""
    return span.doc[span.end] if span.end < len(span.doc) else None
