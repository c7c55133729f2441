"""Killed runs, killed workers and poison with the bundled models: `make check-faults`.

Takes some minutes, so the tests do without it; there a stand-in pipeline goes through the same.
The articles are the bundled gold sentences.
"""

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.run.check_poison import check
from tests.run.poison import Record
from tests.run.test_batch import events, table_bytes
from tests.run.test_faults import ROOT, command, start

CONFIG = ROOT / "configs" / "movement.cfg"
KILLS = 10
#: Articles of the undisturbed run.
ARTICLES = 60
OPTIONS = (
    "--set",
    "write.timings=false",
    "--set",
    "run.cache=null",
    "--set",
    "run.shard_articles=4",
)

Run = tuple[Path, Path, float]  # input, output, seconds


def good_articles() -> list[Record]:
    lines = (ROOT / "tests" / "gold" / "constructions_a.jsonl").read_text("utf-8").splitlines()
    return [{"id": row["id"], "text": row["text"]} for row in map(json.loads, lines[:ARTICLES])]


def write_lines(path: Path, lines: list[bytes]) -> Path:
    path.write_bytes(b"\n".join(lines))
    return path


def of_run(output: Path, source: Path, *options: str) -> "subprocess.Popen[str]":
    return start(command(CONFIG, str(source), output, *OPTIONS, *options))


def finish(process: "subprocess.Popen[str]") -> tuple[int, str]:
    said, _ = process.communicate(timeout=900)
    return process.returncode, said


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("undisturbed")
    source = write_lines(folder / "in.jsonl", [json.dumps(a).encode() for a in good_articles()])
    started = time.monotonic()
    code, said = finish(of_run(folder / "out", source))
    assert code == 0, said
    assert len(events(folder / "out")) > ARTICLES // 2
    return source, folder / "out", time.monotonic() - started


def test_runs_killed_at_random_moments_end_with_the_same_bytes(
    undisturbed: Run, tmp_path: Path
) -> None:
    source, expected, seconds = undisturbed
    chance = random.Random(7)
    kills = finished = resumed = 0
    while kills < KILLS or not finished:
        output = tmp_path / f"killed{finished}"
        had = shards_of(output)
        resumed += had > 0
        process = of_run(output, source)
        if kills < KILLS:
            if kills % 3:  # while it works; else at any moment, loading most likely
                new = had + chance.randint(1, 2)
                while process.poll() is None and shards_of(output) < new:
                    time.sleep(0.02)
            time.sleep(chance.uniform(0, 0.5 if kills % 3 else seconds / 2))
            if process.poll() is None:
                kills += 1
                # the whole session, or only the parent, whose workers then end by themselves
                (os.killpg if kills % 2 else os.kill)(process.pid, signal.SIGKILL)
        code, said = finish(process)
        if code != -signal.SIGKILL:
            assert code == 0, said
            assert table_bytes(output) == table_bytes(expected)
            assert not list(output.rglob("*.tmp"))
            finished += 1
    assert resumed


def shards_of(output: Path) -> int:
    """How many shards of a run are finished."""
    return len(list((output / ".shards").rglob("*.done.json")))


def children(pid: int) -> Iterator[int]:
    """Processes below one, from /proc."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            yield int(status.parent.name)
            yield from children(int(status.parent.name))


def workers(pid: int) -> list[int]:
    """The processes below a run that hold models, by their memory (more than 400 MB)."""
    found = []
    for child in children(pid):
        try:
            pages = int(Path(f"/proc/{child}/statm").read_text().split()[1])
        except OSError:
            continue
        if pages * os.sysconf("SC_PAGE_SIZE") > 400 * 2**20:
            found.append(child)
    return found


@pytest.mark.parametrize("engine", ["local", "ray"])
def test_killed_workers_cost_nothing(undisturbed: Run, tmp_path: Path, engine: str) -> None:
    if engine == "ray":
        pytest.importorskip("ray", reason="Ray is an extra: pip install '.[ray]'")
    source, expected, _ = undisturbed
    process = of_run(tmp_path / "out", source, "--engine", engine)
    killed = 0
    while process.poll() is None and killed < 2:
        if shards_of(tmp_path / "out") > 4 * killed and (found := workers(process.pid)):
            os.kill(found[0], signal.SIGKILL)
            killed += 1
        time.sleep(0.1)
    code, said = finish(process)
    assert killed
    assert code == 0, said
    assert table_bytes(tmp_path / "out") == table_bytes(expected)
    assert "died" in (tmp_path / "out" / "run.log.jsonl").read_text()


def test_poison_has_a_row_with_its_reason_and_the_others_come_through(tmp_path: Path) -> None:
    cache = ("--set", f"run.cache={tmp_path / 'cache'}")
    assert not check(good_articles(), 2, tmp_path, str(CONFIG), [*OPTIONS[:2], *cache])
