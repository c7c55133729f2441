"""The first stage of a pipeline: raw Docs in, annotated Docs out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

import pipeline.events  # noqa: F401  (declares the extensions that Docs carry)
from pipeline.annotate.annotator import Annotator
from pipeline.annotate.docs import build_doc
from pipeline.annotate.models import find_models, load_pipeline

_WORD_OR_SPACE = re.compile(r"\S+|\s+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class RawText:
    """A tokenizer that keeps the text and decides nothing: words are runs between spaces."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A Doc equal to the text; lone surrogates, which no file can hold, become U+FFFD."""
        words: list[str] = []
        spaces: list[bool] = []
        for run in _WORD_OR_SPACE.findall(_LONE_SURROGATE.sub("\ufffd", text)):
            if run[0] == " " and words and not words[-1].isspace():
                spaces[-1] = True
                run = run[1:]
            if run:
                words.append(run)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **kwargs: object) -> bytes:
        """Nothing to store."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: object) -> RawText:
        """Nothing to restore."""
        return self

    def to_disk(self, path: str | Path, **kwargs: object) -> None:
        """Nothing to store."""

    def from_disk(self, path: str | Path, **kwargs: object) -> RawText:
        """Nothing to restore."""
        return self


@spacy.registry.tokenizers("raw_text.v1")
def create_raw_text() -> Callable[[Language], RawText]:
    """spaCy's factory of :class:`RawText`."""
    return lambda nlp: RawText(nlp.vocab)


def is_annotated(doc: Doc) -> bool:
    """Whether a Doc needs no annotation: it has parts of speech, or nothing to annotate."""
    return len(doc) == 0 or doc.has_annotation("POS")


class StanzaComponent:
    """Replaces raw Docs by annotated ones; annotated Docs pass through untouched.

    The models load when the first raw Doc comes.
    """

    def __init__(self, vocab: Vocab, load: Callable[[], Annotator], batch_chars: int) -> None:
        self.vocab = vocab
        self.batch_chars = batch_chars
        self._load = load
        self._annotator: Annotator | None = None

    @property
    def annotator(self) -> Annotator:
        """The models, loaded on first use. Raises ModelError where they can't be."""
        if self._annotator is None:
            self._annotator = self._load()
        return self._annotator

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 256) -> Iterator[Doc]:
        """Annotate Docs in batches of at most ``batch_size`` Docs or ``batch_chars`` characters."""
        batch: list[Doc] = []
        size = 0
        for doc in stream:
            batch.append(doc)
            size += 0 if is_annotated(doc) else len(doc.text)
            if size >= self.batch_chars or len(batch) >= batch_size:
                yield from self._annotate(batch)
                batch, size = [], 0
        yield from self._annotate(batch)

    def _annotate(self, docs: list[Doc]) -> Iterator[Doc]:
        raw = [doc for doc in docs if not is_annotated(doc)]
        texts = [doc.text for doc in raw]
        paragraphs = iter(zip(texts, self.annotator.annotate(texts), strict=True) if raw else ())
        for doc in docs:
            if is_annotated(doc):
                yield doc
                continue
            text, found = next(paragraphs)
            annotated = build_doc(self.vocab, text, found)
            annotated.user_data.update(doc.user_data)
            annotated._context = doc._context
            yield annotated


@Language.factory(
    "stanza",
    assigns=[
        "token.pos",
        "token.tag",
        "token.morph",
        "token.lemma",
        "token.norm",
        "token.dep",
        "token.head",
        "token.is_sent_start",
        "token._.fused",
        "doc.sents",
        "doc.ents",
    ],
    default_config={
        "models": "bundled",
        "root": None,
        "batch_chars": 60_000,
        "longest_sentence": 150,
        "split_from": 30,
        "longest_article": 5_000_000,
    },
)
def create_stanza(
    nlp: Language,
    name: str,
    models: str,
    root: str | None,
    batch_chars: int,
    longest_sentence: int,
    split_from: int,
    longest_article: int,
) -> StanzaComponent:
    """The ``stanza`` component; see ``[annotate]`` in configs/movement.cfg for the settings."""
    nlp.max_length = longest_article

    def load() -> Annotator:
        files = find_models(models, Path(root) if root else None)
        return Annotator(load_pipeline(files), longest_sentence, split_from, batch_chars)

    return StanzaComponent(nlp.vocab, load, batch_chars)
