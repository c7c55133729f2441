"""Text to time words: the stretches of a text in which time expressions may stand.

Works on the text and not on tokens, so that a date survives what the tokeniser does to it
(«2018» cut in two, «لاحقا» read as ل + احقا). Most words are no time words and cost one look into
a dictionary; only what stands between them is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from pipeline.orthography import RANGES
from pipeline.resolve.time_words import OTHER, Piece, TimeLexicon, TimeWord

#: A word, number or mark with the white space before it: together they are all of a text.
_TOKEN = re.compile(
    rf"\s*(?:[{RANGES.word}]+|[0-9{RANGES.digits}]+(?:[/.\-:][0-9{RANGES.digits}]+)*|\S)"
)
_OPENS, _CONTINUES = "o", "c"
#: Words between two other words, where an expression may begin.
_STRETCH = re.compile(f"{_CONTINUES}*{_OPENS}[{_OPENS}{_CONTINUES}]*")
_NUMERALS = frozenset({"number", "ordinal"})
_REMEMBERED = 1 << 14  # distinct stretches
_MOST_TOKENS = 1 << 15  # distinct tokens that are remembered; then all are forgotten


class Stretches:
    """Finds the stretches of texts that may hold a time expression.

    ``opener`` matches the letters that an expression may begin with; ``holds`` tells whether an
    expression stands in a run of letters.
    """

    def __init__(
        self, lexicon: TimeLexicon, opener: re.Pattern[str], holds: Callable[[str], bool]
    ) -> None:
        self._lexicon = lexicon
        self._opener = opener
        self._kinds = _Kinds(self._kind)
        self._is_promising = lru_cache(_REMEMBERED)(lambda tokens: holds(self._letters(tokens)))

    def __call__(self, text: str) -> Iterator[list[TimeWord]]:
        """The words of each stretch and the word on each side of it, with offsets into the text."""
        if len(self._kinds) > _MOST_TOKENS:
            self._kinds.clear()
        tokens: list[str] = _TOKEN.findall(text)
        kinds = "".join(map(self._kinds.__getitem__, tokens))
        starts = list(accumulate(map(len, tokens), initial=0))
        for stretch in _STRETCH.finditer(kinds):
            first, end = stretch.span()
            if self._is_promising(tuple(tokens[first:end])):
                first = max(first - 1, 0)
                yield self._words(tokens[first : end + 1], starts[first])

    def _kind(self, token: str) -> str:
        """Whether a token may begin an expression, or be in one, or is another word."""
        word = token.lstrip()
        if self._lexicon.ends_in_none(word):
            return OTHER
        keys = [key for key, _, _ in self._lexicon.pieces_of(word)]
        if len(keys) == 1 and self._lexicon.is_other(keys[0]):
            return OTHER
        letters = self._letters([token])
        if self._opener.search(letters) or any(map(self._lexicon.opens_phrase, keys)):
            return _OPENS
        if letters != OTHER or any(map(self._lexicon.continues_phrase, keys)):
            return _CONTINUES
        return OTHER

    def _letters(self, tokens: Sequence[str]) -> str:
        return "".join(word.letter for word in self._words(tokens, 0))

    def _words(self, tokens: Sequence[str], start: int) -> list[TimeWord]:
        """The words of tokens that begin at ``start``, phrases and numbers joined."""
        pieces = list(self._pieces(tokens, start))
        found: list[TimeWord] = []
        at = 0
        while at < len(pieces):
            word, width = self._lexicon.phrase(pieces, at) or (self._lexicon.word(pieces[at]), 1)
            found.append(word)
            at += width
        return list(_twin_months(list(_spelled_years(list(_joined_numbers(found))))))

    def _pieces(self, tokens: Sequence[str], start: int) -> Iterator[Piece]:
        """The words of tokens that begin at ``start``, proclitics split off."""
        for token in tokens:
            word = token.lstrip()
            offset = start + len(token) - len(word)
            for key, first, end in self._lexicon.pieces_of(word):
                yield key, offset + first, offset + end
            start += len(token)


class _Kinds(dict[str, str]):
    """Kinds of tokens; what is missing is asked."""

    def __init__(self, kind: Callable[[str], str]) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, token: str) -> str:
        kind = self[token] = self._kind(token)
        return kind


def _joined_numbers(words: list[TimeWord]) -> Iterator[TimeWord]:
    """«الخامس عشر», «خمسة وعشرين», «الحادي والثلاثين» as one number."""
    at = 0
    while at < len(words):
        word = words[at]
        if word.kind in _NUMERALS and word.value is not None and word.value < 10:
            following = words[at + 1 : at + 3]
            if following and following[0].kind == "number" and following[0].value == 10:
                yield _sum(word, following[0])
                at += 2
                continue
            if len(following) == 2 and following[0].kind == "and" and _is_tens(following[1]):
                yield _sum(word, following[1])
                at += 3
                continue
        yield word
        at += 1


def _spelled_years(words: list[TimeWord]) -> Iterator[TimeWord]:
    """«عام ألفين وخمسة عشر» as a word for year and a year; other thousands stay as they are."""
    at = 0
    while at < len(words):
        word, end = words[at], at + 1
        if word.kind != "thousand" or not at or words[at - 1].kind != "year_word":
            yield word
        else:
            total = word.value
            while _adds(words[end : end + 2]):
                total += words[end + 1].value
                end += 2
            yield TimeWord("year", total, word.start, words[end - 1].end)
        at = end


def _twin_months(words: list[TimeWord]) -> Iterator[TimeWord]:
    """«يونيو حزيران», the same month by both its names, as one."""
    at = 0
    while at < len(words):
        word, following = words[at], words[at + 1 : at + 2]
        twins = word.kind == "month" and [(w.kind, w.value) for w in following] == [word[:2]]
        yield word._replace(end=following[0].end, ambiguous=False) if twins else word
        at += 2 if twins else 1


def _adds(words: Sequence[TimeWord]) -> bool:
    """True for "and" with a number below a thousand."""
    if [word.kind for word in words] != ["and", "number"]:
        return False
    return words[1].value is not None and words[1].value < 1000


def _is_tens(word: TimeWord) -> bool:
    return word.kind in _NUMERALS and word.value in range(20, 100, 10)


def _sum(first: TimeWord, last: TimeWord) -> TimeWord:
    return TimeWord(first.kind, first.value + last.value, first.start, last.end, first.definite)
