"""To whom the text attributes what it says: the ``attribution`` of events.

The innermost report that covers the trigger counts: the nearest content clause, quotation or noun
of saying, and only then a source phrase or a headline over the whole sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.events import Argument, Event
from pipeline.extract.sentences import forward
from pipeline.extract.syntax import ancestors
from pipeline.resolve.attribution_lexicon import ReportingLexicon, load_reporting
from pipeline.resolve.attribution_reports import Report, find_reports
from pipeline.resolve.layers import Layer

#: A trigger further from a verb of saying than this is not its noun of content, parse or no parse.
_NOMINAL_REACH = 6


class Attribution:
    """Sets ``event.attribution`` from the reports of the Doc."""

    def __init__(self, lexicon: Path, cache: Path | None = None) -> None:
        """Reads the lexicon file; the reports that are found are kept in ``cache``."""
        words = load_reporting(lexicon)
        self._reports = Layer("reports", partial(_find, words=words), _decoded, cache, [lexicon])

    def __call__(self, doc: Doc) -> Doc:
        """Attributes the events of a Doc; Docs without events are left alone."""
        if doc._.events:
            triggers = {event.head.i for event in doc._.events}
            over = (kept for kept in self._reports(doc) if kept.is_over(triggers))
            reports = [
                report
                for report in (kept.report(doc) for kept in over)
                if report.source is None or report.source.root.i not in triggers
            ]
            for event in doc._.events:
                event.attribution = attribute(event, reports)
        return doc


class KeptReport(NamedTuple):
    """A :class:`Report` by the positions of its cue and of its source."""

    rule: str
    cue: int
    source: tuple[int, int] | None
    start: int
    end: int
    nominal: bool
    outer: bool

    def is_over(self, triggers: Iterable[int]) -> bool:
        """Whether a trigger, by its position, stands in the reported words."""
        return any(self.start <= trigger < self.end for trigger in triggers)

    def report(self, doc: Doc) -> Report:
        """The report in its Doc."""
        source = Span(doc, *self.source) if self.source else None
        return Report(
            self.rule, doc[self.cue], source, self.start, self.end, self.nominal, self.outer
        )


def _find(doc: Doc, words: ReportingLexicon) -> list[KeptReport]:
    return [
        KeptReport(
            report.rule,
            report.cue.i,
            (report.source.start, report.source.end) if report.source is not None else None,
            report.start,
            report.end,
            report.nominal,
            report.outer,
        )
        for report in find_reports(doc, words)
    ]


def _decoded(row: list[Any]) -> KeptReport:
    return KeptReport(*row)


def attribute(event: Event, reports: Sequence[Report]) -> Argument | None:
    """The source of the innermost report over the event's trigger, or None."""
    head = event.head
    covering = [report for report in reports if _covers(report, head)]
    if not covering:
        return None
    report = max(covering, key=lambda report: (not report.outer, report.start))
    if report.source is None or report.source.start <= head.i < report.source.end:
        return None
    return Argument(report.source, report.rule)


def _covers(report: Report, head: Token) -> bool:
    if not report.start <= head.i < report.end or head.i == report.cue.i:
        return False
    return not report.nominal or _stands_for_content(report, head)


def _stands_for_content(report: Report, head: Token) -> bool:
    """Whether a nominal trigger depends on the cue without a clause between.

    أعلنت الوزارة [عودة] النازحين        نفت أبوظبي [إرسال] أي عتاد
    ^cue          ^head (obj)            ^cue       ^head
    """
    if head.pos_ == "VERB":
        return False
    for node in (head, *ancestors(head)):
        if node.head.i == report.cue.i:
            return node.dep_.split(":")[0] in ("obj", "obl", "xcomp", "ccomp", "nsubj", "nmod")
    return head.i - report.start <= _NOMINAL_REACH and not any(
        token.pos_ in ("VERB", "PUNCT", "SCONJ")
        for token in forward(head.doc, report.start, head.i)
    )


@Language.factory(
    "attribution",
    assigns=["doc._.events"],
    requires=["doc._.events"],
    default_config={"lexicon": "lexicons/reporting.yaml", "root": None, "cache": None},
)
def make_attribution(
    nlp: Language, name: str, lexicon: str, root: str | None, cache: str | None
) -> Attribution:
    """The component; ``lexicon`` is a path relative to ``root``, the config's folder."""
    return Attribution(Path(root or "configs") / lexicon, Path(cache) if cache else None)
