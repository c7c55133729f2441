"""Whose adjective it is: the genitive's or that of the noun before it.

Adjectives of an idafa stand after all of it, and agree with their own noun in gender and number;
in definiteness the whole idafa is alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.resolve.chunk import Chunk

#: Classes of nouns for humans, whose plurals take plural adjectives; other plurals are feminine.
_HUMAN = {"person", "title"}


def belongs_higher(adjective: Chunk, head: Chunk, outer: Sequence[Chunk]) -> bool:
    """Whether ``adjective`` after the genitive ``head`` is that of a noun before it.

    «وكالة الفضاء الأوروبية»: feminine, as the agency is and space is not::

        وكالة -nmod-> الفضاء        وكالة -amod-> الأوروبية
    """
    return clashes(adjective, head) and any(not clashes(adjective, noun) for noun in outer)


def clashes(adjective: Chunk, noun: Chunk) -> bool:
    """True where ``adjective`` cannot modify ``noun``; False also where a gender is not known."""
    human = noun.kind == "demonym" or (noun.noun is not None and noun.noun.cls in _HUMAN)
    if adjective.number == "pl":
        return noun.number == "sg" and human
    if adjective.feminine is None:
        return False
    if noun.number == "pl":
        return human or not adjective.feminine
    if noun.number == "du" or noun.feminine is None:
        return noun.number == "du"
    return noun.feminine != adjective.feminine
