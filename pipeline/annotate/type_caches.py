"""Results that depend on a word's form (and part of speech) alone, computed once a form.

The expansion of a fused token, the lemma of a tagged form and the character representation of a
form do not depend on the sentence; in news the same forms come again and again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_sequence, pad_packed_sequence

if TYPE_CHECKING:
    from stanza.models.common.char_model import CharacterModel
    from stanza.models.common.doc import Document, Sentence
    from stanza.pipeline.processor import UDProcessor

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

#: A cache that has grown beyond this many forms starts anew, to bound memory.
LARGEST = 40_000


class TypeCache(Generic[K, V]):
    """A dictionary that computes what it lacks, all at once."""

    def __init__(self, compute: Callable[[list[K]], Iterable[V]]) -> None:
        self._compute = compute
        self._values: dict[K, V] = {}

    def get_many(self, keys: list[K]) -> list[V]:
        """The values of the keys, in order."""
        if len(self._values) > LARGEST:
            self._values.clear()
        missing = [key for key in dict.fromkeys(keys) if key not in self._values]
        if missing:
            self._values.update(zip(missing, self._compute(missing), strict=True))
        return [self._values[key] for key in keys]


class MwtCache:
    """Expands fused tokens with a Stanza ``mwt`` processor, each form once."""

    def __init__(self, processor: UDProcessor) -> None:
        self._processor = processor
        self._expansions = TypeCache(self._expand)

    def process(self, document: Document) -> Document:
        """Expand the fused tokens of a tokenised document, in place."""
        forms = document.get_mwt_expansions(evaluation=True)
        document.set_mwt_expansions(self._expansions.get_many(forms), process_manual_expanded=False)
        document._count_words()
        return document

    def _expand(self, forms: list[str]) -> list[str]:
        known = self._known(forms)
        rest = [{"text": form, "misc": "MWT=Yes"} for form in forms if form not in known]
        if rest:
            for token in _process(self._processor, rest).tokens:
                known[token.text] = " ".join(word.text for word in token.words)
        return [known[form] for form in forms]

    def _known(self, forms: list[str]) -> dict[str, str]:
        """What the processor's dictionary has, where the dictionary overrules the network."""
        if not self._processor.config.get("ensemble_dict"):
            return {}
        found = {form: self._processor.trainer.dict_expansion(form) for form in forms}
        return {form: expansion for form, expansion in found.items() if expansion}


class LemmaCache:
    """Lemmatises with a Stanza ``lemma`` processor, each form and part of speech once."""

    def __init__(self, processor: UDProcessor) -> None:
        self._processor = processor
        self._lemmas = TypeCache(self._lemmatise)

    def process(self, document: Document) -> Document:
        """Set the lemmas of a tagged document, in place."""
        words = [word for sentence in document.sentences for word in sentence.words]
        lemmas = self._lemmas.get_many([(word.text, word.upos) for word in words])
        for word, lemma in zip(words, lemmas, strict=True):
            word.lemma = lemma
        return document

    def _lemmatise(self, forms: list[tuple[str, str]]) -> list[str]:
        sentence = _process(self._processor, [{"text": t, "upos": upos} for t, upos in forms])
        return [word.lemma for word in sentence.words]


def _process(processor: UDProcessor, entries: list[dict[str, Any]]) -> Sentence:
    """A Stanza sentence of the entries after the processor."""
    from stanza.models.common.doc import Document

    for number, entry in enumerate(entries, 1):
        entry["id"] = (number,)
    return processor.process(Document([entries])).sentences[0]


class CharacterCache(nn.Module):
    """A Stanza character model that reads each form once. For inference only.

    The representations are rows of one table.
    """

    def __init__(self, model: CharacterModel) -> None:
        super().__init__()
        self.model = model
        self._rows: dict[bytes, int] = {}
        self._table = torch.empty(0)

    def forward(
        self,
        chars: Tensor,
        chars_mask: Tensor,
        word_orig_idx: list[int],
        sentlens: list[int],
        wordlens: list[int],
    ) -> PackedSequence | Tensor:
        """As ``CharacterModel.forward``: a representation for each word of each sentence.

        ``chars`` has a row of character numbers for each word, longest first; row ``i`` is
        the word ``word_orig_idx[i]`` of the batch.
        """
        numbers = chars.numpy()
        keys = [numbers[i, :length].tobytes() for i, length in enumerate(wordlens)]
        self._learn(keys)
        in_order = torch.empty(len(keys), dtype=torch.int64)
        in_order[torch.as_tensor(word_orig_idx)] = torch.tensor([self._rows[key] for key in keys])
        words = self._table[in_order]
        packed = pack_sequence(words.split([int(n) for n in sentlens]))
        return pad_packed_sequence(packed, batch_first=True)[0] if self.model.pad else packed

    def _learn(self, keys: list[bytes]) -> None:
        """Add the forms that the table lacks."""
        if len(self._rows) > LARGEST:
            self._rows.clear()
        missing = [key for key in dict.fromkeys(keys) if key not in self._rows]
        if not missing:
            return
        found, start = self._represent(missing), len(self._rows)
        end = start + len(found)
        if end > len(self._table):
            # Rows that were never written take no memory yet.
            table = torch.empty(max(end, 2 * LARGEST), found.shape[1])
            if start:
                table[:start] = self._table[:start]
            self._table = table
        self._table[start:end] = found
        self._rows.update(zip(missing, range(start, end), strict=True))

    def _represent(self, keys: list[bytes]) -> Tensor:
        forms = [torch.frombuffer(bytearray(key), dtype=torch.int64) for key in keys]
        order = sorted(range(len(forms)), key=lambda i: -len(forms[i]))
        lengths = [len(forms[i]) for i in order]
        chars = nn.utils.rnn.pad_sequence([forms[i] for i in order], batch_first=True)
        found = self.model(chars, chars.eq(0), order, [len(forms)], lengths)
        data: Tensor = found[0] if self.model.pad else found.data
        return data
