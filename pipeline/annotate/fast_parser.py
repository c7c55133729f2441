"""Stanza's graph parser, computing only what its decoder reads.

The parser scores every label of every possible arc and turns all scores into probabilities; its
decoder reads the best label of the chosen arcs, and the probabilities only where a head got two
subjects or two objects. The trees and labels are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MethodType
from typing import Any

import stanza.models.depparse.head_constraints
import stanza.models.depparse.model
import torch
import torch.nn.functional as F
from stanza.models.common.biaffine import DeepBiaffineScorer
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from stanza.models.depparse.head_constraints import (
    find_head_constraint_violations,
    resolve_head_constraint_violations,
)
from stanza.models.depparse.model import GraphParser
from torch import Tensor, nn

from pipeline.annotate.spanning_tree import best_tree

#: Words whose label scores are computed at a time.
STRETCH = 256


def install_fast_parser(model: nn.Module) -> None:
    """Make a loaded parser faster, in place. Other kinds of parsers stay as they are.

    The decoder of Stanza's repair of double subjects is replaced for the whole process.
    """
    if not isinstance(model, GraphParser) or model.args.get("use_arc_embedding"):
        return
    stanza.models.depparse.head_constraints.chuliu_edmonds_one_root = best_tree
    model.predict = MethodType(_predict, model)
    model.deprel = LabelScorer(model.deprel)


class LabelScorer(nn.Module):
    """Stanza's ``DeepBiaffineScorer`` of labels, for chosen arcs only.

    ``forward`` gives the representations of words as dependents and as heads instead of the scores
    of all pairs, which take most of a parser's memory.
    """

    def __init__(self, original: DeepBiaffineScorer) -> None:
        super().__init__()
        self.original = original
        bilinear = original.scorer.W_bilin
        inputs, self.heads, self.labels = bilinear.weight.shape
        # One matrix product a stretch of words.
        weight = bilinear.weight.detach().permute(0, 2, 1).reshape(inputs, -1)
        self.weight = nn.Parameter(weight.contiguous(), requires_grad=False)
        self.bias = bilinear.bias

    def forward(self, dependents: Tensor, heads: Tensor) -> tuple[Tensor, Tensor]:
        """(N, L, I) and (N, L, J): what :meth:`arcs` and :meth:`pairs` take, a sentence a row."""
        scorer = self.original
        return (
            F.pad(scorer.hidden_func(scorer.W1(dependents)), (0, 1), value=1.0),
            F.pad(scorer.hidden_func(scorer.W2(heads)), (0, 1), value=1.0),
        )

    def arcs(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """(words, I) and the words' heads (words, J) to (words, labels)."""
        found = [
            torch.bmm(self._half(part), heads[start : start + STRETCH].unsqueeze(2)).squeeze(2)
            for start, part in _stretches(dependents)
        ]
        return torch.cat(found) + self.bias

    def pairs(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """(L, I) and (L, J) of a sentence to (L, L, labels)."""
        halves = [self._half(part) for _, part in _stretches(dependents)]
        return torch.cat([half @ heads.T for half in halves]).transpose(1, 2) + self.bias

    def _half(self, dependents: Tensor) -> Tensor:
        """(words, labels, J): what is left to multiply by a head."""
        return (dependents @ self.weight).view(-1, self.labels, self.heads)


def _stretches(words: Tensor) -> Iterator[tuple[int, Tensor]]:
    """The rows, :data:`STRETCH` at a time, with the number of the first."""
    return zip(range(0, len(words), STRETCH), words.split(STRETCH), strict=True)


def _predict(
    self: GraphParser, *inputs: Any, resolve_head_constraints: bool = False
) -> list[list[list[Any]]]:
    """``GraphParser.predict``: a list of (head, label) for each sentence.

    ``inputs`` are those of ``forward_scores``; the last but two are the sentence lengths.
    """
    lengths = [int(length) for length in inputs[-3]]
    arcs, (dependents, heads), *_ = self.forward_scores(*inputs)
    arc_scores = F.log_softmax(arcs, 2).numpy()
    trees = [best_tree(arc_scores[i, :n, :n]) for i, n in enumerate(lengths)]
    of_words = torch.cat([dependents[i, 1:n] for i, n in enumerate(lengths)])
    of_heads = torch.cat([heads[i, torch.from_numpy(tree[1:])] for i, tree in enumerate(trees)])
    labels = self.deprel.arcs(of_words, of_heads).argmax(1).split([n - 1 for n in lengths])
    vocab = self.vocab["deprel"]
    predictions = []
    for i, (tree, chosen, n) in enumerate(zip(trees, labels, lengths, strict=True)):
        names = vocab.unmap((chosen + VOCAB_PREFIX_SIZE).tolist())
        if resolve_head_constraints and find_head_constraint_violations(tree, names):
            pairs = self.deprel.pairs(dependents[i, :n], heads[i, :n])
            tree, raw = resolve_head_constraint_violations(
                arc_scores[i, :n, :n], F.log_softmax(pairs, 2).numpy(), tree, vocab
            )
            names = vocab.unmap([label + VOCAB_PREFIX_SIZE for label in raw])
        predictions.append([list(pair) for pair in zip(tree[1:], names, strict=True)])
    return predictions
