"""Arguments that one event of a sentence lends to another.

وصل [الوزير]theme إلى [مسقط]destination في زيارة رسمية
→ زيارة: theme الوزير, destination مسقط
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.events import Argument, Event
from pipeline.extract.syntax import ancestors

#: Actions whose destination is also that of the visit or voyage they are made for.
_REACHING = frozenset({"arrived", "headed", "traveled", "entered", "moved"})
_LENT = frozenset({"visited", "traveled"})
_NEAR = 25  # tokens


def share_arguments(events: Sequence[Event]) -> None:
    """Fill the theme (and destination) of a visit or voyage from the movement it belongs to."""
    for event in events:
        if event.action not in _LENT or event.construction not in ("masdar", "light_verb"):
            continue
        host = _host(event, events)
        if host is None:
            continue
        if not event.theme and host.theme:
            event.theme = [_lend(argument, "theme.host") for argument in host.theme]
            event.gaps = [gap for gap in event.gaps if gap.role != "theme"]
        if not event.destination and host.action in _REACHING:
            event.destination = [_lend(place, "destination.host") for place in host.destination]


def _lend(argument: Argument, rule: str) -> Argument:
    return replace(argument, rule=rule, mention=None, resolved_by="control")


def _host(event: Event, events: Sequence[Event]) -> Event | None:
    """The event whose trigger stands over the masdar, or the last one before it in the sentence."""
    token = event.head
    over = {above.i for above in ancestors(token)}
    best: Event | None = None
    for other in events:
        if other is event or other.head.sent != token.sent or other.head.i > token.i:
            continue
        if other.head.i in over and other.theme:
            return other
        near = token.i - other.head.i <= _NEAR
        if near and other.construction in ("finite", "passive") and other.theme:
            best = other
    return best if not event.theme and not event.destination else None
