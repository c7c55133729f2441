"""The default pipeline on the seed articles, with no network: what `make run` does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow

NO_NETWORK = """
import socket, sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        address = arguments[1] if event == "socket.connect" else arguments[0]
        if not isinstance(address, (str, bytes)) or event == "socket.getaddrinfo":
            open({log!r}, "a").write(f"{{event}} {{address}}\\n")
            raise OSError(f"network refused: {{event}} {{address}}")

sys.addaudithook(refuse)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run, and of an extraction after it, in Pythons that refuse the network."""
    folder = tmp_path_factory.mktemp("seeds")
    (folder / "sitecustomize.py").write_text(NO_NETWORK.format(log=str(folder / "refused")))
    for command in ("run", "extract"):
        call(folder, command, str(folder / command))
    return folder


def call(folder: Path, command: str, output: str) -> None:
    options = ["--output", output, "--workers", "1", "--set", f"run.cache={folder / 'cache'}"]
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", command, "--input", "seeds", *options],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_refusal_works(folder: Path) -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )
    assert "network refused" in done.stderr
    (folder / "refused").unlink()


def test_no_network_call_is_made(folder: Path) -> None:
    assert not (folder / "refused").exists()


def test_every_text_is_the_slice_of_its_offsets(folder: Path) -> None:
    texts = {file.stem: file.read_text() for file in (ROOT / "seeds").glob("*.txt")}
    rows = pd.read_parquet(folder / "run" / "events")
    assert len(rows)
    names = [column.removesuffix("_text") for column in rows if column.endswith("_text")]
    for row in rows.to_dict("records"):
        text = texts[row["doc_id"]]
        assert text[row["sentence_start"] : row["sentence_end"]] == row["sentence"]
        for name in names:
            if isinstance(row[f"{name}_text"], str):
                start, end = int(row[f"{name}_start"]), int(row[f"{name}_end"])
                assert text[start:end] == row[f"{name}_text"]


def test_extraction_from_kept_annotations_gives_the_same_events(folder: Path) -> None:
    first, second = (
        (folder / command / "events" / "part-00000.parquet").read_bytes()
        for command in ("run", "extract")
    )
    assert first == second


def test_run_json_says_how_it_went(folder: Path) -> None:
    record = json.loads((folder / "run" / "run.json").read_text())
    assert record["counts"]["ok"] == record["counts"]["articles"] == 1
    assert record["counts"]["rows"] == len(pd.read_parquet(folder / "run" / "events"))
    assert {"run_hash", "config_hash", "model_id", "versions", "seconds"} <= set(record)
