"""The figures of a set of models: `python -m pipeline evaluate-models`."""

import json
from collections.abc import Sequence
from pathlib import Path

import torch

from pipeline.training.conllu import open_text, read_conllu
from pipeline.training.scores import format_table, ner_scores, treebank_scores


def read_entities(path: Path) -> list[list[tuple[str, str]]]:
    """Sentences of (token, label) from Stanza's NER JSON."""
    sentences = json.loads(path.read_text(encoding="utf-8"))
    return [[(word["text"], word["ner"]) for word in sentence] for sentence in sentences]


def evaluate_models(
    models: Path, treebank: Path | None, ner: Sequence[Path] = (), lang: str = "ar"
) -> dict[str, float]:
    """Scores (per cent) of the weights in a folder on held-out data.

    Args:
        treebank: CoNLL-U with paragraphs, fed as raw text.
        ner: files of held-out sentences (see `ner_data`); `NER` is over all, and each file has
            its own figure too.
    """
    torch.set_num_threads(1)
    scores: dict[str, float] = {}
    if treebank is not None:
        scores |= treebank_scores(models, list(read_conllu(open_text(treebank))), lang)
    sentences = {path.stem.removeprefix("dev_"): read_entities(path) for path in ner}
    if sentences:
        scores["NER"] = ner_scores(models, [s for part in sentences.values() for s in part], lang)
    if len(sentences) > 1:
        scores |= {
            f"NER {name}": ner_scores(models, part, lang) for name, part in sentences.items()
        }
    return scores


def recorded_scores(models: Path) -> dict[str, float]:
    """The scores that models.json records, as they were measured when it was packed."""
    content = json.loads((models / "models.json").read_text(encoding="utf-8"))
    merged: dict[str, float] = {}
    for entry in content["files"].values():
        merged |= entry["scores"]
    return merged


def show_models(
    models: Path, treebank: Path | None = None, ner: Sequence[Path] = (), as_json: bool = False
) -> None:
    """Prints the models' figures beside this project's bars and Stanza's published ones.

    Without data, the recorded figures; with data, they are measured now.
    """
    measured = bool(treebank or ner)
    scores = evaluate_models(models, treebank, ner) if measured else recorded_scores(models)
    if as_json:
        print(json.dumps(scores, indent=2))
        return
    print(f"{models} ({'measured now' if measured else 'as recorded in models.json'})")
    print(format_table(scores))
