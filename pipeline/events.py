"""The records that extraction makes and resolution completes.

An :class:`Event` is one trigger with its arguments (ACE/ERE ``Movement.Transport``). Arguments
hold spaCy spans of the Doc they were found in, so ``text[start:end] == span.text`` always holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from spacy.attrs import IDX
from spacy.tokens import Doc, Span, Token

#: Roles of an event, in the order in which the output shows them.
ROLES = ("agent", "theme", "origin", "destination", "via", "instrument")


@dataclass(slots=True)
class Argument:
    """A filler of a role.

    ``span`` is what the output shows (the antecedent, where the clause has a pronoun or a gap);
    ``mention`` is what stands in the clause itself: the pronoun, or None for a gap or dropped
    subject. ``rule`` names the rule that found it; ``resolved_by`` the antecedent rule, if any.
    """

    span: Span
    rule: str
    mention: Token | None = None
    resolved_by: str | None = None
    # Filled by resolution.
    name: str | None = None
    name_rule: str | None = None  # lexicon, gazetteer, composed, romanized …
    type: str | None = None
    code: str | None = None
    country: str | None = None  # ISO 3166 alpha-3
    wikidata: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None

    @property
    def head(self) -> Token:
        """The syntactic head of the span."""
        return self.span.root


@dataclass(slots=True)
class Gap:
    """A role that the clause leaves to an antecedent: a pronoun, a dropped subject, a gap.

    Extraction records it; the antecedents component replaces it by an :class:`Argument`.
    ``token`` is the pronoun, or the verb for a dropped subject.
    """

    role: str
    token: Token
    kind: str  # object_pronoun, possessive_pronoun, dropped_subject, relative, masdar_subject
    rule: str


@dataclass(slots=True)
class Event:
    """One movement event: a trigger, its action and its arguments."""

    trigger: Span
    action: str
    construction: str  # finite, passive, light_verb, masdar, participle
    rule: str
    event_type: str = "Movement.Transport"
    anchor: Token | None = None  # the clause head: the light or aspect verb, else the trigger
    agent: list[Argument] = field(default_factory=list)
    theme: list[Argument] = field(default_factory=list)
    origin: list[Argument] = field(default_factory=list)
    destination: list[Argument] = field(default_factory=list)
    via: list[Argument] = field(default_factory=list)
    instrument: list[Argument] = field(default_factory=list)
    time: list[Span] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    attribution: Argument | None = None
    factuality: str = "asserted"
    factuality_rule: str | None = None
    theme_count_min: int | None = None
    theme_count_max: int | None = None
    event_date: date | None = None
    event_date_end: date | None = None
    date_precision: str | None = None
    plover_event: str | None = None
    cluster_id: str | None = None
    confidence: float | None = None

    @property
    def actors(self) -> list[Argument]:
        """Who is said to act: the agent, or the theme where there is no agent."""
        return self.agent or self.theme

    @property
    def head(self) -> Token:
        """The trigger's head token."""
        return self.trigger.root

    def arguments(self, role: str) -> list[Argument]:
        """The fillers of one of :data:`ROLES`.

        Raises AttributeError for a name that is no role.
        """
        found: list[Argument] = getattr(self, role)
        return found


def register_extensions() -> None:
    """Declare ``doc._.events`` and ``doc._.meta``; safe to call more than once."""
    if not Doc.has_extension("events"):
        Doc.set_extension("events", default=[])
    if not Doc.has_extension("meta"):
        Doc.set_extension("meta", default={})
    if not Token.has_extension("fused"):
        Token.set_extension("fused", default=False)


def fused_tokens(doc: Doc) -> list[int]:
    """The tokens that have ``token._.fused``, in order: pieces of a written word that was cut."""
    starts = [
        key[2]
        for key, value in doc.user_data.items()
        if isinstance(key, tuple) and key[1] == "fused" and value
    ]
    found: list[int] = np.searchsorted(doc.to_array(IDX), sorted(starts)).tolist()
    return found


def set_fused(doc: Doc, tokens: Iterable[int]) -> None:
    """Set ``token._.fused`` of these tokens."""
    starts = doc.to_array(IDX).tolist()
    keys: list[Any] = [("._.", "fused", starts[token], None) for token in tokens]
    doc.user_data.update(dict.fromkeys(keys, True))


register_extensions()
