"""Read a run's events into pandas and count them: who moved whom, from where, to where, when.

>>> from pipeline.analysis import flows, read_events, timeline, triples
>>> events = read_events("outputs")                                   # doctest: +SKIP
>>> flows(events[events.factuality == "asserted"])                     # doctest: +SKIP
"""

from pathlib import Path
from typing import Literal

import pandas as pd
import pyarrow.parquet as pq
from pyarrow import fs

from pipeline.filesystem import locate
from pipeline.schema import EVENTS_SCHEMA, PARTICIPANTS, PLACES

#: Columns with few distinct values: stored once, compared as integers.
CATEGORICAL = [
    "event_type",
    "action",
    "construction",
    "factuality",
    "date_precision",
    "source",
    "rule",
    "model_id",
    "config_hash",
    "pipeline_version",
    *[f"{role}_{column}" for role in (*PARTICIPANTS, *PLACES) for column in ("type", "country")],
]

#: What makes two rows of one trigger one triple.
TRIPLE = ["actor_name", "action", "destination_name"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

Frequency = Literal["D", "W", "M", "Q", "Y"]


def read_events(path: str | Path, columns: list[str] | None = None) -> pd.DataFrame:
    """The events of a run, one row for each (event, actor, origin, destination).

    ``path`` is the output folder of a run, its ``events`` folder, or one Parquet file, as a path or
    a URI (``s3://bucket/out``); ``columns`` limits what is read. Columns are Arrow-backed, those of
    :data:`CATEGORICAL` categorical.

    Raises FileNotFoundError where there are no events at ``path``, OSError where a store does not
    let them be read.
    """
    filesystem, root = locate(str(path))
    inside, itself = filesystem.get_file_info([f"{root}/events", root])
    found = inside if inside.type == fs.FileType.Directory else itself
    if found.type == fs.FileType.NotFound or not _holds_parquet(filesystem, found):
        raise FileNotFoundError(f"No events at {path}: is it the --output folder of a run?")
    table = pq.read_table(found.path, columns=columns, schema=EVENTS_SCHEMA, filesystem=filesystem)
    frame = table.to_pandas(types_mapper=pd.ArrowDtype)
    present = [column for column in CATEGORICAL if column in frame.columns]
    return frame.astype(dict.fromkeys(present, "category"))


def _holds_parquet(filesystem: fs.FileSystem, found: fs.FileInfo) -> bool:
    """Whether this is a file, or a folder with Parquet files."""
    if found.type == fs.FileType.File:
        return True
    entries = filesystem.get_file_info(fs.FileSelector(found.path))
    return any(entry.extension == "parquet" for entry in entries)


def triples(events: pd.DataFrame) -> pd.DataFrame:
    """Distinct *actor → action → destination* with their number of events, most frequent first.

    Rows without an actor or a destination are left out; events reported twice in one article
    (one ``cluster_id``) count once. Columns: :data:`TRIPLE`, ``events``, ``articles``.
    """
    rows = events.dropna(subset=["actor_name", "destination_name"])
    return (
        rows.assign(occurrence=occurrence(rows), action=rows["action"].astype("string"))
        .groupby(TRIPLE, observed=True)
        .agg(events=("occurrence", "nunique"), articles=("doc_id", "nunique"))
        .reset_index()
        .sort_values(["events", *TRIPLE], ascending=[False, True, True, True], ignore_index=True)
    )


def flows(events: pd.DataFrame) -> pd.DataFrame:
    """Origin × destination country matrix (ISO 3166 alpha-3) of the number of events.

    Rows where a country is unknown are left out; events reported twice count once.
    """
    rows = events.dropna(subset=["origin_country", "destination_country"])
    pairs = pd.DataFrame(
        {
            "origin": rows["origin_country"].astype("string"),
            "destination": rows["destination_country"].astype("string"),
            "occurrence": occurrence(rows),
        }
    ).drop_duplicates()
    return pd.crosstab(pairs["origin"], pairs["destination"])


def timeline(events: pd.DataFrame, freq: Frequency = "D", by: str = "action") -> pd.DataFrame:
    """Number of events in each period (rows) by the values of a column (columns).

    The date is the event's own, else the article's publication date; events with neither are left
    out, and events reported twice count once. ``freq`` is a pandas period: D, W, M, Q or Y.
    """
    when = pd.to_datetime(events["event_date"].fillna(events["publication_date"]))
    rows = events.assign(period=when, occurrence=occurrence(events)).dropna(subset=["period"])
    rows = rows.drop_duplicates(subset=["occurrence", by])
    if rows.empty:
        return pd.DataFrame(index=pd.PeriodIndex([], freq=freq, name="period"))
    period = rows["period"].astype("datetime64[ns]").dt.to_period(freq)
    return pd.crosstab(period, rows[by].astype("string"))


def to_csv(events: pd.DataFrame, path: str | Path) -> None:
    """Write events as CSV (UTF-8 with BOM) that a spreadsheet opens without running a cell.

    Text that starts with ``= + - @``, a tab or a line end would be a formula there: it gets a
    leading apostrophe (OWASP, CSV injection).
    """
    text = events.select_dtypes(exclude=["number", "datetime"]).columns
    safe = events.assign(**{name: events[name].map(_no_formula) for name in text})
    safe.to_csv(path, index=False, encoding="utf-8-sig")


def _no_formula(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def occurrence(events: pd.DataFrame) -> pd.Series:
    """One key for each event told, however many rows or mentions: its cluster, else itself."""
    return events["cluster_id"].fillna(events["event_id"])
