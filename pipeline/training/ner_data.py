"""Brings BIO corpora of names into one set of labels and into the spelling of the news.

The pipeline recognises names on surface tokens as they are written: clitics on, hamzas mostly
there. Corpora that cut clitics off or normalise letters are glued together again and respelled
in the way that the raw news text spells a word most often.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.data_files import read_yaml
from pipeline.training.conllu import open_text

Word = tuple[str, str]
"""A token and its BIO label."""
OUTSIDE = "O"


@dataclass(frozen=True)
class CorpusSettings:
    """What a corpus calls its classes and how its text was changed (configs/training/*.yaml)."""

    labels: Mapping[str, str]
    proclitics: frozenset[str] = frozenset()
    enclitics: frozenset[str] = frozenset()
    fold: Mapping[int, str] | None = None
    places: Mapping[str, Any] | None = None
    clitic_letters: str = ""
    sentence_separator: str | None = None
    held_out_pieces: int = 1


def load_settings(path: Path) -> CorpusSettings:
    """Reads the settings of one corpus."""
    data = read_yaml(path)
    labels = {fine: coarse for coarse, fines in data["labels"].items() for fine in fines}
    return CorpusSettings(
        labels=labels,
        proclitics=frozenset(data.get("proclitics", ())),
        enclitics=frozenset(data.get("enclitics", ())),
        fold=str.maketrans(data["fold"]) if "fold" in data else None,
        places=data.get("places"),
        clitic_letters=data.get("clitic_letters", ""),
        sentence_separator=data.get("sentence_separator"),
        held_out_pieces=data.get("held_out_pieces", 1),
    )


def read_bio(lines: Iterable[str], settings: CorpusSettings) -> Iterator[list[Word]]:
    """Sentences of a BIO file (token, blank, one or more labels), labels mapped.

    Of several labels a token carries, the one whose name began first is taken; unknown classes
    become O. A label that continues nothing begins a name.
    """
    sentence: list[Word] = []
    for line in lines:
        parts = line.split()
        if not parts or parts[0] == settings.sentence_separator:
            if sentence:
                yield sentence
            sentence = []
            continue
        before = sentence[-1][1] if sentence else OUTSIDE
        sentence.append((parts[0], _mapped(parts[1:], before, settings.labels)))
    if sentence:
        yield sentence


def _mapped(labels: Sequence[str], before: str, classes: Mapping[str, str]) -> str:
    known = [
        (mark, classes[name])
        for mark, _, name in (label.partition("-") for label in labels)
        if name in classes
    ]
    if not known:
        return OUTSIDE
    for mark, name in known:
        if mark == "I" and before.endswith("-" + name):
            return f"I-{name}"
    return f"B-{known[0][1]}"


def glue(sentence: Sequence[Word], settings: CorpusSettings) -> list[Word]:
    """The sentence with cut-off clitics put back on their words.

    The glued token has the label of its word: a name keeps its beginning although a
    conjunction or preposition now stands before it.
    """
    glued: list[Word] = []
    waiting = ""
    for form, label in sentence:
        if waiting and not form[0].isalpha():
            glued.append((waiting, OUTSIDE))
            waiting = ""
        if form in settings.proclitics and label[:2] != "B-":
            waiting += form
        elif form in settings.enclitics and not waiting and _joins(glued, label):
            glued[-1] = (glued[-1][0] + form, glued[-1][1])
        else:
            glued.append((waiting + form, label))
            waiting = ""
    if waiting:
        glued.append((waiting, OUTSIDE))
    return _repaired(glued)


def _joins(glued: Sequence[Word], label: str) -> bool:
    return bool(glued) and glued[-1][0][-1].isalpha() and label[:2] != "B-"


def _repaired(sentence: Sequence[Word]) -> list[Word]:
    """The sentence with every I- label that continues nothing turned into B-."""
    repaired: list[Word] = []
    for form, label in sentence:
        before = repaired[-1][1] if repaired else OUTSIDE
        if label.startswith("I-") and before[2:] != label[2:]:
            label = "B-" + label[2:]
        repaired.append((form, label))
    return repaired


def split_places(
    sentence: Sequence[Word], settings: CorpusSettings, placeholder: str = "PLACE"
) -> list[Word]:
    """The sentence with the one class for places told apart by the first word of the name."""
    places = settings.places
    if places is None:
        return list(sentence)
    result: list[Word] = []
    kind = places["default"]
    for form, label in sentence:
        if label == f"B-{placeholder}":
            kind = _kind_of_place(form, places, settings.clitic_letters)
        if label.endswith("-" + placeholder):
            label = label[:2] + kind
        result.append((form, label))
    return result


def _kind_of_place(form: str, places: Mapping[str, Any], clitics: str) -> str:
    candidates = {form, form[1:] if form[:1] in clitics else form}
    for kind, words in places.items():
        if kind != "default" and candidates & set(words):
            return kind
    return places["default"]


class Respeller:
    """Gives a normalised word the spelling that raw text uses most for it.

    Args:
        counts: how often raw text has each word.
        fold: the normalisation of the corpus, as a translation table.
        minimum: rarer spellings are ignored.
    """

    def __init__(self, counts: Mapping[str, int], fold: Mapping[int, str], minimum: int = 3):
        best: dict[str, tuple[int, str]] = defaultdict(lambda: (0, ""))
        for word, count in counts.items():
            folded = word.translate(fold)
            if count >= minimum:
                best[folded] = max(best[folded], (count, word))
        self._best = {folded: word for folded, (_, word) in best.items()}
        self._fold = fold

    def respell(self, word: str, proclitics: Iterable[str] = ()) -> str:
        """The natural spelling; of an unknown word, that of its part after a clitic."""
        folded = word.translate(self._fold)
        if folded in self._best:
            return self._best[folded]
        for clitic in proclitics:
            rest = folded.removeprefix(clitic)
            if rest != folded and rest in self._best:
                return clitic + self._best[rest]
        return word


def count_words(lines: Iterable[str]) -> Counter[str]:
    """Counts of the words of raw text, stripped of punctuation around them."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(line.split())
    return counts


def hold_out(
    sentences: Sequence[list[Word]], share: float, pieces: int = 1, margin: int = 10
) -> tuple[list[int], list[int]]:
    """Indices of training and of held-out sentences; the latter lie in a few long pieces.

    Neighbouring sentences come from one document, so a random choice would leak names; for the
    same reason the `margin` sentences beside a piece are in neither part. Each piece lies at
    the end of its stretch of the corpus.
    """
    train: list[int] = []
    held_out: list[int] = []
    stretch = len(sentences) / pieces
    for piece in range(pieces):
        start, end = round(piece * stretch), round((piece + 1) * stretch)
        cut = end - round((end - start) * share)
        train += range(start + (margin if piece else 0), cut - margin)
        held_out += range(cut, end)
    return train, held_out


def write_json(sentences: Iterable[Sequence[Word]], path: Path) -> None:
    """Writes sentences in the JSON that Stanza's NER tagger reads."""
    data = [[{"text": form, "ner": label} for form, label in s] for s in sentences if s]
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def prepare(
    corpora: Sequence[tuple[Path, CorpusSettings]],
    text: Sequence[Path],
    respelled: float,
    held_out: float,
    seed: int,
) -> tuple[list[list[Word]], dict[str, list[list[Word]]]]:
    """Training sentences of all corpora, and held-out ones by file name.

    Args:
        respelled: share of the training sentences of normalised corpora that get natural
            spelling; held-out sentences all do.
    """
    rng = random.Random(seed)
    counts: Counter[str] = Counter()
    for path in text:
        counts.update(count_words(open_text(path)))
    train: list[list[Word]] = []
    dev: dict[str, list[list[Word]]] = {}
    for path, settings in corpora:
        sentences = [
            split_places(glue(sentence, settings), settings)
            for sentence in read_bio(open_text(path), settings)
        ]
        natural = sentences
        if settings.fold is not None:
            respeller = Respeller(counts, settings.fold)
            clitics = sorted(settings.proclitics)
            natural = [
                [(respeller.respell(form, clitics), label) for form, label in sentence]
                for sentence in sentences
            ]
        learnt, tested = hold_out(sentences, held_out, settings.held_out_pieces)
        train += [natural[i] if rng.random() < respelled else sentences[i] for i in learnt]
        dev[path.name.split(".")[0]] = [natural[i] for i in tested]
    return train, dev


def main() -> None:
    """Command line: corpus files with their settings, in pairs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, nargs=2, action="append", required=True)
    parser.add_argument("--text", type=Path, nargs="*", default=[], help="raw news text")
    parser.add_argument("--out", type=Path, required=True, help="directory")
    parser.add_argument("--respelled", type=float, default=0.75)
    parser.add_argument("--held-out", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    corpora = [(path, load_settings(settings)) for path, settings in args.corpus]
    train, dev = prepare(corpora, args.text, args.respelled, args.held_out, args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    write_json(train, args.out / "train.json")
    for name, sentences in dev.items():
        write_json(sentences, args.out / f"dev_{name}.json")


if __name__ == "__main__":
    main()
