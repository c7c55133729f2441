"""The page's figures counted again row by row, without pandas' grouping: a made and a real run."""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipeline.analysis import flows, read_events
from pipeline.report.page import MAX_ARCS, MAX_TOP, write_report
from tests.report.conftest import event, page_data

ROOT = Path(__file__).parents[2]
GOLD = [ROOT / "tests/gold" / f"{name}.jsonl" for name in ("clusters_a", "clusters_b")]
PLACE = ("name", "lat", "lon")

Row = dict[str, Any]


@pytest.fixture
def made(write_run: Callable[..., Path]) -> Path:
    """300 rows of few names, places and days, with clusters and gaps."""
    pick = random.Random(5)
    places = [("Iraq", "IRQ", 33.0, 44.0), ("Syria", "SYR", 35.0, 38.0), ("x", None, None, None)]
    rows = []
    for n in range(300):
        chosen = {role: pick.choice(places) for role in ("origin", "destination")}
        described = {
            f"{role}_{part}": value
            for role, place in chosen.items()
            for part, value in zip(("name", "country", "lat", "lon"), place, strict=True)
        }
        day = date(2024, 1, 1) + timedelta(days=pick.randrange(300))
        rows.append(
            event(
                n,
                event_id=f"e{n // 2}",
                cluster_id=pick.choice([None, f"c{n // 10}"]),
                actor_name=pick.choice(["Tehran", "the army", None]),
                action=pick.choice(["sent", "left"]),
                factuality=pick.choice(["asserted", "planned"]),
                event_date=pick.choice([day, None]),
                **described,
            )
        )
    rows[0]["event_date"] = date(1901, 1, 1)
    return write_run(rows)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the default pipeline over the articles with clusters."""
    folder = tmp_path_factory.mktemp("real")
    records = [json.loads(line) for path in GOLD for line in path.read_text("utf-8").splitlines()]
    lines = (
        json.dumps({"id": r["id"], "text": r["text"], "date": r["published"]}) for r in records
    )
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    options = ["--input", str(folder / "articles.jsonl"), "--output", str(folder / "out")]
    cache = ["--set", f"run.cache={folder / 'cache'}"]
    command = [sys.executable, "-m", "pipeline", "run", *options, "--workers", "1", *cache]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "out"


@pytest.fixture(params=["made", pytest.param("real", marks=pytest.mark.slow)])
def run(request: pytest.FixtureRequest) -> tuple[Row, list[Row], Path]:
    """The page's data, the rows of the Parquet files, and their folder."""
    folder = request.getfixturevalue(request.param)
    rows = pq.read_table(folder / "events").to_pylist()
    assert len(rows) > 100
    return page_data(write_report(folder).read_text("utf-8")), rows, folder


def told(row: Row) -> str:
    return row["cluster_id"] or row["event_id"]


def counted(rows: list[Row], *columns: str) -> Counter[tuple[Any, ...]]:
    """Events, each once, by the values of columns; rows with a null are left out."""
    keys = {(told(row), *(row[column] for column in columns)) for row in rows}
    return Counter(key[1:] for key in keys if None not in key)


def shown(listed: list[Row], *columns: str) -> dict[tuple[Any, ...], int]:
    return {tuple(row[column] for column in columns): row["n"] for row in listed}


def test_totals(run: tuple[Row, list[Row], Path]) -> None:
    data, rows, folder = run
    totals = data["totals"]
    assert totals["rows"] == len(rows)
    assert totals["events"] == len({row["event_id"] for row in rows})
    assert totals["occurrences"] == len({told(row) for row in rows})
    assert totals["occurrences"] < totals["events"]
    assert totals["with_destination"] == sum(row["destination_text"] is not None for row in rows)
    assert totals["linked_destinations"] == sum(r["destination_lat"] is not None for r in rows)
    status = Counter(row["status"] for row in pq.read_table(folder / "documents").to_pylist())
    assert totals["status"] == dict(status)
    assert totals["articles"] == sum(status.values())


@pytest.mark.parametrize(
    ("listed", "columns"),
    [
        ("actors", ["actor_name"]),
        ("routes", ["origin_name", "destination_name"]),
        ("destinations", ["destination_name"]),
        ("actions", ["action"]),
    ],
)
def test_top_lists(run: tuple[Row, list[Row], Path], listed: str, columns: list[str]) -> None:
    data, rows, _ = run
    counts = counted(rows, *columns)
    expected = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MAX_TOP]
    assert list(shown(data[listed], *columns).items()) == expected


def test_map(run: tuple[Row, list[Row], Path]) -> None:
    data, rows, _ = run
    for layer, roles in (("destinations", ["destination"]), ("flows", ["origin", "destination"])):
        columns = [f"{role}_{part}" for role in roles for part in PLACE]
        counts = counted(rows, *columns)
        drawn = shown(data["map"][layer], *columns)
        assert drawn
        assert len(drawn) == min(len(counts), MAX_ARCS)
        assert all(counts[key] == n for key, n in drawn.items())


def test_country_flows(run: tuple[Row, list[Row], Path]) -> None:
    _, rows, folder = run
    matrix = flows(read_events(folder)).stack()
    assert {key: n for key, n in matrix.items() if n} == counted(
        rows, "origin_country", "destination_country"
    )


def test_timeline(run: tuple[Row, list[Row], Path]) -> None:
    data, rows, _ = run
    line = data["timeline"]
    days: dict[tuple[str, str], date] = {}
    for row in rows:
        when = row["event_date"] or row["publication_date"]
        if when:
            days.setdefault((told(row), row["factuality"]), when)
    first, last = date.fromisoformat(line["from"]), date.fromisoformat(line["to"])
    assert line["before"] == sum(day < first for day in days.values())
    assert line["after"] == sum(day > last for day in days.values())
    expected: Counter[tuple[str, str]] = Counter()
    for (_, factuality), day in days.items():
        if first <= day <= last:
            period = str(pd.Period(day, freq=line["freq"])).split("/")[0]
            expected[factuality, period] += 1
    drawn = {
        (factuality, label): n
        for factuality, numbers in line["series"].items()
        for label, n in zip(line["labels"], numbers, strict=True)
        if n
    }
    assert drawn == expected
