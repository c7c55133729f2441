"""Trains Stanza's graph parser on from a checkpoint, in Stanza's format.

The checkpoint's lemma table may have been trained on vocalised lemmas: it is rewritten for the
lemmas that the training files hold, which should be those that the lemmatizer gives.
"""

import logging
import random
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import torch
from stanza.models.common.pretrain import Pretrain
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from stanza.models.depparse.data import DataLoader, Dataset
from stanza.models.depparse.model import GraphParser
from stanza.models.depparse.trainer import GraphTrainer, Trainer, unpack_batch
from stanza.models.parser import parse_args as stanza_arguments
from stanza.models.pos.vocab import WordVocab
from stanza.utils.conll import CoNLL
from torch import Tensor, nn

from pipeline.text import plain
from pipeline.training import annealing, fitting

logger = logging.getLogger("stanza")
SIZES = {
    "char": False,
    "hidden_dim": 200,
    "deep_biaff_hidden_dim": 200,
    "deep_biaff_output_dim": 100,
    "num_layers": 2,
    "word_emb_dim": 75,
    "word_cutoff": 3,
}


def new_trainer(treebank: Path, pretrain: Pretrain) -> GraphTrainer:
    """A fresh parser of the bundled size for the words, tags and relations of a treebank."""
    settings = stanza_arguments(["--shorthand", "ar_news"]) | SIZES
    document = CoNLL.conll2doc(str(treebank))
    vocab = Dataset(document, settings, pretrain).vocab
    return GraphTrainer(settings, vocab, pretrain, device="cpu")


def rewrite_lemmas(trainer: Trainer, lemmas: list[str], cutoff: int, seed: int = 1) -> None:
    """Gives the parser a lemma table for these lemmas; rows of vocalised ones are reused.

    Args:
        lemmas: lemma of every word of the training data.
    """
    old = trainer.vocab["lemma"]
    new = WordVocab([[["", "", "", "", lemma] for lemma in lemmas]], old.lang, 4, cutoff, True)
    sources: dict[str, list[int]] = {}
    for i, unit in enumerate(old._id2unit):
        sources.setdefault(plain(unit), []).append(i)
    table = trainer.model.lemma_emb.weight.data
    fresh = torch.empty(len(new), table.size(1))
    fresh.normal_(0, float(table.std()), generator=torch.Generator().manual_seed(seed))
    for i, unit in enumerate(new._id2unit):
        if unit in sources:
            fresh[i] = table[sources[unit]].mean(0)
    trainer.model.lemma_emb = nn.Embedding.from_pretrained(fresh, freeze=False, padding_idx=0)
    trainer.vocab["lemma"] = new


def parsing_loss(model: GraphParser, inputs: list[Tensor], lens: list, text: list) -> Tensor:
    """GraphParser's loss, labels scored for the gold heads only.

    Args:
        inputs: the eleven tensors that `unpack_batch` gives.
        lens: sentence and word orders and lengths, as GraphParser.forward takes them.
    """
    word, word_mask, *_, head, deprel = inputs
    order, sentlens, wordlens = lens
    hidden = model.embed(*inputs, order, sentlens, wordlens, text)
    size = word.size(1)
    place = torch.arange(size)
    offset = (place.view(1, 1, -1) - place.view(1, -1, 1)).expand(word.size(0), -1, -1)
    gold = head.unsqueeze(2)
    padding = word_mask[:, 1:]

    linear = model.linearization(model.drop(hidden), model.drop(hidden)).squeeze(3)
    far = 1 + nn.functional.softplus(
        model.distance(model.drop(hidden), model.drop(hidden)).squeeze(3)
    )
    far = -torch.log((offset.abs().float() - far) ** 2 / 2 + 1)
    arcs = model.unlabeled(model.drop(hidden), model.drop(hidden)).squeeze(3)
    prior = nn.functional.logsigmoid(linear * torch.sign(offset).float()) + far
    itself = torch.eye(size, dtype=torch.bool).unsqueeze(0) | word_mask.unsqueeze(1)
    arcs = (arcs + prior.detach()).masked_fill(itself, -float("inf"))[:, 1:]
    loss = model.crit(arcs.reshape(-1, size), head.masked_fill(padding, -1).view(-1))

    labels = _labels_of(model, hidden, head)
    wanted = (deprel - VOCAB_PREFIX_SIZE).masked_fill(padding, -1).view(-1)
    loss = loss + model.crit(labels.reshape(-1, model.num_relations), wanted)
    side = torch.gather(linear[:, 1:], 2, gold).view(-1, 1) / 2
    after = torch.gather((offset[:, 1:] > 0).long(), 2, gold).view(-1)
    after = after.masked_fill(padding.reshape(-1), -1)
    loss = loss + model.crit(torch.cat([-side, side], 1), after)
    loss = loss - torch.gather(far[:, 1:], 2, gold).squeeze(2).masked_fill(padding, 0).sum()
    return loss / (~padding).sum()


