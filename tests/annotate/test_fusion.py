"""Cutting fused tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.fusion import split_surface


@pytest.mark.parametrize(
    ("surface", "words", "pieces"),
    [
        ("وقال", ["و", "قال"], ["و", "قال"]),
        ("للعراق", ["ل", "العراق"], ["ل", "لعراق"]),
        ("وللحكومة", ["و", "ل", "الحكومة"], ["و", "ل", "لحكومة"]),
        ("حكومتها", ["حكومة", "ها"], ["حكومت", "ها"]),
        ("مما", ["من", "ما"], ["م", "ما"]),
        ("عليهم", ["على", "هم"], ["علي", "هم"]),
        ("اب", ["ا", "ب", "ج"], ["ا", "ب", ""]),
        ("كلمة", ["كلمة"], ["كلمة"]),
    ],
)
def test_pieces(surface: str, words: list[str], pieces: list[str]) -> None:
    lengths = split_surface(surface, tuple(words))
    cut = [surface[sum(lengths[:i]) : sum(lengths[: i + 1])] for i in range(len(lengths))]
    assert cut == pieces


@given(st.text(min_size=1, max_size=12), st.lists(st.text(max_size=6), min_size=1, max_size=5))
def test_lengths_add_up(surface: str, words: list[str]) -> None:
    lengths = split_surface(surface, tuple(words))
    assert len(lengths) == len(words)
    assert sum(lengths) == len(surface)
    assert min(lengths) >= (0 if len(words) > len(surface) or "" in words else 1)
