"""CAMEO actor codes, entity types and countries of named arguments."""

from __future__ import annotations

from pipeline.events import Argument
from pipeline.resolve.noun_phrase_names import Phrase

#: Entity types (ACE/ERE) of noun classes.
_TYPES = {
    "person": "PER", "title": "PER", "body": "PER", "force": "ORG", "group": "PER", "org": "ORG",
    "vehicle": "VEH", "weapon": "WEA", "goods": "COM", "admin": "GPE", "place": "LOC",
    "site": "FAC", "direction": "LOC",
}  # fmt: skip


class Codes:
    """Fills type, code, country and Wikidata id from a composed phrase."""

    def complete(self, argument: Argument, phrase: Phrase) -> None:
        """Set what is unset on ``argument``."""
        actor = phrase.actor
        argument.type = argument.type or (actor.type if actor else None) or _TYPES.get(phrase.cls)
        argument.country = argument.country or phrase.country
        argument.code = argument.code or (actor.cameo if actor else None) or code(phrase)
        argument.wikidata = argument.wikidata or (actor.wikidata if actor else None)


def code(phrase: Phrase) -> str | None:
    """The CAMEO code of a common-noun actor: country and role («قادة» of IRN are IRNMIL)."""
    return f"{phrase.country or ''}{phrase.role or ''}" or None
