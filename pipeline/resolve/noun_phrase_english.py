"""English word order: a head noun and its modifiers as one English noun phrase.

Numerals, owner, nationality, adjectives (the last Arabic one first) and short genitives go before
the head; longer genitives and prepositional phrases after it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.resolve.actors import Actor
from pipeline.resolve.chunk import Chunk
from pipeline.resolve.english import plural, possessive, title_case, without_article
from pipeline.resolve.noun_phrase import Modifiers, Phrase, Style, with_article

#: Classes of nouns that a preceding genitive modifies like an adjective ("aid convoy").
_COMPOUND_GENITIVES = {"org", "force", "goods", "abstract", "event", "vehicle", "weapon", "group"}
#: Relations, which a person's name owns even where nothing else says that it is a person's.
_KIN = {
    *("wife", "husband", "widow", "father", "mother", "son", "daughter", "brother", "sister"),
    *("grandson", "granddaughter", "lawyer"),
}
#: CAMEO roles of those who act for a body.
_OFFICES = {"MIL", "REB", "GOV"}
#: Quantifiers that take "of" before a possessor.
_PART_OF = {"most", "some", "all", "many", "several", "both"}
#: Quantifiers that leave the noun its number.
_WHOLES = {
    *("all", "most", "some", "part of", "half of", "the rest of", "the same"),
    *("first", "second", "third", "last", "nearest", "largest", "most important"),
}


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
        determiners = self._determiners(is_plural)
        outer = [*reversed(parts.outer)]
        if outer[:1] == ["other"] and not (determiners or is_plural or self.head.definite):
            outer[0] = "another"  # «جزء آخر»; «الجزء الآخر» is "other part"
        words = [
            *determiners,
            *outer,
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
            body=self._body(),
        )

    def _body(self) -> Actor | None:
        """Whose these forces, office holders or members are, if a named body's."""
        noun, genitive = self.head.noun, self.parts.genitive
        own = noun is not None and (
            noun.cls in ("force", "title", "org")
            or noun.role in _OFFICES
            or noun.english in ("member", "leader", "spokesman")
        )
        if not own:
            return None
        return genitive.actor if genitive is not None else self.parts.body

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
            singular = {"one", "any", "each", "every", "another", "one of"}
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
        if self.head.kind == "adjective":
            return self._adjective_text(is_plural)
        return self.head.english

    def _adjective_text(self, is_plural: bool) -> str:
        """An adjective as head, without the preposition that it would govern."""
        adjective = self.head.adjective
        governs = adjective is not None and adjective.kind == "participle"
        text = self.head.english.split(" ")[0] if governs else self.head.english
        return f"{text} ones" if is_plural and self.parts.quantity else text

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
        kin = self.head.noun is not None and self.head.noun.english in _KIN
        if genitive.proper and actor is not None and (actor.type == "PER" or kin):
            return text, [possessive(name)]
        if genitive.proper and actor is not None and actor.type == "GPE":
            if self.cls in ("force", "org"):
                return text, [name]
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
