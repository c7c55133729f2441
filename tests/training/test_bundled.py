"""The weights that come with the project: complete, unchanged, small, and described."""

import hashlib
import json
from pathlib import Path

import pytest
import torch

from pipeline.training.evaluate import recorded_scores
from pipeline.training.package import PROCESSORS, all_finite

MODELS = Path("pipeline/models/ar")
FILES = json.loads((MODELS / "models.json").read_text(encoding="utf-8"))["files"]


def test_every_processor_has_weights_and_together_they_are_small():
    assert set(FILES) == set(PROCESSORS)
    assert sum(entry["bytes"] for entry in FILES.values()) < 80e6


@pytest.mark.parametrize("name", PROCESSORS)
def test_weights_are_those_described_and_load_weights_only(name: str):
    path = MODELS / FILES[name]["file"]
    content = path.read_bytes()
    assert hashlib.sha256(content).hexdigest() == FILES[name]["sha256"]
    assert len(content) == FILES[name]["bytes"]
    assert all_finite(torch.load(path, weights_only=True, map_location="cpu"))


def test_card_names_each_file_and_its_licence():
    card = (MODELS / "MODEL_CARD.md").read_text(encoding="utf-8")
    for entry in FILES.values():
        assert entry["file"] in card
        assert entry["licence"] in card


def test_figures_are_recorded():
    recorded = recorded_scores(MODELS)
    assert {"Words", "UPOS", "Lemmas", "UAS", "LAS", "NER"} <= set(recorded)
