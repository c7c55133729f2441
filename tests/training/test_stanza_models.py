"""The faster layers and losses give what Stanza's own give (tiny random models)."""

import random
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from stanza.models.common.packed_lstm import PackedLSTM
from stanza.models.common.pretrain import PretrainedWordVocab
from stanza.models.depparse.data import DataLoader
from stanza.models.depparse.trainer import unpack_batch
from stanza.models.pos.data import Dataset
from stanza.utils.conll import CoNLL
from torch.nn.utils.rnn import pack_padded_sequence

from pipeline.training import annealing, parser, tagger
from pipeline.training.stanza_speed import _original_lstm, _padded_lstm, install_grouped_heads

ROWS = (
    ("قال", "قال", "VERB", "VP", "Voice=Act", 0, "root"),
    ("سليم", "سليم", "X", "U-", "_", 1, "nsubj"),
    ("ان", "ان", "SCONJ", "C-", "_", 4, "mark"),
    ("غادر", "غادر", "VERB", "VP", "Voice=Act", 1, "ccomp"),
    (".", ".", "PUNCT", "G-", "_", 1, "punct"),
)


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    lines = [
        "\t".join([str(i), *map(str, row[:5]), str(row[5]), row[6], "_", "_"])
        for i, row in enumerate(ROWS, 1)
    ]
    path = tmp_path / "tiny.conllu"
    path.write_text(("\n".join(lines) + "\n\n") * 4, encoding="utf-8")
    return path


@pytest.fixture
def vectors() -> SimpleNamespace:
    vocab = PretrainedWordVocab([row[0] for row in ROWS], lang="ar")
    torch.manual_seed(3)
    return SimpleNamespace(vocab=vocab, emb=torch.randn(len(vocab), 6))


def test_padded_lstm_equals_the_packed_one() -> None:
    torch.manual_seed(1)
    layer = PackedLSTM(4, 3, 1, batch_first=True, bidirectional=True)
    lengths = [5, 3, 3, 1]
    packed = pack_padded_sequence(torch.randn(4, 5, 4), lengths, batch_first=True)
    expected, (state, _) = _original_lstm(layer, packed, lengths)
    output, (final, _) = _padded_lstm(layer, packed, lengths)
    assert torch.allclose(output.data, expected.data, atol=1e-6)
    assert torch.allclose(final, state, atol=1e-6)


def test_grouped_tag_heads_predict_the_same(treebank: Path, vectors: SimpleNamespace) -> None:
    trainer = tagger.new_trainer(treebank, vectors)
    for parameter in trainer.model.parameters():
        parameter.data.normal_(0, 0.3)
    document = CoNLL.conll2doc(str(treebank))
    dataset = Dataset(document, trainer.args, vectors, trainer.vocab, evaluation=True)
    batch = dataset.collate_fn([dataset[i] for i in range(2)])
    expected = trainer.predict(batch)
    install_grouped_heads(trainer.model)
    assert trainer.predict(batch) == expected


def test_parsing_loss_equals_stanzas(treebank: Path, vectors: SimpleNamespace) -> None:
    trainer = parser.new_trainer(treebank, vectors)
    for weights in trainer.model.parameters():
        weights.data.normal_(0, 0.2)
    annealing.set_dropout(trainer.model, 0.0, 0.0)
    document = CoNLL.conll2doc(str(treebank))
    data = DataLoader(document, 50, trainer.args, vectors, trainer.vocab, evaluation=True)
    batch = DataLoader.collate([data.dataset[i] for i in range(2)])
    inputs, _, order, sentlens, wordlens, text = unpack_batch(batch, "cpu")
    trainer.model.train()
    ours = parsing_loss_sum(trainer, inputs, [order, sentlens, wordlens], text)
    stanzas, _ = trainer.model(*inputs, order, sentlens, wordlens, text)
    words_and_roots = inputs[2].size(0)
    assert ours == pytest.approx(stanzas.item() * words_and_roots, rel=1e-4)


def parsing_loss_sum(trainer: object, inputs: list, lens: list, text: list) -> float:
    words = sum(lens[1]) - len(lens[1])
    return parser.parsing_loss(trainer.model, inputs, lens, text).item() * words


def test_batches_hold_every_sentence_once_within_the_budget() -> None:
    lengths = [3, 9, 4, 4, 12, 30, 1]
    batches = annealing.length_batches(lengths, 12, random.Random(1))
    assert sorted(i for batch in batches for i in batch) == list(range(len(lengths)))
    assert all(len(b) == 1 or sum(lengths[i] for i in b) <= 12 for b in batches)


def test_epochs_leave_out_long_sentences() -> None:
    plan = annealing.epochs_of_batches([3, 200, 4], 100, 10, 2, seed=1)
    assert sorted(i for batch in plan for i in batch) == [0, 0, 2, 2]


def test_rate_rises_and_falls_to_zero() -> None:
    assert annealing.rate(0.0) == 0
    assert annealing.rate(0.04) == pytest.approx(1)
    assert annealing.rate(1.0) == pytest.approx(0)
    assert annealing.rate(0.3) > annealing.rate(0.6)
