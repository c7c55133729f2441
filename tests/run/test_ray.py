"""The same runs on a local Ray."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.run.batch import LOG, Order, Summary, run
from pipeline.run.schedule import RunError
from tests.run.fakes import write_config
from tests.run.test_batch import documents, table_bytes, write_articles

ray = pytest.importorskip("ray", reason="Ray is an extra: pip install '.[ray]'")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """One local Ray for all tests; a run joins it where it finds it."""
    ray.init(
        address="local",
        num_cpus=2,
        include_dashboard=False,
        log_to_driver=False,
        object_store_memory=100 * 2**20,
    )
    yield
    ray.shutdown()


def go(tmp_path: Path, source: str, output: str, engine: str, **settings: Any) -> Summary:
    overrides = {"run.workers": 2, "run.engine": engine, "write.timings": False}
    overrides |= {key.replace("__", "."): value for key, value in settings.items()}
    config = str(write_config(tmp_path))
    return run(Order(config, source, str(tmp_path / output), overrides))


def test_the_same_bytes_as_the_local_engine_and_resume(tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", [f"x{n} moved y{n} ." for n in range(40)])
    assert go(tmp_path, source, "local", "local").exit_code == 0
    assert go(tmp_path, source, "ray", "ray").exit_code == 0
    assert table_bytes(tmp_path / "ray") == table_bytes(tmp_path / "local")
    assert go(tmp_path, source, "ray", "ray").resumed_shards == 8


def test_killed_workers_and_poison(tmp_path: Path) -> None:
    texts = [f"x{n} moved y{n} ." for n in range(20)]
    texts[2] += " DIEONCE"
    texts[11] += " DIE"
    source = write_articles(tmp_path / "in.jsonl", texts)
    flag = f"at:{tmp_path / 'died'}"
    summary = go(tmp_path, source, "out", "ray", components__fake_events__flag=flag)
    assert (tmp_path / "died").exists()
    rows = documents(tmp_path / "out")
    assert list(rows.index) == [f"a{n}" for n in range(20)]
    assert list(rows.index[rows.status == "failed"]) == ["a11"]
    assert "The worker died" in rows.error["a11"]
    assert summary.exit_code == 2


def test_an_exhausted_worker_is_replaced(tmp_path: Path) -> None:
    texts = [f"x{n} moved y{n} ." + " EXHAUST" * (n in (4, 9)) for n in range(20)]
    source = write_articles(tmp_path / "in.jsonl", texts)
    assert go(tmp_path, source, "out", "ray").counts.ok == 20
    assert "the last with: MemoryError" in (tmp_path / "out" / LOG).read_text()


def test_a_pipeline_that_does_not_load(tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", ["x moved y"])
    with pytest.raises(RunError):
        go(tmp_path, source, "out", "ray", components__fake_events__trigger=5)
