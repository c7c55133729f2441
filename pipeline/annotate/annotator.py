"""Runs Stanza over batches of articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from pipeline.annotate.acceleration import accelerate
from pipeline.annotate.docs import Paragraph
from pipeline.annotate.model_text import ModelText, model_texts
from pipeline.annotate.sentences import cut_points
from pipeline.annotate.type_caches import LemmaCache, MwtCache

if TYPE_CHECKING:
    import stanza
    from stanza.models.common.doc import Document, Sentence


class Stage(Protocol):
    """A Stanza processor, or what stands for one."""

    def process(self, document: Document) -> Document:
        """Annotate a document in place and return it."""


class Annotator:
    """Annotates articles in batches across articles, paragraph by paragraph.

    ``longest_sentence`` and ``split_from`` are lengths in tokens (see ``cut_points``);
    ``batch_chars`` bounds the characters that go through the models at once.
    """

    def __init__(
        self,
        nlp: stanza.Pipeline,
        longest_sentence: int = 150,
        split_from: int = 30,
        batch_chars: int = 60_000,
    ) -> None:
        self.nlp = nlp
        accelerate(nlp)
        self._stages: list[Stage] = [
            MwtCache(nlp.processors["mwt"]),
            nlp.processors["pos"],
            LemmaCache(nlp.processors["lemma"]),
            nlp.processors["depparse"],
            nlp.processors["ner"],
        ]
        self.longest_sentence = longest_sentence
        self.split_from = split_from
        self.batch_chars = batch_chars

    def annotate(self, texts: Sequence[str]) -> list[list[Paragraph]]:
        """The annotated paragraphs of each text, in order."""
        paragraphs: list[list[Paragraph]] = [[] for _ in texts]
        batch: list[tuple[int, ModelText]] = []
        size = 0
        for number, text in enumerate(texts):
            for model_text in model_texts(text):
                batch.append((number, model_text))
                size += len(model_text.text)
                if size >= self.batch_chars:
                    self._flush(batch, paragraphs)
                    batch, size = [], 0
        self._flush(batch, paragraphs)
        return paragraphs

    def _flush(self, batch: list[tuple[int, ModelText]], out: list[list[Paragraph]]) -> None:
        if not batch:
            return
        annotated = self._annotate([model_text for _, model_text in batch])
        for (number, _), paragraph in zip(batch, annotated, strict=True):
            out[number].append(paragraph)

    def _annotate(self, model_texts: list[ModelText]) -> list[Paragraph]:
        """One pass of all processors over the paragraphs, as one Stanza document."""
        from stanza.models.common.doc import Document

        joined = "\n\n".join(model_text.text for model_text in model_texts)
        document: Document = self.nlp.processors["tokenize"].process(Document([], text=joined))
        self._split_sentences(document)
        for stage in self._stages:
            document = stage.process(document)
        return _by_paragraph(model_texts, document.sentences)

    def _split_sentences(self, document: Document) -> None:
        """Cut over-long sentences of a tokenised document, in place."""
        from stanza.models.common.doc import Sentence

        sentences: list[Sentence] = []
        for sentence in document.sentences:
            tokens = [token.text for token in sentence.tokens]
            cuts = cut_points(tokens, self.longest_sentence, self.split_from)
            if not cuts:
                sentences.append(sentence)
                continue
            for start, end in zip([0, *cuts], [*cuts, len(tokens)], strict=True):
                entries = [
                    entry for token in sentence.tokens[start:end] for entry in token.to_dict()
                ]
                for i, entry in enumerate(entries, 1):
                    entry["id"] = (i,)
                sentences.append(Sentence(entries, doc=document))
        document.sentences = sentences
        document._count_words()


def _by_paragraph(model_texts: list[ModelText], sentences: Iterable[Sentence]) -> list[Paragraph]:
    """Hand out the sentences of the joined text to the paragraphs they stand in."""
    paragraphs: list[Paragraph] = []
    offset = 0
    for model_text in model_texts:
        paragraphs.append(Paragraph(model_text, [], offset))
        offset += len(model_text.text) + 2
    current = 0
    for sentence in sentences:
        start = sentence.tokens[0].start_char
        while current + 1 < len(paragraphs) and paragraphs[current + 1].offset <= start:
            current += 1
        paragraphs[current].sentences.append(sentence)
    return paragraphs
