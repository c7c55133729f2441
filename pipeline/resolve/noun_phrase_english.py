"""English word order: a head noun and its modifiers as one English noun phrase.

Numerals, owner, nationality, adjectives (the last Arabic one first) and short genitives go before
the head; longer genitives and prepositional phrases after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.resolve.actors import Actor
from pipeline.resolve.chunk import Chunk
from pipeline.resolve.english import plural, possessive, title_case, without_article

#: Classes of nouns that a preceding genitive modifies like an adjective ("aid convoy").
_COMPOUND_GENITIVES = {"org", "force", "goods", "abstract", "event", "vehicle", "weapon", "group"}
#: Quantifiers that take "of" before a possessor.
_PART_OF = {"most", "some", "all", "many", "several", "both"}
#: Quantifiers that leave the noun its number.
_WHOLES = {"all", "most", "some", "part of", "half of", "the rest of", "the same"}
#: Common nouns in the names of bodies, which then have an article inside a phrase.
_BODIES = re.compile(
    r"\b(nations|organi[sz]ation|committee|army|forces?|guard|government|ministry|union|council"
    r"|authority|party|agency|observatory|coalition|department|police|navy|fund|programme|front"
    r"|movement|crescent|league|court|parliament|administration|corps|brigades|units|congress"
    r"|senate|house|regime)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Phrase:
    """A composed name and what it is about; ``nouns`` are the head's class and role."""

    text: str
    cls: str = ""
    role: str | None = None
    actor: Actor | None = None
    country: str | None = None
    plural: bool = False
    proper: bool = False
    short: bool = True
    rule: str = "composed"
    parts: list[Phrase] = field(default_factory=list)


@dataclass(slots=True)
class Style:
    """How names are put: rank adjectives kept or not, idioms, capitals by country code."""

    rank_adjectives: bool = False
    idioms: dict[str, str] = field(default_factory=dict)
    capitals: dict[str, Actor] = field(default_factory=dict)


@dataclass(slots=True)
class Modifiers:
    """What stands around a head, in the order in which it was read."""

    quantity: list[str] = field(default_factory=list)
    determiner: str | None = None
    outer: list[str] = field(default_factory=list)
    adjectives: list[str] = field(default_factory=list)
    nationality: list[str] = field(default_factory=list)
    country: str | None = None
    owner: str | None = None
    genitive: Phrase | None = None
    apposition: Phrase | None = None
    name_last: bool = False
    after: list[str] = field(default_factory=list)


def bare(parts: Modifiers, pronoun: str | None) -> Phrase | None:
    """A quantifier alone or with a pronoun: «بعضهم» some of them."""
    quantity = " ".join(parts.quantity)
    if not quantity:
        return None
    if pronoun is None:
        return Phrase(quantity.removesuffix(" of"), plural=True)
    joint = "" if quantity.endswith(" of") else " of"
    return Phrase(f"{quantity}{joint} {pronoun}", plural=True)


def with_article(phrase: Phrase) -> str:
    """A phrase inside a longer one; "the" before a singular common noun."""
    if phrase.actor is not None and phrase.actor.type == "ORG" and _takes_article(phrase.text):
        return f"the {phrase.text}"
    if phrase.proper or phrase.plural or not phrase.text or phrase.text.startswith("the "):
        return phrase.text
    if phrase.text.split(" ", 1)[0] in ("its", "his", "their", "this", "that", "a", "an", "our"):
        return phrase.text
    if phrase.cls in ("goods", "direction", "abstract", "other", ""):
        return phrase.text
    return f"the {phrase.text}"


def _takes_article(name: str) -> bool:
    """Names of bodies that hold a common noun: the Quds Force, but Hamas, The New York Times."""
    return not name.startswith("The ") and _BODIES.search(name) is not None


