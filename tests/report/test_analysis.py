"""pipeline.analysis on tables made by hand."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from pipeline.analysis import flows, read_events, timeline, to_csv, triples
from tests.report.conftest import event

WriteRun = Callable[..., Path]


def test_read_events_is_arrow_backed_and_categorical(write_run: WriteRun) -> None:
    events = read_events(write_run([event(1)]))
    assert isinstance(events["actor_name"].dtype, pd.ArrowDtype)
    assert isinstance(events["action"].dtype, pd.CategoricalDtype)
    assert events["event_date"].iloc[0] == date(2024, 12, 6)


def test_read_events_reads_only_the_columns_asked_for(write_run: WriteRun) -> None:
    assert list(read_events(write_run([event(1)]), columns=["action"]).columns) == ["action"]


def test_read_events_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--output folder"):
        read_events(tmp_path)
    with pytest.raises(FileNotFoundError, match="--output folder"):
        read_events(tmp_path / "nowhere")


def test_triples_count_events_not_rows_and_leave_out_rows_without_destination(
    write_run: WriteRun,
) -> None:
    rows = [
        event(1),
        event(1, record_id="r1b", origin_name="Iran"),  # the same event from a second origin
        event(2, doc_id="b"),
        event(3, destination_name=None),
    ]
    table = triples(read_events(write_run(rows)))
    assert table.to_numpy().tolist() == [["Tehran", "sent", "Syria", 2, 2]]


def test_an_event_told_twice_counts_once(write_run: WriteRun) -> None:
    rows = [event(1, cluster_id="c"), event(2, cluster_id="c"), event(3)]
    assert triples(read_events(write_run(rows)))["events"].tolist() == [2]


def test_flows_is_a_country_matrix(write_run: WriteRun) -> None:
    rows = [event(1, origin_country="IRN"), event(2, origin_country="IRN"), event(3)]
    matrix = flows(read_events(write_run(rows)))
    assert matrix.loc["IRN", "SYR"] == 2
    assert matrix.to_numpy().sum() == 2


def test_timeline_uses_the_article_date_where_the_event_has_none(write_run: WriteRun) -> None:
    rows = [event(1), event(2, event_date=None), event(3, event_date=None, publication_date=None)]
    table = timeline(read_events(write_run(rows)), freq="D")
    assert {str(p): n for p, n in table["sent"].items()} == {"2024-12-06": 1, "2024-12-07": 1}


def test_timeline_of_nothing_dated_is_empty(write_run: WriteRun) -> None:
    rows = [event(1, event_date=None, publication_date=None)]
    assert timeline(read_events(write_run(rows))).empty


@pytest.mark.parametrize(
    ("name", "written"),
    [("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("@cmd", "'@cmd"), ("Iraq", "Iraq"), ("a=b", "a=b")],
)
def test_csv_cells_are_no_formulas(
    write_run: WriteRun, tmp_path: Path, name: str, written: str
) -> None:
    to_csv(read_events(write_run([event(1, destination_name=name)])), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["destination_name"] == written
    assert row["destination_lat"] == "35.0"
