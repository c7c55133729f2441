"""Scores a set of Stanza models from raw text: the treebank figures and entity F1.

Treebank text is handed over a paragraph at a time and without vowel signs and tatweel, as the
pipeline hands articles over, and scored by the official CoNLL-U scorer (udtools). Lemmas are
compared without vowel signs, since bundled models give them so. Entities are scored strictly
(span and type), places being one type.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import stanza
from stanza.pipeline.core import FoundationCache
from udtools import udeval

from pipeline.text import strip_marks
from pipeline.training.conllu import N_COLUMNS, Sentence

METRICS = ("Tokens", "Sentences", "Words", "UPOS", "UFeats", "Lemmas", "UAS", "LAS")
PLACES = {"GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}
SCORED_TYPES = ("PER", "ORG", "PLACE")
FORM, LEMMA = 1, 2
PRETOKENIZED = {"tokenize_pretokenized": True}

#: Stanza's published figures for Arabic (PADT end to end, test set; AQMAR for NER).
PUBLISHED = {"Words": 98.0, "UPOS": 95.2, "Lemmas": 93.5, "UAS": 84.0, "LAS": 79.8, "NER": 74.3}
#: What this project asks of its own models.
BARS = {"Words": 97.5, "UPOS": 94.5, "Lemmas": 93.0, "UAS": 80.0, "LAS": 75.0, "NER": 73.0}

Entity = tuple[int, int, str]


def load_pipeline(
    models: Path, processors: Iterable[str], lang: str = "ar", **options: object
) -> stanza.Pipeline:
    """Stanza on the weights in a folder (`tokenize.pt`, …, `resources.json`), offline.

    Vectors may be stored in half precision, which Stanza doesn't cast itself.
    """
    names = list(processors)
    settings: dict[str, object] = {
        f"{name}_model_path": str(models / f"{name}.pt") for name in names
    }
    cache = FoundationCache(local_files_only=True)
    vectors = str(models / "vectors.pt")
    for name in {"pos", "depparse", "ner"}.intersection(names):
        pretrain = cache.load_pretrain(vectors)
        pretrain._emb = pretrain.emb.float()
        settings |= {f"{name}_pretrain_path": vectors, f"{name}_forward_charlm_path": None}
    return stanza.Pipeline(
        lang,
        dir=str(models),
        download_method=None,
        processors=",".join(names),
        use_gpu=False,
        logging_level="ERROR",
        foundation_cache=cache,
        **settings,
        **options,
    )


def treebank_scores(models: Path, gold: Sequence[Sentence], lang: str = "ar") -> dict[str, float]:
    """F1 of METRICS (per cent) from raw paragraphs."""
    gold = [without_marks(sentence) for sentence in gold]
    nlp = load_pipeline(models, ["tokenize", "mwt", "pos", "lemma", "depparse"], lang)
    system = f"{nlp(paragraph_text(gold)):C}\n\n"
    return official_scores(_conllu(gold), system)


def ner_scores(models: Path, gold: Sequence[Sequence[tuple[str, str]]], lang: str = "ar") -> float:
    """Strict F1 (per cent) on sentences of (surface token, label)."""
    nlp = load_pipeline(models, ["tokenize", "ner"], lang, **PRETOKENIZED)
    document = nlp([[form for form, _ in sentence] for sentence in gold])
    predicted = [[token.ner for token in sentence.tokens] for sentence in document.sentences]
    return entity_f1([[label for _, label in sentence] for sentence in gold], predicted)


def without_marks(sentence: Sentence) -> Sentence:
    """The sentence with forms without vowel signs and tatweel (unless nothing else is left)."""

    def plain(form: str) -> str:
        return strip_marks(form) or form

    def row(columns: list[str]) -> list[str]:
        return [columns[0], plain(columns[1]), *columns[2:]]

    tokens = [
        replace(
            token,
            form=plain(token.form),
            rows=[row(columns) for columns in token.rows],
            range_row=row(token.range_row) if token.range_row else None,
        )
        for token in sentence.tokens
    ]
    return replace(sentence, tokens=tokens)


def paragraph_text(sentences: Iterable[Sentence]) -> str:
    """The text of the sentences with a blank line between paragraphs."""
    paragraphs = groupby(sentences, key=lambda sentence: sentence.paragraph)
    return "\n\n".join(" ".join(s.text for s in group) for _, group in paragraphs)


def official_scores(gold: str, system: str) -> dict[str, float]:
    """udtools' scores of two CoNLL-U texts over the same characters, vowel signs aside."""
    loaded = [
        udeval.load_conllu(io.StringIO(_plain(text)), name, {"multiple_roots_okay": True})
        for name, text in (("gold", gold), ("system", system))
    ]
    scores = udeval.evaluate(*loaded)
    return {name: 100 * scores[name].f1 for name in METRICS}


def _conllu(sentences: Iterable[Sentence]) -> str:
    lines = []
    for sentence in sentences:
        for token in sentence.tokens:
            lines += [token.range_row] if token.range_row else []
            lines += token.rows
        lines.append([])
    return "\n".join("\t".join(row) for row in lines) + "\n"


def _plain(conllu: str) -> str:
    """The CoNLL-U without vowel signs in forms and lemmas, and without the enhanced graph."""
    lines = []
    for line in conllu.split("\n"):
        columns = line.split("\t")
        if len(columns) == N_COLUMNS:
            for column in (FORM, LEMMA):
                columns[column] = strip_marks(columns[column]) or columns[column]
            columns[8] = "_"
        lines.append("\t".join(columns))
    return "\n".join(lines)


def entities_of(labels: Sequence[str]) -> set[Entity]:
    """Spans (first token, token after the last, type) of BIO or BIOES labels.

    Places are one type; types that aren't scored are left out.
    """
    spans: set[Entity] = set()
    start, kind = 0, ""
    for i, label in enumerate([*labels, "O"]):
        prefix, _, name = label.partition("-")
        goes_on = prefix in ("I", "E") and name == kind
        if kind and not goes_on:
            spans.add((start, i, PLACES.get(kind, kind)))
            kind = ""
        if name and not goes_on:
            start, kind = i, name
    return {span for span in spans if span[2] in SCORED_TYPES}


def entity_f1(gold: Iterable[Sequence[str]], predicted: Iterable[Sequence[str]]) -> float:
    """Strict F1 (per cent) over SCORED_TYPES of parallel BIO sentences."""
    hits = ours = theirs = 0
    for gold_labels, our_labels in zip(gold, predicted, strict=True):
        right, found = entities_of(gold_labels), entities_of(our_labels)
        hits, ours, theirs = hits + len(right & found), ours + len(found), theirs + len(right)
    return 200 * hits / max(1, ours + theirs)


def format_table(scores: dict[str, float]) -> str:
    """Scores beside the project's bars and Stanza's published figures."""
    rows = [f"{'':<18}{'here':>8}{'aim':>8}{'Stanza':>9}"]
    for name in (*METRICS, *(name for name in scores if name.startswith("NER"))):
        if name in scores:
            bar, published = BARS.get(name, "-"), PUBLISHED.get(name, "-")
            rows.append(f"{name:<18}{scores[name]:>8.1f}{bar:>8}{published:>9}")
    return "\n".join(rows)
