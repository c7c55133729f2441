"""The ``time_expressions`` component, over the grammar of :mod:`pipeline.resolve.times`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.resolve.layers import Layer
from pipeline.resolve.time_words import TIME_FILES, TimeWord, load_time_lexicon
from pipeline.resolve.times import TimeExpression, find_expressions


@Language.factory(
    "time_expressions",
    assigns=["doc.spans"],
    default_config={"root": None, "lexicons": "lexicons", "cache": None},
)
def create_time_expressions(
    nlp: Language, name: str, root: str | None, lexicons: str, cache: str | None
) -> TimeExpressions:
    """Component factory; ``lexicons`` is a folder relative to ``root``."""
    return TimeExpressions(Path(root or "configs") / lexicons, Path(cache) if cache else None)


class FoundTime(NamedTuple):
    """A time expression and its tokens, from start to end."""

    start: int
    end: int
    expression: TimeExpression


class TimeExpressions:
    """Fills ``doc.spans["times"]``; each span has its expression in ``_.time``."""

    def __init__(self, lexicons: Path, cache: Path | None = None) -> None:
        """Reads the time words in ``lexicons``; what was found is kept in ``cache``."""
        self.lexicon = load_time_lexicon(lexicons)
        files = (lexicons / name for name in TIME_FILES)
        self._times = Layer("times", self._find, _decoded, cache, files)

    def __call__(self, doc: Doc) -> Doc:
        """Find the time expressions of ``doc``."""
        spans = []
        for start, end, expression in self._times(doc):
            span = Span(doc, start, end, label="TIME")
            span._.time = expression
            spans.append(span)
        doc.spans["times"] = spans
        return doc

    def _find(self, doc: Doc) -> list[FoundTime]:
        found = []
        for expression in find_expressions(doc.text, self.lexicon):
            span = doc.char_span(expression.start, expression.end, alignment_mode="expand")
            if span is not None:
                found.append(FoundTime(span.start, span.end, expression))
        return found


def _decoded(row: list[Any]) -> FoundTime:
    start, end, (pattern, words) = row
    return FoundTime(start, end, TimeExpression(pattern, tuple(map(_word, words))))


def _word(row: list[Any]) -> TimeWord:
    kind, value, *rest = row
    return TimeWord(kind, tuple(value) if isinstance(value, list) else value, *rest)


def register_extensions() -> None:
    """Declare ``span._.time``; safe to call more than once."""
    if not Span.has_extension("time"):
        Span.set_extension("time", default=None)


register_extensions()
