"""Whole runs with a pipeline that needs no models."""

import json
from pathlib import Path

import pandas as pd
import pytest
from tests.run.fakes import write_config

from pipeline.run.batch import Order, run


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_config(tmp_path)


def write_articles(path: Path, texts: list[str]) -> str:
    lines = [json.dumps({"id": f"a{n}", "text": text}) for n, text in enumerate(texts)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def documents(output: Path) -> pd.DataFrame:
    return pd.read_parquet(output / "documents").set_index("doc_id")


def events(output: Path) -> pd.DataFrame:
    return pd.read_parquet(output / "events")


def test_run_writes_tables_and_run_json(config: Path, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", [f"x{n} moved y{n} ." for n in range(12)])
    summary = run(Order(str(config), source, str(tmp_path / "out"), {"run.workers": 1}))
    assert summary.exit_code == 0
    rows = events(tmp_path / "out")
    assert list(rows.theme_text) == [f"x{n}" for n in range(12)]
    assert list(rows.destination_text) == [f"y{n}" for n in range(12)]
    assert set(documents(tmp_path / "out").status) == {"ok"}
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert record["counts"]["events"] == 12
    assert record["shards"] == 3
    assert set(rows.config_hash) == {record["config_hash"]}
