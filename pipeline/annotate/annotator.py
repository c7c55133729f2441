"""Runs Stanza over batches of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from stanza.models.common.doc import Document, Sentence

from pipeline.annotate.acceleration import accelerate, quantize_weights
from pipeline.annotate.docs import Paragraph
from pipeline.annotate.fusion import split_surface
from pipeline.annotate.model_text import ModelText, model_texts
from pipeline.annotate.sentences import cut_points
from pipeline.annotate.type_caches import LemmaCache, MwtCache
from pipeline.text import strip_marks

if TYPE_CHECKING:
    import stanza

    from pipeline.annotate.screen import Screen, Word


class Stage(Protocol):
    """A Stanza processor, or what stands for one."""

    def process(self, document: Document) -> Document:
        """Annotate a document in place and return it."""


class Annotator:
    """Annotates articles in batches across articles, paragraph by paragraph.

    ``longest_sentence`` and ``split_from`` are lengths in tokens (see ``cut_points``);
    ``batch_chars`` bounds the characters that go through the models at once. With a ``screen``,
    only the sentences that it wants are parsed. ``quantize`` trades accuracy for speed.
    """

    def __init__(
        self,
        nlp: stanza.Pipeline,
        longest_sentence: int = 150,
        split_from: int = 30,
        batch_chars: int = 60_000,
        screen: Screen | None = None,
        quantize: bool = False,
    ) -> None:
        if quantize:
            quantize_weights(nlp)
        accelerate(nlp)
        processors = nlp.processors
        #: By Stanza's names of the processors.
        self.stages: dict[str, Stage] = {
            **processors,
            "mwt": MwtCache(processors["mwt"]),
            "lemma": LemmaCache(processors["lemma"]),
        }
        self.longest_sentence = longest_sentence
        self.split_from = split_from
        self.batch_chars = batch_chars
        self.screen = screen

    def annotate(self, texts: Sequence[str]) -> list[list[Paragraph]]:
        """The annotated paragraphs of each text, in order."""
        paragraphs: list[list[Paragraph]] = [[] for _ in texts]
        for batch, screen in self._batches(texts):
            found = self._annotate([part for _, part in batch], screen)
            for (number, _), part in zip(batch, found, strict=True):
                paragraphs[number] += part
        return paragraphs

    def _batches(
        self, texts: Sequence[str]
    ) -> Iterator[tuple[list[tuple[int, list[ModelText]]], Screen | None]]:
        """Articles (number, paragraphs) of about ``batch_chars`` together.

        A longer article is cut, and its parts go without the screen, which needs the article.
        """
        batch: list[tuple[int, list[ModelText]]] = []
        size = 0
        for number, text in enumerate(texts):
            parts = list(_cut(list(model_texts(text)), self.batch_chars))
            if len(parts) > 1:
                yield from (([(number, part)], None) for part in parts)
                continue
            for part in parts:
                length = sum(len(paragraph.text) for paragraph in part)
                if batch and size + length > self.batch_chars:
                    yield batch, self.screen
                    batch, size = [], 0
                batch.append((number, part))
                size += length
        if batch:
            yield batch, self.screen

    def _annotate(
        self, articles: list[list[ModelText]], screen: Screen | None
    ) -> list[list[Paragraph]]:
        """One pass of all processors over the articles, as one Stanza document."""
        joined = "\n\n".join(m.text for article in articles for m in article)
        document = self.stages["tokenize"].process(Document([], text=joined))
        split_sentences(document, self.longest_sentence, self.split_from)
        for name in ("mwt", "pos", "lemma"):
            document = self.stages[name].process(document)
        found = by_paragraph(articles, document.sentences)
        to_parse, to_search = _chosen(found, screen)
        for name, sentences in (("depparse", to_parse), ("ner", to_search)):
            if sentences:
                self.stages[name].process(_bucketed(sentences))
        return found


def split_sentences(document: Document, longest: int, split_from: int) -> None:
    """Cut over-long sentences of a tokenised document, in place (see ``cut_points``)."""
    sentences: list[Sentence] = []
    for sentence in document.sentences:
        tokens = [token.text for token in sentence.tokens]
        cuts = cut_points(tokens, longest, split_from)
        if not cuts:
            sentences.append(sentence)
            continue
        for start, end in zip([0, *cuts], [*cuts, len(tokens)], strict=True):
            entries = [entry for token in sentence.tokens[start:end] for entry in token.to_dict()]
            for i, entry in enumerate(entries, 1):
                entry["id"] = (i,)
            sentences.append(Sentence(entries, doc=document))
    document.sentences = sentences
    document._count_words()


def _cut(paragraphs: list[ModelText], limit: int) -> Iterator[list[ModelText]]:
    """The paragraphs in parts of at most ``limit`` characters, or one paragraph."""
    part: list[ModelText] = []
    size = 0
    for paragraph in paragraphs:
        if part and size + len(paragraph.text) > limit:
            yield part
            part, size = [], 0
        part.append(paragraph)
        size += len(paragraph.text)
    if part:
        yield part


def _chosen(
    articles: list[list[Paragraph]], screen: Screen | None
) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences to parse, and those to look for entities in."""
    to_parse: list[Sentence] = []
    to_search: list[Sentence] = []
    for article in articles:
        sentences = [sentence for paragraph in article for sentence in paragraph.sentences]
        wanted = [True] * len(sentences)
        if screen:
            wanted = screen.wanted([words(sentence) for sentence in sentences])
        to_parse += [s for s, is_wanted in zip(sentences, wanted, strict=True) if is_wanted]
        to_search += sentences if any(wanted) else []
    return to_parse, to_search


def words(sentence: Sentence) -> Iterator[Word]:
    """The words as they will stand in the Doc."""
    for token in sentence.tokens:
        start = 0
        lengths = split_surface(token.text, tuple(word.text for word in token.words))
        for word, length in zip(token.words, lengths, strict=True):
            piece = token.text[start : start + length]
            yield piece, word.text, strip_marks(word.lemma or "") or word.text
            start += length


def _bucketed(sentences: list[Sentence]) -> Document:
    """A Stanza document of the sentences, longest first, so that batches need little padding."""
    document = Document([])
    document.sentences = sorted(sentences, key=lambda sentence: -len(sentence.words))
    document._count_words()
    return document


def by_paragraph(
    articles: list[list[ModelText]], sentences: Iterable[Sentence]
) -> list[list[Paragraph]]:
    """Hand out the sentences of the joined text to the paragraphs they stand in."""
    found: list[list[Paragraph]] = []
    offset = 0
    for article in articles:
        found.append([])
        for model_text in article:
            found[-1].append(Paragraph(model_text, [], offset))
            offset += len(model_text.text) + 2
    paragraphs = [paragraph for article in found for paragraph in article]
    current = 0
    for sentence in sentences:
        start = sentence.tokens[0].start_char
        while current + 1 < len(paragraphs) and paragraphs[current + 1].offset <= start:
            current += 1
        paragraphs[current].sentences.append(sentence)
    return found
