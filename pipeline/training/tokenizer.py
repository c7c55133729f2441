"""Trains Stanza's tokenizer, which also decides which tokens are fused.

Stanza's own trainer keeps the checkpoint with the best mean of token and sentence F1, at which
the choice of fused tokens is still poor; here the choice follows what the rest of the pipeline
lives on, tokens right in extent and fusion.
"""

import argparse
import copy
import json
import logging
import random
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import torch
from stanza.models.tokenization.data import TokenizationDataset
from stanza.models.tokenization.trainer import Trainer
from stanza.models.tokenization.utils import predict

from pipeline.training.conllu import Sentence, open_text, read_conllu
from pipeline.training.noise import load_noise
from pipeline.training.silver import FusionLexicon, build_lexicon, label_paragraphs, light_fold
from pipeline.training.tokenizer_data import (
    FEATURES,
    LabelledText,
    Sampler,
    build_vocab,
    join,
    label_sentence,
)
from pipeline.training.vectors import count_words

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TokenizerSettings:
    """Dimensions and schedule of a training."""

    shorthand: str = "ar_padt"
    lang: str = "ar"
    emb_dim: int = 32
    hidden_dim: int = 100
    dropout: float = 0.33
    batch_size: int = 64
    length: int = 256
    steps: int = 2000
    eval_steps: int = 100
    lr: float = 0.004
    final_lr: float = 0.0002
    seed: int = 1234


def stanza_arguments(settings: TokenizerSettings, vocab_size: int) -> dict:
    """The arguments Stanza stores in the model file and reads again when it loads it."""
    return {
        "lang": settings.lang,
        "shorthand": settings.shorthand,
        "emb_dim": settings.emb_dim,
        "hidden_dim": settings.hidden_dim,
        "dropout": settings.dropout,
        "feat_dropout": 0.05,
        "tok_noise": 0.02,
        "hierarchical": True,
        "hier_invtemp": 0.5,
        "conv_res": None,
        "rnn_layers": 1,
        "use_mwt": True,
        "use_dictionary": False,
        "num_dict_feat": 0,
        "skip_newline": False,
        "feat_funcs": FEATURES,
        "feat_dim": len(FEATURES),
        "vocab_size": vocab_size,
        "max_seqlen": 1000,
        "batch_size": 32,
        "lr0": settings.lr,
        "weight_decay": 0.0,
        "max_grad_norm": 1.0,
    }


def score(trainer: Trainer, gold: list[LabelledText]) -> dict[str, float]:
    """F1 of tokens, sentences and tokens with the right fusion flag, on separate paragraphs."""
    text = "\n\n".join(item.text for item in gold)
    data = TokenizationDataset(trainer.args, input_text=text, vocab=trainer.vocab, evaluation=True)
    predicted, _ = predict(trainer, data, 32, 1000, True, 0)
    counts = {"tokens": [0, 0, 0], "sentences": [0, 0, 0], "fused": [0, 0, 0]}
    for labels, item in zip(predicted, gold, strict=True):
        for name, tally in counts.items():
            ours, theirs = _spans(labels, name), _spans(item.labels, name)
            for i, n in enumerate((len(ours & theirs), len(ours), len(theirs))):
                tally[i] += n
    return {name: 200 * hit / max(1, a + b) for name, (hit, a, b) in counts.items()}


def _spans(labels: list[int] | np.ndarray, kind: str) -> set[tuple[int, int, bool]]:
    spans, start = set(), 0
    for i, label in enumerate(labels):
        if label and (kind != "sentences" or label in (2, 4)):
            spans.add((start, i, kind == "fused" and label in (3, 4)))
            start = i + 1
    return spans


