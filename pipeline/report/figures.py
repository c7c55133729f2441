"""What the report shows, counted with pandas: plain lists and dicts, ready for JSON."""

from typing import Any

import pandas as pd

from pipeline.analysis import Frequency, occurrence, timeline

#: Columns of the table's rows, in the order in which the page's script expects them.
TABLE_COLUMNS = [
    "event_id", "doc_id", "action", "construction", "factuality", "confidence", "rule",
    "actor_name", "agent_name", "theme_name", "origin_name", "destination_name", "via_name",
    "instrument_name", "attribution_name", "actor_country", "origin_country",
    "destination_country", "time_text", "event_date", "publication_date", "date_precision",
    "theme_count_min", "theme_count_max", "title", "source", "url", "sentence",
    "sentence_start",
]  # fmt: skip

#: Roles that the page highlights in the sentence.
HIGHLIGHTED = (
    "trigger", "agent", "theme", "origin", "destination", "via", "instrument", "time",
    "attribution",
)  # fmt: skip


def totals(events: pd.DataFrame, documents: pd.DataFrame) -> dict[str, Any]:
    """Articles by status, events, rows, and rows with a destination and with its coordinates."""
    return {
        "articles": len(documents),
        "status": {str(k): int(v) for k, v in documents["status"].value_counts().items()},
        "rows": len(events),
        "events": int(events["event_id"].nunique()),
        "occurrences": int(occurrence(events).nunique()) if len(events) else 0,
        "with_destination": int(events["destination_text"].notna().sum()),
        "linked_destinations": int(events["destination_lat"].notna().sum()),
    }


def top(events: pd.DataFrame, columns: list[str], limit: int) -> list[dict[str, Any]]:
    """The most frequent values of ``columns`` (rows with a null left out), events counted once."""
    rows = events.dropna(subset=columns)
    if rows.empty:
        return []
    keyed = rows[columns].astype("string").assign(occurrence=occurrence(rows))
    counts = keyed.groupby(columns, observed=True)["occurrence"].nunique().reset_index(name="n")
    counts = counts.sort_values(["n", *columns], ascending=[False] + [True] * len(columns))
    return [
        {**{column: str(row[column]) for column in columns}, "n": int(row["n"])}
        for row in counts.head(limit).to_dict("records")
    ]


def map_layers(events: pd.DataFrame, limit: int) -> dict[str, list[dict[str, Any]]]:
    """Circles for destinations and arcs from origins to destinations, with coordinates.

    Only linked places are drawn: WGS 84 degrees, one circle or arc for each pair of coordinates.
    """
    rows = events.assign(occurrence=occurrence(events))
    return {
        "destinations": _located(rows, ["destination"], limit),
        "flows": _located(rows, ["origin", "destination"], limit),
    }


def _located(rows: pd.DataFrame, roles: list[str], limit: int) -> list[dict[str, Any]]:
    """Counts of events at the coordinates of ``roles``, most frequent first."""
    columns = [f"{role}_{part}" for role in roles for part in ("name", "lat", "lon")]
    present = rows.dropna(subset=columns)
    if present.empty:
        return []
    counts = present.groupby(columns, observed=True)["occurrence"].nunique().reset_index(name="n")
    counts = counts.sort_values(["n", *columns], ascending=[False] + [True] * len(columns))
    return [
        {
            str(k): int(v) if k == "n" else v if isinstance(v, str) else float(v)
            for k, v in row.items()
        }
        for row in counts.head(limit).to_dict("records")
    ]


def periods(events: pd.DataFrame) -> dict[str, Any]:
    """The timeline: periods, and for each factuality its number of events in them.

    The period is the finest (day, week, month, quarter, year) that gives at most 60 bars.
    """
    choices: tuple[Frequency, ...] = ("D", "W", "M", "Q", "Y")
    for freq in choices:
        table = timeline(events, freq=freq, by="factuality")
        if table.empty:
            return {"freq": freq, "labels": [], "series": {}}
        span = pd.period_range(table.index.min(), table.index.max(), freq=freq)
        if len(span) <= 60 or freq == choices[-1]:
            break
    table = table.reindex(span, fill_value=0)
    labels = [str(period).split("/")[0] for period in table.index]
    series = {str(name): [int(n) for n in column] for name, column in table.items()}
    return {"freq": freq, "labels": labels, "series": series}


def table_rows(events: pd.DataFrame, limit: int) -> dict[str, Any]:
    """The first ``limit`` rows for the page's table, with the spans to highlight.

    Spans are ``[role, start, end]`` in code points from the start of the sentence; a span outside
    the sentence (an antecedent) is left out, and its text stands in the row's roles.
    """
    shown = events.head(limit)
    columns = {name: _plain(shown[name]) for name in TABLE_COLUMNS}
    for role in HIGHLIGHTED[1:]:
        columns[f"{role}_text"] = _plain(shown[f"{role}_text"])
    offsets = {
        role: zip(_plain(shown[f"{role}_start"]), _plain(shown[f"{role}_end"]), strict=True)
        for role in HIGHLIGHTED
    }
    bounds = zip(_plain(shown["sentence_start"]), _plain(shown["sentence_end"]), strict=True)
    spans = [
        [
            [role, start - first, end - first]
            for role in HIGHLIGHTED
            for start, end in [next(offsets[role])]
            if start is not None and first <= start and end <= last
        ]
        for first, last in bounds
    ]
    return {"columns": columns, "spans": spans, "shown": len(shown), "total": len(events)}


def _plain(column: pd.Series) -> list[Any]:
    """A column as Python values: null as None, dates as ISO strings."""
    values = column.astype(object)
    return [None if pd.isna(v) else v.isoformat() if hasattr(v, "isoformat") else v for v in values]
