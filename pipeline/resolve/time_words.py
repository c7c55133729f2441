"""Text to time words: the calendar classes of words, found in the surface text.

Works on the text and not on tokens, so that a date survives what the tokeniser does to it
(«2018» cut in two, «لاحقا» read as ل + احقا). Each word gets a one-letter class; the grammar in
:mod:`pipeline.resolve.times` is written over these letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.morphology import ARTICLE, PARTICLES, PROCLITICS
from pipeline.orthography import COMMAS, RANGES
from pipeline.resolve.number_words import NumberWords, ascii_digits, load_numbers
from pipeline.text import fold

#: Classes of time words and the letter of each.
LETTERS = {
    **{"weekday": "W", "day": "Y", "today": "T", "deictic": "D", "part": "P", "adverb": "p"},
    **{"month": "M", "hijri": "H", "month_word": "m", "unit": "U", "year_word": "u"},
    **{"number": "N", "ordinal": "O", "year": "y", "numeric": "n", "century": "C"},
    **{"last": "L", "next": "L", "this": "L", "near": "d", "far": "r", "same": "X"},
    **{"start": "B", "middle": "B", "end": "B", "season": "S", "clock": "k"},
    **{"since": "I", "before": "Q", "after": "A", "until": "J", "from": "f", "to": "t"},
    **{"between": "b", "within": "w", "now": "V", "vague": "V", "era": "e"},
    **{"and": "c", "slash": "/", "dash": "-", "open": "(", "close": ")", "comma": ","},
}
_OTHER = "."
_PUNCTUATION = {"/": "slash", "-": "dash", "\u2013": "dash", "(": "open", ")": "close"}
_PUNCTUATION |= dict.fromkeys(COMMAS, "comma")
_WORD = re.compile(rf"[{RANGES.word}]+|[0-9{RANGES.digits}]+(?:[/.\-:][0-9{RANGES.digits}]+)*|\S")
_NUMERIC = re.compile(r"\d{1,4}([/\-])\d{1,2}(?:\1\d{1,4})?|\d{1,2}\.\d{1,2}\.\d{4}")
_LI = PARTICLES.li
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A word or phrase: its class, value, and offsets into the text.

    Values: weekday 0-6, month 1-12, number, year; days from publication of a deictic; (unit,
    count) of a unit, count being None for plurals and 2 for duals; season name; the era.
    """

    kind: str
    value: Any
    start: int
    end: int
    definite: bool = False
    ambiguous: bool = False

    @property
    def letter(self) -> str:
        """The class's letter in the grammar."""
        return LETTERS.get(self.kind, _OTHER)


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    value: Any
    ambiguous: bool = False


