"""The annotated sentences that come with the project keep to the guidelines' format."""

import json
from pathlib import Path

import pytest

from pipeline.evaluate.frames import FRAME_ROLES
from pipeline.evaluate.gold import read_gold
from pipeline.extract.lexicon import load_frame

GOLD = Path(__file__).parents[1] / "gold"
FILES = ("seed_article", "challenge_dev", "constructions_a", "constructions_b")
FACTUALITY = {"asserted", "planned", "negated", "possible"}


def records(name: str) -> list[dict]:
    """The lines of a gold file."""
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", FILES)
def test_every_span_stands_in_its_text(name: str) -> None:
    for gold in read_gold(GOLD / f"{name}.jsonl"):
        for frame in gold.frames:
            spans = [frame.trigger, *(s for role in FRAME_ROLES for s in frame.roles[role])]
            assert all(0 <= start < end <= len(gold.text) for start, end in spans)


@pytest.mark.parametrize("name", FILES)
def test_actions_factuality_and_fields_are_those_of_the_guidelines(name: str) -> None:
    actions = {sense.action for sense in load_frame().senses}
    for record in records(name):
        for event in record["events"]:
            assert event["action"] in actions
            assert event["factuality"] in FACTUALITY
            assert {"trigger", *FRAME_ROLES, "time"} <= event.keys()


@pytest.mark.parametrize("name", FILES)
def test_no_trigger_is_annotated_twice(name: str) -> None:
    for gold in read_gold(GOLD / f"{name}.jsonl"):
        triggers = [frame.trigger for frame in gold.frames]
        assert len(set(triggers)) == len(triggers)


def test_ids_and_texts_are_unique_across_the_construction_sets() -> None:
    rows = [row for name in FILES for row in records(name)]
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({row["text"] for row in rows}) == len(rows)


def test_each_phenomenon_of_the_challenge_set_has_new_sentences() -> None:
    known = {row["phenomenon"] for row in records("challenge_dev")}
    new = {row["phenomenon"] for part in "ab" for row in records(f"constructions_{part}")}
    assert known <= new
