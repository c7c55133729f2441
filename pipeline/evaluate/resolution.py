"""Scores of place links and of dates on hand-checked sentences.

``tests/gold/places.jsonl``: ``{"text", "places": [{"mention", "name", "country"}]}``; the mention
is a phrase of the text, name and country (ISO 3166 alpha-3) what it should be linked to; both null
where it should not be linked; the name alone null where only the country is known («الحدود
البولندية»). ``tests/gold/dates.jsonl``: ``{"text", "published", "tense", "expression", "start",
"end", "precision"}``; expression null where the text has none, start null where it cannot be dated.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.resolve.calendar import resolve
from pipeline.resolve.gazetteer import Place
from pipeline.resolve.places import RolePlaces
from pipeline.resolve.time_words import load_time_lexicon
from pipeline.resolve.times import find_expressions

#: What linking needs of the pipeline.
LINKING = ("stanza", "place_names")


@dataclass(slots=True)
class LinkScores:
    """Counts over mentions; an error is (mention, expected, found, text)."""

    mentions: int = 0
    linked: int = 0
    right: int = 0
    linkable: int = 0
    errors: list[tuple[str, str, str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Right links of all links; 1.0 where there is none."""
        return self.right / self.linked if self.linked else 1.0

    @property
    def recall(self) -> float:
        """Right links of all mentions that have a place; 1.0 where there is none."""
        return self.right / self.linkable if self.linkable else 1.0


@dataclass(slots=True)
class DateScores:
    """Counts over cases; an error is (expression, expected, found, text)."""

    cases: int = 0
    right: int = 0
    errors: list[tuple[str, str, str, str]] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        """Cases with the right expression, days and precision; 1.0 where there is none."""
        return self.right / self.cases if self.cases else 1.0


def read_cases(path: Path) -> Iterator[dict[str, Any]]:
    """The cases of a JSON Lines file. Raises FileNotFoundError, or ValueError on a bad line."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def score_places(nlp: Language, cases: Iterable[dict[str, Any]]) -> LinkScores:
    """Links the mentions of ``cases`` with the pipeline's ``role_places`` and compares."""
    listed = list(cases)
    linker = nlp.get_pipe("role_places")
    assert isinstance(linker, RolePlaces)
    scores = LinkScores()
    with nlp.select_pipes(enable=[name for name in LINKING if nlp.has_pipe(name)]):
        for case, doc in zip(listed, nlp.pipe(case["text"] for case in listed), strict=True):
            for expected in case["places"]:
                found = linker.place_of(_span(doc, expected["mention"]))
                _score_link(scores, expected, found, case["text"])
    return scores


def _span(doc: Doc, mention: str) -> Span:
    start = doc.text.index(mention)
    span = doc.char_span(start, start + len(mention), alignment_mode="expand")
    assert span is not None
    return span


def _score_link(
    scores: LinkScores, expected: dict[str, Any], found: Place | None, text: str
) -> None:
    wanted = (expected["name"], expected["country"])
    has_place = any(wanted)
    got = None if found is None else (_name(found), found.country)
    scores.mentions += 1
    scores.linkable += has_place
    scores.linked += got is not None
    right = got == wanted if has_place else got is None
    scores.right += right and has_place
    if not right:
        scores.errors.append((expected["mention"], str(wanted), str(got), text))


def _name(place: Place) -> str | None:
    """A place's name; None for a border, of which only the country is known."""
    return None if place.kind == "border" else place.name


def score_dates(cases: Iterable[dict[str, Any]], lexicons: Path) -> DateScores:
    """Finds and resolves the first expression of each case's text and compares."""
    lexicon = load_time_lexicon(lexicons)
    scores = DateScores()
    for case in cases:
        text, published = case["text"], case["published"]
        expressions = find_expressions(text, lexicon)
        found: tuple[Any, ...] = (None, None, None, None)
        if expressions:
            first = expressions[0]
            day = date.fromisoformat(published) if published else None
            interval = resolve(first, day, case["tense"])
            found = (text[first.start : first.end], None, None, None)
            if interval is not None:
                days = (interval.start.isoformat(), interval.end.isoformat())
                found = (found[0], *days, interval.precision)
        wanted = (case["expression"], case["start"], case["end"], case["precision"])
        scores.cases += 1
        scores.right += found == wanted
        if found != wanted:
            scores.errors.append((str(case["expression"]), str(wanted), str(found), text))
    return scores
