"""Where over-long sentences are cut."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.sentences import cut_points


def test_short_sentences_stay_whole() -> None:
    assert cut_points(["a", ".", "b"], longest=10, split_from=3) == []


def test_full_stops_cut_and_quotes_stay_with_them() -> None:
    tokens = ["a", ".", "»", "b", "؟", "!", "c", "."]
    assert cut_points(tokens, longest=10, split_from=3) == [3, 6]


def test_commas_cut_only_what_is_too_long() -> None:
    tokens = ["w"] * 6 + ["،"] + ["w"] * 6
    assert cut_points(tokens, longest=20, split_from=5) == []
    assert cut_points(tokens, longest=10, split_from=5) == [7]


@given(st.lists(st.sampled_from(["w", ".", "،", "؛", '"']), max_size=120))
def test_no_part_is_too_long(tokens: list[str]) -> None:
    cuts = [0, *cut_points(tokens, longest=12, split_from=12), len(tokens)]
    assert cuts == sorted(cuts)
    assert all(end - start <= 12 for start, end in pairwise(cuts))
