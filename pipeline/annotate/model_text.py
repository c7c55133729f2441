"""The text that the models read, with a map back to the article's characters.

Diacritics and tatweel shred Stanza's tokeniser, bidi marks and zero-width characters hide word
boundaries, and presentation forms are not in its alphabet. The models read a cleaned copy of each
line; every character of the copy knows the stretch of the article it stands for.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.orthography import PUNCTUATION, RANGES
from pipeline.text import MARKS

#: Characters at which a line ends (those of ``str.splitlines``).
LINE = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")

#: A character that the models never see as it is written.
_SPECIAL = re.compile(
    MARKS.pattern[:-1]
    + "\x00-\x1f\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    + f"{RANGES.presentation_forms}\ufe00-\ufe0f\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_PRESENTATION_FORM = re.compile(f"[{RANGES.presentation_forms}]")
_UNUSUAL = re.compile(r"\s\s|\S{200}|" + _SPECIAL.pattern)

#: Longer runs without a space are no words: the models read this many of their characters.
LONGEST_RUN = 200

#: Longer lines are cut, at the end of a sentence where there is one, to bound memory.
LONGEST_PARAGRAPH = 4000

_CUTS = (
    re.compile(rf"[.!?{PUNCTUATION.question_mark}{PUNCTUATION.full_stop}]+[\"')\]»”]*\s"),
    re.compile(rf"[{PUNCTUATION.semicolon}{PUNCTUATION.comma},;:]\s"),
    re.compile(r"\s"),
)


@dataclass(frozen=True, slots=True)
class ModelText:
    """A cleaned stretch of an article.

    ``text[i]`` stands for the article's characters ``starts[i]`` to ``ends[i]``. The stretches
    are in order; two characters of one presentation form share a stretch.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def model_texts(text: str) -> Iterator[ModelText]:
    """The paragraphs (lines) of an article as the models read them; blank ones are left out."""
    for line in LINE.finditer(text):
        for start, end in _pieces(text, line.start(), line.end()):
            cleaned = _clean(text, start, end)
            if cleaned.text:
                yield cleaned


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """``start`` to ``end`` in pieces of at most :data:`LONGEST_PARAGRAPH` characters."""
    while end - start > LONGEST_PARAGRAPH:
        limit = start + LONGEST_PARAGRAPH
        cut = limit
        for pattern in _CUTS:
            ends = [match.end() for match in pattern.finditer(text, start + 1, limit)]
            if ends:
                cut = ends[-1]
                break
        yield start, cut
        start = cut
    yield start, end


def _clean(text: str, start: int, end: int) -> ModelText:
    """The model's copy of ``text[start:end]``, without space at either end."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if not _UNUSUAL.search(text, start, end):
        return ModelText(text[start:end], range(start, end), range(start + 1, end + 1))
    return _clean_by_character(text, start, end)


def _clean_by_character(text: str, start: int, end: int) -> ModelText:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    run = 0  # characters since the last space
    waiting: int | None = None  # first of the ignored characters before the next letter
    for i in range(start, end):
        shown = _as_read(text[i])
        if shown == " ":
            if letters and letters[-1] != " ":
                letters.append(" ")
                starts.append(i)
                ends.append(i + 1)
            run, waiting = 0, None
        elif not shown or run >= LONGEST_RUN:
            if run:
                _extend(starts, ends, i + 1)
            elif waiting is None:
                waiting = i
        else:
            first = i if waiting is None else waiting
            for letter in shown:
                letters.append(letter)
                starts.append(first)
                ends.append(i + 1)
            run, waiting = run + 1, None
    while letters and letters[-1] == " ":
        for row in (letters, starts, ends):
            row.pop()
    return ModelText("".join(letters), starts, ends)


def _extend(starts: list[int], ends: list[int], end: int) -> None:
    """Let the last stretch reach ``end``, for all letters that share it."""
    start = starts[-1]
    for k in range(len(starts) - 1, -1, -1):
        if starts[k] != start:
            break
        ends[k] = end


def _as_read(character: str) -> str:
    """What the models read for a character: itself, a space, nothing, or its plain letters."""
    if not _SPECIAL.match(character):
        return " " if character.isspace() else character
    if character.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", character)
    if _PRESENTATION_FORM.match(character) and plain != character:
        return "".join(c for c in MARKS.sub("", plain) if not c.isspace())
    return ""
