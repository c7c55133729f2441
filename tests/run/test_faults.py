"""Killed runs, full disks, outputs that cannot be written: from the command line, as users do."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.run.fakes import write_config
from tests.run.test_batch import table_bytes, write_articles

ROOT = Path(__file__).resolve().parents[2]
KILLS = 10


def command(config: Path, source: str, output: Path, *options: str) -> list[str]:
    start = [sys.executable, "-m", "pipeline", "run", str(config), "--input", source]
    return [*start, "--output", str(output), "--workers", "2", *options]


def start(
    arguments: list[str], before: Callable[[], None] | None = None
) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        arguments,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=before,
    )


def finish(process: "subprocess.Popen[str]") -> tuple[int, str]:
    said, _ = process.communicate(timeout=120)
    return process.returncode, " ".join(said.split())


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_config(tmp_path)


@pytest.mark.slow
def test_a_run_killed_at_random_moments_ends_with_the_same_bytes(
    config: Path, tmp_path: Path
) -> None:
    texts = [f"x{n} moved y{n} . " + "SLOW" for n in range(100)]
    source = write_articles(tmp_path / "in.jsonl", texts)
    options = ("--set", "write.timings=false")
    assert finish(start(command(config, source, tmp_path / "undisturbed", *options)))[0] == 0
    chance = random.Random(5)
    killed = resumed = 0
    markers = tmp_path / "killed" / ".shards"
    for turn in range(KILLS):
        process = start(command(config, source, tmp_path / "killed", *options))
        had = len(list(markers.rglob("*.done.json")))
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:  # some new shards, then...
            if len(list(markers.rglob("*.done.json"))) > had + chance.randrange(2):
                break
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.1))
        if process.poll() is None:
            killed += 1
            # the whole session, or only the parent, whose workers then end by themselves
            (os.killpg if turn % 2 else os.kill)(process.pid, signal.SIGKILL)
        finish(process)
        resumed += had > 0
    assert killed >= KILLS // 2
    assert resumed
    assert finish(start(command(config, source, tmp_path / "killed", *options)))[0] == 0
    assert table_bytes(tmp_path / "killed") == table_bytes(tmp_path / "undisturbed")
    assert not list((tmp_path / "killed").rglob("*.tmp"))


def test_a_full_disk_says_so_and_leaves_nothing_half_written(config: Path, tmp_path: Path) -> None:
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghij", k=9)) for _ in range(4000)]
    texts = [f"x{n} moved " + " ".join(words[n * 100 : n * 100 + 100]) for n in range(40)]
    source = write_articles(tmp_path / "in.jsonl", texts)

    def small_files() -> None:  # a file cannot grow beyond this, as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    arguments = command(config, source, tmp_path / "out", "--set", "run.shard_articles=20")
    code, said = finish(start(arguments, small_files))
    assert code == 1
    assert "No space left to write" in said
    assert "Traceback" not in said
    assert not list((tmp_path / "out").rglob("*.tmp"))
    for file in (tmp_path / "out").rglob("*.parquet"):
        pq.read_table(file)
    assert finish(start(arguments))[0] == 0


@pytest.mark.parametrize("place", ["out", "out/events"])
def test_an_output_that_cannot_be_written_stops_the_run(
    config: Path, tmp_path: Path, place: str
) -> None:
    source = write_articles(tmp_path / "in.jsonl", ["x moved y"])
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text("a file in the place of a folder")
    code, said = finish(start(command(config, source, tmp_path / "out")))
    assert code == 1
    assert "Cannot write" in said
    assert "Traceback" not in said
    assert not list(tmp_path.rglob("part-*.parquet"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to read-only folders")
def test_a_read_only_folder_stops_the_run(config: Path, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", ["x moved y"])
    (tmp_path / "out").mkdir(mode=0o555)
    code, said = finish(start(command(config, source, tmp_path / "out")))
    assert code == 1
    assert "no permission, or a read-only file system" in said
