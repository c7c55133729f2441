"""Trains Stanza's tagger, from scratch or on from a checkpoint, in Stanza's format.

Sentences are seen in the treebank's spelling or in another: other CoNLL-U files with the same
sentences (see `respell`), of which one is drawn for each sentence in each epoch.
"""

import argparse
import logging
import math
import random
from collections.abc import Callable, Iterator
from functools import partial
from operator import mul
from pathlib import Path

import torch
from stanza.models.common.pretrain import Pretrain
from stanza.models.pos.data import Dataset
from stanza.models.pos.trainer import Trainer, unpack_batch
from stanza.models.tagger import parse_args as stanza_arguments
from stanza.utils.conll import CoNLL
from torch import Tensor, nn

from pipeline.training import annealing
from pipeline.training.stanza_speed import install_grouped_heads, install_padded_lstm

logger = logging.getLogger("stanza")
COLUMNS = ("upos", "xpos", "feats")
SIZES = {
    "hidden_dim": 160,
    "char_hidden_dim": 100,
    "char_emb_dim": 40,
    "deep_biaff_hidden_dim": 160,
    "word_emb_dim": 50,
    "word_cutoff": 3,
}


def tag_accuracy(trainer: Trainer, dataset: Dataset) -> list[float]:
    """Shares of words with the right UPOS, XPOS and FEATS, on gold words."""
    right, words = [0] * len(COLUMNS), 0
    golds = dataset.load_doc(dataset.doc, dataset.tag_columns)
    for start in range(0, len(dataset), 40):
        batch = dataset.collate_fn(
            [dataset[i] for i in range(start, min(start + 40, len(dataset)))]
        )
        for gold, predicted in zip(golds[start:], trainer.predict(batch), strict=False):
            words += len(gold)
            for word, tags in zip(gold, predicted, strict=True):
                for column, tag in enumerate(tags):
                    right[column] += tag == word[column + 1]
    return [count / words for count in right]


def new_trainer(treebank: Path, pretrain: Pretrain) -> Trainer:
    """A fresh tagger of the bundled size for the words and tags of a treebank."""
    settings = stanza_arguments(["--shorthand", "ar_news"]) | SIZES
    vocab = Dataset.init_vocab([CoNLL.conll2doc(str(treebank))], settings)
    return Trainer(settings, vocab, pretrain, device="cpu")


def batch_losses(
    trainer: Trainer,
    datasets: list[Dataset],
    weights: list[float],
    plan: list[list[int]],
    seed: int,
) -> Iterator[Callable[[], Tensor]]:
    """Loss functions of the planned batches; the spelling is drawn sentence by sentence."""
    rng = random.Random(seed)
    for indices in plan:
        chosen = rng.choices(datasets, weights, k=len(indices))
        items = [dataset[i] for dataset, i in zip(chosen, indices, strict=True)]
        batch = datasets[0].collate_fn(items)
        (words, mask, chars, chars_mask, tags, vectors), _, order, lens, word_lens, text = (
            unpack_batch(batch, "cpu")
        )
        inputs = (words, mask, chars, chars_mask, tags, vectors, order, lens, word_lens, text)
        yield partial(_loss, trainer.model, inputs)


def _loss(model: nn.Module, inputs: tuple) -> Tensor:
    return model(*inputs)[0]


def main() -> None:
    """Command line; see pipeline/models/ar/MODEL_CARD.md for the one that made the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, nargs="+", required=True, help="same sentences")
    parser.add_argument("--weights", type=float, nargs="+", help="how often each file is drawn")
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--init", type=Path, help="checkpoint to go on from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=12)
    parser.add_argument("--words", type=int, default=1500, help="words a batch")
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--upos-weight", type=float, default=1.0, help="in loss and dev score")
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--word-dropout", type=float, default=0.1)
    parser.add_argument("--longest", type=int, default=120, help="skip longer sentences")
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop by the clock")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    install_padded_lstm()
    pretrain = Pretrain(str(args.vectors))
    if args.init:
        trainer = Trainer(model_file=str(args.init), pretrain=pretrain, device="cpu")
    else:
        trainer = new_trainer(args.train[0], pretrain)
    install_grouped_heads(trainer.model, args.upos_weight)
    annealing.set_dropout(trainer.model, args.dropout, args.word_dropout)
    datasets = [
        Dataset(CoNLL.conll2doc(str(path)), trainer.args, pretrain, vocab=trainer.vocab)
        for path in args.train
    ]
    dev = Dataset(
        CoNLL.conll2doc(str(args.dev)), trainer.args, pretrain, trainer.vocab, evaluation=True
    )

    lengths = [len(sample.text) for sample in datasets[0].data]
    plan = annealing.epochs_of_batches(lengths, args.longest, args.words, args.epochs, args.seed)

    def evaluate() -> float:
        accuracies = tag_accuracy(trainer, dev)
        logger.info("dev UPOS %.4f XPOS %.4f UFeats %.4f", *accuracies)
        weights = [args.upos_weight, 1, 1]
        return sum(map(mul, weights, accuracies)) / sum(weights)

    logger.info("before: %.4f; %d steps", evaluate(), len(plan))
    weights = args.weights or [1.0] * len(datasets)
    annealing.train(
        trainer.model,
        batch_losses(trainer, datasets, weights, plan, args.seed),
        len(plan),
        evaluate,
        lambda: trainer.save(str(args.out)),
        peak=args.lr,
        minutes=args.minutes,
    )


if __name__ == "__main__":
    main()
