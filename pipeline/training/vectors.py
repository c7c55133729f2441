"""Word vectors and word counts of raw text."""

import argparse
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import torch
from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
from stanza.models.common.vocab import VOCAB_PREFIX

from pipeline.text import strip_marks
from pipeline.training.conllu import open_text

logger = logging.getLogger(__name__)


def words_of(line: str) -> list[str]:
    """Words of a line without vowel signs; punctuation and digits part them off."""
    return "".join(c if c.isalpha() else " " for c in strip_marks(line)).split()


class Lines:
    """The words of the lines of some files, read anew at each iteration (as gensim wants it)."""

    def __init__(self, paths: Iterable[Path]):
        self.paths = list(paths)

    def __iter__(self) -> Iterator[list[str]]:
        for path in self.paths:
            for line in open_text(path):
                if words := words_of(line):
                    yield words


def count_words(paths: Iterable[Path]) -> Counter[str]:
    """Occurrences of each word in the files."""
    counts: Counter[str] = Counter()
    for words in Lines(paths):
        counts.update(words)
    return counts


def train_vectors(
    paths: Iterable[Path], target: Path, size: int = 60_000, dimensions: int = 100, seed: int = 1
) -> None:
    """Trains skip-window vectors on one thread and saves them as a Stanza pretrain file.

    The `size` commonest words are kept. Raises ValueError where the
    text has no word eight times.
    """
    from gensim.models import Word2Vec

    model = Word2Vec(
        Lines(paths), vector_size=dimensions, window=3, min_count=8, negative=8, epochs=4,
        max_final_vocab=None, workers=1, seed=seed,
    )  # fmt: skip
    words = model.wv.index_to_key[: size - len(VOCAB_PREFIX)]
    if not words:
        raise ValueError("the raw text is too small for word vectors")
    prefix = torch.zeros(len(VOCAB_PREFIX), dimensions)
    vectors = torch.cat([prefix, torch.from_numpy(model.wv.vectors[: len(words)].copy())])
    save_pretrain(words, vectors, target)


def save_pretrain(words: list[str], vectors: torch.Tensor, target: Path) -> None:
    """Saves words and vectors (one row each after the rows for Stanza's special symbols)."""
    vocab = PretrainedWordVocab(words, lang="")
    state = {"vocab": vocab.state_dict(), "emb": vectors.float()}
    torch.save(state, target, _use_new_zipfile_serialization=False)
    logger.info("%d vectors of %d dimensions", *Pretrain(str(target)).emb.shape)


def main() -> None:
    """Command line: raw text files -> vectors.pt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    train_vectors(args.text, args.out, args.size, seed=args.seed)


if __name__ == "__main__":
    main()
