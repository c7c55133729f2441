"""From articles to rows with a loaded pipeline; an article that raises fails alone."""

import time
from collections.abc import Sequence
from typing import Any

from spacy.attrs import IS_SPACE
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.annotate.models import ModelError
from pipeline.read import Article
from pipeline.run.outcomes import document_row, failure, passed_over
from pipeline.run.shards import Processed
from pipeline.settings import Settings
from pipeline.write.rows import Provenance, event_rows


class Processor:
    """Makes rows of articles with one ``Language`` object."""

    def __init__(self, nlp: Language, settings: Settings, provenance: Provenance) -> None:
        self.nlp = nlp
        self.settings = settings
        self.provenance = provenance
        nlp.max_length = max(nlp.max_length, settings.read.max_chars + 1)

    def process(self, articles: Sequence[Article]) -> list[Processed]:
        """One result an article, in order. What raises in a batch is tried again alone.

        Raises ModelError: models that don't load are no article's fault.
        """
        work = [article for article in articles if self._to_do(article)]
        try:
            done = self._batch(work)
        except ModelError:
            raise
        except Exception:
            done = [self._alone(article) for article in work]
        results = iter(done)
        return [next(results) if self._to_do(a) else passed_over(a) for a in articles]

    def _to_do(self, article: Article) -> bool:
        """Copies of a text are worked on, unless they are to be skipped; used ids never are."""
        if article.status == "duplicate":
            return article.error is None and self.settings.run.duplicates != "skip"
        return article.status == "ok"

    def _batch(self, articles: Sequence[Article]) -> list[Processed]:
        started = time.perf_counter()
        docs = list(
            self.nlp.pipe(map(self._doc, articles), batch_size=self.settings.run.batch_size)
        )
        rows = [event_rows(doc, self.provenance) for doc in docs]
        seconds = time.perf_counter() - started
        chars = sum(len(article.text) for article in articles)
        return [
            Processed(self._document(article, doc, seconds * len(article.text) / chars), events)
            for article, doc, events in zip(articles, docs, rows, strict=True)
        ]

    def _alone(self, article: Article) -> Processed:
        try:
            return self._batch([article])[0]
        except Exception as error:
            return failure(article, f"{type(error).__name__}: {error}")

    def _doc(self, article: Article) -> Doc:
        doc = self.nlp.make_doc(article.text)
        doc._.meta = article.meta
        return doc

    def _document(self, article: Article, doc: Doc, seconds: float) -> dict[str, Any]:
        """A document's row; a batch's time is shared out by characters."""
        return document_row(article) | {
            "sentences": sum(1 for _ in doc.sents),
            "tokens": len(doc) - int(doc.to_array(IS_SPACE).sum()),
            "events": len(doc._.events),
            "seconds": round(seconds, 4) if self.settings.write.timings else None,
        }
