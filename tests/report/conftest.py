"""A small run written to disk: tables made by hand, no model."""

import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.schema import DOCUMENTS_SCHEMA, EVENTS_SCHEMA

SENTENCE = "أرسلت طهران قوات إلى سوريا 🚚 يوم الجمعة"


def event(n: int, **columns: Any) -> dict[str, Any]:
    """A row of events: Tehran sends forces to Syria, with ``columns`` changed."""
    row: dict[str, Any] = dict.fromkeys(EVENTS_SCHEMA.names)
    row |= {
        "record_id": f"r{n}", "event_id": f"e{n}", "doc_id": "a", "sentence_id": "a#0",
        "event_type": "Movement.Transport", "action": "sent", "construction": "finite",
        "trigger_text": "أرسلت", "trigger_start": 0, "trigger_end": 5,
        "actor_text": "طهران", "actor_name": "Tehran", "actor_country": "IRN",
        "agent_text": "طهران", "agent_start": 6, "agent_end": 11, "agent_name": "Tehran",
        "theme_text": "قوات", "theme_start": 12, "theme_end": 16, "theme_name": "forces",
        "destination_text": "سوريا", "destination_start": 21, "destination_end": 26,
        "destination_name": "Syria", "destination_country": "SYR",
        "destination_lat": 35.0, "destination_lon": 38.0,
        "time_text": "يوم الجمعة", "time_start": 29, "time_end": 39,
        "event_date": date(2024, 12, 6), "publication_date": date(2024, 12, 7),
        "factuality": "asserted", "sentence": SENTENCE, "sentence_start": 0,
        "sentence_end": len(SENTENCE), "rule": "sent.finite", "confidence": 0.9,
    } | columns  # fmt: skip
    return row


def document(doc_id: str, status: str = "ok", events: int = 0) -> dict[str, Any]:
    """A row of documents."""
    row: dict[str, Any] = dict.fromkeys(DOCUMENTS_SCHEMA.names)
    return row | {"doc_id": doc_id, "status": status, "events": events}


def page_data(page: str) -> dict:
    """The JSON that the page carries."""
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    return json.loads(unescape(found))


@pytest.fixture
def write_run(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a run of these event rows and returns its folder."""

    def write(rows: list[dict[str, Any]]) -> Path:
        for name, schema, records in (
            ("events", EVENTS_SCHEMA, rows),
            (
                "documents",
                DOCUMENTS_SCHEMA,
                [document("a", events=len(rows)), document("b", "failed")],
            ),
        ):
            (tmp_path / name).mkdir()
            pq.write_table(
                pa.Table.from_pylist(records, schema=schema), tmp_path / name / "0.parquet"
            )
        (tmp_path / "run.json").write_text(json.dumps({"model_id": "m1"}), encoding="utf-8")
        return tmp_path

    return write
