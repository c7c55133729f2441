"""Every example and counter-example of the movement frame, through the bundled models."""

from pathlib import Path

import pytest
import yaml
from spacy.tokens import Doc

import pipeline
from pipeline.extract.conditions import CONDITIONS
from pipeline.extract.lexicon import DEFAULT_FRAME, load_frame

FRAME = yaml.safe_load(DEFAULT_FRAME.read_text(encoding="utf-8"))
CONFIG = Path(__file__).parents[2] / "configs" / "movement.cfg"


@pytest.fixture(scope="module")
def documents() -> dict[str, Doc]:
    """All sentences of the frame, annotated in one batch."""
    nlp = pipeline.load(CONFIG)
    texts = [row["text"] for row in (*FRAME["examples"], *FRAME["counter_examples"])]
    wanted = ("stanza", "time_expressions", "place_names", "event_triggers", "event_arguments")
    with nlp.select_pipes(enable=[name for name in nlp.pipe_names if name in wanted]):
        return {doc.text: doc for doc in nlp.pipe(texts)}


@pytest.mark.slow
@pytest.mark.parametrize("row", FRAME["examples"], ids=lambda row: f"{row['rule']}-{row['action']}")
def test_example(row: dict[str, str], documents: dict[str, Doc]) -> None:
    events = [e for e in documents[row["text"]]._.events if e.action == row["action"]]
    assert events, "no event of this action"
    for role in ("agent", "theme", "origin", "destination", "via"):
        if role in row:
            found = [argument.span.text for argument in events[0].arguments(role)]
            assert any(row[role] in text for text in found), f"{role}: {found}"


@pytest.mark.slow
@pytest.mark.parametrize("row", FRAME["counter_examples"], ids=lambda row: row["rule"])
def test_counter_example(row: dict[str, str], documents: dict[str, Doc]) -> None:
    assert [e.trigger.text for e in documents[row["text"]]._.events] == []


def test_every_action_has_an_example() -> None:
    assert {row["action"] for row in FRAME["examples"]} == {s.action for s in load_frame().senses}


def test_every_condition_of_the_frame_exists() -> None:
    named = {
        need for sense in load_frame().senses for needs in sense.needs.values() for need in needs
    }
    assert named <= CONDITIONS.keys()
