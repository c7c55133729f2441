"""Character-labelled text for Stanza's tokenizer, batched with spelling noise.

Labels are Stanza's: 0 inside a token, 1 last character of a token, 2 last of a sentence, 3 last
of a multi-word token, 4 last of a multi-word token and of a sentence; IGNORE where a silver
label is too doubtful to learn from. As in Stanza's own training, paragraphs are strung together
without a separator, their ends told by features.
"""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import torch
from stanza.models.common.vocab import PAD
from stanza.models.tokenization.vocab import Vocab

from pipeline.orthography import SENTENCE_ENDS
from pipeline.training.conllu import Sentence
from pipeline.training.noise import SpellingNoise

IGNORE = -1
FEATURES = ["space_before", "capitalized", "numeric", "end_of_para", "start_of_para"]


@dataclass
class LabelledText:
    """Characters of a paragraph and their labels; `closed`: it ends in final punctuation."""

    text: str
    labels: list[int]
    closed: bool


@dataclass
class Run:
    """Paragraphs strung together for training, with their first and last characters."""

    text: str
    labels: list[int]
    starts: list[int]
    ends: list[int]

    def cut(self, length: int) -> "Run":
        """The first `length` characters."""
        starts = [i for i in self.starts if i < length]
        ends = [i for i in self.ends if i < length]
        return Run(self.text[:length], self.labels[:length], starts, ends)


def label_sentence(sentence: Sentence) -> LabelledText:
    """Labels for a treebank sentence."""
    labels: list[int] = []
    for token in sentence.tokens:
        labels += [0] * (len(token.form) - 1) + [3 if token.fused else 1]
        labels += [0] if token.space_after else []
    text = sentence.text
    labels = labels[: len(text)]
    labels[-1] += 1
    return LabelledText(text, labels, sentence.tokens[-1].form in SENTENCE_ENDS)


def join(items: list[LabelledText]) -> LabelledText:
    """Sentences as one text, single spaces between them."""
    labels = [label for item in items for label in (*item.labels, 0)][:-1]
    return LabelledText(" ".join(item.text for item in items), labels, items[-1].closed)


def build_vocab(texts: Iterable[LabelledText], lang: str, min_count: int = 5) -> Vocab:
    """Stanza's character vocabulary over the texts, rare characters left unknown."""
    counts = Counter(char for item in texts for char in item.text)
    common = [(char, 0) for char, n in counts.most_common() if n >= min_count]
    return Vocab([common], lang)


class Sampler:
    """Draws training batches: runs of paragraphs of `length` characters.

    corpora: (share, texts) pairs; a run is drawn from one corpus, by share.
    """

    def __init__(
        self,
        corpora: list[tuple[float, list[LabelledText]]],
        vocab: Vocab,
        noise: SpellingNoise,
        seed: int,
        length: int = 256,
        unit_dropout: float = 0.1,
    ):
        self.shares = [share for share, _ in corpora]
        self.corpora = [texts for _, texts in corpora]
        self.vocab, self.noise = vocab, noise
        self.length, self.unit_dropout = length, unit_dropout
        self.rng = random.Random(seed)
        self.np_rng = np.random.default_rng(seed)
        self.orders: list[list[int]] = [[] for _ in corpora]

    def batch(self, size: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, list[list[str]]]:
        """(units, labels, features, characters), as Stanza's Trainer.update takes them.

        Shapes: (size, length), (size, length), (size, length, len(FEATURES)). Every row counts
        as full length, padding included: packing rows of unlike lengths makes the backward pass
        of a CPU LSTM several times slower.
        """
        runs = [self._run() for _ in range(size)]
        width = self.length
        units = np.zeros((size, width), dtype=np.int64)
        labels = np.full((size, width), IGNORE, dtype=np.int64)
        features = np.zeros((size, width, len(FEATURES)), dtype=np.float32)
        for row, run in enumerate(runs):
            n = len(run.text)
            units[row, :n] = [self.vocab.unit2id(char) for char in run.text]
            labels[row, :n] = run.labels
            features[row, :n] = _features(run)
        dropped = (self.np_rng.random(units.shape) < self.unit_dropout) & (units != 0)
        units[dropped] = self.vocab.unit2id("<UNK>")
        tensors = [torch.from_numpy(array) for array in (units, labels, features)]
        padded = [[*run.text, *[PAD] * (width - len(run.text))] for run in runs]
        return tensors[0], tensors[1], tensors[2], padded

    def _run(self) -> Run:
        """Paragraphs of one corpus up to the length; a long one begins at any of its words."""
        source = self.rng.choices(range(len(self.corpora)), self.shares)[0]
        run = Run("", [], [], [])
        while len(run.text) < self.length:
            item = self._varied(self._draw(source))
            skip = self.rng.randrange(max(1, len(item.text) - self.length // 2))
            skip = item.text.rfind(" ", 0, skip) + 1 if len(item.text) > self.length else 0
            run.starts += [len(run.text)] if not skip else []
            run.text += item.text[skip:]
            run.labels += item.labels[skip:]
            run.ends.append(len(run.text) - 1)
        return run.cut(self.length)

    def _draw(self, source: int) -> LabelledText:
        order = self.orders[source]
        if not order:
            order.extend(range(len(self.corpora[source])))
            self.rng.shuffle(order)
        return self.corpora[source][order.pop()]

    def _varied(self, item: LabelledText) -> LabelledText:
        """A noisy copy; a mark that ends a token hands its label to the letter before it."""
        text, labels = self.noise.respell(item.text, self.rng), item.labels
        kept = self.noise.kept_without_marks(text, self.rng)
        if kept is not None:
            labels = _move_labels_left(labels, set(kept))
            text, labels = "".join(text[i] for i in kept), [labels[i] for i in kept]
        if item.closed and any(labels[:-1]) and self.rng.random() < 0.05:
            text, labels = text[:-1], labels[:-1]
            while text and not labels[-1]:
                text, labels = text[:-1], labels[:-1]
            labels = [*labels[:-1], labels[-1] + 1 if labels[-1] in (1, 3) else labels[-1]]
            return LabelledText(text, labels, False)
        return LabelledText(text, labels, item.closed)


def _move_labels_left(labels: list[int], kept: set[int]) -> list[int]:
    moved = list(labels)
    for i in range(len(moved) - 1, 0, -1):
        if i not in kept and moved[i] and not moved[i - 1]:
            moved[i - 1], moved[i] = moved[i], 0
    return moved


def _features(run: Run) -> np.ndarray:
    """Stanza's default character features, in the order of FEATURES."""
    table = np.zeros((len(run.text), len(FEATURES)), dtype=np.float32)
    table[:, 0] = [char == " " for char in run.text]
    table[:, 1] = [char.isupper() for char in run.text]
    table[:, 2] = [char.isdecimal() for char in run.text]
    table[run.ends, 3], table[run.starts, 4] = 1, 1
    return table
