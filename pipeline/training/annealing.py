"""One training loop for Stanza's tagger, parser and NER models on a small budget.

Stanza's own command lines keep the learning rate high until the dev score stalls, which takes
hours on two cores. Here the number of epochs is fixed beforehand and Adam's rate goes up over
a short warm-up and down to zero along a cosine, so that a short run ends at its best.
"""

import logging
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence

import torch
from stanza.models.common.dropout import WordDropout
from torch import Tensor, nn

logger = logging.getLogger("stanza")


def length_batches(
    lengths: Sequence[int], budget: int, rng: random.Random, jitter: float = 0.1
) -> list[list[int]]:
    """Shuffled batches of sentence indices, alike in length, of about `budget` words each.

    Args:
        lengths: words of each sentence.
        jitter: standard deviation of the noise on lengths, as a share, that mixes batches anew
            in every epoch.
    """
    key = {i: length * (1 + rng.gauss(0, jitter)) for i, length in enumerate(lengths)}
    batches: list[list[int]] = []
    size = budget
    for i in sorted(key, key=key.__getitem__):
        if size + lengths[i] > budget:
            batches.append([])
            size = 0
        batches[-1].append(i)
        size += lengths[i]
    rng.shuffle(batches)
    return batches


def epochs_of_batches(
    lengths: Sequence[int], longest: int, budget: int, epochs: float, seed: int
) -> list[list[int]]:
    """Batches of sentence indices for a number of epochs; longer sentences are left out."""
    rng = random.Random(seed)
    keep = [i for i, length in enumerate(lengths) if length <= longest]
    plan: list[list[int]] = []
    for _ in range(math.ceil(epochs)):
        batches = length_batches([lengths[i] for i in keep], budget, rng)
        plan += [[keep[i] for i in batch] for batch in batches]
    return plan[: round(len(plan) * epochs / math.ceil(epochs))]


def set_dropout(model: nn.Module, hidden: float, words: float) -> None:
    """Sets the dropout rates of hidden units and of whole words in a Stanza model."""
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = hidden
        elif isinstance(module, WordDropout):
            module.dropprob = words


def rate(progress: float, warmup: float = 0.04) -> float:
    """Share of the peak learning rate at a share of the run: linear warm-up, then half a cosine."""
    if progress < warmup:
        return progress / warmup
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - warmup) / (1 - warmup))))


def train(
    model: nn.Module,
    steps: Iterator[Callable[[], Tensor]],
    total: int,
    evaluate: Callable[[], float],
    save: Callable[[], None],
    *,
    peak: float,
    minutes: float = math.inf,
    evaluations: int = 8,
    betas: tuple[float, float] = (0.9, 0.95),
    clip: float = 1.0,
) -> float:
    """Trains for `total` steps and saves the model whenever the dev score is a new best.

    Args:
        steps: yields functions that return the loss of one batch.
        evaluate: dev score (higher is better); leaves the model in evaluation mode.
        peak: highest learning rate.
        minutes: with fewer minutes than the steps need, the schedule follows the clock instead
            (and the run can't be repeated exactly).

    Returns:
        the best dev score.
    """
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.Adam(parameters, lr=peak, betas=betas, eps=1e-6)
    best, running, since = -1.0, 0.0, 0
    started = time.monotonic()
    evaluated = 0
    for step in range(1, total + 1):
        elapsed = (time.monotonic() - started) / 60
        progress = max(step / total, elapsed / minutes)
        for group in optimizer.param_groups:
            group["lr"] = peak * rate(progress)
        model.train()
        optimizer.zero_grad(set_to_none=True)
        loss = next(steps)()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, clip)
        optimizer.step()
        running, since = running + loss.item(), since + 1
        if int(progress * evaluations) > evaluated or progress >= 1:
            evaluated = int(progress * evaluations)
            score = evaluate()
            logger.info(
                "step %d/%d loss %.4f dev %.4f best %.4f %.1f min",
                *(step, total, running / since, score, max(best, score), elapsed),
            )
            running, since = 0.0, 0
            if score > best:
                best = score
                save()
        if progress >= 1:
            break
    return best
