"""Which sentences are worth a parse.

Parsing costs most of an annotation's time, and most sentences tell of no movement. A sentence is
parsed where it holds a word that may be a trigger, or stands near such a sentence, so that an
antecedent or a source may stand in it. Entities are looked for in all of an article that has any
such word, since names and places are resolved within the whole article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from spacy.attrs import DEP
from spacy.tokens import Doc

from pipeline.annotate.docs import UNPARSED

#: A word as written (the piece of a fused token that stands for it), its form and its lemma, as
#: ``token.text``, ``token.norm_`` and ``token.lemma_`` are.
Word = tuple[str, str, str]
#: Whether a word can be a trigger.
IsTrigger = Callable[[str, str, str], bool]


class Screen:
    """Chooses sentences by their words, ``before`` and ``after`` sentences around each hit."""

    def __init__(self, is_trigger: IsTrigger, before: int = 3, after: int = 1) -> None:
        self._is_trigger = lru_cache(maxsize=1 << 14)(is_trigger)
        self.before = before
        self.after = after

    def wanted(self, sentences: Sequence[Iterable[Word]]) -> list[bool]:
        """For each sentence of an article whether it is to be parsed."""
        hits = [any(self._is_trigger(*word) for word in sentence) for sentence in sentences]
        return [any(hits[max(0, i - self.after) : i + self.before + 1]) for i in range(len(hits))]

    def accepts(self, doc: Doc) -> bool:
        """Whether all sentences of an annotated Doc that are wanted now have a parse."""
        sentences = list(doc.sents) if len(doc) else []
        words = [[(t.text, t.norm_, t.lemma_) for t in s if t.pos_ != "SPACE"] for s in sentences]
        return all(
            sentence.root.dep_ != UNPARSED
            for sentence, wanted in zip(sentences, self.wanted(words), strict=True)
            if wanted
        )


def is_parsed(doc: Doc) -> bool:
    """Whether no sentence was left without a parse."""
    return bool((doc.to_array(DEP) != doc.vocab.strings[UNPARSED]).all())
