"""Faster, equal forms of two Stanza layers that take most of the time on a CPU.

Both give the same predictions as the originals; only the way to compute them differs.
"""

from collections.abc import Iterable
from types import MethodType
from typing import Any

import torch
import torch.nn.functional as F
from stanza.models.common.packed_lstm import PackedLSTM
from stanza.models.pos.model import Tagger
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence

_original_lstm = PackedLSTM.forward


def install_padded_lstm() -> None:
    """Lets every Stanza LSTM of one layer run on padded tensors (the packed form slices a lot)."""
    PackedLSTM.forward = _padded_lstm


def install_grouped_heads(model: Tagger, upos_weight: float = 1.0) -> None:
    """Lets a tagger compute its bilinear tag heads once a UPOS instead of once a word.

    Args:
        upos_weight: weight of UPOS in the loss, the other heads having 1 each.
    """
    model.upos_weight = upos_weight
    model.forward = MethodType(_tagger_forward, model)


def _padded_lstm(
    self: PackedLSTM,
    packed: PackedSequence,
    lengths: list[int],
    hx: tuple[Tensor, Tensor] | None = None,
) -> tuple[PackedSequence, tuple[Tensor, Tensor]]:
    """PackedLSTM.forward; the final cell states, which no caller reads, come back as zeros."""
    lstm = self.lstm
    if not isinstance(packed, PackedSequence) or getattr(lstm, "num_layers", 0) != 1:
        return _original_lstm(self, packed, lengths, hx)
    steps, width, *indices = _padding_indices(packed.batch_sizes)
    outputs, finals = [], []
    ends = (torch.arange(width) < packed.batch_sizes.unsqueeze(1)).sum(0) - 1
    for direction in range(2 if lstm.bidirectional else 1):
        into, back = indices[2 * direction : 2 * direction + 2]
        inputs = packed.data[into].view(steps, width, -1)
        names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
        weights = [getattr(lstm, name + "_reverse" * direction) for name in names]
        zeros = inputs.new_zeros(1, width, lstm.hidden_size)
        start = (
            (zeros, zeros)
            if hx is None
            else tuple(state[direction : direction + 1].contiguous() for state in hx)
        )
        hidden = torch.lstm(inputs, start, weights, True, 1, 0.0, self.training, False, False)[0]
        outputs.append(hidden.reshape(steps * width, -1)[back])
        finals.append(hidden[ends, torch.arange(width)])
    final = torch.stack(finals)
    output = PackedSequence(torch.cat(outputs, 1), packed.batch_sizes, *packed[2:])
    return output, (final, torch.zeros_like(final))


def _padding_indices(batch_sizes: Tensor) -> tuple[int, int, Tensor, Tensor, Tensor, Tensor]:
    """Steps, width, then rows to gather into padded form and back, forwards and reversed."""
    steps, width = len(batch_sizes), int(batch_sizes[0])
    offsets = torch.cumsum(batch_sizes, 0) - batch_sizes
    column = torch.arange(width)
    valid = column.unsqueeze(0) < batch_sizes.unsqueeze(1)
    step = torch.arange(steps).unsqueeze(1)
    mirrored = (valid.sum(0).unsqueeze(0) - 1 - step).clamp(min=0)
    into = (offsets.unsqueeze(1) + column).masked_fill(~valid, 0).flatten()
    into_reversed = (offsets[mirrored] + column).masked_fill(~valid, 0).flatten()
    back, back_reversed = (step * width + column)[valid], (mirrored * width + column)[valid]
    return steps, width, into, back, into_reversed, back_reversed


def _tagger_forward(
    self: Tagger,
    word: Tensor,
    word_mask: Tensor,
    wordchars: Tensor,
    wordchars_mask: Tensor,
    tags: list[Tensor | None] | None,
    pretrained: Tensor,
    word_orig_idx: list[int],
    sentlens: list[int],
    wordlens: list[int],
    text: list[list[str]],
) -> tuple[Tensor | float, list[Tensor]]:
    """Tagger.forward for a tagger with vectors and a character LSTM."""

    def pack(x: Tensor) -> PackedSequence:
        return pack_padded_sequence(x, sentlens, batch_first=True)

    golds: list[Tensor | None] = list(tags or [])
    golds = [None if gold is None else pack(gold).data for gold in golds]
    golds += [None] * (len(self.tag_names) - len(golds))

    vectors = pack(self.trans_pretrained(self.pretrained_emb(pretrained)))
    chars = self.charmodel(wordchars, wordchars_mask, word_orig_idx, sentlens, wordlens)
    inputs = [vectors.data, self.trans_char(self.drop(chars.data))]
    if self.args["word_emb_dim"] > 0:
        inputs.insert(0, pack(self.word_emb(word)).data)
    hidden = self.drop(self.worddrop(torch.cat(inputs, 1), self.drop_replacement))
    shape = (2 * self.args["num_layers"], word.size(0), self.args["hidden_dim"])
    start = tuple(
        state.expand(*shape).contiguous()
        for state in (self.taggerlstm_h_init, self.taggerlstm_c_init)
    )
    packed = PackedSequence(hidden, vectors.batch_sizes)
    hidden = self.taggerlstm(packed, sentlens, hx=start)[0].data

    def pad(x: Tensor) -> Tensor:
        return pad_packed_sequence(PackedSequence(x, vectors.batch_sizes), batch_first=True)[0]

    upos_hidden = F.relu(self.upos_hid(self.drop(hidden)))
    upos_scores = self.upos_clf(self.drop(upos_hidden))
    loss = 0.0 if golds[0] is None else self.upos_weight * self.crit(upos_scores, golds[0])
    parents = golds[0] if self.training and golds[0] is not None else upos_scores.argmax(1)
    predictions = {"upos": pad(upos_scores).max(2)[1]}
    for name in self.eval_order:
        gold = golds[self.tag_index[name]]
        column = F.relu(self.tag_hid[name](self.drop(hidden)))
        scores = list(_grouped_scores(self, name, column, parents))
        if gold is not None:
            values = gold.view(len(gold), -1)
            loss = loss + sum(self.crit(s, values[:, i]) for i, s in enumerate(scores))
        best = torch.stack([s.argmax(1) for s in scores], 1)
        predictions[name] = pad(
            best if isinstance(self.tag_clf[name], nn.ModuleList) else best[:, 0]
        )
    return loss, [predictions[name] for name in self.tag_names]


def _grouped_scores(self: Any, name: str, hidden: Tensor, parents: Tensor) -> Iterable[Tensor]:
    """Scores (words x values) of each sub-classifier of a column, words grouped by UPOS."""
    heads: list[nn.Bilinear] = [head.W_bilin for head in _as_list(self.tag_clf[name])]
    weight = torch.cat([head.weight for head in heads])
    bias = torch.cat([head.bias for head in heads])
    present, inverse = torch.unique(parents, return_inverse=True)
    tables = torch.einsum(
        "khe,te->thk", weight, _with_one(self.drop(self.upos_emb.weight))[present]
    )
    order = torch.argsort(inverse)
    counts = torch.bincount(inverse, minlength=len(present)).tolist()
    groups = _with_one(self.drop(hidden))[order].split(counts)
    products = torch.cat([group @ table for group, table in zip(groups, tables, strict=True)])
    scores = products[torch.argsort(order)] + bias
    return scores.split([head.weight.size(0) for head in heads], 1)


def _as_list(heads: Any) -> list[Any]:
    return list(heads) if isinstance(heads, nn.ModuleList) else [heads]


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, x.new_ones(x.size(0), 1)], 1)
