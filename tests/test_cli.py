"""The command line: exit codes, and errors that a user can act on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.user_input import UserError, parse_settings
from tests.run.fakes import write_config

ROOT = Path(__file__).resolve().parents[1]


def call(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments], cwd=ROOT, capture_output=True, text=True
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def test_help_names_commands_and_exit_codes() -> None:
    code, said = call("--help")
    assert code == 0
    for command in ("run", "extract", "explain", "report"):
        assert command in said
    assert "Exit codes" in said


def test_rules_are_listed_by_name() -> None:
    code, said = call("rules", "via.used")
    assert code == 0
    assert "argument: via.used" in said
    assert "]via" in said
    assert "subject.nsubj" not in said


def test_run_and_exit_codes(tmp_path: Path) -> None:
    config = str(write_config(tmp_path))
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": "a", "text": "x moved y"}) + "\n")
    where = ("--input", str(source), "--output", str(tmp_path / "out"), "--workers", "1")
    code, said = call("run", config, *where)
    assert code == 0, said
    assert "1 articles: 1 ok" in said
    with source.open("a") as file:
        file.write("{broken\n")
    code, said = call("run", config, *where)
    assert code == 2, said
    assert "1 documents did not come through" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "no/such.cfg"], "No config file at no/such.cfg"),
        (["run", "--input", "no/such"], "No such input: no/such"),
        (["run", "--workers", "many"], "Invalid value"),
        (["run", "--nonsense"], "No such option"),
        (["nonsense"], "No such command"),
        (["run", "--set", "workers=2"], "expected SECTION.KEY=VALUE"),
        (["run", "--set", "run.shard_articles=0"], "[run] shard_articles: Input should be"),
        (["run", "--set", "run.nonsense=1"], "[run] nonsense: Extra inputs"),
        (["run", "--engine", "spark"], "[run] engine: Input should be 'local' or 'ray'"),
        (["run", "--set", "annotate.models=no/such"], "no/such"),
    ],
)
def test_mistakes_of_users_end_with_one_line_and_code_1(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    code, found = call(*arguments, *(["--output", str(tmp_path)] if arguments[0] == "run" else []))
    assert code == 1, found
    assert said in found
    assert "Traceback" not in found


def test_settings_are_json_or_text() -> None:
    found = parse_settings(["run.workers=2", "annotate.cache=null", "a.b=x=y", "a.c=[1]"])
    assert found == {"run.workers": 2, "annotate.cache": None, "a.b": "x=y", "a.c": [1]}
    with pytest.raises(UserError):
        parse_settings(["run.workers"])
