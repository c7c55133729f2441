"""``python -m pipeline evaluate``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline.evaluate.errors import write_errors
from pipeline.evaluate.gold import GoldError
from pipeline.evaluate.run import evaluate
from pipeline.evaluate.tables import print_result


def evaluate_command(
    gold: Annotated[list[Path], typer.Argument(help="Gold files (JSON Lines).")],
    config: Annotated[Path, typer.Option(help="Pipeline config.")] = Path("configs/movement.cfg"),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    docs: Annotated[
        bool, typer.Option("--docs", help="Lines that share `doc` form one article.")
    ] = False,
    errors: Annotated[
        Path | None, typer.Option(help="Write an error report (.html or .txt).")
    ] = None,
    annotated: Annotated[
        Path | None,
        typer.Option(help="DocBin file or folder of annotated texts; missing texts are added."),
    ] = None,
    brief: Annotated[bool, typer.Option("--brief", help="No breakdowns.")] = False,
) -> None:
    """Score the pipeline on gold annotation, beside two baselines on the same parses."""
    try:
        results = evaluate(gold, config, by_document=docs, store=annotated)
    except (GoldError, FileNotFoundError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    if errors:
        shown = write_errors(results, errors)
        typer.echo(f"{shown} lines with errors: {errors}", err=True)
    if as_json:
        figures = {result.name: result.as_dict() for result in results}
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=2))
        return
    console = Console(width=120)
    for result in results:
        print_result(result, console, breakdowns=not brief)


if __name__ == "__main__":
    typer.run(evaluate_command)