class TimeLexicon:
    """The time words of ``times.yaml``, ``months.yaml`` and ``numbers.yaml``."""

    def __init__(self, lexicons: Path) -> None:
        """Reads the three files. Raises FileNotFoundError where one is missing."""
        times = yaml.safe_load((lexicons / "times.yaml").read_text(encoding="utf-8"))
        months = yaml.safe_load((lexicons / "months.yaml").read_text(encoding="utf-8"))
        self.numbers: NumberWords = load_numbers(lexicons / "numbers.yaml")[0]
        self.not_after = {fold(word) for word in times["not_after"]}
        self.not_year_after = {fold(word) for word in times["not_year_after"]}
        self.future_particles = frozenset(fold(word) for word in times["future_particles"])
        relative = (*times["since"], *times["before"], *times["after"])
        self.relative = frozenset(fold(word) for word in relative)
        self.introduces = frozenset(fold(word) for word in times["in"])
        self.counted_from = frozenset(fold(word) for word in times["counted_from"]) | {"from"}
        self._entries: dict[str, _Entry] = {}
        self._first_words: set[str] = set()  # of phrases
        self._read_times(times)
        ambiguous = {fold(month) for month in months["ambiguous"]}
        for kind, names in (("month", months["gregorian"]), ("hijri", months["hijri"])):
            for number, words in names.items():
                for word in words:
                    self._put([word], kind, number, ambiguous=fold(word) in ambiguous)

    def words(self, text: str) -> list[TimeWord]:
        """The words of ``text`` in order, time phrases joined, proclitics split off."""
        pieces = list(self._pieces(text))
        found: list[TimeWord] = []
        at = 0
        while at < len(pieces):
            word, width = self._phrase(pieces, at)
            found.append(word)
            at += width
        return list(self._joined_numbers(found))

    def _put(self, words: list[str], kind: str, value: Any, ambiguous: bool = False) -> None:
        for word in words:
            key = fold(word)
            self._entries.setdefault(key, _Entry(kind, value, ambiguous))
            if " " in key:
                self._first_words.add(key.split()[0])

    def _read_times(self, times: dict[str, Any]) -> None:
        self._put(times["now"], "now", None)
        for number, words in times["weekdays"].items():
            self._put(words, "weekday", number)
        self._put(times["today"], "today", 0)
        for row in times["deictics"]:
            self._put(row["words"], "deictic", (row["days"], row.get("part", False)))
        alone = {*times["adverbial_parts"], *times["vague"]}
        self._put([part for part in times["parts"] if part in alone], "part", "alone")
        self._put(times["parts"], "part", None)
        self._put(times["adverbial_parts"], "adverb", None)
        self._put(times["clock"], "clock", None)
        self._put(times["day"], "day", None)
        self._put(times["month_word"], "month_word", ("month", 1))
        for unit, forms in times["units"].items():
            kind = "year_word" if unit == "year" else "unit"
            for count, form in ((1, "one"), (2, "two"), (None, "many")):
                self._put(forms[form], kind, (unit, count))
        for season, words in times["seasons"].items():
            self._put(words, "season", season)
        self._put(times["century"], "century", None)
        names = {"starts": "start", "middles": "middle", "ends": "end"}
        for key in ("last", "next", "this", "near", "far", "same", *names, "since", "before"):
            self._put(times[key], names.get(key, key), names.get(key, key))
        for key in ("after", "until", "from", "to", "between", "within"):
            self._put(times[key], key, key)
        self._put(times["vague"], "vague", None)
        for era, words in times["eras"].items():
            self._put(words, "era", era)

    def _pieces(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Words with proclitics split off where the rest is a time word, a number or "and"."""
        for match in _WORD.finditer(text):
            word, start, end = match[0], match.start(), match.end()
            key = fold(word) or word  # a lone tatweel, written for a dash, folds to nothing
            if self._entry(key) is None and len(key) > 2 and key.isalpha():
                for width, rest in _without_proclitics(key):
                    if self._is_known(rest):
                        if key[0] == PARTICLES.wa:
                            yield PARTICLES.wa, start, start + 1
                        # «للجمعة» keeps its clitic: no letter stands for its article
                        yield rest, start + width, end
                        break
                else:
                    yield key, start, end
                continue
            if key[0] == PARTICLES.wa and len(key) > 1 and key[1:2].isdigit():
                yield PARTICLES.wa, start, start + 1
                start += 1
                key = key[1:]
            yield key, start, end

    def _is_known(self, key: str) -> bool:
        return (
            self._entry(key) is not None
            or key in self._first_words
            or self.numbers.small(key) is not None
        )

    def _entry(self, key: str) -> _Entry | None:
        entry = self._entries.get(key)
        if entry is None and key.startswith(ARTICLE):
            entry = self._entries.get(key[2:])
            if entry and entry.kind not in _WITH_ARTICLE:
                return None
        return entry

    def _phrase(self, pieces: list[tuple[str, int, int]], at: int) -> tuple[TimeWord, int]:
        for width in range(min(_LONGEST, len(pieces) - at), 0, -1):
            run = pieces[at : at + width]
            entry = self._entry(" ".join(key for key, _, _ in run))
            if entry is not None:
                definite = run[0][0].startswith(ARTICLE)
                start, end = run[0][1], run[-1][2]
                return (
                    TimeWord(entry.kind, entry.value, start, end, definite, entry.ambiguous),
                    width,
                )
        key, start, end = pieces[at]
        return self._plain(key, start, end), 1

    def _plain(self, key: str, start: int, end: int) -> TimeWord:
        """A number, a date in digits, punctuation, or any other word."""
        if key == PARTICLES.wa:
            return TimeWord("and", None, start, end)
        if key in _PUNCTUATION:
            return TimeWord(_PUNCTUATION[key], None, start, end)
        digits = ascii_digits(key)
        if _NUMERIC.fullmatch(digits):
            return TimeWord("numeric", digits, start, end)
        if re.fullmatch(r"\d{1,2}:\d{2}", digits):
            return TimeWord("number", None, start, end)
        number = self.numbers.small(key)
        if number is not None:
            is_year = digits.isdigit() and len(digits) == 4 and 900 <= number < 2200
            return TimeWord("year" if is_year else "number", number, start, end)
        if key.startswith(ARTICLE) and self.numbers.is_ordinal(key):
            return TimeWord("ordinal", self.numbers.ordinals[key[2:]], start, end, True)
        if self.numbers.is_ordinal(key):
            return TimeWord("ordinal", self.numbers.ordinals[key], start, end)
        return TimeWord("other", key, start, end)

    def _joined_numbers(self, words: list[TimeWord]) -> Iterator[TimeWord]:
        """«الخامس عشر», «خمسة وعشرين», «الحادي والثلاثين» as one number."""
        at = 0
        while at < len(words):
            word = words[at]
            numeral = word.kind in {"number", "ordinal"} and word.value is not None
            following = words[at + 1 : at + 3]
            if numeral and word.value < 10 and following:
                if following[0].kind == "number" and following[0].value == 10:
                    yield _sum(word, following[0])
                    at += 2
                    continue
                tens = following[-1]
                is_tens = tens.kind in {"number", "ordinal"} and tens.value in range(20, 100, 10)
                if len(following) == 2 and following[0].kind == "and" and is_tens:
                    yield _sum(word, tens)
                    at += 3
                    continue
            yield word
            at += 1


#: Classes whose words are listed without the article that they may have.
_WITH_ARTICLE = frozenset(
    {"part", "season", "unit", "year_word", "month_word", "month", "hijri", "start", "middle"}
    | {"end", "century"}
)


def _sum(first: TimeWord, last: TimeWord) -> TimeWord:
    return TimeWord(first.kind, first.value + last.value, first.start, last.end, first.definite)


def _without_proclitics(key: str) -> Iterator[tuple[int, str]]:
    """(letters split off, rest) for each way to read proclitics, shortest first."""
    widths = [0, 1] if key[0] in PROCLITICS.conjunctions else [0]
    for width in reversed(widths):
        rest = key[width:]
        if width:
            yield width, rest
        if rest.startswith(_LI + _LI):
            yield width, ARTICLE + rest[2:]
        if rest[0] in PROCLITICS.prepositions:
            yield width + 1, rest[1:]


@lru_cache(maxsize=4)
def load_time_lexicon(lexicons: Path) -> TimeLexicon:
    """The time words of a folder of lexicons, read once a process."""
    return TimeLexicon(lexicons)
