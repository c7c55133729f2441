"""Many articles, one in a hundred of them poison, through the real pipeline: `make check-poison`.

    python -m tests.run.check_poison INPUT [--articles N] [--every 100] [--work FOLDER] [--set ...]

Takes the articles of any input that can be read. They are run once as they are and once with
poison among them (:mod:`tests.run.poison`), through the command line. Annotations are kept, so the
second run annotates little but the poison. With ``--work`` a check that was stopped goes on.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from pipeline.read import read_articles
from pipeline.settings import ReadSettings
from tests.run.poison import Expected, Record, faults, write_poisoned

FIELDS = ("id", "title", "text", "date", "source", "url")


def main(
    source: Annotated[str, typer.Argument(metavar="INPUT")],
    config: str = "configs/movement.cfg",
    articles: int = 10_000,
    every: int = 100,
    work: Path | None = None,
    workers: int = 1,
    set: list[str] | None = None,
) -> None:
    """Print what is wrong, if anything is, and exit with 1 where it is."""
    with tempfile.TemporaryDirectory() as temporary:
        options = ["--workers", str(workers), "--set", "write.timings=false"]
        options += [part for setting in set or [] for part in ("--set", setting)]
        problems = check(good(source, articles), every, work or Path(temporary), config, options)
    print("\n".join(problems) or "Nothing is wrong.")
    raise typer.Exit(bool(problems))


def good(source: str, most: int) -> list[Record]:
    """The first articles of an input that can be worked on, no id twice."""
    read = (a for a in read_articles(source, ReadSettings()) if a.status == "ok")
    records = ({name: getattr(article, name) for name in FIELDS} for article in read)
    return list(islice({record["id"]: record for record in records}.values(), most))


def check(
    records: list[Record], every: int, work: Path, config: str, options: list[str]
) -> list[str]:
    """Run the records without and with poison; what is wrong."""
    clean, poisoned = work / "clean.jsonl", work / "poisoned"
    work.mkdir(parents=True, exist_ok=True)
    clean.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    shutil.rmtree(poisoned, ignore_errors=True)
    expected = write_poisoned(poisoned, records, every)
    problems = []
    for source, code in ((clean, 0), (poisoned, 2)):
        said = _run(source, work / f"out-{source.stem}", config, options)
        print(said.stderr, file=sys.stderr)
        if said.returncode != code:
            problems.append(f"{source.name}: exit code {said.returncode}, not {code}")
    problems += faults(work / "out-poisoned", work / "out-clean", records, expected)
    problems += [f"left behind: {file}" for file in work.rglob("*.tmp")]
    print(summary(expected), file=sys.stderr)
    return problems


def _run(
    source: Path, output: Path, config: str, options: list[str]
) -> "subprocess.CompletedProcess[str]":
    arguments = ["run", config, "--input", str(source), "--output", str(output), *options]
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments], stderr=subprocess.PIPE, text=True
    )


def summary(expected: list[Expected]) -> str:
    """How many poisons there were, by what must become of them."""
    by_status = {
        status: sum(row.status == status for row in expected)
        for status in ("ok", "empty", "failed", "duplicate")
    }
    told = ", ".join(f"{number} {status}" for status, number in by_status.items())
    return f"{len(expected)} poisons of {len({row.name for row in expected})} kinds: {told}."


if __name__ == "__main__":
    typer.run(main)
