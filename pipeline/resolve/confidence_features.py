"""What is known about an event when its confidence is asked for.

Features are named numbers, mostly 0 or 1: which rules fired, how far the arguments stand, whether
the parse agrees, what kind of names fill the roles. The names are the keys of the weights in
``configs/confidence.yaml``.
"""

from __future__ import annotations

from math import log1p

from pipeline.events import Argument, Event
from pipeline.extract.syntax import ancestors

_PARTICIPANTS = ("agent", "theme")
_PLACES = ("origin", "destination")
_MODIFIED_BY_FORM = ".form"
_LONG_SENTENCE = 40.0  # tokens


def features(event: Event) -> dict[str, float]:
    """The features of an event; a missing key is 0."""
    found = {
        "bias": 1.0,
        f"construction={event.construction}": 1.0,
        "sentence_length": len(event.head.sent) / _LONG_SENTENCE,
        "gaps_left": float(len(event.gaps)),
    }
    if event.rule.endswith(_MODIFIED_BY_FORM):
        found["trigger_by_form"] = 1.0
    found[f"rule={event.rule.removesuffix(_MODIFIED_BY_FORM)}"] = 1.0
    for role in (*_PARTICIPANTS, *_PLACES):
        arguments = event.arguments(role)
        found[f"{role}={'filled' if arguments else 'empty'}"] = 1.0
        for argument in arguments[:1]:
            found |= _of_argument(event, role, argument)
    if not event.actors:
        found["actor=empty"] = 1.0
    found["destinations"] = log1p(len(event.destination))
    return found


def _of_argument(event: Event, role: str, argument: Argument) -> dict[str, float]:
    found = {f"{role}_rule={argument.rule}": 1.0}
    if argument.resolved_by:
        found[f"{role}_resolved={argument.resolved_by}"] = 1.0
    found[f"{role}_entity={argument.head.ent_type_ or 'none'}"] = 1.0
    found[f"{role}_distance"] = log1p(abs(argument.head.i - event.head.i))
    found[f"{role}_attached"] = float(_is_attached(event, argument))
    return found


def _is_attached(event: Event, argument: Argument) -> bool:
    """Whether the parse hangs the argument on the trigger or on its clause head."""
    anchors = {event.head.i} | ({event.anchor.i} if event.anchor is not None else set())
    return any(above.i in anchors for above in ancestors(argument.head))
