"""Chunks of a noun phrase, and what the article says beyond it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.morphology import ENDINGS
from pipeline.orthography import LETTERS
from pipeline.resolve.actors import Actor, Demonym
from pipeline.resolve.glosses import Adjective, Noun
from pipeline.resolve.lexicon import PhraseIndex
from pipeline.resolve.pieces import Piece
from pipeline.text import fold

#: Endings that a noun cannot have before a genitive: -in, -un, and -an of the dual.
_CLOSED = (*ENDINGS.masculine_plural, ENDINGS.dual_nominative)


@dataclass(slots=True)
class Chunk:
    """One unit of a noun phrase.

    ``kind``: entity, noun, adjective, demonym, quantifier, number, preposition, conjunction,
    demonstrative, pronoun, comma, stop, honorific, name, gloss. ``number`` is sg, du or pl.
    ``start`` and ``end`` are token indexes in the Doc. ``closed``: by its ending (nun) no first
    term of an idafa, so that what follows is an adjective. ``feminine`` is None where the gender
    is not known.
    """

    kind: str
    english: str
    start: int
    end: int
    definite: bool = False
    number: str = "sg"
    closed: bool = False
    ends_in_an: bool = False
    feminine: bool | None = None
    actor: Actor | None = None
    noun: Noun | None = None
    adjective: Adjective | None = None
    demonym: Demonym | None = None
    arabic: str = ""  # what is to be romanised


@dataclass(slots=True)
class Context:
    """What the article says beyond the span: toponyms, people whose surname is enough, topics."""

    places: dict[int, tuple[int, Actor]]
    surnames: dict[str, Actor]
    names: dict[str, str] = field(default_factory=dict)  # by surname: recognised full names
    topics: tuple[str, ...] = ()
    chunks: dict[tuple[int, int], list[Chunk]] = field(default_factory=dict)  # by span, once cut


def make_chunk(kind: str, english: str, pieces: Sequence[Piece], at: int, end: int) -> Chunk:
    """A chunk over ``pieces[at:end]``."""
    first, last = pieces[at], pieces[end - 1]
    return Chunk(
        kind,
        english,
        first.token.i,
        last.token.i + 1,
        definite=first.definite or last.definite,
        ends_in_an=first.key.endswith(_CLOSED[2]),
        closed=first.key.endswith(_CLOSED) and first.form.endswith(_CLOSED),
        feminine=_feminine(first, kind),
    )


def _feminine(piece: Piece, kind: str) -> bool | None:
    """The gender of a word by its ending, or by the tagger, which marks few nouns."""
    if piece.form.endswith((LETTERS.ta_marbuta, ENDINGS.feminine_plural)):
        return True
    genders = piece.token.morph.get("Gender", [])
    if genders:
        return genders[0] == "Fem"
    marked = (piece.pos != "NOUN" and kind != "demonym") or fold(piece.form).endswith(
        ENDINGS.maybe_feminine
    )
    return None if marked else False


def recognised_end(
    pieces: Sequence[Piece], at: int, demonyms: PhraseIndex[tuple[Demonym, str]]
) -> int:
    """The end of the recognised person or place that starts at ``at``; ``at`` for none.

    A definite nisba at the end is no part of the name.
    """
    token = pieces[at].token
    if token.ent_iob_ != "B" or token.ent_type_ not in ("PER", "GPE", "LOC"):
        return at
    end = at + 1
    while end < len(pieces) and pieces[end].token.ent_iob_ == "I":
        end += 1
    while (
        end > at + 1
        and pieces[end - 1].definite
        and (demonyms.get(pieces[end - 1].key) is not None)
    ):
        end -= 1
    return end
