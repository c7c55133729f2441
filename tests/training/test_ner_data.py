"""NER data preparation, on tiny made-up corpora."""

import json
from pathlib import Path

import pytest

from pipeline.training.ner_data import (
    CorpusSettings,
    Respeller,
    glue,
    hold_out,
    load_settings,
    read_bio,
    split_places,
    write_json,
)

CONFIGS = Path(__file__).resolve().parents[2] / "configs" / "training"
CUT = CorpusSettings(
    labels={"Politician": "PER", "Nation": "GPE"},
    proclitics=frozenset("وفبل"),
    enclitics=frozenset(["ها", "ه"]),
)


def bio(*pairs: str) -> list[tuple[str, str]]:
    return [tuple(pair.split("/")) for pair in pairs]


def test_fine_classes_are_mapped_and_unknown_ones_dropped() -> None:
    lines = ["سليم\tB-Politician", "حداد\tI-Politician", "كتاب\tB-Book", "", "لبنان\tB-Nation"]
    assert list(read_bio(lines, CUT)) == [
        bio("سليم/B-PER", "حداد/I-PER", "كتاب/O"),
        bio("لبنان/B-GPE"),
    ]


def test_of_nested_labels_the_outermost_is_kept() -> None:
    settings = CorpusSettings(labels={"ORG": "ORG", "GPE": "GPE"}, sentence_separator="$#$")
    lines = ["بلدية B-ORG", "نابلس I-ORG B-GPE", "$#$ O", "نابلس I-OCC B-GPE"]
    assert list(read_bio(lines, settings)) == [
        bio("بلدية/B-ORG", "نابلس/I-ORG"),
        bio("نابلس/B-GPE"),
    ]


def test_inner_label_that_continues_nothing_begins_a_name() -> None:
    assert list(read_bio(["لبنان I-Nation"], CUT)) == [bio("لبنان/B-GPE")]


@pytest.mark.parametrize(
    ("cut", "glued"),
    [
        (["و/O", "قال/O"], ["وقال/O"]),
        (["و/O", "لبنان/B-GPE"], ["ولبنان/B-GPE"]),
        (["و/O", "ب/O", "لبنان/B-GPE"], ["وبلبنان/B-GPE"]),
        (["صادرات/O", "ها/O", "التي/O"], ["صادراتها/O", "التي/O"]),
        (["و/O", "«/O", "قال/O"], ["و/O", "«/O", "قال/O"]),
        (["الصحة/B-ORG", "و/I-ORG", "السكان/I-ORG"], ["الصحة/B-ORG", "والسكان/I-ORG"]),
        (["(/O", "ه/O", ")/O"], ["(/O", "ه/O", ")/O"]),
        (["قال/O", "و/O"], ["قال/O", "و/O"]),
    ],
)
def test_clitics_are_glued_to_their_words(cut: list[str], glued: list[str]) -> None:
    assert glue(bio(*cut), CUT) == bio(*glued)


def test_letters_of_an_abbreviated_name_are_left_alone() -> None:
    settings = CorpusSettings(labels={}, proclitics=frozenset("ب"), enclitics=frozenset())
    assert glue(bio("ب/B-ORG", "ا/I-ORG"), settings) == bio("ب/B-ORG", "ا/I-ORG")


def test_places_are_told_apart_by_their_first_word() -> None:
    settings = CorpusSettings(
        labels={},
        places={"default": "GPE", "LOC": ["نهر"], "FAC": ["مطار"]},
        clitic_letters="لب",
    )
    sentence = bio("بمطار/B-PLACE", "بيروت/I-PLACE", "نهر/B-PLACE", "صور/B-PLACE", "قال/O")
    assert split_places(sentence, settings) == bio(
        "بمطار/B-FAC", "بيروت/I-FAC", "نهر/B-LOC", "صور/B-GPE", "قال/O"
    )


def test_respelling_takes_the_most_frequent_spelling() -> None:
    fold = str.maketrans({"أ": "ا", "إ": "ا", "ى": "ي"})
    respeller = Respeller({"أن": 9, "ان": 5, "إلى": 8, "إن": 2}, fold)
    assert respeller.respell("ان") == "أن"
    assert respeller.respell("الي") == "إلى"
    assert respeller.respell("والي", ["و"]) == "وإلى"
    assert respeller.respell("كلمة") == "كلمة"


def test_held_out_sentences_have_a_margin_around_them() -> None:
    train, held_out = hold_out([[]] * 200, 0.1, pieces=2, margin=5)
    assert held_out == [*range(90, 100), *range(190, 200)]
    assert train == [*range(0, 85), *range(105, 185)]


def test_json_is_what_stanza_reads(tmp_path: Path) -> None:
    write_json([bio("قال/O"), []], tmp_path / "train.json")
    data = json.loads((tmp_path / "train.json").read_text(encoding="utf-8"))
    assert data == [[{"text": "قال", "ner": "O"}]]


@pytest.mark.parametrize("name", ["newsfane", "aqmar", "wojood"])
def test_shipped_settings_map_to_the_five_labels(name: str) -> None:
    settings = load_settings(CONFIGS / f"{name}.yaml")
    assert set(settings.labels.values()) <= {"PER", "ORG", "GPE", "LOC", "FAC", "PLACE"}
