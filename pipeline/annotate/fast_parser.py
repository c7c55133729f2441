"""Stanza's graph parser, computing only what its decoder reads.

The parser scores every label of every possible arc and turns all scores into probabilities; its
decoder reads the best label of the chosen arcs, and the probabilities only where a head got two
subjects or two objects. The trees and labels are the same.
"""

from __future__ import annotations

from types import MethodType
from typing import Any

import stanza.models.depparse.head_constraints
import stanza.models.depparse.model
import torch
import torch.nn.functional as F
from stanza.models.common.biaffine import PairwiseBilinear
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from stanza.models.depparse.head_constraints import (
    find_head_constraint_violations,
    resolve_head_constraint_violations,
)
from stanza.models.depparse.model import GraphParser
from torch import Tensor, nn

from pipeline.annotate.spanning_tree import best_tree


def install_fast_parser(model: nn.Module) -> None:
    """Make a loaded parser faster, in place. Other kinds of parsers stay as they are.

    The decoder of Stanza's repair of double subjects is replaced for the whole process.
    """
    if not isinstance(model, GraphParser) or model.args.get("use_arc_embedding"):
        return
    stanza.models.depparse.head_constraints.chuliu_edmonds_one_root = best_tree
    model.predict = MethodType(_predict, model)
    scorer = model.deprel.scorer
    scorer.W_bilin = LabelBilinear(scorer.W_bilin)


class LabelBilinear(nn.Module):
    """Stanza's ``PairwiseBilinear`` with the weights laid out for one matrix product a sentence."""

    def __init__(self, original: PairwiseBilinear) -> None:
        super().__init__()
        inputs, self.heads, self.labels = original.weight.shape
        weight = original.weight.detach().permute(0, 2, 1).reshape(inputs, -1)
        self.weight = nn.Parameter(weight.contiguous(), requires_grad=False)
        self.bias = original.bias

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """(N, L, I) and (N, M, J) to scores (N, L, M, labels)."""
        batch, length, _ = dependents.shape
        partial = (dependents @ self.weight).view(batch, length * self.labels, self.heads)
        scores = torch.bmm(partial, heads.transpose(1, 2))
        scores = scores.view(batch, length, self.labels, -1).transpose(2, 3)
        return scores + self.bias


def _predict(
    self: GraphParser, *inputs: Any, resolve_head_constraints: bool = False
) -> list[list[list[Any]]]:
    """``GraphParser.predict``: a list of (head, label) for each sentence.

    ``inputs`` are those of ``forward_scores``; the last but two are the sentence lengths.
    """
    sentence_lengths = [int(length) for length in inputs[-3]]
    arcs, labels, *_ = self.forward_scores(*inputs)
    arc_scores = F.log_softmax(arcs, 2).numpy()
    vocab = self.vocab["deprel"]
    predictions = []
    for i, length in enumerate(sentence_lengths):
        scores = arc_scores[i, :length, :length]
        tree = best_tree(scores)
        chosen = labels[i, torch.arange(length), torch.from_numpy(tree)].argmax(1)[1:]
        names = vocab.unmap((chosen + VOCAB_PREFIX_SIZE).tolist())
        if resolve_head_constraints and find_head_constraint_violations(tree, names):
            probabilities = F.log_softmax(labels[i, :length, :length], 2).numpy()
            tree, raw = resolve_head_constraint_violations(scores, probabilities, tree, vocab)
            names = vocab.unmap([label + VOCAB_PREFIX_SIZE for label in raw])
        predictions.append([list(pair) for pair in zip(tree[1:], names, strict=True)])
    return predictions
