"""What a shard depends on."""

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.config import read_config
from pipeline.run.identity import config_hash

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "configs" / "movement.cfg"


def hash_of(config: Path, overrides: dict[str, Any] | None = None) -> str:
    return config_hash(read_config(config, overrides))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(CONFIG.parent, tmp_path / "elsewhere")
    return tmp_path / "elsewhere" / CONFIG.name


def test_the_place_of_the_config_makes_no_difference(copy: Path) -> None:
    assert hash_of(copy) == hash_of(CONFIG)


@pytest.mark.parametrize(
    "overrides", [{"run.workers": 3}, {"annotate.cache": "x"}, {"read.max_chars": 5}]
)
def test_how_a_run_is_carried_out_makes_no_difference(overrides: dict[str, Any]) -> None:
    assert hash_of(CONFIG, overrides) == hash_of(CONFIG)


def test_settings_and_data_files_make_a_difference(copy: Path) -> None:
    hashes = {hash_of(copy), hash_of(copy, {"annotate.split_from": 31})}
    frame = copy.parent / "frames" / "movement.yaml"
    frame.write_text(frame.read_text() + "\n# changed\n")
    hashes.add(hash_of(copy))
    (copy.parent / "lexicons" / "new.csv").write_text("a,b\n")
    hashes.add(hash_of(copy))
    assert len(hashes) == 4


def test_every_data_file_that_is_read_is_in_the_hash(copy: Path) -> None:
    """Components may read nothing below configs/ that no setting names."""
    opened: set[Path] = set()
    watching = True

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if watching and event == "open" and isinstance(arguments[0], str):
            opened.add(Path(arguments[0]))

    sys.addaudithook(watch)
    pipeline.load(copy)
    watching = False
    before = hash_of(copy)
    read = [path for path in opened if copy.parent in path.parents and path != copy]
    assert read
    for path in read:
        content = path.read_bytes()
        path.write_bytes(content + b"\n")
        assert hash_of(copy) != before, path
        path.write_bytes(content)
