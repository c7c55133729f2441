"""The table of ``python -m pipeline evaluate-resolution``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline.config import load
from pipeline.evaluate.clusters import ClusterScores, f1, read_clusters, score_clusters
from pipeline.evaluate.resolution import read_cases, score_dates, score_places


def show_resolution(
    config: Path,
    places: Path,
    dates: Path,
    clusters: Sequence[Path] = (),
    errors: bool = False,
    store: Path | None = None,
) -> None:
    """Prints the scores of place links, dates and clusters; with ``errors`` what is wrong, too.

    ``store`` holds annotations of the articles of ``clusters`` (made where it lacks one).
    Raises FileNotFoundError where a file of cases is missing, GoldError where one is no gold.
    """
    links = score_places(load(config), read_cases(places))
    days = score_dates(read_cases(dates), config.parent / "lexicons")
    table = Table("", "cases", "score")
    table.add_row("place links, precision", str(links.linked), f"{links.precision:.3f}")
    table.add_row("place links, recall", str(links.linkable), f"{links.recall:.3f}")
    table.add_row("dates right", str(days.cases), f"{days.accuracy:.3f}")
    console = Console(width=120)
    console.print(table)
    linked = {path.stem: score_clusters(read_clusters(path), config, store) for path in clusters}
    if linked:
        console.print(cluster_table(linked))
    if not errors:
        return
    for mention, wanted, found, text in (*links.errors, *days.errors):
        console.print(f"{mention}: {found} instead of {wanted}\n  {text}", markup=False)
    for scores in linked.values():
        for wrong, one, other, article in scores.errors:
            console.print(f"{article}: {wrong}: {one} and {other}", markup=False)


def cluster_table(linked: dict[str, ClusterScores]) -> Table:
    """A line for each file of clusters: precision, recall and F1 of pairs and B³."""
    table = Table("clusters", "triggers", "found", "pairs", "joined", "P", "R", "F1")
    for column in ("B³ P", "B³ R", "B³ F1"):
        table.add_column(column)
    for name, scores in linked.items():
        counts = (scores.triggers, scores.mentions, scores.gold_pairs, scores.predicted_pairs)
        pairs = (scores.pair_precision, scores.pair_recall)
        b_cubed = (scores.b_cubed_precision, scores.b_cubed_recall)
        figures = (*pairs, f1(*pairs), *b_cubed, f1(*b_cubed))
        table.add_row(name, *map(str, counts), *(f"{figure:.3f}" for figure in figures))
    return table
