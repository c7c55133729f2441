"""Answers about words, worked out once a word and not once a token.

News repeats its words: a question that depends on a token's strings alone (its form, norm, lemma,
tag or features) is asked of each distinct combination once, and answered for a whole Doc by the
hashes that spaCy keeps of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from spacy.tokens import Doc

Answer = TypeVar("Answer")

#: Distinct combinations of words that are remembered; then all are forgotten.
LIMIT = 1 << 15


class WordMemo(Generic[Answer]):
    """What ``question`` answers to the strings of a token's ``attributes``.

    ``attributes`` are spaCy's (``spacy.attrs``), of those that are strings: ORTH, NORM, LEMMA,
    POS, TAG, DEP, MORPH, ENT_TYPE. The question is given them in this order.
    """

    def __init__(self, attributes: Sequence[int], question: Callable[..., Answer]) -> None:
        self._attributes: list[int | str] = [*attributes]
        self._question = question
        self._answers: dict[tuple[int, ...], Answer] = {}

    def __call__(self, doc: Doc) -> list[Answer]:
        """The answer for each token of ``doc``, in order."""
        if len(self._answers) > LIMIT:
            self._answers.clear()
        answers, strings = self._answers, doc.vocab.strings
        hashes = doc.to_array(self._attributes).reshape((len(doc), len(self._attributes)))
        found: list[Answer] = []
        for word in zip(*hashes.T.tolist(), strict=True):
            try:
                found.append(answers[word])
            except KeyError:
                answer = answers[word] = self._question(*(strings[part] for part in word))
                found.append(answer)
        return found
