"""The records' Arrow schema: the public contract of the output.

Columns that a later stage fills exist, null, from the start. All ``_start``/``_end`` are character
offsets into the article's text as read, and ``text[start:end]`` is the ``_text`` column.
"""

import pyarrow as pa

#: Roles that are people, forces, organisations or goods.
PARTICIPANTS = ("actor", "agent", "theme")
#: Roles that are places.
PLACES = ("origin", "destination", "via")

_Column = tuple[str, pa.DataType]
_STRING: pa.DataType = pa.string()
_INT: pa.DataType = pa.int32()
_FLOAT: pa.DataType = pa.float64()


def _mention(role: str) -> list[_Column]:
    """Columns that every role has: the span and its English name."""
    return [
        (f"{role}_text", _STRING),
        (f"{role}_start", _INT),
        (f"{role}_end", _INT),
        (f"{role}_name", _STRING),
    ]


def _participant(role: str) -> list[_Column]:
    """Span, name, entity type, CAMEO actor code, ISO 3166 alpha-3 country, Wikidata id."""
    columns = ("type", "code", "country", "wikidata")
    return [*_mention(role), *((f"{role}_{column}", _STRING) for column in columns)]


def _place(role: str) -> list[_Column]:
    """Span, name, entity type, ISO 3166 alpha-3 country, GeoNames id, WGS 84 degrees."""
    return [
        *_mention(role),
        (f"{role}_type", _STRING),
        (f"{role}_country", _STRING),
        (f"{role}_geonameid", pa.int64()),
        (f"{role}_lat", _FLOAT),
        (f"{role}_lon", _FLOAT),
    ]


_EVENT_COLUMNS: list[_Column] = [
    ("record_id", _STRING),
    ("event_id", _STRING),
    ("doc_id", _STRING),
    ("sentence_id", _STRING),
    ("event_type", _STRING),
    ("action", _STRING),
    ("trigger_text", _STRING),
    ("trigger_start", _INT),
    ("trigger_end", _INT),
    ("trigger_lemma", _STRING),
    ("construction", _STRING),
    *(column for role in PARTICIPANTS for column in _participant(role)),
    *(column for role in PLACES for column in _place(role)),
    *_mention("instrument"),
    *_mention("attribution"),
    ("theme_count_min", pa.int64()),
    ("theme_count_max", pa.int64()),
    ("time_text", _STRING),
    ("time_start", _INT),
    ("time_end", _INT),
    ("event_date", pa.date32()),
    ("event_date_end", pa.date32()),
    ("date_precision", _STRING),
    ("publication_date", pa.date32()),
    ("factuality", _STRING),
    ("plover_event", _STRING),
    ("cluster_id", _STRING),
    ("sentence", _STRING),
    ("sentence_start", _INT),
    ("sentence_end", _INT),
    ("title", _STRING),
    ("source", _STRING),
    ("url", _STRING),
    ("rule", _STRING),
    ("confidence", _FLOAT),
    ("model_id", _STRING),
    ("config_hash", _STRING),
    ("pipeline_version", _STRING),
]

_DOCUMENT_COLUMNS: list[_Column] = [
    ("doc_id", _STRING),
    ("status", _STRING),  # ok, empty, failed, duplicate
    ("error", _STRING),
    ("title", _STRING),
    ("source", _STRING),
    ("url", _STRING),
    ("publication_date", pa.date32()),
    ("encoding", _STRING),
    ("sentences", _INT),
    ("tokens", _INT),
    ("events", _INT),
    ("text_sha256", _STRING),
    ("duplicate_of", _STRING),  # exact or near-duplicate: the doc_id it repeats
    ("seconds", _FLOAT),
]

EVENTS_SCHEMA = pa.schema(_EVENT_COLUMNS)
DOCUMENTS_SCHEMA = pa.schema(_DOCUMENT_COLUMNS)
