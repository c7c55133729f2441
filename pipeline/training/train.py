"""Trains all models from a treebank, name corpora and raw text: `python -m pipeline train`.

The training is a list of steps, each a command of its own process with one thread and a fixed
seed, that leaves one file. A step that came to its end before is skipped, so a stopped training
goes on where it was; delete its file to have it made anew.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.data_files import read_yaml

logger = logging.getLogger(__name__)

MODELS = (
    *("vectors", "first_tokenize", "tokenize", "mwt", "lemma", "pos", "depparse"),
    *("first_ner", "ner"),
)


class TrainingError(RuntimeError):
    """A step that failed; the message names its log."""


@dataclass(frozen=True)
class Step:
    """A command (after `python -m`) and the file that it leaves."""

    name: str
    result: Path
    command: tuple[str, ...]


@dataclass(frozen=True)
class Sources:
    """What models are made from.

    treebank: CoNLL-U files. dev: held-out documents (None: cut from the treebank). ner: (BIO
    file, its settings) pairs. text: raw text, a paragraph a line. Files may be .xz.
    """

    treebank: Sequence[Path]
    dev: Path | None
    ner: Sequence[tuple[Path, Path]]
    text: Sequence[Path]


def name_corpora(values: Sequence[str], configs: Path) -> list[tuple[Path, Path]]:
    """(BIO file, settings) of values like `names.bio.xz` or `names.bio=settings.yaml`.

    Without settings, the file of the corpus's name in `configs` is taken. Raises
    FileNotFoundError for a file that isn't there.
    """
    pairs = []
    for value in values:
        corpus, _, settings = value.partition("=")
        stem = Path(corpus).name.split(".")[0]
        pair = (Path(corpus), Path(settings) if settings else configs / f"{stem}.yaml")
        for path in pair:
            if not path.exists():
                raise FileNotFoundError(f"{path} is not there (corpus of names: {value})")
        pairs.append(pair)
    return pairs


def plan(sources: Sources, work: Path, target: Path, settings: Path) -> list[Step]:
    """The steps in order. `settings` is a YAML file such as configs/training/train.yaml."""
    options = read_yaml(settings)
    spelling = settings.parent / options["spelling"]
    facts = settings.parent / options["package"]
    train, dev = work / "train.conllu", work / "dev.conllu"
    copies = [work / f"train{kind}.conllu" for kind in ("", "_restored", "_dropped")]
    tagged = [path.with_name(f"{path.stem}_tagged.conllu") for path in copies]
    models = {name: work / f"{name}.pt" for name in MODELS}
    corpora: list[object] = []
    for pair in sources.ner:
        corpora += ["--corpus", *pair]
    held_out = [work / "ner" / f"dev_{path.name.split('.')[0]}.json" for path, _ in sources.ner]

    def ours(name: str, module: str, result: Path, arguments: Sequence[object]) -> Step:
        words = [*arguments, *options["options"].get(name, [])]
        return Step(name, result, (f"pipeline.training.{module}", *map(str, words)))

    def lemmatizer(result: Path) -> Step:
        words = ["--train_file", train, "--eval_file", dev, "--save_dir", work]
        words += ["--save_name", result.name, "--shorthand", "ar_padt", "--cpu"]
        words += options["options"].get("lemma", [])
        return Step("lemma", result, ("stanza.models.lemmatizer", *map(str, words)))

    def out(name: str) -> list[object]:
        return ["--out", models[name]]

    treebank = ["--treebank", train, "--dev", dev]
    given = ["--dev", sources.dev] if sources.dev else []
    vectors = ["--vectors", models["vectors"]]
    shares = ["--weights", 0.5, 0.3, 0.2, *vectors]
    spelled = ["--settings", spelling]
    text = ["--text", *sources.text]
    names = work / "ner" / "train.json"
    steps = [
        ours(
            *("prepare", "prepare", train),
            ["--treebank", *sources.treebank, *given, *spelled, "--out", work],
        ),
        ours("vectors", "vectors", models["vectors"], [*text, *out("vectors")]),
        ours(
            *("first_tokenize", "tokenizer", models["first_tokenize"]),
            [*treebank, *spelled, *out("first_tokenize")],
        ),
        ours(
            *("tokenize", "tokenizer", models["tokenize"]),
            [*treebank, *text, "--first", models["first_tokenize"], *spelled, *out("tokenize")],
        ),
        ours("mwt", "expander", models["mwt"], [*treebank, *text, *out("mwt")]),
        lemmatizer(models["lemma"]),
        ours(
            *("pos", "tagger", models["pos"]),
            ["--train", *copies, *shares, "--dev", dev, *out("pos")],
        ),
    ]
    for seed, (source, result) in enumerate(zip(copies, tagged, strict=True), 1):
        arguments = ["--tagger", models["pos"], *vectors, "--seed", seed]
        arguments += ["--treebank", source, "--out", result]
        steps.append(ours("tags", "noisy_tags", result, arguments))
    tagged_dev, silver_names = work / "dev_tagged.conllu", names.with_name("silver.json")
    learn_names = [*vectors, "--dev", *held_out, "--train", names]
    steps += [
        ours(
            *("dev_tags", "noisy_tags", tagged_dev),
            ["--tagger", models["pos"], *vectors, "--treebank", dev, "--out", tagged_dev],
        ),
        ours(
            *("depparse", "parser", models["depparse"]),
            ["--train", *tagged, *shares, "--dev", tagged_dev, *out("depparse")],
        ),
        ours("names", "ner_data", names, [*corpora, *text, "--out", names.parent]),
        ours("first_ner", "ner", models["first_ner"], [*learn_names, *out("first_ner")]),
        ours(
            *("silver_names", "ner_silver", silver_names),
            [
                "--model",
                models["first_ner"],
                "--text",
                sources.text[0],
                *vectors,
                "--out",
                silver_names,
            ],
        ),
        ours(
            *("ner", "ner", models["ner"]),
            [*learn_names, silver_names, "--init", models["first_ner"], *out("ner")],
        ),
    ]
    packed = ["--weights", work, "--out", target, "--facts", facts, "--treebank", dev]
    packed += ["--ner", *held_out]
    return [*steps, ours("package", "package", target / "models.json", packed)]


def run(steps: Sequence[Step], logs: Path) -> None:
    """Runs the steps that haven't come to their end yet, one after the other.

    Raises:
        TrainingError: a step failed, or left no result.
    """
    logs.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    for number, step in enumerate(steps, 1):
        done = logs / f"{step.result.name}.done"
        if step.result.exists() and done.exists():
            logger.info("%d/%d %s: %s is there", number, len(steps), step.name, step.result)
            continue
        log = logs / f"{step.result.stem}.log"
        logger.info("%d/%d %s -> %s (log: %s)", number, len(steps), step.name, step.result, log)
        with log.open("a", encoding="utf-8") as output:
            code = subprocess.run(
                [sys.executable, "-m", *step.command],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                check=False,
            ).returncode
        if code or not step.result.exists():
            raise TrainingError(f"The step {step.name} failed (exit code {code}); see {log}.")
        done.touch()


def train(sources: Sources, work: Path, target: Path, settings: Path) -> None:
    """Trains all models into `target`; intermediate files are kept in `work`."""
    work.mkdir(parents=True, exist_ok=True)
    (work / "ner").mkdir(exist_ok=True)
    run(plan(sources, work, target, settings), work / "logs")
