"""The table of ``python -m pipeline evaluate-resolution``."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline.config import load
from pipeline.evaluate.resolution import read_cases, score_dates, score_places


def show_resolution(config: Path, places: Path, dates: Path, errors: bool = False) -> None:
    """Prints the scores of place links and dates; with ``errors`` what is wrong, too.

    Raises FileNotFoundError where a file of cases is missing.
    """
    links = score_places(load(config), read_cases(places))
    days = score_dates(read_cases(dates), config.parent / "lexicons")
    table = Table("", "cases", "score")
    table.add_row("place links, precision", str(links.linked), f"{links.precision:.3f}")
    table.add_row("place links, recall", str(links.linkable), f"{links.recall:.3f}")
    table.add_row("dates right", str(days.cases), f"{days.accuracy:.3f}")
    console = Console(width=120)
    console.print(table)
    if errors:
        for mention, wanted, found, text in (*links.errors, *days.errors):
            console.print(f"{mention}: {found} instead of {wanted}\n  {text}", markup=False)
