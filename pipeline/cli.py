"""The command line: thin commands over plain functions.

Each command imports what it needs when it runs, so that ``--help`` answers at once.
"""

import gc
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from pipeline.user_input import UserError, is_users, message, parse_settings

app = typer.Typer(
    name="python -m pipeline",
    help="Arabic news in, a table of movement events out.",
    epilog=(
        "Exit codes: 0 all is well; 1 nothing was done (wrong usage, config, input or output); "
        "2 finished, but some documents did not come through: see documents.error."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
console = Console(stderr=True)

Config = Annotated[str, typer.Argument(help="The config file that describes the run.")]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Override a setting: run.shard_articles=50."),
]


@app.callback()
def options() -> None:
    """Options of all commands: none."""


Input = Annotated[
    str, typer.Option(help="A file, a folder, a glob or s3://…: .txt, .jsonl, .csv, .parquet.")
]
Output = Annotated[str, typer.Option(help="The folder for events/, documents/ and run.json.")]
Workers = Annotated[
    int | None, typer.Option(min=1, help="Worker processes; without it, one a core.")
]
Engine = Annotated[
    str | None, typer.Option(help="local: processes of this machine; ray: a Ray cluster.")
]


@app.command()
def run(
    config: Config = "configs/movement.cfg",
    input: Input = "seeds",
    output: Output = "outputs",
    workers: Workers = None,
    engine: Engine = None,
    set: Set = None,
) -> None:
    """Extract events from articles into Parquet tables.

    A run that was stopped goes on where it was when the same command is given again.
    Articles that cannot be read or processed have their reason in documents.error.
    Annotations are kept (run.cache): after a change of frames or stages, a run needs no models.
    """
    _run(config, input, output, workers, engine, parse_settings(set or []))


@app.command()
def extract(
    config: Config = "configs/movement.cfg",
    input: Input = "seeds",
    output: Output = "outputs",
    workers: Workers = None,
    engine: Engine = None,
    set: Set = None,
) -> None:
    """Extract events again from the annotations that earlier runs kept; never loads the models.

    Articles that were not annotated before fail, and say so in documents.error.
    """
    overrides = parse_settings(set or []) | {"annotate.cache_only": True}
    _run(config, input, output, workers, engine, overrides)


def _run(
    config: str,
    input: str,
    output: str,
    workers: int | None,
    engine: str | None,
    overrides: dict[str, Any],
) -> None:
    from pipeline.run.batch import Order
    from pipeline.run.batch import run as run_batch

    if workers is not None:
        overrides["run.workers"] = workers
    if engine is not None:
        overrides["run.engine"] = engine
    summary = run_batch(Order(config, input, output, overrides), console)
    counts = summary.counts
    console.print(
        f"{counts.articles:,} articles: {counts.ok:,} ok, {counts.empty:,} empty, "
        f"{counts.failed:,} failed, {counts.duplicate:,} duplicate "
        f"(+ {counts.near_duplicates:,} nearly). "
        f"{counts.events:,} events in {counts.rows:,} rows, {summary.seconds:,.1f} s, "
        f"{summary.words_per_second:,.0f} words/s."
    )
    console.print(f"Tables: {output}/events, {output}/documents; how it went: {output}/run.json")
    for id, status, error in summary.problems:
        console.print(f"  {id}: {status}: {error[:300]}", markup=False)
    if summary.exit_code:
        console.print(f"{counts.errors:,} documents did not come through: see documents.error.")
        raise typer.Exit(summary.exit_code)


@app.command()
def annotate(
    output: Annotated[str, typer.Option(help="The CoNLL-U file to write.")],
    config: Config = "configs/movement.cfg",
    input: Input = "seeds",
    set: Set = None,
) -> None:
    """Write the annotation of articles as CoNLL-U, with offsets and entities in MISC."""
    from pipeline.annotate.command import annotate_file
    from pipeline.filesystem import is_uri

    if is_uri(output):
        raise UserError(f"annotate writes a file of this machine; {output} is none.")
    result = annotate_file(config, input, output, parse_settings(set or []))
    for id, reason in result.failures:
        console.print(f"Not annotated: {id}: {reason}", highlight=False, markup=False)
    console.print(f"{result.written:,} articles annotated: {output}")
    if result.failures:
        raise typer.Exit(2)


@app.command()
def explain(
    sentence: Annotated[str, typer.Argument(help="Arabic text, in quotes.")],
    config: Annotated[str, typer.Option(help="The config file.")] = "configs/movement.cfg",
    html: Annotated[str | None, typer.Option(help="Also write an HTML page here.")] = None,
    date: Annotated[
        str | None, typer.Option(help="Publication date (ISO), to resolve days against.")
    ] = None,
) -> None:
    """Show the parse of a sentence, the rules that fired and the events they gave."""
    from pipeline import load
    from pipeline.loading import without_collector

    with without_collector():
        from pipeline.report.explain import explain as explained
        from pipeline.report.explain import explain_html

        nlp = load(config)
        raw = nlp.make_doc(sentence)
        raw._.meta = {"date": date}
        doc = nlp(raw)
        gc.freeze()  # nor at the end of the process
    Console().print(explained(doc))
    if html:
        Path(html).write_text(explain_html(doc), encoding="utf-8")


@app.command()
def rules(
    name: Annotated[str, typer.Argument(help="Part of a rule's name; without it, all.")] = "",
) -> None:
    """List the rules that rows are traced to, each with an example and a counter-example."""
    from pipeline.report.rule_catalogue import list_rules

    Console().print(list_rules(name), soft_wrap=True)


@app.command()
def report(
    output: Annotated[str, typer.Argument(help="The output folder of a run.")] = "outputs",
    page: Annotated[
        str | None, typer.Option(help="Where to write it; without it, OUTPUT/report.html.")
    ] = None,
) -> None:
    """Write one HTML page of a run: map of flows, timeline, top actors, and all rows."""
    from pipeline.report.page import write_report

    console.print(f"Report: {write_report(output, page)}")


@app.command()
def coverage(
    outputs: Annotated[list[str], typer.Argument(help="Output folders of runs.")],
) -> None:
    """Show how many role spans of a run have an English name, a country, a code and a link."""
    from pipeline.report.coverage import coverage as shares
    from pipeline.report.coverage import coverage_table

    for output in outputs:
        Console().print(coverage_table(shares(output)))


@app.command()
def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="Gold files (JSON Lines).")],
    config: Annotated[str, typer.Option(help="The config file.")] = "configs/movement.cfg",
    as_json: Annotated[bool, typer.Option("--json", help="Print all figures as JSON.")] = False,
    docs: Annotated[
        bool, typer.Option("--docs", help="Lines that share `doc` form one article.")
    ] = False,
    errors: Annotated[
        Path | None, typer.Option(help="Also write an error report here (.html or .txt).")
    ] = None,
    annotated: Annotated[
        Path | None,
        typer.Option(help="Keep annotated texts here (a DocBin), so that Stanza runs once."),
    ] = None,
    brief: Annotated[bool, typer.Option("--brief", help="Without the breakdowns.")] = False,
) -> None:
    """Score the pipeline on gold annotation, beside two baselines on the same parses."""
    from pipeline.evaluate.command import show_evaluation

    show_evaluation(
        gold, config, by_document=docs, errors=errors, store=annotated, as_json=as_json, brief=brief
    )


