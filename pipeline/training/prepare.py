"""Makes training files from a treebank: split by document, unvocalised lemmas, other spellings."""

import argparse
import hashlib
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.text import fold, plain
from pipeline.training.conllu import Sentence, Token, format_sentence, open_text, read_conllu
from pipeline.training.noise import SpellingNoise, load_noise

FORM, LEMMA, MISC = 1, 2, 9


def split_by_document(
    sentences: Iterable[Sentence], share: float, seed: int = 1
) -> tuple[list[Sentence], list[Sentence]]:
    """(training, held out) sentences; no document is in both.

    A document's part hangs on a hash of its name, so it stays where it is when others are
    added. Sentences of files without documents count by paragraph.
    """
    train: list[Sentence] = []
    held_out: list[Sentence] = []
    for sentence in sentences:
        name = f"{seed} {sentence.document or sentence.paragraph}"
        draw = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") / 2**32
        (held_out if draw < share else train).append(sentence)
    return train, held_out


def with_plain_lemmas(sentence: Sentence) -> Sentence:
    """The sentence with lemmas without vowel signs, which is how the pipeline compares them."""

    def plain_lemma(row: list[str]) -> list[str]:
        lemma = plain(row[LEMMA])
        return [*row[:LEMMA], lemma or row[LEMMA], *row[LEMMA + 1 :]]

    tokens = [
        replace(token, rows=[plain_lemma(row) for row in token.rows]) for token in sentence.tokens
    ]
    return replace(sentence, tokens=tokens)


def restored_form(row: list[str], vocalised: str = "Vform") -> str:
    """The form with the hamzas of the vocalised form in MISC, where only these differ."""
    values = dict(part.split("=", 1) for part in row[MISC].split("|") if "=" in part)
    careful = plain(values.get(vocalised, row[FORM]))
    same = len(careful) == len(row[FORM]) and fold(careful) == fold(row[FORM])
    return careful if same else row[FORM]


def respelled(
    sentences: Iterable[Sentence], noise: SpellingNoise | None, seed: int = 7
) -> Iterator[Sentence]:
    """The sentences with words in careful spelling (noise None) or with spelling noise."""
    rng = random.Random(seed)

    def respell(row: list[str]) -> list[str]:
        form = restored_form(row) if noise is None else noise.respell(row[FORM], rng)
        return [row[0], form, *row[2:]]

    for sentence in sentences:
        tokens = [Token(t.form, [respell(r) for r in t.rows], t.space_after, t.range_row)
                  for t in sentence.tokens]  # fmt: skip
        yield replace(sentence, tokens=tokens)


def write_conllu(sentences: Iterable[Sentence], path: Path) -> None:
    """Writes sentences as CoNLL-U, complete or not at all."""
    partial = path.with_suffix(".partial")
    partial.write_text("".join(map(format_sentence, sentences)), encoding="utf-8")
    partial.replace(path)


def main() -> None:
    """Command line: treebank files -> train, dev, train_restored, train_dropped .conllu."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebank", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path, help="held-out documents; else cut from the treebank")
    parser.add_argument("--held-out", type=float, default=0.06)
    parser.add_argument("--settings", type=Path, required=True, help="configs/training/*.yaml")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    sentences = [s for path in args.treebank for s in read_conllu(open_text(path))]
    if args.dev:
        train, dev = sentences, list(read_conllu(open_text(args.dev)))
    else:
        train, dev = split_by_document(sentences, args.held_out, args.seed)
    train, dev = [with_plain_lemmas(s) for s in train], [with_plain_lemmas(s) for s in dev]
    args.out.mkdir(parents=True, exist_ok=True)
    noise = load_noise(args.settings, "word_noise")
    write_conllu(respelled(train, None), args.out / "train_restored.conllu")
    write_conllu(respelled(train, noise), args.out / "train_dropped.conllu")
    write_conllu(dev, args.out / "dev.conllu")
    write_conllu(train, args.out / "train.conllu")


if __name__ == "__main__":
    main()
