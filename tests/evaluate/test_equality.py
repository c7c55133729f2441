"""Events of plain Stanza's annotation and of ours."""

from pathlib import Path

import pytest

from pipeline.evaluate.equality import Difference, compare

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ([{"trigger_text": "وصل"}], [], "a1, وصل: lost (engine)"),
        ([], [{"trigger_text": "وصل"}], "a1, وصل: new (engine)"),
        (
            [{"trigger_text": "وصل", "actor_text": None, "action": "moved"}],
            [{"trigger_text": "وصل", "actor_text": "الوفد", "action": "moved"}],
            "a1, وصل: actor_text None -> الوفد (engine)",
        ),
        (
            [{"trigger_text": "وصل"}],
            [{"trigger_text": "وصل"}] * 2,
            "a1, وصل: 1 -> 2 rows (engine)",
        ),
    ],
)
def test_a_difference_says_what_changed(before: list, after: list, said: str) -> None:
    assert str(Difference("a1", "engine", before, after)) == said


@pytest.mark.slow
def test_the_engine_changes_no_event(tmp_path: Path) -> None:
    text = "وصل الوفد إلى القاهرة.\n\nنُقِلَ الجرحى الى المستشفى، وقال الوزير إنهم عادوا إلى بيوتهم."
    (tmp_path / "a.txt").write_text(text)
    report = compare(str(ROOT / "configs" / "movement.cfg"), str(tmp_path), 10)
    assert report.events
    assert not report.unexplained
