"""One self-contained HTML page from a run's output: opens from disk, needs no network."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
from jinja2 import Environment, PackageLoader, select_autoescape

from pipeline.analysis import read_events
from pipeline.report import figures
from pipeline.schema import DOCUMENTS_SCHEMA
from pipeline.write.store import Store

_HERE = Path(__file__).parent

#: Rows in the page's table, bars in each list, arcs and circles on the map.
MAX_ROWS, MAX_TOP, MAX_ARCS = 20_000, 15, 150


def write_report(output: str | Path, page: str | Path | None = None) -> Path:
    """Write ``report.html`` for the run in ``output`` (a path or URI) and return its path.

    ``page`` names another file of this machine. Raises FileNotFoundError where ``output`` holds no
    run, OutputError where it cannot be written to.
    """
    store = Store(str(output))
    html = render(read_events(output), _documents(store), _run(store))
    if page:
        Path(page).write_text(html, encoding="utf-8")
        return Path(page)
    store.write("report.html", html.encode())
    return Path(store.path("report.html"))


def render(events: pd.DataFrame, documents: pd.DataFrame, run: dict[str, Any]) -> str:
    """The page for these tables. All text of articles is escaped.

    Text goes in as JSON inside a script element (Jinja's ``tojson`` escapes ``<``, ``>``, ``&`` and
    quotes) and comes out through ``textContent`` only, each in an isolated bidi run.
    """
    data = {
        "totals": figures.totals(events, documents),
        "timeline": figures.periods(events),
        "map": figures.map_layers(events, MAX_ARCS),
        "actors": figures.top(events, ["actor_name"], MAX_TOP),
        "routes": figures.top(events, ["origin_name", "destination_name"], MAX_TOP),
        "destinations": figures.top(events, ["destination_name"], MAX_TOP),
        "actions": figures.top(events, ["action"], MAX_TOP),
        "table": figures.table_rows(events, MAX_ROWS),
        "run": run,
    }
    environment = Environment(
        loader=PackageLoader("pipeline.report", "page"),
        autoescape=select_autoescape(default=True, default_for_string=True),
    )
    world = json.loads((_HERE / "world.json").read_text(encoding="utf-8"))
    return environment.get_template("report.html.j2").render(data=data, world=world, run=run)


def _documents(store: Store) -> pd.DataFrame:
    """The documents table of a run."""
    table = pq.read_table(
        store.path("documents"), schema=DOCUMENTS_SCHEMA, filesystem=store.filesystem
    )
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def _run(store: Store) -> dict[str, Any]:
    """What run.json says of the run; empty where it is missing."""
    run: dict[str, Any] = json.loads(store.read("run.json") or b"{}")
    return run
