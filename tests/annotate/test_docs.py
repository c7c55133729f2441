"""Docs from hand-built Stanza sentences."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stanza.models.common.doc import Document

from pipeline.annotate.docs import Paragraph, build_doc
from pipeline.annotate.model_text import model_texts
from tests.annotate.hand_built import VOCAB, doc_of
from tests.annotate.test_model_text import TEXTS

TEXT = "وقَال وزير للعراق  إن"


def hand_built() -> Any:
    return doc_of(
        TEXT,
        [
            ([("و", "CCONJ", 2, "cc"), ("قال", "VERB", 0, "root")], "O"),
            ([("وزير", "NOUN", 2, "nsubj")], "O"),
            ([("ل", "ADP", 5, "case"), ("العراق", "X", 3, "nmod")], "S-GPE", "للعراق"),
            ([("إن", "SCONJ", 2, "mark")], "O"),
        ],
    )


def test_words_trees_and_entities() -> None:
    doc = hand_built()
    assert doc.text == TEXT
    assert [t.text for t in doc] == ["و", "قَال", "وزير", "ل", "لعراق", " ", "إن"]
    assert [t.norm_ for t in doc] == ["و", "قال", "وزير", "ل", "العراق", " ", "إن"]
    assert [t._.fused for t in doc] == [True, True, False, True, True, False, False]
    assert [t.head.i for t in doc] == [1, 1, 1, 4, 2, 4, 1]
    assert [t.pos_ for t in doc][5] == "SPACE"
    assert [(e.text, e.label_) for e in doc.ents] == [("لعراق", "GPE")]
    assert len(list(doc.sents)) == 1


@pytest.mark.parametrize(
    ("tokens", "text", "entities"),
    [
        # Inside a name a conjunction stays; before it, it goes.
        (
            [
                ([("و", "CCONJ", 2, "cc"), ("قطر", "X", 0, "root")], "B-ORG"),
                ([("و", "CCONJ", 4, "cc"), ("عمان", "X", 2, "conj")], "E-ORG"),
            ],
            "وقطر وعمان",
            ["قطر وعمان"],
        ),
        # A pronoun after a name goes.
        (
            [([("حكومة", "NOUN", 0, "root"), ("ها", "PRON", 1, "nmod")], "S-ORG")],
            "حكومةها",
            ["حكومة"],
        ),
        # A piece that is all there is stays, and a word that was not split too.
        ([([("وزارة", "NOUN", 0, "root")], "S-ORG")], "وزارة", ["وزارة"]),
        # Neighbours of one label stay apart.
        (
            [([("حلب", "X", 0, "root")], "S-GPE"), ([("حمص", "X", 1, "conj")], "S-GPE")],
            "حلب حمص",
            ["حلب", "حمص"],
        ),
    ],
)
def test_entities_lose_clitics(tokens: Any, text: str, entities: list[str]) -> None:
    assert [entity.text for entity in doc_of(text, tokens).ents] == entities


def test_two_sentences_and_one_without_a_parse() -> None:
    doc = doc_of(
        "قال ذلك. عاد",
        [
            ([("قال", "VERB", 0, "root")], "O"),
            ([("ذلك", "DET", 1, "obj")], "O"),
            ([(".", "PUNCT", 1, "punct")], "O"),
        ],
        [([("عاد", "VERB", None, "")], "O")],
    )
    assert [sentence.text for sentence in doc.sents] == ["قال ذلك.", "عاد"]
    assert [token.dep_ for token in doc] == ["root", "obj", "punct", "unparsed"]


def test_more_words_than_letters_share_a_token() -> None:
    words = [("ا", "ADP", 2, "case"), ("ب", "NOUN", 0, "root"), ("ج", "PRON", 2, "nmod")]
    doc = doc_of("اب", [(words, "O", "اب")])
    assert [(t.text, t.head.i) for t in doc] == [("ا", 1), ("ب", 1)]


def test_a_ligature_that_two_words_share_is_one_token() -> None:
    words = [("ل", "ADP", 2, "case"), ("ا", "NOUN", 0, "root")]
    doc = doc_of("ﻻ قال", [(words, "O", "لا"), ([("قال", "VERB", 2, "acl")], "O")])
    assert [(t.text, t.norm_, t.head.i) for t in doc] == [("ﻻ", "ا", 0), ("قال", "قال", 0)]


def test_a_piece_of_white_space_is_no_word() -> None:
    words = [("ا", "NOUN", 0, "root"), ("و", "CCONJ", 3, "cc"), ("ب", "NOUN", 1, "conj")]
    doc = doc_of("ا ب", [(words, "O", "ا ب")])
    assert [(t.text, t.pos_) for t in doc] == [("ا", "NOUN"), ("ب", "NOUN")]
    assert doc.text == "ا ب"


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.data())
def test_any_text_with_any_annotation(text: str, data: st.DataObject) -> None:
    """Text, tree and sentences hold whatever a tokeniser, expander and parser may say."""
    text = text.encode("utf-8", "replace").decode()
    paragraphs = []
    offset = 0
    for model_text in model_texts(text):
        sentences = data.draw(annotations(model_text.text, offset))
        paragraphs.append(Paragraph(model_text, Document(sentences).sentences, offset))
        offset += len(model_text.text) + 2
    doc = build_doc(VOCAB, text, paragraphs)
    assert doc.text == text
    assert all(not token.is_space or token.pos_ == "SPACE" for token in doc)
    for sentence in doc.sents:
        assert sum(token.head == token for token in sentence) == 1
        assert all(sentence.start <= token.head.i < sentence.end for token in sentence)


@st.composite
def annotations(draw: st.DrawFn, text: str, offset: int) -> list[list[dict[str, Any]]]:
    """Stanza sentences over ``text``: tokens anywhere, words of any letters, any tree."""
    sentences: list[list[dict[str, Any]]] = []
    position = 0
    while position < len(text):
        entries: list[dict[str, Any]] = []
        number = 0
        for _ in range(draw(st.integers(1, 4))):
            while position < len(text) and text[position] == " ":
                position += 1
            if position >= len(text):
                break
            end = min(len(text), position + draw(st.integers(1, 6)))
            words = [text[position:end]]
            if draw(st.booleans()):
                words = draw(
                    st.lists(st.text("اقوله", min_size=1, max_size=4), min_size=2, max_size=4)
                )
            ner = draw(st.sampled_from(["O", "B-PER", "I-PER", "E-PER", "S-GPE", "I-ORG"]))
            place = {"start_char": offset + position, "end_char": offset + end, "ner": ner}
            if len(words) > 1:
                ids = (number + 1, number + len(words))
                entries.append({"id": ids, "text": text[position:end], **place})
            for word in words:
                number += 1
                upos = draw(st.sampled_from(["NOUN", "ADP", "CCONJ", "PRON"]))
                entry = {"id": (number,), "text": word, "upos": upos}
                entries.append(entry | (place if len(words) == 1 else {}))
            position = end
        if not entries:
            break
        order = draw(st.permutations(range(1, number + 1)))
        heads = {order[0]: 0}
        for i, node in enumerate(order[1:], 1):
            heads[node] = order[draw(st.integers(0, i - 1))]
        for entry in entries:
            if len(entry["id"]) == 1:
                entry |= {"head": heads[entry["id"][0]], "deprel": "dep"}
        sentences.append(entries)
    return sentences
