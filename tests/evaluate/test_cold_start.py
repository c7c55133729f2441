"""Measuring the time to the first event."""

from pathlib import Path

import pytest

from pipeline.evaluate.cold_start import EXPLAIN, IN_PYTHON, Seconds, cold_start_table, measure

ROOT = Path(__file__).resolve().parents[2]


def test_medians_and_the_worst_are_shown() -> None:
    starts = [
        {"weights": Seconds(a, 0.5), IN_PYTHON: Seconds(2 * a, 1.5), EXPLAIN: Seconds(3 * a, 2.5)}
        for a in (1.0, 9.0, 2.0)
    ]
    lines = cold_start_table(starts).splitlines()
    assert lines[2:5] == [
        "| weights | 2.00 | 0.50 |",
        f"| **{IN_PYTHON}** | 4.00 | 1.50 |",
        f"| **{EXPLAIN}** | 6.00 | 2.50 |",
    ]
    assert lines[-1] == "Medians of 3; the slowest start took 27.00 s."


@pytest.mark.slow
def test_a_start_is_measured_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (start,) = measure("configs/movement.cfg", 1)
    parts = [seconds.processor for name, seconds in start.items() if name != EXPLAIN]
    assert sum(parts[:-1]) == pytest.approx(start[IN_PYTHON].processor)
    assert {"import torch", "lexicons", "weights", "first sentence"} <= set(start)
    assert start[EXPLAIN].processor > 1
