"""A tokenizer that keeps the text and decides nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class RawText:
    """Makes Docs of one word, for a later stage to replace.

    spaCy computes a dozen attributes of each new word; for words that are thrown away again that
    would be a notable part of an extraction from kept annotations.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A Doc equal to the text; lone surrogates, which UTF-8 can't hold, become U+FFFD."""
        words = [_LONE_SURROGATE.sub("\ufffd", text)] if text else []
        return Doc(self.vocab, words=words, spaces=[False] * len(words))

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
