"""Articles from txt, jsonl, csv and parquet, streamed, in a fixed order."""

from pipeline.read.article import Article
from pipeline.read.files import InputError
from pipeline.read.reader import count_bytes, read_articles

__all__ = ["Article", "InputError", "count_bytes", "read_articles"]
