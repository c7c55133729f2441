"""What the trainings of tagger, parser and name tagger share: options, start, batches and run."""

import argparse
import logging
import math
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import torch
from stanza.models.common.pretrain import Pretrain
from torch import Tensor, nn

from pipeline.training import annealing
from pipeline.training.stanza_speed import install_padded_lstm

logger = logging.getLogger("stanza")
Item = TypeVar("Item")

#: Batches as lists of sentence indices.
Plan = list[list[int]]
#: Gives the losses of planned batches, each as a function to be called once.
Losses = Callable[[Plan], Iterator[Callable[[], Tensor]]]


class Trainer(Protocol):
    """What Stanza's trainers have in common."""

    model: nn.Module

    def save(self, filename: str) -> None:
        """Writes the model in Stanza's format."""


def options(
    description: str | None,
    *,
    epochs: float,
    words: int,
    lr: float,
    dropout: float,
    word_dropout: float,
    longest: int,
    evaluations: int,
) -> argparse.ArgumentParser:
    """A command line with the options of all trainings, and these defaults."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path, nargs="+", required=True, help="the first one decides")
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--init", type=Path, help="checkpoint to go on from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=epochs)
    parser.add_argument("--words", type=int, default=words, help="words a batch")
    parser.add_argument("--lr", type=float, default=lr)
    parser.add_argument("--dropout", type=float, default=dropout)
    parser.add_argument("--word-dropout", type=float, default=word_dropout)
    parser.add_argument("--longest", type=int, default=longest, help="skip longer sentences")
    parser.add_argument("--evaluations", type=int, default=evaluations)
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop by the clock")
    parser.add_argument("--seed", type=int, default=1)
    return parser


def add_weights(parser: argparse.ArgumentParser) -> None:
    """The option of trainings whose files are copies of the same sentences, spelled otherwise."""
    parser.add_argument("--weights", type=float, nargs="+", help="how often each file is drawn")


def start(seed: int, vectors: Path) -> Pretrain:
    """Seeds all that draws, keeps to one thread, and reads the word vectors."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    random.seed(seed)
    install_padded_lstm()
    pretrain = Pretrain(str(vectors))
    pretrain._emb = pretrain.emb.float()  # may be stored in half precision
    return pretrain


def drawn_from_copies(
    copies: Sequence[Sequence[Item]], weights: Sequence[float] | None, plan: Plan, seed: int
) -> Iterator[list[Item]]:
    """The planned batches, each sentence from one of the copies, drawn by their weights."""
    rng = random.Random(seed)
    for indices in plan:
        chosen = rng.choices(copies, weights or [1.0] * len(copies), k=len(indices))
        yield [copy[i] for copy, i in zip(chosen, indices, strict=True)]


def first_output(model: nn.Module, inputs: tuple) -> Tensor:
    """The loss of models that give it before their predictions."""
    return model(*inputs)[0]


def fit(
    args: argparse.Namespace,
    trainer: Trainer,
    lengths: Sequence[int],
    losses: Losses,
    evaluate: Callable[[], float],
    betas: tuple[float, float] = (0.9, 0.95),
) -> None:
    """Trains a model as the options say, and saves it at its best.

    Args:
        args: of a command line that `options` made.
        lengths: words of the training sentences.
        evaluate: dev score (higher is better).
        betas: of Adam.
    """
    annealing.set_dropout(trainer.model, args.dropout, args.word_dropout)
    plan = annealing.epochs_of_batches(lengths, args.longest, args.words, args.epochs, args.seed)
    logger.info("before: %.4f; %d sentences, %d steps", evaluate(), len(lengths), len(plan))
    annealing.train(
        trainer.model,
        losses(plan),
        len(plan),
        evaluate,
        lambda: trainer.save(str(args.out)),
        peak=args.lr,
        minutes=args.minutes,
        evaluations=args.evaluations,
        betas=betas,
    )
