"""English names of Arabic noun phrases, composed from the English of their chunks.

A news noun phrase is: quantifiers and numerals, head, genitives, adjectives, prepositional
phrases. English puts numerals, nationality, adjectives (last one first) and short genitives before
the head, the rest after it: «قادة فيلق القدس» → Quds Force commanders. Names are labels, so they
carry no leading article; evaluative adjectives and those of rank are dropped unless asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.resolve.actors import Actor
from pipeline.resolve.chunk import Chunk
from pipeline.resolve.english import possessive, tidy, without_article
from pipeline.resolve.name_reader import PLACES, STARTS, NameReader
from pipeline.resolve.noun_phrase import Modifiers, Phrase, Style, bare, with_article
from pipeline.resolve.noun_phrase_agreement import belongs_higher
from pipeline.resolve.noun_phrase_english import Assembly

#: Quantifiers that may follow their noun.
_COUNTS = {"several", "many", "various", "about"}
_ORDINALS = {"first", "last"}
_OBJECTS = {"its": "it", "their": "them", "his": "him", "our": "us", "my": "me", "your": "you"}
_NAMES = ("entity", "name", "honorific")

Owner = Callable[[int], Actor | str | None]


class Composer(NameReader):
    """Composes one noun phrase; a new one for each."""

    def __init__(
        self,
        chunks: Sequence[Chunk],
        owner: Owner,
        style: Style,
    ) -> None:
        rank = {"rank"} if style.rank_adjectives else set()
        super().__init__(chunks, {"plain", "participle", "ambiguous", "outer"} | rank)
        self._first: Phrase | None = None  # the first conjunct, once read
        self._owned = False  # whether that has a possessor of its own
        self._owner = owner
        self._style = style
        self._heads: list[Chunk] = []  # of the idafa that is being read, outermost first

    def compose(self) -> Phrase | None:
        """The phrase's name, or None where it has no nominal at all."""
        while self._at < len(self._chunks) and self._chunks[self._at].kind not in {
            *STARTS,
            "demonstrative",
        }:
            self._at += 1
        phrase = self._coordination()
        if phrase is None or not phrase.text:
            return None
        phrase.text = tidy(phrase.text if phrase.proper else without_article(phrase.text))
        return phrase

    def _coordination(self) -> Phrase | None:
        """NP (and NP)*: the first is the one that codes and country come from."""
        first = self._noun_phrase()
        if first is None:
            return None
        items, joint = [first], "and"
        self._first = self._first or first
        while self._is("conjunction") and self._is(*STARTS, "demonstrative", ahead=1):
            joint = self._take().english
            item = self._noun_phrase()
            if item is None:
                break
            items.append(item)
        if len(items) == 1:
            return first
        texts = [item.text for item in items]
        text = f"{', '.join(texts[:-1])} {joint} {texts[-1]}"
        proper = all(item.proper for item in items)
        return Phrase(
            text, first.cls, first.role, None, first.country, True, proper, False, first.rule, items
        )

    def _noun_phrase(self, nested: bool = False) -> Phrase | None:
        parts = Modifiers()
        self._prenominal(parts)
        chunk = self._peek()
        if chunk is None or chunk.kind not in STARTS:
            if self._is("pronoun"):
                return bare(
                    parts,
                    _OBJECTS.get(self._take().english, "them"),
                )
            return bare(parts, None) if parts.quantity else None
        if chunk.kind in ("entity", "name", "honorific"):
            return self._entity(parts, nested)
        return self._common(parts)

    def _common(self, parts: Modifiers) -> Phrase:
        """A common noun with its modifiers."""
        head = self._take()
        cls = head.noun.cls if head.noun else ("person" if head.kind == "demonym" else "other")
        if head.kind == "demonym" and head.demonym:
            parts.country = head.demonym.country
        self._heads.append(head)
        self._after_head(head, cls, parts)
        self._heads.pop()
        return Assembly(head, cls, parts, self._style).phrase()

    def _after_head(self, head: Chunk, cls: str, parts: Modifiers) -> None:
        """Pronoun, genitive, adjectives, apposition and prepositional phrases."""
        if self._is("pronoun"):
            self._possessor(parts)
        elif not head.definite and not head.closed and self._genitive_follows(head):
            parts.genitive = self._states(self._noun_phrase(nested=True))
            if self._is("pronoun"):
                self._take()
        if head.definite or head.number == "sg":
            self._name_after(cls, parts)
        self._adjectives(head, cls, parts)
        self._name_after(cls, parts)
        self._prepositional(head, cls, parts)
        self._name_after(cls, parts)

    def _states(self, genitive: Phrase | None) -> Phrase | None:
        """«مطارات إسرائيل أو مصر»: two states in one genitive."""
        if genitive is None or genitive.actor is None or genitive.actor.type not in PLACES:
            return genitive
        other = self._peek(1)
        if not self._is("conjunction") or other is None or other.actor is None:
            return genitive
        if other.kind != "entity" or other.actor.type not in PLACES:
            return genitive
        joint, second = self._take().english, self._take().english
        text = f"{genitive.text} {joint} {second}"
        return Phrase(text, "place", country=genitive.country, plural=True, short=False)

    def _name_after(self, cls: str, parts: Modifiers) -> None:
        """The name that a title, a person, a ship or a place goes by: «الوزير فلان»."""
        chunk = self._peek()
        if chunk is None or parts.apposition is not None or chunk.kind not in _NAMES:
            return
        if parts.genitive is not None and parts.genitive.proper and cls in ("admin", "site"):
            return
        is_person = chunk.actor is None or chunk.actor.type in ("PER", "MISC", "ORG")
        if is_person if cls in ("title", "person") else cls in ("admin", "vehicle", "site"):
            parts.apposition = self._entity(Modifiers(), nested=cls in ("admin", "site"))
            parts.name_last = bool(parts.after)

    def _genitive_follows(self, head: Chunk) -> bool:
        chunk = self._peek()
        if chunk is None:
            return False
        if chunk.kind in ("entity", "name", "noun", "gloss", "demonstrative", "honorific"):
            return not (
                chunk.kind in ("entity", "name")
                and chunk.actor is not None
                and chunk.actor.type == "PER"
                and head.noun is not None
                and head.noun.cls == "title"
            )
        if chunk.kind == "number":
            return not self._labels(head, chunk)
        if chunk.kind == "quantifier":
            return chunk.english not in _COUNTS
        return chunk.kind == "demonym" and chunk.definite and not head.definite

    def _labels(self, head: Chunk, number: Chunk) -> bool:
        """Whether a number after its noun is a name or a year: «اللواء 104», «مونديال 2018»."""
        return (
            head.number == "sg" and number.english[0].isdigit() and not self._is(*STARTS, ahead=1)
        )

    def _possessor(self, parts: Modifiers) -> None:
        chunk = self._take()
        first = self._first
        if first is not None and not self._owned:
            english = "its" if chunk.english == "his" and not _is_person(first) else chunk.english
            parts.owner = english
            return
        self._owned = True
        owner = self._owner(chunk.start)
        if isinstance(owner, str) or owner is None:
            parts.owner = possessive(owner) if owner else chunk.english
        elif owner.adjective:
            parts.nationality.append(owner.adjective)
            parts.country = parts.country or owner.country
        else:
            parts.owner = possessive(owner.english)
            parts.country = parts.country or owner.country

    def _adjectives(self, head: Chunk, cls: str, parts: Modifiers) -> None:
        """Adjectives, nationalities, ordinals after the head, joined by و or not."""
        while True:
            if self._is("conjunction") and self._is("adjective", ahead=1) and parts.adjectives:
                after = self._peek(2)
                if after is None or after.kind not in ("entity", "name"):
                    self._take()
                    parts.adjectives[-1] = f"{self._take().english} and {parts.adjectives[-1]}"
                    continue
            if self._is("conjunction") and self._is("demonym", ahead=1) and parts.nationality:
                self._take()
                parts.nationality[-1] += f" and {self._take().english}"
                continue
            chunk = self._peek()
            if chunk is None or chunk.kind not in ("adjective", "demonym", "number", "quantifier"):
                return
            if chunk.kind == "quantifier":
                if chunk.english in _COUNTS:
                    parts.quantity.insert(0, self._take().english)
                    continue
                if chunk.english not in _ORDINALS:
                    return
                parts.outer.append("other" if chunk.english == "last" else chunk.english)
                self._take()
                continue
            if chunk.kind == "number":
                if self._labels(head, chunk):
                    parts.after.append(self._take().english.replace(",", ""))
                    continue
                if not (head.definite or head.number == "du"):
                    return
                self._take()
                if head.number != "du":
                    parts.quantity.append(chunk.english)
                continue
            if belongs_higher(chunk, head, self._heads[:-1]):
                return
            self._take()
            if chunk.demonym is not None:
                parts.nationality.append(chunk.demonym.adjective)
                parts.country = parts.country or chunk.demonym.country
                continue
            kind = chunk.adjective.kind if chunk.adjective else "plain"
            if kind == "participle" and self._is("preposition"):
                self._participle(chunk.english, parts)
                return
            if kind == "participle":
                chunk.english = chunk.english.split(" ")[0]
            if kind == "outer":
                parts.outer.append(chunk.english)
            elif kind in self._keep:
                parts.adjectives.append(chunk.english)

    def _participle(self, english: str, parts: Modifiers) -> None:
        """A participle with its complement; it may govern another preposition in English."""
        parts.after.append(english.removesuffix(" _"))
        if " " in english and self._is(*STARTS, "demonstrative", "pronoun", ahead=1):
            self._take()
            complement = self._complement()
            if complement is not None:
                parts.after.append(with_article(complement))
                parts.country = parts.country or complement.country

    def _complement(self) -> Phrase | None:
        """What a preposition governs: a noun phrase or a pronoun."""
        if self._is("pronoun"):
            return Phrase(_OBJECTS.get(self._take().english, "them"), proper=True)
        heads, self._heads = self._heads, []
        complement = self._coordination()
        self._heads = heads
        return complement

    @staticmethod
    def _partitive(head: Chunk, cls: str, complement: Phrase) -> bool:
        """Whether من is "of": «وحدات من الجيش», «247 طنا من المساعدات», «عناصر من الحزب»."""
        if cls in ("force", "part", "goods", "vehicle"):
            return not (complement.actor and complement.actor.type in PLACES)
        return (cls == "group" and not complement.proper) or head.english == "member"

    def _for_whom(self, head: Chunk, complement: Phrase) -> str:
        """The English of «ل»: envoys to a place, committees for a purpose, else "of"."""
        if complement.actor is not None and complement.actor.type in PLACES:
            return self._style.complements.get(head.english, "of")
        return "for" if complement.cls == "abstract" else "of"

    def _prepositional(self, head: Chunk, cls: str, parts: Modifiers) -> None:
        while self._is("preposition") and self._is(*STARTS, "demonstrative", "pronoun", ahead=1):
            preposition = self._take().english
            complement = self._complement()
            if complement is None:
                return
            if preposition == "from" and self._partitive(head, cls, complement):
                preposition, parts.body = "of", complement.actor
            elif preposition == "of":
                preposition = self._for_whom(head, complement)
            organization = complement.actor is not None and complement.actor.type == "ORG"
            if preposition == "in" and organization and cls in ("person", "force", "group"):
                parts.genitive = parts.genitive or complement
            else:
                parts.after.append(f"{preposition} {with_article(complement)}")
            if parts.genitive is None or not parts.genitive.proper:
                parts.country = parts.country or complement.country


def _is_person(phrase: Phrase) -> bool:
    if phrase.actor is not None:
        return phrase.actor.type == "PER"
    return phrase.cls in ("person", "title")
