"""What ``python -m pipeline annotate`` does: articles in, a CoNLL-U file out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc

from pipeline import load
from pipeline.annotate.conllu import write_conllu
from pipeline.read import read_articles
from pipeline.settings import Settings


@dataclass(slots=True)
class Annotated:
    """How many articles were written, and why each other one was not: (id, reason)."""

    written: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)


def annotate_file(
    config: str, source: str, output: str, overrides: dict[str, Any] | None = None
) -> Annotated:
    """Annotate all articles of ``source`` and write them to ``output`` as CoNLL-U.

    Every sentence is parsed (the screen is off). Raises what ``pipeline.load``, the reader and
    the models raise, and OSError where the file can't be written.
    """
    nlp = load(config, {**(overrides or {}), "annotate.screen": False})
    settings = Settings.of(nlp.config)
    nlp.select_pipes(enable=["stanza"])
    nlp.max_length = max(nlp.max_length, settings.read.max_chars + 1)
    result = Annotated()

    def raw_docs() -> Iterator[Doc]:
        for article in read_articles(source, settings.read):
            if article.status in {"ok", "duplicate"} and article.text:
                doc = nlp.make_doc(article.text)
                doc._.meta = article.meta
                yield doc
            else:
                result.failures.append((article.id, article.error or article.status))

    docs = nlp.pipe(raw_docs(), batch_size=settings.run.batch_size)
    result.written = write_conllu(docs, output)
    return result
