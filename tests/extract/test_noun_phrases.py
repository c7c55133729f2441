"""Spans of noun phrases on hand-built Docs."""

import pytest
from spacy.tokens import Doc, Span

from pipeline.extract.noun_phrases import noun_phrase
from tests.resolve.clause_docs import VOCAB, make_doc

QUOTED = """
انسحبت انسحب VERB 0 root
قوات قوة NOUN 0 nsubj
" " PUNCT 3 punct
فجر فجر NOUN 1 nmod
ليبيا ليبيا X 3 nmod
" " PUNCT 3 punct
أمس أمس ADV 0 advmod
"""
IN_QUOTATION = """
وصل وصل VERB 0 root
الجنود جندي NOUN 0 nsubj
إلى إلى ADP 3 case
برلين برلين X 0 obl
» » PUNCT 0 punct
يقول قال VERB 0 conj
"""


@pytest.mark.parametrize(
    ("table", "head", "text"),
    [(QUOTED, 1, 'قوات " فجر ليبيا "'), (QUOTED, 3, "فجر ليبيا"), (IN_QUOTATION, 3, "برلين")],
)
def test_a_mark_closes_only_what_was_opened_inside(table: str, head: int, text: str) -> None:
    doc = make_doc(table)
    assert noun_phrase(doc[head]).text == text


@pytest.mark.parametrize(
    ("first_head", "blocked", "text"),
    [(2, (), "مهدي رحمتي"), (2, (1,), "رحمتي"), (0, (), "رحمتي")],
)
def test_a_name_is_whole_where_its_head_is_the_last_word(
    first_head: int, blocked: tuple[int, ...], text: str
) -> None:
    doc = Doc(
        VOCAB,
        words=["وصل", "مهدي", "رحمتي"],
        pos=["VERB", "X", "X"],
        heads=[0, first_head, 0],
        deps=["root", "nmod", "nsubj"],
    )
    doc.set_ents([Span(doc, 1, 3, "PER")])
    assert noun_phrase(doc[2], blocked=blocked).text == text


def test_a_phrase_stops_at_what_is_blocked() -> None:
    doc = Doc(
        VOCAB,
        words=["غادر", "الوزير", "بغداد"],
        pos=["VERB", "NOUN", "X"],
        heads=[0, 0, 1],
        deps=["root", "nsubj", "nmod"],
    )
    assert noun_phrase(doc[1]).text == "الوزير بغداد"
    assert noun_phrase(doc[1], blocked={2}).text == "الوزير"
