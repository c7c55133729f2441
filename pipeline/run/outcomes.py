"""Rows of documents: of articles that were processed, failed, or were passed over."""

from datetime import date
from hashlib import sha256
from typing import Any

from pipeline.read import Article
from pipeline.run.shards import Processed


def passed_over(article: Article) -> Processed:
    """The result of an article that is not worked on: empty, failed, or a used id."""
    return Processed(document_row(article), [])


def failure(article: Article, error: str) -> Processed:
    """The result of an article that could not be worked on."""
    return Processed(document_row(article) | {"status": "failed", "error": error[:2000]}, [])


def document_row(article: Article) -> dict[str, Any]:
    """The columns of documents that reading fills; the others null."""
    text = article.text.encode("utf-8", "surrogatepass")
    return {
        "doc_id": article.id,
        "status": article.status,
        "error": article.error,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "publication_date": date.fromisoformat(article.date) if article.date else None,
        "encoding": article.encoding,
        "sentences": None,
        "tokens": None,
        "events": None,
        "text_sha256": sha256(text).hexdigest() if article.text else None,
        "duplicate_of": article.duplicate_of,
        "seconds": None,
    }
