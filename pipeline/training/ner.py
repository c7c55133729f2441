"""Trains Stanza's NER tagger from the JSON that `ner_data` writes, in Stanza's format.

The word vectors stay as they are, so the model doesn't carry a copy of them and names that the
training data lacks are seen in the same way as those it has.
"""

import json
import logging
import random
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import torch
from stanza.models.common.doc import Document
from stanza.models.common.pretrain import Pretrain
from stanza.models.ner.data import DataLoader
from stanza.models.ner.scorer import score_by_entity
from stanza.models.ner.trainer import Trainer, unpack_batch
from stanza.models.ner.vocab import MultiVocab
from stanza.models.ner_tagger import parse_args as stanza_arguments
from stanza.models.pos.vocab import CharVocab, CompositeVocab
from torch import Tensor

from pipeline.training import annealing, fitting

logger = logging.getLogger("stanza")
PLACES = ("GPE", "LOC", "FAC")


def load_sentences(path: Path) -> list[list[dict]]:
    """Sentences of Stanza's NER JSON: lists of {"text": …, "ner": …}."""
    return json.loads(path.read_text(encoding="utf-8"))


def new_trainer(sentences: list[list[dict]], pretrain: Pretrain, sizes: dict) -> Trainer:
    """A fresh tagger for the labels and characters of these sentences."""
    settings = stanza_arguments(["--shorthand", "ar_news"]) | sizes
    settings |= {"word_emb_dim": pretrain.emb.shape[1], "emb_finetune": False, "mode": "train"}
    words = [[(word["text"],) for word in sentence] for sentence in sentences]
    kinds = sorted({word["ner"][2:] for s in sentences for word in s if word["ner"] != "O"})
    tags = ["O"] + [f"{mark}-{kind}" for kind in kinds for mark in "BIES"]
    vocab = MultiVocab(
        {
            "char": CharVocab(words, "ar_news"),
            "tag": CompositeVocab([[((tag,),) for tag in tags]], "ar_news", idx=0, sep=None),
            "word": pretrain.vocab,
        }
    )
    return Trainer(settings, vocab, pretrain, device="cpu")


def loader(sentences: list[list[dict]], trainer: Trainer, pretrain: Pretrain) -> DataLoader:
    """Stanza's loader with one batch a sentence, in the order given; batches are made from it."""
    document = Document([[word | {"id": i + 1} for i, word in enumerate(s)] for s in sentences])
    return DataLoader(document, 1, trainer.args, pretrain, trainer.vocab, evaluation=True)


def collate(data: DataLoader, indices: list[int]) -> tuple:
    """One batch of these sentences of a loader that has one sentence a batch."""
    chosen = [data.data[i][0] for i in indices]
    single = DataLoader.__new__(DataLoader)
    single.__dict__ = data.__dict__ | {"data": [chosen]}
    return single[0]


def entity_scores(
    trainer: Trainer, data: DataLoader, merge_places: bool = True
) -> tuple[float, float, float]:
    """Strict precision, recall and F1 of the names; GPE, LOC and FAC count as one type or not."""
    predicted: list[list[str]] = [[] for _ in data.data]
    for indices in annealing.length_batches(
        [len(s[0][0]) for s in data.data], 1500, random.Random(0)
    ):
        with torch.no_grad():
            tags = trainer.predict(collate(data, indices))
        for i, sentence in zip(indices, tags, strict=True):
            predicted[i] = sentence
    gold = [[tag[0] for tag in sentence] for sentence in data.tags]
    if merge_places:
        predicted, gold = _merged(predicted), _merged(gold)
    logger.setLevel(logging.WARNING)
    precision, recall, f1, *_ = score_by_entity(predicted, gold, verbose=False)
    logger.setLevel(logging.INFO)
    return precision, recall, f1


def _merged(sentences: list[list[str]]) -> list[list[str]]:
    return [[tag[:2] + "PLACE" if tag[2:] in PLACES else tag for tag in s] for s in sentences]


def batch_losses(trainer: Trainer, batches: Iterable[tuple]) -> Iterator[Callable[[], Tensor]]:
    """Loss functions of collated batches."""
    for batch in batches:
        inputs, _, words, chars, lens, word_lens, char_lens, offsets = unpack_batch(batch, "cpu")
        text, wordchars, mask, characters, tags = inputs
        rest = (words, lens, word_lens, characters, offsets, char_lens, chars)
        yield partial(fitting.first_output, trainer.model, (text, wordchars, mask, tags, *rest))


def main() -> None:
    """Command line; see pipeline/models/ar/MODEL_CARD.md for the one that made the weights."""
    parser = fitting.options(
        __doc__,
        epochs=15, words=800, lr=2e-3, dropout=0.4, word_dropout=0.05,
        longest=150, evaluations=10,
    )  # fmt: skip
    parser.add_argument("--hidden", type=int, default=200)
    parser.add_argument("--char-hidden", type=int, default=64)
    parser.add_argument("--char-emb", type=int, default=40)
    args = parser.parse_args()

    pretrain = fitting.start(args.seed, args.vectors)
    sentences = [sentence for path in args.train for sentence in load_sentences(path)]
    if args.init:
        trainer = Trainer(model_file=str(args.init), pretrain=pretrain, device="cpu")
    else:
        sizes = {
            "hidden_dim": args.hidden,
            "char_hidden_dim": args.char_hidden,
            "char_emb_dim": args.char_emb,
        }
        trainer = new_trainer(sentences, pretrain, sizes)
    data = loader(sentences, trainer, pretrain)
    devs = [loader(load_sentences(path), trainer, pretrain) for path in args.dev]

    def evaluate() -> float:
        scores = [entity_scores(trainer, dev) for dev in devs]
        lines = ["P {:.4f} R {:.4f} F {:.4f}".format(*score) for score in scores]
        logger.info("dev %s", " | ".join(lines))
        return scores[0][2]

    def losses(plan: fitting.Plan) -> Iterator[Callable[[], Tensor]]:
        return batch_losses(trainer, (collate(data, indices) for indices in plan))

    lengths = [len(sentence) for sentence in sentences]
    fitting.fit(args, trainer, lengths, losses, evaluate, betas=(0.9, 0.98))


if __name__ == "__main__":
    main()
