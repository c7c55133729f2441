"""What an English noun phrase is made of, and how it stands inside a longer one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.resolve.actors import Actor

#: Common nouns in the names of bodies, which then have an article inside a phrase.
_BODIES = re.compile(
    r"\b(nations|organi[sz]ation|committee|army|forces?|guard|government|ministry|union|council"
    r"|authority|party|agency|observatory|coalition|department|police|navy|fund|programme|front"
    r"|movement|crescent|league|court|parliament|administration|corps|brigades|units|congress"
    r"|senate|house|regime)\b",
    re.IGNORECASE,
)

#: A possessor before the head: it stands in the place of an article.
_OWNED = re.compile(r"(?:'s|s') ")


@dataclass(slots=True)
class Phrase:
    """A composed name and what it is about; ``cls`` and ``role`` are the head's."""

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
    body: Actor | None = None  # whose people or forces these are


@dataclass(slots=True)
class Style:
    """How names are put: rank adjectives kept or not, idioms, capitals by country code.

    ``complements``: the preposition of a noun before a place («مبعوث لليمن»: envoy to Yemen).
    """

    rank_adjectives: bool = False
    idioms: dict[str, str] = field(default_factory=dict)
    capitals: dict[str, Actor] = field(default_factory=dict)
    complements: dict[str, str] = field(default_factory=dict)


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
    body: Actor | None = None  # that the head is a part of: «عناصر من الحوثيين»


def bare(parts: Modifiers, pronoun: str | None) -> Phrase | None:
    """A quantifier alone or with a pronoun: «بعضهم» some of them."""
    quantity = " ".join(parts.quantity)
    if not quantity:
        return None
    if pronoun is None:
        return Phrase(quantity.removesuffix(" of"), plural=True)
    quantity = quantity.removesuffix(" the")  # «أحدهم»
    joint = "" if quantity.endswith(" of") else " of"
    return Phrase(f"{quantity}{joint} {pronoun}", plural=True)


def with_article(phrase: Phrase) -> str:
    """A phrase inside a longer one; "the" before a singular common noun."""
    if phrase.actor is not None and phrase.actor.type == "ORG" and _takes_article(phrase.text):
        return f"the {phrase.text}"
    if phrase.proper or phrase.plural or not phrase.text or phrase.text.startswith("the "):
        return phrase.text
    if _OWNED.search(phrase.text):
        return phrase.text
    if phrase.text.split(" ", 1)[0] in ("its", "his", "their", "this", "that", "a", "an", "our"):
        return phrase.text
    if phrase.cls in ("goods", "direction", "abstract", "other", ""):
        return phrase.text
    return f"the {phrase.text}"


def _takes_article(name: str) -> bool:
    """Names of bodies that hold a common noun: the Quds Force, but Hamas, The New York Times."""
    return not name.startswith("The ") and _BODIES.search(name) is not None
