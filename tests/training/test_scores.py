"""Scoring and packing models, without any model."""

import json
from pathlib import Path

import pytest
import torch
import yaml

from pipeline.training.conllu import read_conllu
from pipeline.training.package import (
    PROCESSORS,
    halve,
    manifest,
    model_card,
    pack_weights,
)
from pipeline.training.scores import (
    entities_of,
    entity_f1,
    format_table,
    official_scores,
    paragraph_text,
    without_marks,
)

FACTS = Path("configs/training/package.yaml")


def conllu(lemma: str, head: int) -> str:
    rows = [
        ["1-2", "وقال", *["_"] * 8],
        ["1", "و", "وَ", "CCONJ", "_", "_", "2", "cc", "_", "_"],
        ["2", "قال", lemma, "VERB", "_", "_", "0", "root", "_", "_"],
        ["3", "هو", "هُوَ", "PRON", "_", "_", str(head), "nsubj", "_", "_"],
    ]
    return "\n".join("\t".join(row) for row in rows) + "\n\n"


def test_lemmas_are_compared_without_vowel_signs():
    scores = official_scores(conllu("قَال", 2), conllu("قال", 2))
    assert set(scores.values()) == {100.0}


def test_wrong_head():
    scores = official_scores(conllu("قال", 2), conllu("قال", 1))
    assert scores["LAS"] == pytest.approx(200 / 3)
    assert scores["Words"] == 100


def test_text_has_a_blank_line_between_paragraphs():
    row = "\t".join(["1", "كلمة", *"________"])
    lines = ["# newpar", row, "", row, "", "# newpar", row, ""]
    assert paragraph_text(read_conllu(lines)) == "كلمة كلمة\n\nكلمة"


def test_marks_are_taken_off_forms_unless_nothing_is_left():
    row = "\t".join(["1", "كَلـمة", *"________"])
    lone = "\t".join(["2", "ـ", *"________"])
    sentence = without_marks(next(iter(read_conllu([row, lone, ""]))))
    assert sentence.text == "كلمة ـ"
    assert [t.words for t in sentence.tokens] == [["كلمة"], ["ـ"]]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["B-PER", "I-PER", "O"], {(0, 2, "PER")}),
        (["B-PER", "E-PER", "S-GPE"], {(0, 2, "PER"), (2, 3, "PLACE")}),
        (["B-LOC", "B-LOC"], {(0, 1, "PLACE"), (1, 2, "PLACE")}),
        (["I-ORG", "I-PER"], {(0, 1, "ORG"), (1, 2, "PER")}),
        (["B-EVENT", "O"], set()),
    ],
)
def test_entities(labels: list[str], expected: set):
    assert entities_of(labels) == expected


def test_entity_f1_is_strict():
    gold = [["B-PER", "I-PER", "O"], ["B-GPE"]]
    assert entity_f1(gold, [["B-PER", "O", "O"], ["B-FAC"]]) == 50
    assert entity_f1(gold, gold) == 100


def test_table_shows_bars_and_published_figures():
    table = format_table({"Words": 98.12, "NER": 70.0})
    assert "98.1" in table
    assert "97.5" in table
    assert "74.3" in table
    assert "UAS" not in table


def test_packed_weights_load_weights_only(tmp_path: Path):
    source = tmp_path / "source.pt"
    state = {"model": {"w": torch.ones(3), "n": torch.tensor([1])}, "config": {"lr": 1.0}}
    torch.save(state | {"optimizer_state_dict": {"m": torch.ones(9)}}, source)
    pack_weights(source, tmp_path / "packed.pt")
    packed = torch.load(tmp_path / "packed.pt", weights_only=True)
    assert set(packed) == {"model", "config"}
    assert packed["model"]["w"].dtype == torch.float16
    assert packed["model"]["n"].dtype == torch.int64


def test_weights_too_large_for_half_precision_are_refused(tmp_path: Path):
    torch.save({"model": {"w": torch.tensor([1e6])}}, tmp_path / "source.pt")
    with pytest.raises(OverflowError, match="too large"):
        pack_weights(tmp_path / "source.pt", tmp_path / "packed.pt")


def test_halving_keeps_what_is_no_tensor():
    assert halve([1, {"a": "b"}, (2,)]) == [1, {"a": "b"}, (2,)]


def test_manifest_and_card(tmp_path: Path):
    facts = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    for name in PROCESSORS:
        (tmp_path / f"{name}.pt").write_bytes(name.encode())
    content = manifest(tmp_path, facts, {"Words": 98.123, "NER": 73.0})
    assert content["files"]["mwt"]["scores"] == {"Words": 98.12}
    assert all(len(entry["sha256"]) == 64 for entry in content["files"].values())
    assert all(entry["licence"] and entry["data"] for entry in content["files"].values())
    (tmp_path / "pos.pt").write_bytes(b"other")
    assert manifest(tmp_path, facts, {})["model_id"] != content["model_id"]
    card = model_card(json.loads(json.dumps(content)), facts, "the table")
    assert "the table" in card
    assert "CC BY-NC-SA 3.0" in card
