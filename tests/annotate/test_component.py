"""The component with annotators that need no models."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from stanza.models.common.doc import Document

from pipeline.annotate.cache import AnnotationCache, NotCached
from pipeline.annotate.component import StanzaComponent, is_annotated
from pipeline.annotate.docs import Paragraph
from pipeline.annotate.model_text import model_texts
from pipeline.annotate.raw_text import RawText
from tests.annotate.hand_built import VOCAB, sentence

TEXTS = ["وصل الوزير", "", " \n", "😀\n\u200f", "قال\tنعم", "وصل الوزير"]


class Spaces:
    """Annotates by splitting at spaces; counts what it was given."""

    def __init__(self) -> None:
        self.seen: list[list[str]] = []

    def annotate(self, texts: Sequence[str]) -> list[list[Paragraph]]:
        self.seen.append(list(texts))
        return [[self._paragraph(m.text, m) for m in model_texts(text)] for text in texts]

    def _paragraph(self, text: str, model_text: object) -> Paragraph:
        words = text.split()
        entries = sentence(
            text,
            [([(w, "X", min(i, 1), "dep" if i else "root")], "O") for i, w in enumerate(words)],
        )
        return Paragraph(model_text, Document([entries]).sentences)  # type: ignore[arg-type]


def component(annotator: Spaces, **options: object) -> StanzaComponent:
    return StanzaComponent(VOCAB, lambda: annotator, **options)  # type: ignore[arg-type, return-value]


def test_batches_keep_order_metadata_and_text() -> None:
    annotator = Spaces()
    stage = component(annotator, batch_chars=12)
    raw = [RawText(stage.vocab)(text) for text in TEXTS]
    for number, doc in enumerate(raw):
        doc._.meta = {"id": number}
    docs = list(stage.pipe(raw))
    assert [doc.text for doc in docs] == TEXTS
    assert [doc._.meta["id"] for doc in docs] == list(range(len(TEXTS)))
    assert all(is_annotated(doc) for doc in docs)
    assert len(annotator.seen) > 1


def test_annotated_docs_pass_untouched() -> None:
    annotator = Spaces()
    stage = component(annotator)
    doc = stage(RawText(stage.vocab)("وصل الوزير"))
    assert stage(doc) is doc
    assert len(annotator.seen) == 1


def test_cache_spares_the_models(tmp_path: Path) -> None:
    first, second = Spaces(), Spaces()
    for annotator in (first, second):
        stage = StanzaComponent(
            VOCAB,
            lambda annotator=annotator: annotator,  # type: ignore[misc, return-value]
            cache=AnnotationCache(tmp_path, "key", VOCAB),
        )
        assert [doc.text for doc in stage.pipe(map(RawText(VOCAB), TEXTS))] == TEXTS
    assert first.seen
    assert not second.seen


def test_without_models_a_miss_is_an_error(tmp_path: Path) -> None:
    stage = StanzaComponent(VOCAB, None, cache=AnnotationCache(tmp_path, "key", VOCAB))
    with pytest.raises(NotCached, match="no cached annotation"):
        stage(RawText(VOCAB)("وصل"))


@pytest.mark.parametrize("text", [*TEXTS, "a  b ", "\x85\x00", "ﷺ" * 3, "\t \n x"])
def test_raw_text_keeps_everything(text: str) -> None:
    assert RawText(VOCAB)(text).text == text


def test_lone_surrogates_become_replacement_characters() -> None:
    assert RawText(VOCAB)("a\ud800b").text == "a\ufffdb"
