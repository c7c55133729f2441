"""Answers about words, worked out once a word and not once a token.

News repeats its words: a question that depends on a token's strings alone (its form, norm, lemma,
tag or features) is asked of each distinct combination once, and answered for a whole Doc by the
hashes that spaCy keeps of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from struct import Struct
from typing import Any, Generic, TypeVar

import numpy as np
from spacy.strings import StringStore
from spacy.tokens import Doc

Answer = TypeVar("Answer")

#: Distinct combinations of words that are remembered; then those are forgotten that were not met
#: again since as many others were.
LIMIT = 1 << 15


class WordMemo(Generic[Answer]):
    """What ``question`` answers to the strings of a token's ``attributes``.

    ``attributes`` are spaCy's (``spacy.attrs``), of those that are strings: ORTH, NORM, LEMMA,
    POS, TAG, DEP, MORPH, ENT_TYPE. The question is given them in this order.
    """

    def __init__(self, attributes: Sequence[int], question: Callable[..., Answer]) -> None:
        self._attributes: list[int | str] = [*attributes]
        self._row = np.dtype((np.void, 8 * len(attributes)))  # the hashes of a token as bytes
        self._answers = _Answers(question, len(attributes))

    def __call__(self, doc: Doc) -> list[Answer]:
        """The answer for each token of ``doc``, in order."""
        if len(self._answers) > LIMIT:
            self._answers.age()
        self._answers.strings = doc.vocab.strings
        words: list[Any] = doc.to_array(self._attributes).view(self._row).ravel().tolist()
        return list(map(self._answers.__getitem__, words))


class _Answers(dict[bytes, Any]):
    """Answers by the hashes of a word's strings; what is missing is asked."""

    strings: StringStore

    def __init__(self, question: Callable[..., Any], parts: int) -> None:
        super().__init__()
        self._question = question
        self._hashes = Struct(f"={parts}Q").unpack
        self._older: dict[bytes, Any] = {}

    def age(self) -> None:
        """Begin anew; until the next time, words met again bring their answers back."""
        self._older = self.copy()
        self.clear()

    def __missing__(self, word: bytes) -> Any:
        if word in self._older:
            answer = self._older.pop(word)
        else:
            answer = self._question(*map(self.strings.__getitem__, self._hashes(word)))
        self[word] = answer
        return answer
