"""Whole runs with a pipeline that needs no models."""

import json
import os
from pathlib import Path

import pandas as pd
import pytest

from pipeline.run.batch import LOG, Order, locked, run
from pipeline.run.schedule import RunError
from pipeline.schema import EVENTS_SCHEMA
from pipeline.write.store import OutputError, Store
from tests.run.fakes import write_config
from tests.run.poison import Expected, Record, faults, write_poisoned


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_config(tmp_path)


def write_articles(path: Path, texts: list[str], prefix: str = "a") -> str:
    lines = [json.dumps({"id": f"{prefix}{n}", "text": text}) for n, text in enumerate(texts)]
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


def test_a_second_run_resumes_and_gives_the_same_bytes(config: Path, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", [f"x{n} moved y{n} ." for n in range(12)])
    order = Order(str(config), source, str(tmp_path / "out"), {"run.workers": 1})
    run(order)
    before = table_bytes(tmp_path / "out")
    (tmp_path / "out" / ".shards" / run_hash(tmp_path / "out") / "000001.done.json").unlink()
    summary = run(order)
    assert summary.resumed_shards == 2
    assert table_bytes(tmp_path / "out")[0] == before[0]


def test_nothing_is_reused_where_config_data_or_input_changed(config: Path, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", ["x moved y fled z"] * 3)
    out = str(tmp_path / "out")

    def go(**changes: object) -> int:
        overrides = {"run.workers": 1, "run.duplicates": "off"}
        overrides |= {key.replace("__", "."): value for key, value in changes.items()}
        return run(Order(str(config), source, out, overrides)).resumed_shards

    assert go() == 0
    assert go() == 1
    assert go(components__fake_events__trigger="fled") == 0
    assert set(events(tmp_path / "out").action) == {"fled"}
    data = tmp_path / "flag.txt"
    data.write_text("1")
    assert go(components__fake_events__flag="flag.txt") == 0
    assert go(components__fake_events__flag="flag.txt") == 1
    data.write_text("2")
    assert go(components__fake_events__flag="flag.txt") == 0
    write_articles(tmp_path / "in.jsonl", ["x moved y fled z"] * 2 + ["other"])
    assert go(components__fake_events__flag="flag.txt") == 0


def test_poison_is_isolated_and_says_why(config: Path, tmp_path: Path) -> None:
    texts = [f"x{n} moved y{n} ." for n in range(20)]
    poison = {3: "RAISE", 7: "DIE", 11: "HANG", 13: "MEMORY"}
    for place, word in poison.items():
        texts[place] = f"x moved {word}"
    source = write_articles(tmp_path / "in.jsonl", texts)
    overrides = {"run.workers": 2, "run.timeout_seconds": 1.5}
    summary = run(Order(str(config), source, str(tmp_path / "out"), overrides))
    assert summary.exit_code == 2
    assert (summary.counts.ok, summary.counts.failed) == (16, 4)
    rows = documents(tmp_path / "out")
    assert list(rows.index) == [f"a{n}" for n in range(20)]
    failed = rows[rows.status == "failed"].error
    assert "ValueError: poisonous article" in failed["a3"]
    assert "The worker died (signal SIGKILL)" in failed["a7"]
    assert "No result within" in failed["a11"]
    assert "MemoryError" in failed["a13"]
    assert len(events(tmp_path / "out")) == 16
    log = (tmp_path / "out" / "run.log.jsonl").read_text().splitlines()
    assert any(json.loads(line)["event"] == "lost" for line in log)


def test_workers_are_replaced_after_some_shards(config: Path, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", [f"x{n} moved y{n} ." for n in range(25)])
    overrides = {"run.workers": 1, "run.jobs_per_worker": 2}
    assert run(Order(str(config), source, str(tmp_path / "out"), overrides)).counts.ok == 25


def test_a_killed_worker_costs_nothing(config: Path, tmp_path: Path) -> None:
    texts = [f"x{n} moved y{n} ." for n in range(12)]
    texts[6] += " DIEONCE"
    source = write_articles(tmp_path / "in.jsonl", texts)
    flag = str(tmp_path / "died")
    overrides = {"run.workers": 2, "write.timings": False}
    overrides["components.fake_events.flag"] = f"at:{flag}"
    summary = run(Order(str(config), source, str(tmp_path / "out"), overrides))
    assert Path(flag).exists()
    assert summary.exit_code == 0
    run(Order(str(config), source, str(tmp_path / "undisturbed"), overrides))
    assert table_bytes(tmp_path / "out") == table_bytes(tmp_path / "undisturbed")


@pytest.mark.parametrize("workers", [1, 2])
def test_an_exhausted_worker_is_replaced(config: Path, tmp_path: Path, workers: int) -> None:
    """After the first shards their processes fail all: the next shards go to others."""
    texts = [f"x{n} moved y{n} ." + " EXHAUST" * (n in (4, 9)) for n in range(20)]
    source = write_articles(tmp_path / "in.jsonl", texts)
    order = Order(str(config), source, str(tmp_path / "out"), {"run.workers": workers})
    assert run(order).counts.ok == 20
    log = (tmp_path / "out" / LOG).read_text()
    assert "All 5 articles of a shard failed, the last with: MemoryError" in log


def test_shards_that_fail_everywhere_are_recorded(config: Path, tmp_path: Path) -> None:
    texts = [f"x{n} moved y{n} ." + " RAISE" * (5 <= n < 15) for n in range(20)]
    source = write_articles(tmp_path / "in.jsonl", texts)
    order = Order(str(config), source, str(tmp_path / "out"), {"run.workers": 1})
    assert run(order).counts.ok == 10
    rows = documents(tmp_path / "out")
    failed = rows[rows.status == "failed"]
    assert list(failed.index) == [f"a{n}" for n in range(5, 15)]
    assert set(failed.error) == {"ValueError: poisonous article"}


@pytest.mark.parametrize(
    ("setting", "status", "rows"),
    [("link", "duplicate", 5), ("skip", "duplicate", 3), ("off", "ok", 6)],
)
def test_copies_are_linked(
    config: Path, tmp_path: Path, setting: str, status: str, rows: int
) -> None:
    body = " ".join(f"word{n}" for n in range(60))
    texts = [f"x moved y. {body}", f"x  moved y. {body}", "other moved z", f"x moved y. {body} end"]
    source = write_articles(tmp_path / "in.jsonl", texts)
    with Path(source).open("a") as file:
        file.write("\n" + json.dumps({"id": "a0", "text": "another moved text"}))
        file.write("\n" + json.dumps({"id": "b", "text": "other moved z"}))
    overrides = {"run.workers": 1, "run.duplicates": setting}
    summary = run(Order(str(config), source, str(tmp_path / "out"), overrides))
    found = pd.read_parquet(tmp_path / "out" / "documents")
    assert list(found.doc_id) == ["a0", "a1", "a2", "a3", "a0", "b"]
    assert found.status[1] == status
    assert len(events(tmp_path / "out")) == rows
    if setting == "off":
        return
    assert list(found.duplicate_of.fillna("")) == ["", "a0", "", "a0", "a0", "a2"]
    assert found.status[3] == "ok"
    assert "was used before, with another text" in found.error[4]
    assert summary.exit_code == 2


def test_input_without_events_has_all_columns(config: Path, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", ["nothing", ""])
    summary = run(Order(str(config), source, str(tmp_path / "out"), {"run.workers": 1}))
    assert list(events(tmp_path / "out").columns) == EVENTS_SCHEMA.names
    assert summary.counts.empty == 1
    assert summary.exit_code == 2


def test_a_second_run_at_the_same_time_is_refused(config: Path, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", ["x moved y"])
    store = Store(str(tmp_path / "out"))
    with locked(store), pytest.raises(OutputError, match="Another run"):
        run(Order(str(config), source, str(tmp_path / "out"), {"run.workers": 1}))


def test_a_config_that_does_not_load_stops_the_run(config: Path, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", ["x moved y"])
    order = Order(
        str(config),
        source,
        str(tmp_path / "out"),
        {"run.workers": 1, "components.fake_events.trigger": 5},
    )
    with pytest.raises(RunError, match="trigger"):
        run(order)


def test_damaged_models_stop_the_run_and_blame_no_article(config: Path, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", ["x moved y", "x moved MODEL"])
    with pytest.raises(RunError, match=r"pos\.pt is damaged"):
        run(Order(str(config), source, str(tmp_path / "out"), {"run.workers": 1}))
    assert not list((tmp_path / "out" / "documents").glob("*.parquet"))
    assert not (tmp_path / "out" / "run.json").exists()


@pytest.mark.parametrize("total", [int(os.environ.get("POISONED_ARTICLES", "2000"))])
def test_thousands_of_articles_with_poison(config: Path, tmp_path: Path, total: int) -> None:
    """One in fifty is broken, in every way; the others come through."""
    records: list[Record] = [
        {"id": f"n{n}", "text": f"x{n} moved y{n} . " + "(" * (n % 50)} for n in range(total)
    ]
    write_articles(tmp_path / "clean.jsonl", [str(record["text"]) for record in records], "n")
    expected = write_poisoned(tmp_path / "poisoned", records, 50)
    overrides = {"run.workers": 2, "run.shard_articles": 100, "write.timings": False}
    for source, code in (("clean.jsonl", 0), ("poisoned", 2)):
        output = str(tmp_path / f"out-{source}")
        assert run(Order(str(config), str(tmp_path / source), output, overrides)).exit_code == code
    outputs = (tmp_path / "out-poisoned", tmp_path / "out-clean.jsonl")
    assert not faults(*outputs, records, expected)


def test_a_poison_that_is_not_taken_as_it_should_be_is_found(config: Path, tmp_path: Path) -> None:
    records: list[Record] = [{"id": f"n{n}", "text": f"x{n} moved y{n}"} for n in range(4)]
    write_articles(tmp_path / "clean.jsonl", [str(record["text"]) for record in records], "n")
    out = tmp_path / "out"
    run(Order(str(config), str(tmp_path / "clean.jsonl"), str(out), {"run.workers": 1}))
    expected = [Expected("binary", "b", "failed", None), Expected("used id", "n1", "failed", None)]
    found = faults(out, out, records[:3], expected)
    assert found[0] == "4 rows for 3 articles and 2 poisons"
    assert found[1] == "binary: 0 rows for b"
    assert found[2] == "used id: ok (None), not failed"
    assert found[3].startswith("documents of good articles")
    assert found[4].startswith("events of good articles")


def table_bytes(output: Path) -> tuple[list[bytes], list[bytes]]:
    """All published bytes of events, of documents."""
    events, documents = (
        [file.read_bytes() for file in sorted((output / folder).iterdir())]
        for folder in ("events", "documents")
    )
    return events, documents


def run_hash(output: Path) -> str:
    return str(json.loads((output / "run.json").read_text())["run_hash"])