def train_tokenizer(
    sampler: Sampler, dev: list[LabelledText], target: Path, settings: TokenizerSettings
) -> dict[str, float]:
    """Trains until `settings.steps`, saving the best state to `target`; returns its scores.

    A stopped training goes on from `target` with suffix .checkpoint.
    """
    torch.manual_seed(settings.seed)
    args = stanza_arguments(settings, len(sampler.vocab))
    trainer = Trainer(args=args, vocab=sampler.vocab, device="cpu")
    checkpoint = target.with_suffix(".checkpoint")
    first, best = 1, {"fused": 0.0}
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        trainer.model.load_state_dict(state["model"])
        trainer.optimizer.load_state_dict(state["optimizer"])
        first, best = state["step"] + 1, state["best"]
    for step in range(first, settings.steps + 1):
        rate = settings.lr + (settings.final_lr - settings.lr) * step / settings.steps
        for group in trainer.optimizer.param_groups:
            group["lr"] = rate
        loss = trainer.update(sampler.batch(settings.batch_size))
        if step % settings.eval_steps and step != settings.steps:
            continue
        scores = score(trainer, dev)
        logger.info("step %d loss %.4f %s", step, loss, json.dumps(scores))
        if _quality(scores) > _quality(best):
            best = copy.copy(scores)
            trainer.save(str(target))
        torch.save(
            {
                "model": trainer.model.state_dict(),
                "optimizer": trainer.optimizer.state_dict(),
                "step": step,
                "best": best,
            },
            checkpoint,
        )
    return best


def _quality(scores: dict[str, float]) -> float:
    """Fusion first; sentence breaks weigh a tenth."""
    return scores["fused"] + 0.1 * scores.get("sentences", 0.0)


def lean_to_fusion(model: Path, shift: float) -> None:
    """Adds `shift` to the logit of fusion in a saved tokenizer.

    A token wrongly taken for fused can be mended by the expander's dictionary; a fused token
    that was missed can't.
    """
    state = torch.load(model, map_location="cpu", weights_only=True)
    state["model"]["mwt_clf.bias"] += shift
    torch.save(state, model, _use_new_zipfile_serialization=False)


def paragraphs_of(sentences: list[Sentence]) -> list[LabelledText]:
    """A treebank's paragraphs, labelled."""
    groups = groupby(sentences, key=lambda sentence: sentence.paragraph)
    return [join([label_sentence(s) for s in group]) for _, group in groups]


def silver_text(
    paths: list[Path], words: int, first: Path, lexicon: FusionLexicon, seed: int
) -> list[LabelledText]:
    """About `words` words of paragraphs drawn from raw text, labelled."""
    rng = random.Random(seed)
    lines = [line.strip() for path in paths for line in open_text(path)]
    lines = [line for line in lines if 3 < len(line.split()) < 150]
    rng.shuffle(lines)
    chosen, total = [], 0
    for line in lines:
        chosen.append(line)
        total += len(line.split())
        if total >= words:
            break
    trainer = Trainer(model_file=str(first), device="cpu")
    labelled: list[LabelledText] = []
    for start in range(0, len(chosen), 400):
        batch = chosen[start : start + 400]
        labelled += label_paragraphs(batch, trainer, lexicon, light_fold)
    return labelled


def main() -> None:
    """Command line: a first tokenizer from the treebank, or, with --first, one with silver text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebank", type=Path, required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--settings", type=Path, required=True, help="configs/training/*.yaml")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--text", type=Path, nargs="*", default=[], help="raw news text")
    parser.add_argument("--first", type=Path, help="a tokenizer that labels the raw text")
    parser.add_argument("--silver-words", type=int, default=600_000)
    parser.add_argument("--silver-share", type=float, default=0.45)
    parser.add_argument("--steps", type=int, default=900)
    parser.add_argument("--fusion-shift", type=float, default=0.0, help="see lean_to_fusion")
    parser.add_argument("--seed", type=int, default=1234)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    sentences = list(read_conllu(open_text(args.treebank)))
    corpora = [(1.0, paragraphs_of(sentences))]
    if args.first and args.text:
        lexicon, _ = build_lexicon(sentences, count_words(args.text), light_fold)
        silver = silver_text(args.text, args.silver_words, args.first, lexicon, args.seed)
        corpora = [(1 - args.silver_share, corpora[0][1]), (args.silver_share, silver)]
    settings = TokenizerSettings(steps=args.steps, seed=args.seed)
    vocab = build_vocab([item for _, items in corpora for item in items], settings.lang)
    noise = load_noise(args.settings)
    sampler = Sampler(corpora, vocab, noise, args.seed, settings.length)
    dev = paragraphs_of(list(read_conllu(open_text(args.dev))))
    print(train_tokenizer(sampler, dev, args.out, settings))
    lean_to_fusion(args.out, args.fusion_shift)


if __name__ == "__main__":
    main()
