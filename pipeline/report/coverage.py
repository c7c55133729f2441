"""How many role spans of a run have a name, a country, a code and a link, by entity type."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from rich.table import Table

from pipeline.analysis import read_events

#: Role -> the column that holds its link: GeoNames for places, Wikidata for participants.
_LINKS = {
    "actor": "wikidata",
    "agent": "wikidata",
    "theme": "wikidata",
    "origin": "geonameid",
    "destination": "geonameid",
    "via": "geonameid",
}
_NAMED_ONLY = ("instrument", "attribution")


def coverage(path: str | Path) -> pd.DataFrame:
    """Shares over the distinct role spans of the run in ``path``.

    One row for all roles, one a role (``type`` "all"), and one a role and entity type; columns
    ``role``, ``type``, ``spans``, and as fractions ``named``, ``country``, ``code``, ``linked``
    (GeoNames or Wikidata id) and ``located`` (coordinates); NaN where a role has no such column.

    Raises FileNotFoundError where there are no events at ``path``.
    """
    events = read_events(path)
    rows: list[dict[str, object]] = []
    for role in (*_LINKS, *_NAMED_ONLY):
        spans = events[events[f"{role}_text"].notna()].drop_duplicates(
            ["doc_id", f"{role}_start", f"{role}_end"]
        )
        rows.append(_shares(spans, role, "all"))
        if role in _LINKS:
            types = spans[f"{role}_type"].astype(object).fillna("none")
            rows.extend(_shares(spans[types == kind], role, kind) for kind in sorted(set(types)))
    return pd.DataFrame([_all_roles(rows), *rows])


def _all_roles(rows: list[dict[str, object]]) -> dict[str, object]:
    """The share of all role spans that have a name; the actor is not counted beside its role."""
    roles = pd.DataFrame(rows).query("type == 'all' and role != 'actor' and spans > 0")
    named = float((roles["named"] * roles["spans"]).sum() / roles["spans"].sum())
    return {"role": "all", "type": "all", "spans": int(roles["spans"].sum()), "named": named}


def _shares(spans: pd.DataFrame, role: str, kind: str) -> dict[str, object]:
    """The fractions of ``spans`` with each of a role's columns filled."""
    columns = {
        "named": f"{role}_name",
        "country": f"{role}_country",
        "code": f"{role}_code",
        "linked": f"{role}_{_LINKS.get(role, '')}",
        "located": f"{role}_lat",
    }
    shares: dict[str, object] = {"role": role, "type": kind, "spans": len(spans)}
    for label, column in columns.items():
        known = column in spans.columns and len(spans) > 0
        shares[label] = float(spans[column].notna().mean()) if known else float("nan")
    return shares


def coverage_table(shares: pd.DataFrame) -> Table:
    """:func:`coverage` for the terminal."""
    table = Table(title="Role spans with a name, country, code, link and coordinates")
    for column in shares.columns:
        table.add_column(column, justify="left" if column in ("role", "type") else "right")
    for row in shares.itertuples(index=False):
        values = [
            "" if pd.isna(value) else f"{value:.1%}" if isinstance(value, float) else str(value)
            for value in row
        ]
        table.add_row(*values)
    return table
