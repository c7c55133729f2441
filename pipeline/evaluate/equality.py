"""Whether the events are those of plain Stanza, and where not, why.

The articles are annotated with the same weights by ``stanza.Pipeline`` as they are, by it after
each step of preparation, and by this project. A difference is put down to the first step
that makes it; ``engine`` is what batches, caches and the faster parser change: there must be none.

    python -m pipeline.evaluate.equality INPUT ... [--config PATH] [--articles N]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Annotated, Any

import typer
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.annotate.docs import build_doc
from pipeline.config import load
from pipeline.evaluate.plain import PREPARATIONS, PlainAnnotator, plain_stanza
from pipeline.read import Article, read_articles
from pipeline.settings import Settings
from pipeline.write.rows import Provenance, event_rows

#: The steps from plain Stanza to this project, and what each changes.
STEPS = {
    "lines": "each line is a paragraph",
    "cleaning": "marks, tatweel and invisible characters are not read, very long lines are cut",
    "long sentences": "over-long sentences are cut",
    "engine": "batches, caches, faster parser",
}
#: Columns that say how sure a row is, and where its sentence lies: not what it tells.
_ASIDE = ("confidence", "record_id", "sentence", "sentence_id", "sentence_start", "sentence_end")
_NOBODY = Provenance("", "", "")

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows of one trigger that a step changes: ``before`` and ``after`` it."""

    article: str
    step: str
    before: Rows
    after: Rows

    def __str__(self) -> str:
        row = (self.before or self.after)[0]
        if not self.before or not self.after:
            what = "lost" if self.before else "new"
            return f"{self.article}, {row['trigger_text']}: {what} ({self.step})"
        columns = {
            column: (old[column], new[column])
            for old, new in zip(self.before, self.after, strict=False)
            for column in old
            if old[column] != new[column]
        }
        changed = [f"{name} {old} -> {new}" for name, (old, new) in columns.items()]
        if len(self.before) != len(self.after):
            changed.insert(0, f"{len(self.before)} -> {len(self.after)} rows")
        return f"{self.article}, {row['trigger_text']}: {'; '.join(changed)} ({self.step})"


@dataclass(frozen=True, slots=True)
class Report:
    """What the comparison of a set of articles came to."""

    articles: int
    words: int
    events: int
    equal: int
    differences: list[Difference]

    @property
    def unexplained(self) -> list[Difference]:
        """What the engine changes; nothing should be here."""
        return [difference for difference in self.differences if difference.step == "engine"]


def main(
    inputs: Annotated[list[str], typer.Argument(help="Articles: files or folders, as for run.")],
    config: str = "configs/movement.cfg",
    articles: int = 1_000_000,
) -> None:
    """Compare the events of all articles; exit code 1 where the engine changes any."""
    unexplained = 0
    for source in inputs:
        report = compare(config, source, articles)
        unexplained += len(report.unexplained)
        print(
            f"{source}: {report.articles} articles, {report.words:,} words, {report.events} events "
            f"from plain Stanza, {report.equal} of them equal"
        )
        for step, count in Counter(d.step for d in report.differences).items():
            print(f"  {count} triggers by {step}: {STEPS[step]}")
        for difference in report.differences:
            print(f"    {difference}")
    raise typer.Exit(1 if unexplained else 0)


def compare(config: str, source: str, most: int) -> Report:
    """The events of the first ``most`` articles of an input, by plain Stanza and by ours."""
    nlp = load(config)
    found = read_articles(source, Settings.of(nlp.config).read)
    articles = list(islice((article for article in found if article.status == "ok"), most))
    by_step = [_by_trigger(nlp, articles, docs) for docs in _annotations(nlp, articles)]
    first, last = by_step[0], by_step[-1]
    differences = [
        Difference(articles[number].id, step, before.get(key, []), after.get(key, []))
        for step, (before, after) in zip(STEPS, pairwise(by_step), strict=True)
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
        for number in [key[0]]
    ]
    words = sum(len(article.text.split()) for article in articles)
    equal = sum(last.get(key) == rows for key, rows in first.items())
    return Report(len(articles), words, len(first), equal, differences)


def _annotations(nlp: Language, articles: Sequence[Article]) -> list[list[Doc]]:
    """Docs of the articles: by plain Stanza, after each step, and by the project."""
    stanza, settings = plain_stanza(nlp.config), nlp.config["annotate"]
    limits = settings["longest_sentence"], settings["split_from"]
    texts = [nlp.make_doc(article.text).text for article in articles]
    annotator = PlainAnnotator(stanza, *limits)
    plain = [
        [build_doc(nlp.vocab, text, annotator.annotate(text, preparation)) for text in texts]
        for preparation in PREPARATIONS
    ]
    with nlp.select_pipes(enable=["stanza"]):
        return [*plain, list(nlp.pipe(texts))]


def _by_trigger(
    nlp: Language, articles: Sequence[Article], docs: Sequence[Doc]
) -> dict[tuple[int, int], Rows]:
    """The rows of events by article's number and trigger's place."""
    for article, doc in zip(articles, docs, strict=True):
        doc._.meta = article.meta
    found: dict[tuple[int, int], Rows] = {}
    with nlp.select_pipes(disable=["stanza"]):
        for number, doc in enumerate(nlp.pipe(docs)):
            for row in event_rows(doc, _NOBODY):
                told = {name: value for name, value in row.items() if name not in _ASIDE}
                found.setdefault((number, row["trigger_start"]), []).append(told)
    return found


if __name__ == "__main__":
    typer.run(main)
