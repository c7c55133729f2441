"""Time words: the calendar classes of words.

A word's class has a letter; the grammar in :mod:`pipeline.resolve.times` is written over these
letters, and :mod:`pipeline.resolve.time_stretches` finds the words in a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.data_files import read_yaml
from pipeline.morphology import ARTICLE, PARTICLES, PROCLITICS
from pipeline.orthography import COMMAS
from pipeline.resolve.lexicon import without_hamzas
from pipeline.resolve.number_words import NumberWords, ascii_digits, load_numbers
from pipeline.text import fold

#: Classes of time words and the letter of each.
LETTERS = {
    **{"weekday": "W", "day": "Y", "today": "T", "deictic": "D", "part": "P", "adverb": "p"},
    **{"month": "M", "hijri": "H", "month_word": "m", "unit": "U", "year_word": "u"},
    **{"decade": "E", "about": "a", "bound": "a", "few": "g"},
    **{"portion": "h", "thousand": "G"},
    **{"number": "N", "ordinal": "O", "year": "y", "numeric": "n", "century": "C"},
    **{"last": "L", "next": "L", "this": "L", "near": "d", "far": "r", "same": "X"},
    **{"start": "B", "middle": "B", "end": "B", "season": "S", "clock": "k"},
    **{"since": "I", "before": "Q", "after": "A", "until": "J", "from": "f", "to": "t"},
    **{"between": "b", "within": "w", "now": "V", "vague": "V", "era": "e"},
    **{"and": "c", "slash": "/", "dash": "-", "open": "(", "close": ")", "comma": ","},
}
#: The letter of all other words.
OTHER = "."
_PUNCTUATION = {"/": "slash", "-": "dash", "\u2013": "dash", "(": "open", ")": "close"}
_PUNCTUATION |= dict.fromkeys(COMMAS, "comma")
_NUMERIC = re.compile(r"\d{1,4}([/\-])\d{1,2}(?:\1\d{1,4})?|\d{1,2}\.\d{1,2}\.\d{4}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_LI = PARTICLES.li
_fold_anew = fold.__wrapped__  # for words that are asked about once: they would fill its cache
_PROCLITICS = frozenset({*PROCLITICS.conjunctions, *PROCLITICS.prepositions})
_BEFORE = "".join(sorted({*_PROCLITICS, *ARTICLE}))  # letters that may be cut off
_LONGEST = 4
_REMEMBERED = 1 << 14  # distinct words whose reading is kept


class TimeWord(NamedTuple):
    """A word or phrase: its class, value, and offsets into the text.

    Values: weekday 0-6, month 1-12, number, year; days from publication of a deictic; (unit,
    count) of a unit, count being None for plurals and 2 for duals; season name; the era; how
    many steps back or ahead («الماضي» 1, «قبل الماضي» 2).
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
        return LETTERS.get(self.kind, OTHER)


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    value: Any
    ambiguous: bool = False


#: Class, value, definite, ambiguous: see :class:`TimeWord`.
_Reading = tuple[str, Any, bool, bool]
#: Key of a word or clitic, its first character in the text or word that it is cut from, its end.
Piece = tuple[str, int, int]


#: The files of a folder of lexicons that hold them.
TIME_FILES = ("times.yaml", "months.yaml", "numbers.yaml")


