"""What the models read, and the way back to the article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.model_text import LONGEST_PARAGRAPH, LONGEST_RUN, model_texts

NASTY = st.sampled_from(
    [
        *("\u200f", "\u200b", "\u0640", "\u064e", "\u0651", "\n", "\r\n", "\u2028", " "),
        *("\t", "\xa0", "ﻻ", "ﷲ", "ﷺ", "ﹰ", "\ufeff", "\x85", "\x00", "😀", "قال", "وقالَ"),
        *("(", ".", "a1", "٣"),
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(NASTY, max_size=40).map("".join))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("قَالَ الرَّئيسُ", ["قال الرئيس"]),
        ("عاجــل: وصول", ["عاجل: وصول"]),
        ("\u200fقال\u200f بغداد\u200b", ["قال بغداد"]),
        ("ﻻ ﷲ", ["لا الله"]),
        ("سطر\nسطر ثان\r\n\u2028 ثالث ", ["سطر", "سطر ثان", "ثالث"]),
        ("a  \t b\xa0c", ["a b c"]),
        ("😀 ok", ["😀 ok"]),
        ("", []),
        (" \n\u200f\n ", []),
        ("x" * 10_000, ["x" * LONGEST_RUN] * 3),
    ],
)
def test_models_read(text: str, read: list[str]) -> None:
    assert [paragraph.text for paragraph in model_texts(text)] == read


def test_offsets_cover_marks_and_shortened_runs() -> None:
    (paragraph,) = model_texts("\u200fقَالَ " + "x" * 300)
    assert (paragraph.starts[0], paragraph.ends[0]) == (0, 3)
    assert paragraph.ends[-1] == 307


def test_long_lines_are_cut_after_sentences() -> None:
    text = "قال ذلك. " * 2000
    pieces = [paragraph.text for paragraph in model_texts(text)]
    assert len(pieces) > 1
    assert all(len(piece) <= LONGEST_PARAGRAPH and piece.endswith("ذلك.") for piece in pieces)


@given(TEXTS)
def test_stretches_are_in_order_and_inside(text: str) -> None:
    last = (0, 0)
    for paragraph in model_texts(text):
        assert len(paragraph.text) == len(paragraph.starts) == len(paragraph.ends)
        assert paragraph.text == paragraph.text.strip()
        for stretch in zip(paragraph.starts, paragraph.ends, strict=True):
            assert 0 <= stretch[0] < stretch[1] <= len(text)
            assert stretch[0] >= last[1] or stretch == last
            assert "\n" not in text[slice(*stretch)]
            last = stretch
