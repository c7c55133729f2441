"""What the report shows, counted with pandas: plain lists and dicts, ready for JSON."""

from math import ceil
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


#: The timeline's periods, finest first, and its most bars.
FREQUENCIES: tuple[Frequency, ...] = ("D", "W", "M", "Q", "Y")
MAX_BARS = 60
#: The share of the events that the timeline shows at least, and how many times as long all of them
#: may last to be shown as well.
BULK, FAR = 0.95, 2


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

    The periods span the days that hold the bulk of the events, so that a few that lie far back do
    not make one bar of the others: ``from`` to ``to``. ``before`` and ``after`` count what lies
    outside, ``first`` and ``last`` are its outermost days (None where nothing does). The period is
    the finest (day, week, month, quarter, year) that gives at most :data:`MAX_BARS` bars.
    """
    daily = timeline(events, freq="D", by="factuality").sum(axis="columns")
    if daily.empty:
        return {"freq": "D", "labels": [], "series": {}, **_outside(daily, daily)}
    first, last = _bulk(daily)
    for freq in FREQUENCIES:
        span = pd.period_range(first.asfreq(freq), last.asfreq(freq), freq=freq)
        if len(span) <= MAX_BARS or freq == FREQUENCIES[-1]:
            break
    table = timeline(events, freq=freq, by="factuality").reindex(span, fill_value=0)
    period = pd.PeriodIndex(daily.index).asfreq(freq)
    drawn = {"from": str(span[0].start_time.date()), "to": str(span[-1].end_time.date())}
    return {
        "freq": freq,
        "labels": [str(period).split("/")[0] for period in table.index],
        "series": {str(name): [int(n) for n in column] for name, column in table.items()},
        **drawn,
        **_outside(daily[period < span[0]], daily[period > span[-1]]),
    }


def _bulk(daily: pd.Series) -> tuple[pd.Period, pd.Period]:
    """The first and last day of the shortest time that holds nearly all events.

    ``daily`` are numbers of events by day, in order. All days where these are not much more.
    """
    days, counts = daily.index, daily.to_numpy()
    wanted = ceil(BULK * counts.sum())
    start, held = 0, 0
    best = (days[0], days[-1])
    for end, count in enumerate(counts):
        held += count
        while held - counts[start] >= wanted:
            held -= counts[start]
            start += 1
        if held >= wanted and _length(days[start], days[end]) < _length(*best):
            best = (days[start], days[end])
    whole = _length(days[0], days[-1])
    return (days[0], days[-1]) if whole <= FAR * _length(*best) else best


def _length(first: pd.Period, last: pd.Period) -> int:
    """Days from the first to the last, both counted."""
    return int(last.ordinal - first.ordinal) + 1


def _outside(before: pd.Series, after: pd.Series) -> dict[str, Any]:
    """How many events lie before and after what is drawn, and the outermost days."""
    return {
        "before": int(before.sum()),
        "after": int(after.sum()),
        "first": None if before.empty else str(before.index[0]),
        "last": None if after.empty else str(after.index[-1]),
    }


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
