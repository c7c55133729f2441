"""Events of a Doc as rows of :data:`pipeline.schema.EVENTS_SCHEMA`.

One row for each (event, actor, origin, destination). Where an event has an agent and several
themes, themes that stand together (only conjunctions or punctuation between them) are one span,
others have a row each. Of several routes, instruments or times, the first is shown.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import product
from typing import Any

from spacy.tokens import Doc, Span

from pipeline.events import Argument, Event

_NAMED = ("name",)
_PARTICIPANT = ("name", "type", "code", "country", "wikidata")
_PLACE = ("name", "type", "country", "geonameid", "lat", "lon")
#: What stands between conjuncts of one phrase.
_JOINING = {"CCONJ", "PUNCT", "SPACE"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a row says of the run that made it."""

    model_id: str
    config_hash: str
    pipeline_version: str


def event_rows(doc: Doc, provenance: Provenance) -> list[Row]:
    """The rows of a document's events, by the place of their triggers; no row twice."""
    events = sorted(doc._.events, key=lambda event: (event.trigger.start_char, event.action))
    starts = [sentence.start for sentence in doc.sents] if events else []
    rows = (row for event in events for row in _rows_of(event, starts, provenance))
    return list({row["record_id"]: row for row in rows}.values())


def _rows_of(event: Event, starts: Sequence[int], provenance: Provenance) -> Iterator[Row]:
    """``starts`` are the first tokens of the document's sentences."""
    doc = event.trigger.doc
    number = bisect_right(starts, event.trigger.start)
    shared = _event_columns(event, doc, number) | _document_columns(doc) | _provenance(provenance)
    for who, origin, destination in product(
        _participants(event), _or_none(event.origin), _or_none(event.destination)
    ):
        row = shared | who | _argument("origin", origin, _PLACE)
        row |= _argument("destination", destination, _PLACE)
        yield {"record_id": _record_id(row)} | row


def _participants(event: Event) -> Iterator[Row]:
    """The actor, agent and theme columns of each row: agents by themes, or each theme."""
    if not event.agent:
        for theme in _or_none(event.theme):
            yield _actor_agent_theme(theme, None, theme)
        return
    for agent, theme in product(event.agent, _or_none(_themes_together(event.theme))):
        yield _actor_agent_theme(agent, agent, theme)


def _actor_agent_theme(
    actor: Argument | None, agent: Argument | None, theme: Argument | None
) -> Row:
    return (
        _argument("actor", actor, _PARTICIPANT)
        | _argument("agent", agent, _PARTICIPANT)
        | _argument("theme", theme, _PARTICIPANT)
    )


def _or_none(arguments: list[Argument]) -> Sequence[Argument | None]:
    """The fillers of a role, or one None where nothing fills it."""
    return arguments or [None]


def _themes_together(themes: list[Argument]) -> list[Argument]:
    """Themes in text order, with those that stand together made one."""
    joined: list[Argument] = []
    for theme in sorted(themes, key=lambda t: (t.span.start_char, t.span.end_char)):
        if joined and _stand_together(joined[-1].span, theme.span):
            joined[-1] = _join(joined[-1], theme)
        else:
            joined.append(theme)
    return joined


def _stand_together(first: Span, second: Span) -> bool:
    between = first.doc[first.end : max(first.end, second.start)]
    return all(token.pos_ in _JOINING for token in between)


def _join(first: Argument, second: Argument) -> Argument:
    """One argument over two; what both agree on is kept."""
    doc = first.span.doc
    span = doc[first.span.start : max(first.span.end, second.span.end)]
    names = [name for name in (first.name, second.name) if name]
    agreed: dict[str, Any] = {
        field: getattr(first, field) if getattr(first, field) == getattr(second, field) else None
        for field in ("type", "code", "country", "wikidata")
    }
    return replace(first, span=span, name=" and ".join(names) or None, **agreed)


def _event_columns(event: Event, doc: Doc, sentence_number: int) -> Row:
    """``sentence_number`` is 1 for the document's first sentence."""
    trigger, sentence = event.trigger, event.trigger.sent
    key = (doc._.meta.get("id"), trigger.start_char, trigger.end_char, event.event_type)
    return (
        {
            "event_id": _digest(*key, event.action),
            "doc_id": doc._.meta.get("id"),
            "sentence_id": f"{doc._.meta.get('id')}#{sentence_number}",
            "event_type": event.event_type,
            "action": event.action,
            **_span("trigger", trigger),
            "trigger_lemma": trigger.root.lemma_ or None,
            "construction": event.construction,
            "theme_count_min": event.theme_count_min,
            "theme_count_max": event.theme_count_max,
            "event_date": event.event_date,
            "event_date_end": event.event_date_end,
            "date_precision": event.date_precision,
            "factuality": event.factuality,
            "plover_event": event.plover_event,
            "cluster_id": event.cluster_id,
            "sentence": sentence.text,
            "sentence_start": sentence.start_char,
            "sentence_end": sentence.end_char,
            "rule": event.rule,
            "confidence": event.confidence,
        }
        | _span("time", event.time[0] if event.time else None)
        | _argument("via", event.via[0] if event.via else None, _PLACE)
        | _argument("instrument", event.instrument[0] if event.instrument else None, _NAMED)
        | _argument("attribution", event.attribution, _NAMED)
    )


def _document_columns(doc: Doc) -> Row:
    meta = doc._.meta
    return {
        "publication_date": date.fromisoformat(meta["date"]) if meta.get("date") else None,
        "title": meta.get("title"),
        "source": meta.get("source"),
        "url": meta.get("url"),
    }


def _provenance(provenance: Provenance) -> Row:
    return {
        "model_id": provenance.model_id,
        "config_hash": provenance.config_hash,
        "pipeline_version": provenance.pipeline_version,
    }


def _argument(role: str, argument: Argument | None, columns: tuple[str, ...]) -> Row:
    """The columns of a role; null where nothing fills it."""
    described = {f"{role}_{column}": getattr(argument, column, None) for column in columns}
    return _span(role, argument.span if argument else None) | described


def _span(prefix: str, span: Span | None) -> Row:
    """Text and character offsets; the text is the slice of the article, to the letter."""
    if span is None:
        return {f"{prefix}_text": None, f"{prefix}_start": None, f"{prefix}_end": None}
    return {
        f"{prefix}_text": span.text,
        f"{prefix}_start": span.start_char,
        f"{prefix}_end": span.end_char,
    }


def _record_id(row: Row) -> str:
    """Hash of the event and of where its roles stand."""
    roles = ("actor", "agent", "theme", "origin", "destination")
    places = [row[f"{role}_{edge}"] for role in roles for edge in ("start", "end")]
    return _digest(row["event_id"], *places)


def _digest(*parts: object) -> str:
    """16 hexadecimal digits (64 bits) that depend on the parts only."""
    joined = "\x1f".join(map(str, parts))
    return sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]
