"""Gives a treebank the tags that a tagger would predict on text it has not seen.

A parser trained on gold tags trusts them too much. Jackknifing costs several taggers; here one
tagger tags its own training data with dropout switched on, at a rate that brings its accuracy
there down to what it reaches on unseen documents. Lemmas are lost at random at the same rate.
"""

import argparse
import logging
import random
from collections.abc import Iterator
from pathlib import Path

import torch
from stanza.models.common.doc import UPOS, Document
from stanza.models.pos.data import DataBatch, Dataset
from stanza.models.pos.trainer import Trainer
from stanza.utils.conll import CoNLL

from pipeline.training import annealing, fitting
from pipeline.training.stanza_speed import install_grouped_heads

logger = logging.getLogger("stanza")


def predict_with_dropout(
    trainer: Trainer, dataset: Dataset, dropout: float, words: int = 2000
) -> list[list[list[str]]]:
    """Predicted [UPOS, XPOS, FEATS] of each word of each sentence, with dropout switched on.

    Args:
        dropout: rate for hidden units; whole words are dropped at half of it.
    """
    annealing.set_dropout(trainer.model, dropout, dropout / 2)
    predicted: list[list[list[str]]] = [[] for _ in range(len(dataset))]
    for indices in _by_length(dataset, words):
        batch = dataset.collate_fn([dataset[i] for i in indices])
        for i, tags in zip(indices, _predict(trainer, batch, dropout > 0), strict=True):
            predicted[i] = tags
    return predicted


def _predict(trainer: Trainer, batch: DataBatch, noisy: bool) -> list[list[list[str]]]:
    """Trainer.predict, which switches dropout off itself, with the switch in our hands."""
    original = trainer.model.eval
    trainer.model.eval = (lambda: trainer.model.train()) if noisy else original
    try:
        blind = batch._replace(tags=[None] * len(batch.tags))
        with torch.no_grad():
            return trainer.predict(blind)
    finally:
        trainer.model.eval = original


def _by_length(dataset: Dataset, words: int) -> Iterator[list[int]]:
    batch: list[int] = []
    for i in sorted(range(len(dataset)), key=lambda i: len(dataset.data[i].text)):
        batch.append(i)
        if len(batch) * len(dataset.data[i].text) >= words:
            yield batch
            batch = []
    if batch:
        yield batch


def replace_tags(
    document: Document, predicted: list[list[list[str]]], lost_lemmas: float, seed: int
) -> float:
    """Puts predicted tags into the document and returns the share of right UPOS."""
    rng = random.Random(seed)
    golds = document.get([UPOS], as_sentences=True)
    right = words = 0
    for sentence, gold, tags in zip(document.sentences, golds, predicted, strict=True):
        for word, old, (upos, xpos, feats) in zip(sentence.words, gold, tags, strict=True):
            right, words = right + (upos == old), words + 1
            word.upos, word.xpos, word.feats = upos, xpos, None if feats == "_" else feats
            if rng.random() < lost_lemmas:
                word.lemma = "_"
    return right / words


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tagger", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--treebank", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--dropout", type=float, default=0.0, help="0: plain prediction")
    parser.add_argument("--lost-lemmas", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()

    pretrain = fitting.start(args.seed, args.vectors)
    trainer = Trainer(model_file=str(args.tagger), pretrain=pretrain, device="cpu")
    install_grouped_heads(trainer.model)
    document = CoNLL.conll2doc(str(args.treebank))
    dataset = Dataset(document, trainer.args, pretrain, trainer.vocab, evaluation=True)
    predicted = predict_with_dropout(trainer, dataset, args.dropout)
    accuracy = replace_tags(document, predicted, args.lost_lemmas, args.seed)
    logger.info("UPOS accuracy %.4f at dropout %.2f", accuracy, args.dropout)
    CoNLL.write_doc2conll(document, str(args.out))


if __name__ == "__main__":
    main()