@app.command()
def train(
    treebank: Annotated[list[Path], typer.Option(help="CoNLL-U files (.xz too).")],
    ner: Annotated[
        list[str], typer.Option(help="BIO file, or FILE=SETTINGS; see configs/training/.")
    ],
    text: Annotated[list[Path], typer.Option(help="Raw text, a paragraph a line.")],
    dev: Annotated[
        Path | None, typer.Option(help="Held-out documents; else cut from the treebank.")
    ] = None,
    work: Annotated[Path, typer.Option(help="Folder for what is made on the way.")] = Path("work"),
    output: Annotated[Path, typer.Option(help="Folder for the models.")] = Path("models"),
    settings: Annotated[Path, typer.Option(help="Options of the steps.")] = Path(
        "configs/training/train.yaml"
    ),
) -> None:
    """Train the Stanza models from a treebank, corpora of names and raw text."""
    import logging

    from pipeline.training.train import Sources, name_corpora
    from pipeline.training.train import train as train_models

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    sources = Sources(treebank, dev, name_corpora(ner, settings.parent), text)
    train_models(sources, work, output, settings)


@app.command()
def evaluate_models(
    models: Annotated[Path, typer.Argument(help="A folder of models.")] = Path(
        "pipeline/models/ar"
    ),
    treebank: Annotated[
        Path | None, typer.Option(help="Held-out CoNLL-U; without data, recorded figures.")
    ] = None,
    ner: Annotated[
        list[Path] | None, typer.Option(help="Held-out sentences (dev_*.json of a training).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Print the models' figures beside the aims and Stanza's published ones."""
    from pipeline.training.evaluate import show_models

    show_models(models, treebank, ner or [], as_json)


CLUSTERS = [Path("tests/gold/clusters_a.jsonl"), Path("tests/gold/clusters_b.jsonl")]


@app.command()
def evaluate_resolution(
    config: Annotated[Path, typer.Option(help="The config file.")] = Path("configs/movement.cfg"),
    places: Annotated[Path, typer.Option(help="Place cases (JSON Lines).")] = Path(
        "tests/gold/places.jsonl"
    ),
    dates: Annotated[Path, typer.Option(help="Date cases (JSON Lines).")] = Path(
        "tests/gold/dates.jsonl"
    ),
    clusters: Annotated[
        list[Path], typer.Option(help="Articles with clustered triggers (JSON Lines).")
    ] = CLUSTERS,
    annotated: Annotated[
        Path | None, typer.Option(help="Annotated articles of --clusters, as for evaluate.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List what is wrong.")] = False,
) -> None:
    """Score place links, dates and clusters of events on hand-checked texts."""
    from pipeline.evaluate.resolution_table import show_resolution

    show_resolution(config, places, dates, clusters, errors, store=annotated)


@app.command("fit-confidence")
def fit_confidence(
    gold: Annotated[list[Path], typer.Argument(help="Gold files (JSON Lines).")],
    config: Annotated[str, typer.Option(help="The config file.")] = "configs/movement.cfg",
    output: Annotated[Path, typer.Option(help="Where to write the weights.")] = Path(
        "configs/confidence.yaml"
    ),
    annotated: Annotated[
        Path | None, typer.Option(help="Annotated texts, as for evaluate.")
    ] = None,
) -> None:
    """Fit the weights of event confidence on gold annotation."""
    from pipeline.evaluate.command import fit_confidence as fitted

    fitted(gold, config, output, store=annotated)


def main() -> None:
    """Run a command; errors of the user end with one line and exit code 1."""
    try:
        result = app(standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        console.print("Interrupted. Finished shards are kept; the same command goes on from here.")
        sys.exit(130)
    except Exception as error:
        if not is_users(error):
            raise
        console.print(f"[bold red]Error:[/bold red] {message(error)}", highlight=False)
        sys.exit(1)
    sys.exit(result if isinstance(result, int) else 0)
