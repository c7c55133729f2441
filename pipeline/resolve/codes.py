"""CAMEO actor codes, entity types and countries of named arguments."""

from __future__ import annotations

from pipeline.events import Argument
from pipeline.resolve.noun_phrase import Phrase

#: Entity types (ACE/ERE) of noun classes.
_TYPES = {
    **dict.fromkeys(("person", "title", "body", "group"), "PER"),
    **dict.fromkeys(("force", "org"), "ORG"),
    **dict.fromkeys(("place", "direction", "edge"), "LOC"),
    "vehicle": "VEH",
    "weapon": "WEA",
    "goods": "COM",
    "admin": "GPE",
    "site": "FAC",
}
#: Classes of nouns that are actors; goods and places have no actor code.
_ACTORS = {"person", "title", "force", "group", "org", ""}


def complete(argument: Argument, phrase: Phrase) -> None:
    """Fill what is unset of type, code, country and Wikidata id from a composed name."""
    actor = phrase.actor
    known = actor.type if actor is not None and actor.type != "MISC" else None
    argument.type = argument.type or known or _TYPES.get(phrase.cls)
    argument.country = argument.country or phrase.country
    argument.code = argument.code or (actor.cameo if actor else None) or code(phrase)
    argument.wikidata = argument.wikidata or (actor.wikidata if actor else None)


def code(phrase: Phrase) -> str | None:
    """The CAMEO code of a common-noun actor: that of its body, or country and role.

    «عناصر الحوثي» are YEMREB, «قادة» of IRN are IRNMIL.
    """
    if phrase.cls not in _ACTORS:
        return None
    if phrase.body is not None and phrase.body.type == "ORG" and phrase.body.cameo:
        return phrase.body.cameo
    return f"{phrase.country or ''}{phrase.role or ''}" or None
