"""Copies and near-copies: one kept and one rejected case each."""

import random

import pytest

from pipeline.read import Article
from pipeline.run.duplicates import Duplicates, minhash

WORDS = [f"كلمة{n}" for n in range(3000)]


def text(seed: int, words: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def edited(original: str, share: float) -> str:
    words = original.split()
    for place in random.Random(3).sample(range(len(words)), round(len(words) * share)):
        words[place] = "جديدة"
    return " ".join(words)


def marked(*texts: str, similarity: float = 0.8) -> list[Article]:
    marks = Duplicates(similarity)
    return [marks.mark(Article(f"a{n}", text)) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("other", "first"),
    [
        (text(1), "a0"),
        (text(1).replace(" ", "\n "), "a0"),
        (text(1) + " مصدر الخبر وكالة", "a0"),
        (edited(text(1), 0.02), "a0"),
        (edited(text(1), 0.3), None),
        (text(2), None),
    ],
)
def test_what_is_similar_is_linked_to_the_first(other: str, first: str | None) -> None:
    assert marked(text(1), other)[1].duplicate_of == first


def test_copies_of_copies_are_linked_to_the_first_of_all() -> None:
    one = text(1)
    found = marked(one, text(2), edited(one, 0.01), edited(one, 0.01), one)
    assert [article.duplicate_of for article in found] == [None, None, "a0", "a0", "a0"]
    assert [article.status for article in found] == ["ok"] * 3 + ["duplicate"] * 2


def test_spelling_variants_are_near_duplicates_not_copies() -> None:
    one = text(1) + " إلى"
    found = marked(one, one.replace("إ", "ا"))[1]
    assert (found.status, found.duplicate_of) == ("ok", "a0")


def test_short_texts_are_compared_as_a_whole_only() -> None:
    assert minhash("كلمة " * 10) is None
    found = marked("وصل الوفد", "وصل الوفد.", "وصل  الوفد")
    assert [article.duplicate_of for article in found] == [None, None, "a0"]


def test_what_failed_is_no_original() -> None:
    marks = Duplicates(0.8)
    marks.mark(Article("a", "", status="failed", error="broken"))
    assert marks.mark(Article("b", "")).duplicate_of is None
    again = marks.mark(Article("a", "نص"))
    assert again.status == "duplicate"
    assert "used before" in (again.error or "")


def test_the_same_input_gives_the_same_links() -> None:
    texts = [edited(text(n % 7), 0.01 * (n % 5)) for n in range(40)]
    assert marked(*texts) == marked(*texts)
