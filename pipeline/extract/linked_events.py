"""Arguments that one event of a sentence lends to another.

وصل [الوزير]theme إلى [مسقط]destination في زيارة رسمية
→ زيارة: theme الوزير, destination مسقط
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.events import Argument, Event
from pipeline.extract.sentences import same_sentence
from pipeline.extract.syntax import ancestors, between, has_article

#: Actions whose destination is also that of the visit or voyage they are made for.
_REACHING = frozenset({"arrived", "headed", "traveled", "entered", "moved"})
_LENT = frozenset({"visited", "traveled"})
_NEAR = 25  # tokens


def share_arguments(events: Sequence[Event]) -> None:
    """Fill what one event has and its neighbour in a coordination or under it lacks."""
    for first, second in pairwise(events):
        if _coordinated(first, second):
            _share(first, second)
    for event in events:
        _follow_host(event, events)
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


def _follow_host(event: Event, events: Sequence[Event]) -> None:
    """«غادر مطار بغداد [الرئيس] متوجها إلى …»: who moves is the mover of the verb it is said of."""
    token = event.head
    if event.construction != "participle" or has_article(token) or token.dep_ == "amod":
        return
    hosts = [host for host in events if host.head.i < token.i and same_sentence(host.head, token)]
    host = hosts[-1] if hosts else None
    if host is None or host.head.pos_ != "VERB" or not host.theme:
        return
    if any(word.pos_ in ("VERB", "AUX") for word in between(token.doc, host.head.i, token.i)):
        return
    event.theme = [_lend(argument, "theme.circumstance") for argument in host.theme]
    event.gaps = [gap for gap in event.gaps if gap.role != "theme"]


def _coordinated(first: Event, second: Event) -> bool:
    """«نزوح وتهجير آلاف الأسر»: two verbal nouns with nothing but «و» between them."""
    middle = between(first.head.doc, first.head.i, second.head.i)
    kinds = {first.construction, second.construction}
    masdars = kinds <= {"masdar", "light_verb"} and first.head.pos_ != "VERB"
    return masdars and not has_article(first.head) and [token.pos_ for token in middle] == ["CCONJ"]


def _share(first: Event, second: Event) -> None:
    """Give both what stands after the second: its genitive and the marked phrases of either."""
    if not first.theme and second.theme:
        first.theme = [_lend_coordinated(argument) for argument in second.theme]
        first.gaps = [gap for gap in first.gaps if gap.role != "theme"]
    for role in ("origin", "destination", "via"):
        one, other = first.arguments(role), second.arguments(role)
        if not other:
            other.extend(map(_lend_coordinated, one))
        elif not one:
            one.extend(map(_lend_coordinated, other))


def _lend_coordinated(argument: Argument) -> Argument:
    return replace(argument, resolved_by=argument.resolved_by or "coordination")


def _lend(argument: Argument, rule: str) -> Argument:
    return replace(argument, rule=rule, mention=None, resolved_by="control")


def _host(event: Event, events: Sequence[Event]) -> Event | None:
    """The event whose trigger stands over the masdar, or the last one before it in the sentence."""
    token = event.head
    over = {above.i for above in ancestors(token)}
    best: Event | None = None
    for other in events:
        if other is event or not same_sentence(other.head, token) or other.head.i > token.i:
            continue
        if other.head.i in over and other.theme:
            return other
        near = token.i - other.head.i <= _NEAR
        if near and other.construction in ("finite", "passive") and other.theme:
            best = other
    return best if not event.theme and not event.destination else None
