"""Packs trained weights: half precision, checksums, `models.json` and the model card.

Stanza copies loaded weights into single-precision parameters, so that files stored in half
precision load as they are; only vectors must be cast after loading.
"""

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import torch

from pipeline.data_files import read_yaml

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner", "vectors")
#: Optimizer states and the like that nobody needs to run a model.
TRAINING_ONLY = ("optimizer_state_dict", "scheduler_state_dict", "step_count", "global_step")


def halve(value: Any) -> Any:
    """The value with single-precision tensors in it cast to half precision."""
    if isinstance(value, torch.Tensor):
        return value.half().clone() if value.dtype == torch.float32 else value.clone()
    if isinstance(value, dict):
        return type(value)((key, halve(item)) for key, item in value.items())
    if isinstance(value, list):
        return [halve(item) for item in value]
    return value


def pack_weights(source: Path, target: Path) -> int:
    """Writes a half-precision copy of a Stanza model file; returns its size in bytes.

    Raises OverflowError where a weight doesn't fit into half precision.
    """
    state = torch.load(source, map_location="cpu", weights_only=True)
    packed = halve({key: item for key, item in state.items() if key not in TRAINING_ONLY})
    if not all_finite(packed):
        raise OverflowError(f"{source}: a weight is too large for half precision")
    torch.save(packed, target, _use_new_zipfile_serialization=False)
    return target.stat().st_size


def all_finite(value: Any) -> bool:
    """Whether all numbers in the tensors of nested dicts and lists are finite."""
    if isinstance(value, torch.Tensor):
        return not value.is_floating_point() or bool(torch.isfinite(value).all())
    if isinstance(value, dict):
        return all(map(all_finite, value.values()))
    return all(map(all_finite, value)) if isinstance(value, list) else True


def manifest(folder: Path, facts: dict[str, Any], scores: dict[str, float]) -> dict[str, Any]:
    """The content of models.json for the weights in a folder; other weights, other `model_id`.

    Args:
        facts: `model_id`, `language` and, by processor, `data`, `licence` and the names of the
            `scores` it answers for (see configs/training/package.yaml).
        scores: end-to-end scores by name.
    """
    files = {}
    for name in PROCESSORS:
        path = folder / f"{name}.pt"
        about = facts["processors"][name]
        content = path.read_bytes()
        files[name] = {
            "file": path.name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "scores": {s: round(scores[s], 2) for s in about.get("scores", []) if s in scores},
            "data": about["data"],
            "licence": about["licence"],
        }
    sums = "".join(entry["sha256"] for entry in files.values())
    identity = f"{facts['model_id']}-{hashlib.sha256(sums.encode()).hexdigest()[:8]}"
    return {"model_id": identity, "language": facts["language"], "files": files}


def model_card(content: dict[str, Any], facts: dict[str, Any], table: str) -> str:
    """MODEL_CARD.md from the manifest, the notes of the facts file and the table of scores."""
    lines = [f"# {facts['title']}", "", facts["introduction"].strip(), ""]
    lines += ["## Measured", "", facts["measured"].strip(), "", "```", table, "```", ""]
    lines += ["## Files", "", "| file | size | trained on | licence |", "|---|---|---|---|"]
    for entry in content["files"].values():
        size = f"{entry['bytes'] / 1e6:.1f} MB"
        data = "; ".join(entry["data"])
        lines.append(f"| {entry['file']} | {size} | {data} | {entry['licence']} |")
    total = sum(entry["bytes"] for entry in content["files"].values())
    lines += ["", f"Together {total / 1e6:.1f} MB; sha256 sums are in models.json.", ""]
    for heading, text in facts.get("sections", {}).items():
        lines += [f"## {heading}", "", text.strip(), ""]
    return "\n".join(lines)


def package(
    weights: Path, target: Path, facts_file: Path, scores: dict[str, float], table: str
) -> dict[str, Any]:
    """Packs `<processor>.pt` of a folder into `target`, with manifest and card.

    `target` holds the packed weights afterwards; returns the manifest.
    """
    facts = read_yaml(facts_file)
    content = manifest(target, facts, scores)
    (target / "models.json").write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
    (target / "MODEL_CARD.md").write_text(model_card(content, facts, table), encoding="utf-8")
    return content


def pack_folder(weights: Path, target: Path, language: str = "ar", name: str = "Arabic") -> None:
    """Half-precision copies of all weights of a folder, and the resources file Stanza asks for."""
    target.mkdir(parents=True, exist_ok=True)
    for processor in PROCESSORS:
        pack_weights(weights / f"{processor}.pt", target / f"{processor}.pt")
    resources = {language: {"lang_name": name}}
    (target / "resources.json").write_text(json.dumps(resources) + "\n")


def main() -> None:
    """Command line: trained weights -> a folder that the pipeline can use."""
    from pipeline.training.evaluate import evaluate_models
    from pipeline.training.scores import format_table

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--facts", type=Path, required=True, help="configs/training/package.yaml")
    parser.add_argument("--treebank", type=Path, required=True, help="held-out documents")
    parser.add_argument("--ner", type=Path, nargs="*", default=[], help="held-out sentences (json)")
    args = parser.parse_args()
    pack_folder(args.weights, args.out)
    scores = evaluate_models(args.out, args.treebank, args.ner)
    package(args.weights, args.out, args.facts, scores, format_table(scores))


if __name__ == "__main__":
    main()
