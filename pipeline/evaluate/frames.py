"""What is compared: one event as character spans, whether annotated or predicted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from pipeline.events import Event

#: Half-open character offsets into the text.
Offsets = tuple[int, int]

#: Roles that the scorer compares; *actor* is derived.
SCORED_ROLES = ("actor", "agent", "theme", "origin", "destination")
#: Every role that a frame holds, attribution and time included.
FRAME_ROLES = (
    "agent",
    "theme",
    "origin",
    "destination",
    "via",
    "instrument",
    "time",
    "attribution",
)


@dataclass(frozen=True)
class Frame:
    """One event: offsets of its trigger and of the fillers of its roles.

    ``elsewhere`` holds, for a role that the annotated line leaves null, where its antecedent
    stands in the other lines of the article: a prediction there is neither right nor wrong.
    ``construction``, ``rule``, ``confidence`` and ``notes`` are those of a prediction.
    """

    trigger: Offsets
    action: str
    roles: Mapping[str, tuple[Offsets, ...]]
    factuality: str = "asserted"
    elsewhere: Mapping[str, tuple[Offsets, ...]] = field(default_factory=dict)
    construction: str | None = None
    rule: str | None = None
    confidence: float | None = None
    notes: tuple[str, ...] = ()

    def fillers(self, role: str) -> tuple[Offsets, ...]:
        """Spans of a role; *actor* is the agent, or the theme where there is no agent."""
        if role == "actor":
            return self.fillers("agent") or self.fillers("theme")
        return self.roles.get(role, ())

    def optional(self, role: str) -> tuple[Offsets, ...]:
        """Spans that fill the role without being asked for."""
        if role == "actor":
            return (*self.elsewhere.get("agent", ()), *self.elsewhere.get("theme", ()))
        return self.elsewhere.get(role, ())


def span_offsets(spans: Iterable[Span]) -> tuple[Offsets, ...]:
    """Character offsets of spaCy spans, without repetition."""
    return tuple(dict.fromkeys((span.start_char, span.end_char) for span in spans))


def frame_of(event: Event) -> Frame:
    """The frame of a predicted event."""
    roles = {
        role: span_offsets(argument.span for argument in event.arguments(role))
        for role in FRAME_ROLES
        if role not in ("time", "attribution")
    }
    roles["time"] = span_offsets(event.time)
    roles["attribution"] = span_offsets([event.attribution.span] if event.attribution else [])
    notes = [
        f"{role}: {argument.rule}" + (f" ← {argument.resolved_by}" if argument.resolved_by else "")
        for role in roles
        if role not in ("time", "attribution")
        for argument in event.arguments(role)
    ]
    if event.attribution:
        notes.append(f"attribution: {event.attribution.rule}")
    if event.factuality_rule:
        notes.append(f"factuality: {event.factuality_rule}")
    return Frame(
        trigger=(event.trigger.start_char, event.trigger.end_char),
        action=event.action,
        roles=roles,
        factuality=event.factuality,
        construction=event.construction,
        rule=event.rule,
        confidence=event.confidence,
        notes=tuple(notes),
    )


def frames_of(doc: Doc) -> list[Frame]:
    """The frames of all events of a Doc, in text order."""
    return sorted((frame_of(event) for event in doc._.events), key=lambda frame: frame.trigger)
