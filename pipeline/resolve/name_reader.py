"""Read what stands before a head noun, and names: bodies, people with honorifics, places."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.resolve.actors import Actor
from pipeline.resolve.chunk import Chunk
from pipeline.resolve.english import without_article
from pipeline.resolve.noun_phrase import Modifiers, Phrase, with_article

#: Types of places.
PLACES = ("GPE", "LOC", "FAC")
#: Kinds of chunks that a noun phrase may begin with.
STARTS = {
    "honorific",
    "entity",
    "noun",
    "demonym",
    "adjective",
    "name",
    "gloss",
    "quantifier",
    "number",
}
#: What stands between two numbers of a range: «من 3 إلى 5», «أربعة أو خمسة».
_RANGES = ("to", "or")
#: Ends of quantities that take no further "of".
_MEASURES = ("of", "million", "billion")


class NameReader:
    """A cursor over the chunks of a noun phrase; ``keep`` are kinds of adjectives to keep."""

    def __init__(self, chunks: Sequence[Chunk], keep: set[str]) -> None:
        self._chunks = list(chunks)
        self._at = 0
        self._keep = keep

    def _peek(self, ahead: int = 0) -> Chunk | None:
        place = self._at + ahead
        return self._chunks[place] if place < len(self._chunks) else None

    def _is(self, *kinds: str, ahead: int = 0) -> bool:
        chunk = self._peek(ahead)
        return chunk is not None and chunk.kind in kinds

    def _take(self) -> Chunk:
        self._at += 1
        return self._chunks[self._at - 1]

    def _entity(self, parts: Modifiers, nested: bool = False) -> Phrase:
        """A named actor or place; ``nested`` in another phrase it leaves that its adjectives.

        A nationality after a name goes before that of a body, and says where a place is.
        """
        honorific = self._take().english if self._is("honorific") else ""
        chunk = self._take()
        actor = chunk.actor or Actor("", chunk.english, "MISC")
        while self._trails(actor, nested):
            extra = self._take().demonym
            if extra is not None and extra.country != actor.country:
                parts.nationality.append(extra.adjective)
                parts.country = parts.country or extra.country
        text, country = chunk.english, actor.country or parts.country
        if honorific and not actor.id:
            text = f"{honorific} {text}"
        if actor.type in PLACES and not nested:
            text, country = self._container(text, country)
        elif parts.nationality:
            text = " ".join([*reversed(parts.nationality), without_article(text)])
        rule = ("gazetteer" if actor.id == "place" else "lexicon") if actor.id else "romanized"
        quantity = " ".join(parts.quantity)
        if quantity:
            text = with_article(Phrase(text, actor=actor, proper=True))
            return Phrase(f"{quantity} {text}", "force", None, None, country, True, body=actor)
        return Phrase(text, "", None, actor, country, False, True, rule=rule)

    def _trails(self, actor: Actor, nested: bool) -> bool:
        """Whether the next adjective belongs to the named actor."""
        chunk = self._peek()
        if chunk is None or chunk.kind not in ("demonym", "adjective"):
            return False
        if not nested or (chunk.adjective is not None and chunk.adjective.kind == "evaluative"):
            return True
        return chunk.demonym is not None and chunk.demonym.country == actor.country

    def _container(self, text: str, country: str | None) -> tuple[str, str | None]:
        """«أغاديز بالنيجر»: the place that a place is in."""
        if not (self._is("preposition") and self._is("entity", ahead=1)):
            return text, country
        place = self._chunks[self._at + 1].actor
        if place is None or place.type not in PLACES or self._chunks[self._at].english != "in":
            return text, country
        self._at += 2
        return (text if place.english in text else f"{text}, {place.english}"), (
            country or place.country
        )

    def _prenominal(self, parts: Modifiers) -> None:
        """Demonstratives, quantifiers, numerals and the partitive من after them."""
        while True:
            chunk = self._peek()
            if chunk is None:
                return
            if chunk.kind == "demonstrative":
                parts.determiner = self._take().english
            elif chunk.kind == "quantifier" or chunk.kind == "number":
                parts.quantity.append(self._take().english)
            elif chunk.kind == "adjective" and self._before_head(chunk):
                if chunk.adjective and chunk.adjective.kind in self._keep:
                    parts.adjectives.append(chunk.english)
                self._take()
            elif chunk.english in _RANGES and parts.quantity and self._is("number", ahead=1):
                joint = self._take().english
                parts.quantity[-1] += f" {joint} {self._take().english}"
            elif (
                chunk.kind == "preposition"
                and chunk.english in ("from", "to")
                and parts.quantity
                and self._is(*STARTS, "pronoun", "demonstrative", ahead=1)
            ):
                self._take()
                if chunk.english == "from" and not parts.quantity[-1].endswith(_MEASURES):
                    parts.quantity[-1] = parts.quantity[-1] + " of"
            else:
                return

    def _before_head(self, chunk: Chunk) -> bool:
        """An adjective in construct before its noun: «كبار قادة»."""
        return not chunk.definite and self._is("noun", "gloss", "demonym", "entity", ahead=1)
