"""The ``event_times`` component: dates events by the time expressions of their clauses.

A time expression belongs to the event whose trigger, or light or aspect verb, it depends on. Where
the parser hangs it on something else («الثلاثاء» on a noun before it), it goes to the nearest
event that no other verb or clause boundary separates it from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.events import Event
from pipeline.resolve.calendar import resolve
from pipeline.resolve.intervals import Interval
from pipeline.resolve.time_words import TimeLexicon, load_time_lexicon
from pipeline.resolve.times import find_expressions
from pipeline.text import fold

#: Finest first: the expression that dates an event best.
PRECISIONS = (
    *("part_of_day", "day", "range", "weekend", "part_of_week", "week", "part_of_month", "month"),
    *("part_of_season", "season", "part_of_year", "year", "part_of_decade", "decade"),
    *("part_of_century", "century"),
)
#: Characters at the beginning of an article in which its dateline stands.
DATELINE = 150
#: Tokens before «منذ» among which «أول» may stand.
FIRST_BEFORE = 15
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_VERBS = frozenset({"VERB", "AUX"})


@Language.factory(
    "event_times",
    requires=["doc.spans"],
    default_config={"root": None, "lexicons": "lexicons"},
)
def create_event_times(nlp: Language, name: str, root: str | None, lexicons: str) -> EventTimes:
    """Component factory; ``lexicons`` is a folder relative to ``root``."""
    return EventTimes(Path(root or "configs") / lexicons)


class EventTimes:
    """Fills time, event_date, event_date_end and date_precision of ``doc._.events``."""

    def __init__(self, lexicons: Path) -> None:
        """Reads the time words, for datelines."""
        self.lexicon = load_time_lexicon(lexicons)

    def __call__(self, doc: Doc) -> Doc:
        """Attach ``doc.spans["times"]`` to the events of ``doc`` and resolve them."""
        published = publication_date(doc, self.lexicon)
        owners = _owners(doc._.events)
        for span in doc.spans.get("times", ()):
            event = _owner(span, owners, self.lexicon.relative)
            if event is not None and not _is_first_since(span, self.lexicon.firsts):
                event.time.append(span)
        for event in doc._.events:
            _date(event, published, self.lexicon.future_particles)
        return doc


def publication_date(doc: Doc, lexicon: TimeLexicon) -> date | None:
    """The date in the article's metadata, else a whole date in its dateline, else None."""
    given = doc._.meta.get("date")
    if given:
        try:
            return date.fromisoformat(str(given)[:10])
        except ValueError:
            return None
    opening = doc.text[:DATELINE]
    if iso := _ISO.search(opening):
        return _valid_date(*(int(part) for part in iso.groups()))
    for expression in find_expressions(opening.split("\n")[0], lexicon):
        kinds = {word.kind for word in expression.words}
        if expression.start < DATELINE // 2 and ("year" in kinds or "numeric" in kinds):
            interval = resolve(expression, None)
            if interval is not None and interval.start == interval.end:
                return interval.start
    return None


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _owners(events: Sequence[Event]) -> dict[int, Event]:
    """Events by the positions of their triggers and clause heads; the first keeps a position."""
    owners: dict[int, Event] = {}
    for event in events:
        owners.setdefault(event.head.i, event)
    for event in events:
        if event.anchor is not None:
            owners.setdefault(event.anchor.i, event)
    return owners


def _owner(span: Span, owners: dict[int, Event], relative: frozenset[str]) -> Event | None:
    """The event whose clause the expression is in; ``relative``: «منذ», «بعد», «قبل» …"""
    head = span.root
    while head.head.i != head.i:
        head = head.head
        if head.i in owners:
            return owners[head.i]
        if head.pos_ in _VERBS:
            return _governed(span, head, owners) or _nearest(span, owners)
        if any(child.dep_ == "case" and fold(child.norm_) in relative for child in head.lefts):
            return None  # «منذ انتخابه في مايو»: dates the election
    return _nearest(span, owners)


def _is_first_since(span: Span, firsts: frozenset[str]) -> bool:
    """«أول زيارة منذ 20 عاما»: says how long there was none, and not when it took place.

    Draws on «أول», «أرفع» … before the expression in its sentence.
    """
    if span._.time.words[0].kind != "since":
        return False
    start = max(span.root.sent.start, span.start - FIRST_BEFORE)
    return any(fold(token.norm_) in firsts for token in span.doc[start : span.start])


def _governed(span: Span, verb: Token, owners: dict[int, Event]) -> Event | None:
    """«بدأت إجلاء قواتها يوم الجمعة»: the masdar that the verb governs, before the expression."""
    for child in verb.rights:
        event = owners.get(child.i)
        if event is not None and event.construction == "masdar" and child.i < span.start:
            return event
    return None


def _nearest(span: Span, owners: dict[int, Event]) -> Event | None:
    """The nearest event in the clause, on the left first."""
    sentence = span.root.sent
    for step in (-1, 1):
        at = span.start - 1 if step < 0 else span.end
        while sentence.start <= at < sentence.end:
            token = span.doc[at]
            if at in owners:
                return owners[at]
            if token.pos_ in _VERBS or token.dep_ == "mark" or token.is_punct:
                break
            at += step
    return None


def _date(event: Event, published: date | None, particles: frozenset[str]) -> None:
    verb = event.anchor if event.anchor is not None else event.head
    future = event.factuality == "planned" or is_future(verb, particles)
    tense = "future" if future else "past"
    found: list[Interval] = []
    for span in event.time:
        interval = resolve(span._.time, published, tense)
        if interval is not None:
            found.append(interval)
    if found:
        best = min(found, key=_fineness)
        event.event_date, event.event_date_end = best.start, best.end
        event.date_precision = best.precision


def _fineness(interval: Interval) -> tuple[timedelta, int]:
    """Short before long; of the same length by precision."""
    return interval.end - interval.start, PRECISIONS.index(interval.precision)


def is_future(verb: Token, particles: frozenset[str]) -> bool:
    """True where the verb has one of the future particles (س glued on, سوف, لن)."""
    return any(fold(child.norm_) in particles for child in verb.lefts)
