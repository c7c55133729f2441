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

_HERE = Path(__file__).parent

#: Rows in the page's table, bars in each list, arcs and circles on the map.
MAX_ROWS, MAX_TOP, MAX_ARCS = 20_000, 15, 150


def write_report(output: str | Path, page: str | Path | None = None) -> Path:
    """Write ``report.html`` for the run in folder ``output`` and return its path.

    Raises FileNotFoundError where ``output`` holds no run.
    """
    folder = Path(output)
    events, documents = read_events(folder), _documents(folder)
    target = Path(page) if page else folder / "report.html"
    target.write_text(render(events, documents, _run(folder)), encoding="utf-8")
    return target


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


def _documents(folder: Path) -> pd.DataFrame:
    """The documents table of a run."""
    table = pq.read_table(folder / "documents", schema=DOCUMENTS_SCHEMA)
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def _run(folder: Path) -> dict[str, Any]:
    """What run.json says of the run; empty where it is missing."""
    file = folder / "run.json"
    if not file.is_file():
        return {}
    run: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return run
