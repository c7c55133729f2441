"""Plain Stanza, to compare with: ``stanza.Pipeline`` over the same weights, an article at a time.

Nothing of this project touches the models here: no batches across articles, no caches, no faster
parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stanza.models.common.doc import Document, Sentence

from pipeline.annotate.annotator import by_paragraph, split_sentences
from pipeline.annotate.docs import Paragraph
from pipeline.annotate.model_text import LINE, ModelText, model_texts
from pipeline.annotate.models import PROCESSORS, find_models, load_pipeline
from pipeline.annotate.sentences import cut_points

if TYPE_CHECKING:
    import stanza


def plain_stanza(config: dict[str, Any]) -> stanza.Pipeline:
    """A ``stanza.Pipeline`` over the weights that an interpolated config names."""
    annotate, root = config["annotate"], Path(config["paths"]["root"])
    return load_pipeline(find_models(annotate["models"], root))


#: From plain Stanza towards this project: what is added step by step, each with those before it.
PREPARATIONS = ("none", "lines", "cleaning", "long sentences")


class PlainAnnotator:
    """Annotates as plain Stanza does, with as much of this project's preparation as is asked for.

    ``lines``: each line is a paragraph; ``cleaning``: the models read the cleaned copy of it;
    ``long sentences``: sentences over so many tokens are cut. With all of them, only batches,
    caches and the parser differ from ours. What a step leaves as it was is not annotated again.
    """

    def __init__(self, nlp: stanza.Pipeline, longest_sentence: int, split_from: int) -> None:
        self._nlp = nlp
        self._limits = longest_sentence, split_from
        self._known: dict[str, list[Sentence]] = {}

    def annotate(self, text: str, preparation: str) -> list[Paragraph]:
        """The annotated paragraphs of a text."""
        level = PREPARATIONS.index(preparation)
        prepare = [_as_it_is, _lines, model_texts, model_texts][level]
        parts = [part for part in prepare(text) if part.text.strip()]
        if not parts:
            return []
        joined = "\n\n".join(part.text for part in parts)
        if joined not in self._known:
            self._known[joined] = self._nlp(joined).sentences
        sentences = self._known[joined]
        if preparation == "long sentences" and any(map(self._is_long, sentences)):
            sentences = self._cut(joined)
        return by_paragraph([parts], sentences)[0]

    def _is_long(self, sentence: Sentence) -> bool:
        return bool(cut_points([token.text for token in sentence.tokens], *self._limits))

    def _cut(self, text: str) -> list[Sentence]:
        processors = self._nlp.processors
        document = processors["tokenize"].process(Document([], text=text))
        split_sentences(document, *self._limits)
        for name in PROCESSORS[1:]:
            document = processors[name].process(document)
        return document.sentences


def _as_it_is(text: str) -> Iterator[ModelText]:
    yield ModelText(text, range(len(text)), range(1, len(text) + 1))


def _lines(text: str) -> Iterator[ModelText]:
    for line in LINE.finditer(text):
        start, end = line.span()
        yield ModelText(line.group(), range(start, end), range(start + 1, end + 1))