class TimeLexicon:
    """The time words of the three files of a folder of lexicons."""

    def __init__(self, lexicons: Path) -> None:
        """Reads the three files. Raises FileNotFoundError where one is missing."""
        words, names, numbers = (lexicons / name for name in TIME_FILES)
        times = read_yaml(words)
        months = read_yaml(names)
        self.numbers: NumberWords = load_numbers(numbers)[0]
        self.not_after = {fold(word) for word in times["not_after"]}
        self.not_year_after = {fold(word) for word in times["not_year_after"]}
        self.future_particles = frozenset(fold(word) for word in times["future_particles"])
        relative = (*times["since"], *times["before"], *times["after"])
        self.relative = frozenset(fold(word) for word in relative)
        self.introduces = frozenset(fold(word) for word in times["in"])
        self.firsts = frozenset(fold(word) for word in times["firsts"])
        self.counted_from = frozenset(fold(word) for word in times["counted_from"]) | {"from"}
        self._entries: dict[str, _Entry] = {}
        self._first_words: set[str] = set()  # of phrases
        self._later_words: set[str] = set()
        #: The pieces of a word.
        self.pieces_of = lru_cache(_REMEMBERED)(self._cut)
        self._reading_of = lru_cache(_REMEMBERED)(self._read)
        self._read_times(times)
        ambiguous = {fold(month) for month in months["ambiguous"]}
        for kind, names in (("month", months["gregorian"]), ("hijri", months["hijri"])):
            for number, words in names.items():
                for word in words:
                    self._put([word], kind, number, ambiguous=fold(word) in ambiguous)
        self._endings = frozenset(self._ends_of_time_words())
        self._longest_ending = max(map(len, self._endings))

    def _ends_of_time_words(self) -> Iterator[str]:
        """What may be left of a time word without its hamzas when letters are cut off its front.

        That is a key of the lexicon; the same without its article, for «لل» stands for one; a key
        of a number without its first letter, for :func:`word_key` drops the article after a
        proclitic.
        """
        yield PARTICLES.wa
        for key in (*self._entries, *self._first_words, *self._later_words):
            yield without_hamzas(key)
            yield without_hamzas(key.removeprefix(ARTICLE))
        for key in self.numbers.keys:
            yield key
            yield key.removeprefix(ARTICLE)
            yield key[1:] if key[0] in _PROCLITICS else key

    def word(self, piece: Piece) -> TimeWord:
        """The time word, or other word, that a piece is by itself."""
        key, start, end = piece
        return _time_word(self._reading_of(key), start, end)

    def phrase(self, pieces: Sequence[Piece], at: int) -> tuple[TimeWord, int] | None:
        """The longest phrase of several pieces from ``at`` on, and how many it has."""
        key, start, _ = pieces[at]
        if not self.opens_phrase(key):
            return None
        for width in range(min(_LONGEST, len(pieces) - at), 1, -1):
            run = pieces[at : at + width]
            entry = self._entry(" ".join(key for key, _, _ in run))
            if entry is not None:
                return _time_word(_reading(entry, key), start, run[-1][2]), width
        return None

    def ends_in_none(self, word: str) -> bool:
        """True where a word is surely no time word, whatever proclitics and article it may have.

        Costs a fraction of :meth:`pieces_of` and :meth:`is_other`; where False, ask those.
        """
        key = without_hamzas(_fold_anew(word))
        proclitics = len(key) - len(key.lstrip(_BEFORE))
        first = max(0, len(key) - self._longest_ending)
        ends = [key[at:] for at in range(first, proclitics + 1)]
        return key.isalpha() and self._endings.isdisjoint(ends)

    def is_other(self, key: str) -> bool:
        """True where a word of this key is no time word, and in no phrase."""
        if self.opens_phrase(key) or self.continues_phrase(key):
            return False
        return self._any_entry(key).kind == "other"

    def opens_phrase(self, key: str) -> bool:
        """True where a phrase may begin with a word of this key."""
        return key in self._first_words or key.removeprefix(ARTICLE) in self._first_words

    def continues_phrase(self, key: str) -> bool:
        """True where a word of this key may be a later one of a phrase."""
        return key in self._later_words

    def _put(self, words: list[str], kind: str, value: Any, ambiguous: bool = False) -> None:
        for word in words:
            key = fold(word)
            self._entries.setdefault(key, _Entry(kind, value, ambiguous))
            if " " in key:
                first, *later = key.split()
                self._first_words.add(first)
                self._later_words.update(later)

    def _read_times(self, times: dict[str, Any]) -> None:
        self._put(times["no_time"], "other", None)
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
        for parts, words in times["portions"].items():
            self._put(words, "portion", parts)
        for years, words in times["decades"].items():
            self._put(words, "decade", years)
        for kind in ("last", "next"):
            self._put(times[f"{kind}_but_one"], kind, 2)
            self._put(times[kind], kind, 1)
        names = {"starts": "start", "middles": "middle", "ends": "end"}
        for key in (
            "about",
            "bound",
            "few",
            "this",
            "near",
            "far",
            "same",
            *names,
            "since",
            "before",
        ):
            self._put(times[key], names.get(key, key), names.get(key, key))
        for key in ("after", "until", "from", "to", "between", "within"):
            self._put(times[key], key, key)
        self._put(times["vague"], "vague", None)
        for era, words in times["eras"].items():
            self._put(words, "era", era)

    def _cut(self, word: str) -> tuple[Piece, ...]:
        """The pieces of a word: cut where what is left is a time word, a number or "and"."""
        key = fold(word) or word  # a lone tatweel, written for a dash, folds to nothing
        end = len(word)
        wa = (PARTICLES.wa, 0, 1)
        if self._entry(key) is None and len(key) > 2 and key.isalpha():
            for width, rest in _without_proclitics(key):
                if self._is_known(rest):
                    # «للجمعة» keeps its clitic: no letter stands for its article
                    piece = (rest, width, end)
                    return (wa, piece) if key[0] == PARTICLES.wa else (piece,)
        elif key[0] == PARTICLES.wa and key[1:2].isdigit():
            return wa, (key[1:], 1, end)
        return ((key, 0, end),)

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

    def _read(self, key: str) -> _Reading:
        return _reading(self._any_entry(key), key)

    def _any_entry(self, key: str) -> _Entry:
        """The entry of a listed word, a number, a date in digits, punctuation, or another word."""
        entry = self._entry(key)
        if entry is not None:
            return entry
        if key == PARTICLES.wa:
            return _Entry("and", None)
        if key in _PUNCTUATION:
            return _Entry(_PUNCTUATION[key], None)
        digits = key if key.isalpha() else ascii_digits(key)
        if _NUMERIC.fullmatch(digits):
            return _Entry("numeric", digits)
        if _CLOCK.fullmatch(digits):
            return _Entry("number", None)
        thousand = self.numbers.thousand(key)
        if thousand is not None:
            return _Entry("thousand", thousand)
        number = self.numbers.small(key)
        if number is not None:
            is_year = digits.isdigit() and len(digits) == 4 and 900 <= number < 2200
            return _Entry("year" if is_year else "number", number)
        if self.numbers.is_ordinal(key):
            return _Entry("ordinal", self.numbers.ordinals[key.removeprefix(ARTICLE)])
        return _Entry("other", key)


#: Classes whose words are listed without the article that they may have.
_WITH_ARTICLE = frozenset(
    {"part", "season", "unit", "year_word", "month_word", "month", "hijri", "start", "middle"}
    | {"end", "century", "decade", "portion"}
)


#: Classes of which it counts whether they have the article.
_NOT_DEFINITE = frozenset({"numeric", "number", "year", "other"})


def _reading(entry: _Entry, key: str) -> _Reading:
    definite = key.startswith(ARTICLE) and entry.kind not in _NOT_DEFINITE
    return entry.kind, entry.value, definite, entry.ambiguous


def _time_word(reading: _Reading, start: int, end: int) -> TimeWord:
    kind, value, definite, ambiguous = reading
    return TimeWord(kind, value, start, end, definite, ambiguous)


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
