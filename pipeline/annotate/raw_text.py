"""A tokenizer that keeps the text and decides nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

_WORD_OR_SPACE = re.compile(r"\S+|\s+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class RawText:
    """Makes Docs whose words are the runs between spaces, for a later stage to replace."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A Doc equal to the text; lone surrogates, which UTF-8 can't hold, become U+FFFD."""
        words: list[str] = []
        spaces: list[bool] = []
        for run in _WORD_OR_SPACE.findall(_LONE_SURROGATE.sub("\ufffd", text)):
            if run[0] == " " and words:
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
