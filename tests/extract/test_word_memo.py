"""Answers that are kept by word are those that each token gets by itself."""

import spacy
from hypothesis import example, given
from hypothesis import strategies as st
from spacy.attrs import LEMMA, MORPH, NORM, ORTH, POS
from spacy.tokens import Doc

import pipeline.events  # noqa: F401  (declares the extensions that Docs carry)
from pipeline.extract import word_memo
from pipeline.extract.lexicon import load_frame
from pipeline.extract.triggers import candidate_of
from pipeline.extract.word_memo import WordMemo

VOCAB = spacy.blank("ar").vocab
FRAME = load_frame()
#: Written words of triggers, and what the tokenizer leaves on them or cuts off them.
WORDS = st.sampled_from(sorted(FRAME.words))
BEFORE = st.sampled_from(["", "و", "ف", "ب", "ال", "وال", "لل", "وس", "«", '"'])
AFTER = st.sampled_from(["", "ه", "ها", "هم", "وا", "ت"])
TAGS = st.sampled_from(["VERB", "NOUN", "ADJ", "X", "ADP", "PRON"])


def test_answers_stand_in_the_order_of_the_tokens() -> None:
    asked: list[tuple[str, ...]] = []

    def question(*strings: str) -> tuple[str, ...]:
        asked.append(strings)
        return strings

    memo = WordMemo((ORTH, LEMMA, POS, MORPH), question)
    doc = Doc(
        VOCAB,
        words=["عاد", "الوفد", "عاد"],
        lemmas=["عاد", "وفد", "عاد"],
        pos=["VERB", "NOUN", "VERB"],
        morphs=["Aspect=Perf", "Number=Sing", "Aspect=Perf"],
    )
    first, second = ("عاد", "عاد", "VERB", "Aspect=Perf"), ("الوفد", "وفد", "NOUN", "Number=Sing")
    assert memo(doc) == [first, second, first]
    assert memo(Doc(VOCAB)) == []
    assert asked == [first, second]


def test_a_full_memo_keeps_what_it_meets(monkeypatch) -> None:
    """«c» is met again before as many others were; «a» and «b» are forgotten."""
    monkeypatch.setattr(word_memo, "LIMIT", 2)
    asked = []

    def question(word: str) -> str:
        asked.append(word)
        return word.upper()

    memo = WordMemo((NORM,), question)
    for words in (["a", "b", "c"], ["c", "d", "e"], ["c"], ["f"], ["g", "c", "a"]):
        assert memo(Doc(VOCAB, words=words)) == [word.upper() for word in words]
    assert asked == [*"abcde", "f", "g", "a"]


@example("ابتعاث", "", "", 1, True, "VERB", "PRON", False)
@given(WORDS, BEFORE, AFTER, st.integers(0, 3), st.booleans(), TAGS, TAGS, st.booleans())
def test_no_candidate_is_passed_by(
    word: str, before: str, after: str, cut: int, cut_start: bool, tag: str, next: str, known: bool
) -> None:
    """A trigger with clitics, whole or cut in two, under any tag."""
    text = before + word + after
    at = min(cut, len(text) - 1) if cut_start else max(len(text) - cut, 1)
    words = [piece for piece in (text[:at], text[at:]) if piece]
    tags = [tag, next][: len(words)]
    lemmas = [word if known else piece for piece in words]
    doc = Doc(
        VOCAB,
        words=words,
        lemmas=lemmas,
        pos=tags,
        spaces=[False] * len(words),
        heads=[0] * len(words),
        deps=["root", *["obl"] * (len(words) - 1)],
        sent_starts=[i == 0 for i in range(len(words))],
    )
    for token in doc:
        token._.fused = len(words) > 1
    found = [candidate_of(token, FRAME) is not None for token in doc]
    possible = map(bool, FRAME.chances(doc))
    assert all(may for may, is_candidate in zip(possible, found, strict=True) if is_candidate)
