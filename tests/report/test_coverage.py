"""Shares of role spans with a name and a link."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.report.coverage import coverage, coverage_table
from pipeline.schema import EVENTS_SCHEMA


@pytest.fixture
def output(tmp_path):
    rows = [
        {"doc_id": "a", "actor_text": "س", "actor_start": 0, "actor_end": 1, "actor_name": "Iran",
         "actor_type": "GPE", "actor_wikidata": "Q794", "destination_text": "ب",
         "destination_start": 5, "destination_end": 6, "destination_name": "Iraq",
         "destination_geonameid": 99237, "destination_type": "GPE", "destination_lat": 33.0},
        {"doc_id": "a", "actor_text": "س", "actor_start": 0, "actor_end": 1, "actor_name": "Iran",
         "actor_type": "GPE", "actor_wikidata": "Q794", "destination_text": "ج",
         "destination_start": 8, "destination_end": 9},
        {"doc_id": "b", "actor_text": "م", "actor_start": 0, "actor_end": 1, "actor_name": "men",
         "actor_type": "PER"},
    ]  # fmt: skip
    (tmp_path / "events").mkdir()
    columns = {n: [row.get(n) for row in rows] for n in EVENTS_SCHEMA.names}
    pq.write_table(pa.table(columns, schema=EVENTS_SCHEMA), tmp_path / "events" / "0.parquet")
    return tmp_path


def test_a_span_counts_once_however_many_rows_it_has(output):
    shares = coverage(output).set_index(["role", "type"])
    assert shares.loc[("actor", "all"), "spans"] == 2
    assert shares.loc[("actor", "all"), "linked"] == 0.5
    assert shares.loc[("actor", "GPE"), "linked"] == 1.0
    assert shares.loc[("destination", "all"), "named"] == 0.5
    assert shares.loc[("destination", "all"), "linked"] == 0.5
    assert shares.loc[("via", "all"), "spans"] == 0


def test_places_too_are_counted_by_type(output):
    shares = coverage(output).set_index(["role", "type"])
    assert shares.loc[("destination", "GPE"), ["spans", "linked", "located"]].tolist() == [1, 1, 1]
    assert shares.loc[("destination", "none"), "linked"] == 0.0


def test_the_first_line_is_the_share_of_all_roles_with_a_name(output):
    first = coverage(output).iloc[0]
    assert (first["role"], first["spans"], first["named"]) == ("all", 2, 0.5)


def test_table_has_a_line_a_row(output):
    shares = coverage(output)
    assert coverage_table(shares).row_count == len(shares)
