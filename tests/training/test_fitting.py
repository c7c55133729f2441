"""What the trainings share: options, and batches of copies of sentences."""

from pathlib import Path

import pytest

from pipeline.training import fitting

COPIES = [["a0", "a1", "a2"], ["b0", "b1", "b2"]]


def test_each_sentence_comes_from_one_of_the_copies() -> None:
    plan = [[0, 2], [1]] * 20
    batches = list(fitting.drawn_from_copies(COPIES, None, plan, seed=1))
    assert [[int(item[1]) for item in batch] for batch in batches] == plan
    assert {item[0] for batch in batches for item in batch} == {"a", "b"}
    assert batches == list(fitting.drawn_from_copies(COPIES, [1, 1], plan, seed=1))


def test_a_copy_without_weight_is_never_drawn() -> None:
    batches = fitting.drawn_from_copies(COPIES, [0, 1], [[0, 1, 2]] * 5, seed=1)
    assert {item[0] for batch in batches for item in batch} == {"b"}


def test_options_have_the_defaults_of_the_training(capsys: pytest.CaptureFixture[str]) -> None:
    parser = fitting.options(
        "A training.", epochs=3, words=10, lr=0.1, dropout=0.2, word_dropout=0.3, longest=4,
        evaluations=5,
    )  # fmt: skip
    needed = ["--train", "t", "--dev", "d", "e", "--vectors", "v", "--out", "o"]
    args = parser.parse_args([*needed, "--words", "20"])
    assert (args.epochs, args.words, args.word_dropout, args.seed) == (3, 20, 0.3, 1)
    assert args.dev == [Path("d"), Path("e")]
    with pytest.raises(SystemExit):
        parser.parse_args(needed[:-2])
    assert "--out" in capsys.readouterr().err
