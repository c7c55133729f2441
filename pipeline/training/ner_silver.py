"""Silver names for NER: raw text tagged by a first model and made consistent across the corpus.

A name that the model finds in most of its places is missed in others, where the context says
little. What a word sequence is in most places (or in the lexicon of actors), it is taken to be
everywhere, so that the second model learns from contexts that the first one could not read.
"""

import argparse
import csv
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import torch
from stanza.models.common.pretrain import Pretrain
from stanza.models.ner.trainer import Trainer
from stanza.models.ner.utils import decode_from_bioes

from pipeline.orthography import RANGES
from pipeline.training import annealing, fitting
from pipeline.training.conllu import open_text
from pipeline.training.ner import collate, loader

TOKEN = re.compile(rf"\w[\w{RANGES.vowels}]*|[^\w\s]")
Name = tuple[str, ...]


def sample_sentences(
    lines: Iterable[str], count: int, shortest: int, longest: int, seed: int
) -> list[list[str]]:
    """Tokens of `count` random lines of suitable length."""
    rng = random.Random(seed)
    chosen: list[list[str]] = []
    for seen, tokens in enumerate(_of_length(lines, shortest, longest)):
        if len(chosen) < count:
            chosen.append(tokens)
        elif (place := rng.randrange(seen + 1)) < count:
            chosen[place] = tokens
    return chosen


def _of_length(lines: Iterable[str], shortest: int, longest: int) -> Iterator[list[str]]:
    for line in lines:
        tokens = TOKEN.findall(line)
        if shortest <= len(tokens) <= longest:
            yield tokens


def read_lexicon(
    path: Path, types: Mapping[str, str], skipped: Sequence[str] = ()
) -> dict[Name, str]:
    """Names of two words or more in a table of actors (columns arabic, type, cameo).

    Args:
        types: label of each type of the table; rows of other types are left out.
        skipped: ends of CAMEO codes to leave out (governments: often common nouns).
    """
    with path.open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {
            tuple(variant.split()): types[row["type"]]
            for row in rows
            if row["type"] in types and not row["cameo"].endswith(tuple(skipped))
            for variant in row["arabic"].split("|")
            if len(variant.split()) > 1
        }


def settled_names(
    sentences: Sequence[Sequence[str]],
    names: Sequence[Mapping[tuple[int, int], str]],
    times: int = 4,
    share: float = 0.6,
) -> dict[Name, str]:
    """Word sequences that are one kind of name in most of their places.

    Args:
        names: of each sentence, (first, last) word to label.
        times: how often a sequence must be found as a name.
        share: in how many of all its places.
    """
    votes: dict[Name, Counter[str]] = defaultdict(Counter)
    for words, found in zip(sentences, names, strict=True):
        for (first, last), label in found.items():
            votes[tuple(words[first : last + 1])][label] += 1
    candidates = {name for name, counts in votes.items() if counts.total() >= times}
    places = Counter(name for words in sentences for _, name in _occurrences(words, candidates))
    return {
        name: label
        for name in candidates
        for label, count in votes[name].most_common(1)
        if count >= share * places[name]
    }


def _occurrences(words: Sequence[str], wanted: Iterable[Name]) -> Iterator[tuple[int, Name]]:
    """Places of wanted names, the longer ones at a word first."""
    lengths = sorted({len(name) for name in wanted}, reverse=True)
    for first in range(len(words)):
        for length in lengths:
            name = tuple(words[first : first + length])
            if len(name) == length and name in wanted:
                yield first, name


def consistent(
    words: Sequence[str], found: Mapping[tuple[int, int], str], settled: Mapping[Name, str]
) -> list[str]:
    """BIO labels: the model's names, and settled ones where they overlap no longer name."""
    spans = dict(found)
    for first, name in _occurrences(words, settled):
        last = first + len(name) - 1
        rivals = [s for s in spans if s[0] <= last and first <= s[1]]
        if all(s[1] - s[0] <= last - first for s in rivals):
            for rival in rivals:
                del spans[rival]
            spans[first, last] = settled[name]
    labels = ["O"] * len(words)
    for (first, last), label in spans.items():
        labels[first : last + 1] = [f"B-{label}"] + [f"I-{label}"] * (last - first)
    return labels


def tag(
    trainer: Trainer, pretrain: Pretrain, sentences: Sequence[Sequence[str]]
) -> list[dict[tuple[int, int], str]]:
    """Names of each sentence: (first, last) word to label."""
    data = loader([[{"text": w, "ner": "O"} for w in s] for s in sentences], trainer, pretrain)
    names: list[dict[tuple[int, int], str]] = [{} for _ in sentences]
    lengths = [len(sentence) for sentence in sentences]
    for indices in annealing.length_batches(lengths, 3000, random.Random(0)):
        with torch.no_grad():
            predicted = trainer.predict(collate(data, indices))
        for i, tags in zip(indices, predicted, strict=True):
            names[i] = {(e["start"], e["end"]): e["type"] for e in decode_from_bioes(tags)}
    return names


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--lexicon", type=Path, help="table of actors")
    parser.add_argument("--types", nargs="*", default=[], help="lexicon types: type=LABEL")
    parser.add_argument("--skip-codes", nargs="*", default=[])
    parser.add_argument("--sentences", type=int, default=6000)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()

    pretrain = fitting.start(args.seed, args.vectors)
    trainer = Trainer(model_file=str(args.model), pretrain=pretrain, device="cpu")
    sentences = sample_sentences(open_text(args.text), args.sentences, 8, 60, args.seed)
    names = tag(trainer, pretrain, sentences)
    settled = settled_names(sentences, names)
    if args.lexicon:
        types = dict(pair.split("=") for pair in args.types)
        settled |= read_lexicon(args.lexicon, types, args.skip_codes)
    data = [
        [
            {"text": w, "ner": n}
            for w, n in zip(words, consistent(words, found, settled), strict=True)
        ]
        for words, found in zip(sentences, names, strict=True)
    ]
    args.out.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