@dataclass(slots=True)
class Assembly:
    """Puts a head and its modifiers into English order."""

    head: Chunk
    cls: str
    parts: Modifiers
    style: Style

    def phrase(self) -> Phrase:
        """The assembled phrase."""
        parts, is_plural = self.parts, self._is_plural()
        text = self._head_text(is_plural)
        genitive, country = parts.genitive, parts.country
        front: list[str] = []
        nationality = parts.nationality
        actor = None
        if parts.apposition is not None and self.cls in ("admin", "place", "direction"):
            return self._named_place(parts.apposition)
        if genitive is not None:
            country = country or genitive.country
            if self.cls == "admin" and genitive.proper:
                return self._named_place(genitive)
            if self._is_person(genitive) and self.cls == "title":
                parts.apposition, parts.genitive, genitive = genitive, None, None
        if parts.apposition is not None and self._is_person(parts.apposition):
            return parts.apposition
        if genitive is not None:
            text, front = self._with_genitive(text, genitive)
            if self.cls == "site" and genitive.proper:
                nationality = []
        words = [
            *self._determiners(is_plural),
            *reversed(parts.outer),
            *reversed(nationality),
            *reversed(parts.adjectives),
            *front,
            text,
        ]
        name = " ".join(filter(None, words))
        if self.cls == "admin" and country in self.style.capitals and self._is_capital():
            return _capital(self.style.capitals[country])
        if parts.name_last and parts.apposition is not None:
            name = ", ".join([parts.apposition.text, " ".join([name, *parts.after])])
            return Phrase(name, self.cls, self._role(), parts.apposition.actor, country)
        if parts.apposition is not None and self.cls == "site":
            name = f"{parts.apposition.text} {title_case(name)}"
        elif parts.apposition is not None:
            name = f"{title_case(name) if self.cls == 'title' else name} {parts.apposition.text}"
            actor = parts.apposition.actor
        elif self.cls == "title" and not is_plural and not parts.owner and (country or genitive):
            name = title_case(name)
        name = " ".join([name, *parts.after])
        for literal, idiom in self.style.idioms.items():
            name = name.replace(literal, idiom)
        return Phrase(
            name,
            self.cls,
            self._role(),
            actor,
            country,
            is_plural,
            short=len(name.split()) < 3 and not parts.after,
        )

    def _role(self) -> str | None:
        return self.head.noun.role if self.head.noun else None

    def _is_capital(self) -> bool:
        """True for «العاصمة السعودية» with no name after it."""
        noun = self.head.noun
        return noun is not None and noun.english == "capital" and self.parts.apposition is None

    @staticmethod
    def _is_person(phrase: Phrase) -> bool:
        """True for a person of the lexicon, whose name needs no title."""
        return phrase.actor is not None and phrase.actor.type == "PER" and bool(phrase.actor.id)

    def _is_plural(self) -> bool:
        if self.parts.quantity and not self.parts.determiner:
            singular = {
                "one",
                "first",
                "last",
                "any",
                "each",
                "every",
                "another",
                "second",
                "third",
                "one of",
                "nearest",
            }
            if self.parts.quantity[-1] in _WHOLES:
                return self.head.number != "sg"
            return self.parts.quantity[-1] not in singular
        return self.head.number != "sg"

    def _head_text(self, is_plural: bool) -> str:
        noun = self.head.noun
        if noun is not None and noun.cls == "direction" and self.parts.genitive is None:
            return noun.plural
        if noun is not None:
            text = noun.plural if is_plural else noun.english
            return text.split("/")[-1 if self._heads_body() else 0]
        if self.head.demonym is not None:
            demonym = self.head.demonym
            return demonym.people if is_plural else demonym.adjective
        if self.head.kind == "gloss" and is_plural:
            return plural(self.head.english)
        if self.head.kind == "adjective" and is_plural:
            return f"{self.head.english} ones" if self.parts.quantity else self.head.english
        return self.head.english

    def _heads_body(self) -> bool:
        """True for the head of a body rather than a state: «رئيس اللجنة»."""
        genitive = self.parts.genitive
        if self.cls == "edge":
            return genitive is not None or self.parts.owner is not None
        return genitive is not None and not (genitive.actor and genitive.actor.type == "GPE")

    def _determiners(self, is_plural: bool) -> list[str]:
        parts = self.parts
        words = []
        if parts.determiner:
            near = parts.determiner == "this"
            words.append(("these" if near else "those") if is_plural else parts.determiner)
        if parts.quantity:
            words.extend(parts.quantity)
            if parts.owner and words[-1] in _PART_OF:
                words.append("of")
        elif parts.owner and self.head.number == "du":
            return [*words, parts.owner, "two"]
        elif self.head.number == "du":
            words.append("two")
        if parts.owner:
            words.append(parts.owner)
        return words

    def _with_genitive(self, text: str, genitive: Phrase) -> tuple[str, list[str]]:
        """The head's text and what goes before it: a compound, an adjective, or "of"."""
        actor = genitive.actor
        if self.cls == "direction" and genitive.proper:
            return f"{text} {without_article(genitive.text)}", []
        if self.cls == "direction" and self.head.noun is not None:
            return f"{self.head.noun.plural} of {with_article(genitive)}", []
        if actor is not None and actor.adjective and actor.id.startswith("state:"):
            return text, [actor.adjective]
        name = without_article(genitive.text)
        if self.cls == "edge":
            return f"{text} of {with_article(genitive)}", []
        if self.cls == "site" and genitive.proper:
            sides = [word for word in self.parts.adjectives if word.endswith(("ern", "central"))]
            kinds = [word for word in reversed(self.parts.adjectives) if word not in sides]
            self.parts.adjectives = sides
            kinds.append(text)
            return title_case(" ".join(kinds)), [name]
        if genitive.proper and actor is not None and actor.type == "PER":
            return text, [possessive(name)]
        if genitive.proper and actor is not None and actor.type == "GPE":
            if self.cls in ("force", "org"):
                return text, [possessive(name)]
            return f"{text} of {name}", []
        if genitive.proper and self.cls != "title" and len(name.split()) <= 4:
            return (name, []) if _repeats(name, text) else (text, [name])
        mass = genitive.cls in ("goods", "weapon") or not genitive.plural
        if genitive.short and mass and genitive.cls in _COMPOUND_GENITIVES:
            return text, [name]
        return f"{text} of {with_article(genitive)}", []

    def _named_place(self, place: Phrase) -> Phrase:
        """«مدينة عفرين» is Afrin; a nationality after it only says the country."""
        return Phrase(
            place.text,
            self.cls,
            None,
            place.actor,
            place.country or self.parts.country,
            proper=True,
            rule=place.rule,
        )


def _repeats(name: str, head: str) -> bool:
    """True where the genitive already ends in the head's word: Popular Mobilization Forces."""
    return name.split()[-1].lower() == head.split()[-1].lower()


def _capital(actor: Actor) -> Phrase:
    return Phrase(actor.english, "", None, actor, actor.country, proper=True, rule="lexicon")