def _labels_of(model: GraphParser, hidden: Tensor, head: Tensor) -> Tensor:
    """Label scores (sentences x words x relations) of each word with its gold head."""
    scorer = model.deprel
    dependents = scorer.dropout(scorer.hidden_func(scorer.W1(model.drop(hidden))))[:, 1:]
    heads = scorer.dropout(scorer.hidden_func(scorer.W2(model.drop(hidden))))
    heads = torch.gather(heads, 1, head.unsqueeze(2).expand(-1, -1, heads.size(2)))
    dependents, heads = _with_one(dependents), _with_one(heads)
    bilinear = scorer.scorer.W_bilin
    by_head = torch.einsum("nli,ijo->nljo", dependents, bilinear.weight)
    return torch.einsum("nljo,nlj->nlo", by_head, heads) + bilinear.bias


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, x.new_ones(*x.shape[:-1], 1)], -1)


def attachment_scores(trainer: Trainer, loader: DataLoader) -> tuple[float, float]:
    """UAS and LAS over all words (punctuation included), on gold words."""
    unlabeled = labeled = words = 0
    deprels = trainer.vocab["deprel"]
    for indices in annealing.length_batches(loader.dataset.lengths, 2000, random.Random(0)):
        records = [loader.dataset[i] for i in indices]
        with torch.no_grad():
            predictions = trainer.predict(loader.collate(records))
        for record, predicted in zip(records, predictions, strict=True):
            for head, label, (guess, name) in zip(record[7], record[8], predicted, strict=True):
                words += 1
                unlabeled += head == guess
                labeled += head == guess and deprels.id2unit(label) == name
    return unlabeled / words, labeled / words


def batch_losses(trainer: Trainer, batches: Iterable[tuple]) -> Iterator[Callable[[], Tensor]]:
    """Loss functions of collated batches."""
    for batch in batches:
        inputs, _, order, sentlens, wordlens, text = unpack_batch(batch, "cpu")
        lens = [order, sentlens, wordlens]
        yield partial(parsing_loss, trainer.model, inputs, lens, text)


def main() -> None:
    """Command line; see pipeline/models/ar/MODEL_CARD.md for the one that made the weights."""
    parser = fitting.options(
        __doc__,
        epochs=20, words=2000, lr=1.5e-3, dropout=0.4, word_dropout=0.25,
        longest=120, evaluations=10,
    )  # fmt: skip
    fitting.add_weights(parser)
    parser.add_argument("--lemmas", type=Path, help="rewrite the lemma table for this treebank")
    args = parser.parse_args()

    pretrain = fitting.start(args.seed, args.vectors)
    if args.init:
        trainer = GraphTrainer.load(str(args.init), pretrain, device="cpu", reset_history=True)
    else:
        trainer = new_trainer(args.train[0], pretrain)
    if args.lemmas:
        words = [word for s in CoNLL.conll2doc(str(args.lemmas)).sentences for word in s.words]
        rewrite_lemmas(trainer, [word.lemma for word in words], cutoff=3)
    settings = dict(trainer.args) | {"augment_nopunct": 0.1}
    devs = [
        DataLoader(
            CoNLL.conll2doc(str(path)), 5000, settings, pretrain, trainer.vocab, evaluation=True
        )
        for path in args.dev
    ]
    copies = [_dataset(path, settings, pretrain, trainer) for path in args.train]

    def evaluate() -> float:
        scores = [attachment_scores(trainer, dev) for dev in devs]
        logger.info("dev %s", " ".join(f"UAS {uas:.4f} LAS {las:.4f}" for uas, las in scores))
        return scores[0][1]

    def losses(plan: fitting.Plan) -> Iterator[Callable[[], Tensor]]:
        drawn = fitting.drawn_from_copies(copies, args.weights, plan, args.seed)
        return batch_losses(trainer, map(DataLoader.collate, drawn))

    fitting.fit(args, trainer, [n - 1 for n in copies[0].lengths], losses, evaluate)


def _dataset(path: Path, settings: dict, pretrain: Pretrain, trainer: Trainer) -> Dataset:
    """A training set in file order (Stanza shuffles at construction: undone by seeding)."""
    random.seed(0)
    return Dataset(CoNLL.conll2doc(str(path)), settings, pretrain, trainer.vocab)


if __name__ == "__main__":
    main()
