"""Builds the induced noun classes: ``python -m pipeline.extract.build_semantic_classes``.

Nouns of news that no list classes get the class that two witnesses give them:

- their English gloss in the treebank, by WordNet's lexicographer files;
- their word vector, by a small classifier trained on the nouns that the lists class.

The vector decides where it is sure or where the gloss agrees; a gloss alone counts for words
without a vector. The output is committed; no run needs WordNet or the classifier.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import spacy
import torch
from spacy.tokens import DocBin

from pipeline.extract.semantics import INDUCED, SemanticLexicon
from pipeline.extract.syntax import lemma_key
from pipeline.extract.wordnet_classes import WordNetNouns
from pipeline.morphology import ARTICLE
from pipeline.orthography import CONFIGS
from pipeline.text import fold

HEADER = (
    "# Classes of nouns induced by pipeline.extract.build_semantic_classes from glosses of\n"
    "# Universal Dependencies Arabic PADT 2.8 (CC BY-NC-SA 3.0), the lexicographer files of\n"
    "# Princeton WordNet 3.0 and vectors of raw news. Licence of this file: CC BY-NC-SA 3.0.\n"
    "# Read after the other lists, which win. Keys are folded spellings.\n"
)
CLASSES = ("person", "goods", "place", "abstract", "time")
_MERGED = {"group": "person", "force": "person", "vehicle": "goods", "animal": "goods"}
MIN_SEEN = 3
#: Probability from which a vector decides alone, and from which it may confirm a gloss.
SURE, LIKELY = 0.95, 0.4


class NounVectors:
    """Vectors of nouns: that of the bare form beside that of the form with the article."""

    def __init__(self, path: Path) -> None:
        data = torch.load(path, map_location="cpu", weights_only=True)
        self._rows: dict[str, int] = {}
        for word, row in data["vocab"]["_unit2id"].items():
            self._rows.setdefault(fold(word), row)
        self._vectors = torch.nn.functional.normalize(data["emb"].float(), dim=1)

    def __call__(self, noun: str) -> torch.Tensor | None:
        rows = [self._rows.get(form) for form in (noun, ARTICLE + noun)]
        if rows == [None, None]:
            return None
        nothing = torch.zeros(self._vectors.shape[1])
        return torch.cat([nothing if row is None else self._vectors[row] for row in rows])


def nouns_of(files: Iterable[Path]) -> dict[str, str]:
    """Noun forms (folded, without article) of annotated Docs, with their likeliest lemma."""
    vocab = spacy.blank("ar").vocab
    seen: dict[str, Counter[str]] = {}
    for file in sorted(files):
        for doc in DocBin().from_disk(file).get_docs(vocab):
            for token in doc:
                if token.pos_ == "NOUN":
                    form = fold(token.norm_).removeprefix(ARTICLE)
                    seen.setdefault(form, Counter())[lemma_key(token)] += 1
    return {
        form: lemmas.most_common(1)[0][0]
        for form, lemmas in seen.items()
        if lemmas.total() >= MIN_SEEN and len(form) > 2
    }


def glosses(path: Path, wordnet: WordNetNouns) -> dict[str, str]:
    """Classes of the nouns of the treebank's gloss list, by folded lemma."""
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    found = {
        fold(row["lemma"]): wordnet.class_of(row["gloss"]) for row in rows if row["pos"] == "NOUN"
    }
    return {lemma: _MERGED.get(name, name) for lemma, name in found.items() if name}


def train(vectors: Sequence[torch.Tensor], labels: Sequence[str]) -> torch.nn.Module:
    """A classifier of noun vectors with one hidden layer; the same every time."""
    torch.manual_seed(0)
    inputs = torch.stack(list(vectors))
    targets = torch.tensor([CLASSES.index(label) for label in labels])
    model = torch.nn.Sequential(
        torch.nn.Linear(inputs.shape[1], 64),
        torch.nn.ReLU(),
        torch.nn.Dropout(0.3),
        torch.nn.Linear(64, len(CLASSES)),
    )
    optimiser = torch.optim.Adam(model.parameters(), lr=3e-3, weight_decay=1e-4)
    for _ in range(60):
        for batch in torch.randperm(len(inputs)).split(128):
            optimiser.zero_grad()
            torch.nn.functional.cross_entropy(model(inputs[batch]), targets[batch]).backward()
            optimiser.step()
    return model.eval()


def induce(
    nouns: dict[str, str], known: SemanticLexicon, gloss: dict[str, str], vector_of: NounVectors
) -> dict[str, str]:
    """The class of each noun that ``known`` has none for, where the witnesses suffice."""
    labels = {form: _known(known, form, lemma) for form, lemma in nouns.items()}
    vectors = {form: vector for form in nouns if (vector := vector_of(form)) is not None}
    taught = [form for form, label in labels.items() if label in CLASSES and form in vectors]
    model = train([vectors[form] for form in taught], [labels[form] or "" for form in taught])
    found: dict[str, str] = {}
    for form, lemma in nouns.items():
        if labels[form] is not None:
            continue
        said = gloss.get(lemma) or gloss.get(form)
        if form not in vectors:
            if said:
                found[form] = said
            continue
        with torch.no_grad():
            chances = dict(zip(CLASSES, model(vectors[form]).softmax(0).tolist(), strict=True))
        best = max(chances, key=lambda name: chances[name])
        if chances[best] >= SURE:
            found[form] = best
        elif said and chances[said] >= LIKELY:
            found[form] = said
    return found


def _known(lexicon: SemanticLexicon, form: str, lemma: str) -> str | None:
    """The class of a listed noun; "several" where it has more than one."""
    tables = (lexicon.classes, lexicon.derived)
    names = next(
        (table[word] for table in tables for word in (form, lemma) if word in table), set()
    )
    merged = {_MERGED.get(name, name) for name in names}
    if form in lexicon.lists["quantity"] or lemma in lexicon.lists["quantity"]:
        return "several"
    return merged.pop() if len(merged) == 1 else "several" if merged else None


def main() -> None:
    """Write ``configs/lexicons/semantic_classes_induced.csv``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wordnet", type=Path, required=True, help="folder with data.noun")
    parser.add_argument("--docs", type=Path, required=True, help="folder of annotation shards")
    options = parser.parse_args()
    lexicons = CONFIGS / "lexicons"
    found = induce(
        nouns_of(options.docs.rglob("*.spacy")),
        SemanticLexicon(lexicons, induced=False),
        glosses(lexicons / "glosses_treebank.csv", WordNetNouns(options.wordnet)),
        NounVectors(CONFIGS.parent / "pipeline/models/ar/vectors.pt"),
    )
    with (lexicons / INDUCED).open("w", encoding="utf-8", newline="") as out:
        out.write(HEADER)
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(("lemma", "classes"))
        rows.writerows(sorted(found.items()))
    print(f"{len(found)} nouns: {Counter(found.values())}")


if __name__ == "__main__":
    main()
