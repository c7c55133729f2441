"""Trains Stanza's tagger, from scratch or on from a checkpoint, in Stanza's format.

Sentences are seen in the treebank's spelling or in another: other CoNLL-U files with the same
sentences (see `respell`), of which one is drawn for each sentence in each epoch.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import mul
from pathlib import Path

from stanza.models.common.pretrain import Pretrain
from stanza.models.pos.data import DataBatch, Dataset
from stanza.models.pos.trainer import Trainer, unpack_batch
from stanza.models.tagger import parse_args as stanza_arguments
from stanza.utils.conll import CoNLL
from torch import Tensor

from pipeline.training import fitting
from pipeline.training.stanza_speed import install_grouped_heads

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


def batch_losses(trainer: Trainer, batches: Iterable[DataBatch]) -> Iterator[Callable[[], Tensor]]:
    """Loss functions of collated batches."""
    for batch in batches:
        (words, mask, chars, chars_mask, tags, vectors), _, order, lens, word_lens, text = (
            unpack_batch(batch, "cpu")
        )
        inputs = (words, mask, chars, chars_mask, tags, vectors, order, lens, word_lens, text)
        yield partial(fitting.first_output, trainer.model, inputs)


def main() -> None:
    """Command line; see pipeline/models/ar/MODEL_CARD.md for the one that made the weights."""
    parser = fitting.options(
        __doc__,
        epochs=12, words=1500, lr=2e-3, dropout=0.2, word_dropout=0.1,
        longest=120, evaluations=8,
    )  # fmt: skip
    fitting.add_weights(parser)
    parser.add_argument("--upos-weight", type=float, default=1.0, help="in loss and dev score")
    args = parser.parse_args()

    pretrain = fitting.start(args.seed, args.vectors)
    if args.init:
        trainer = Trainer(model_file=str(args.init), pretrain=pretrain, device="cpu")
    else:
        trainer = new_trainer(args.train[0], pretrain)
    install_grouped_heads(trainer.model, args.upos_weight)

    def read(path: Path, evaluation: bool) -> Dataset:
        document = CoNLL.conll2doc(str(path))
        return Dataset(document, trainer.args, pretrain, trainer.vocab, evaluation=evaluation)

    copies = [read(path, False) for path in args.train]
    devs = [read(path, True) for path in args.dev]

    def evaluate() -> float:
        scores = [tag_accuracy(trainer, dev) for dev in devs]
        for accuracies in scores:
            logger.info("dev UPOS %.4f XPOS %.4f UFeats %.4f", *accuracies)
        weights = [args.upos_weight, 1, 1]
        return sum(map(mul, weights, scores[0])) / sum(weights)

    def losses(plan: fitting.Plan) -> Iterator[Callable[[], Tensor]]:
        drawn = fitting.drawn_from_copies(copies, args.weights, plan, args.seed)
        return batch_losses(trainer, map(copies[0].collate_fn, drawn))

    fitting.fit(args, trainer, [len(sample.text) for sample in copies[0].data], losses, evaluate)


if __name__ == "__main__":
    main()
