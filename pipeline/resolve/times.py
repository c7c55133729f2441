"""Calendar, clock and deictic expressions in a text.

The grammar is a set of named patterns over word classes (:mod:`pipeline.resolve.time_words`);
at each word the longest match of all patterns wins. Durations («لمدة ثلاثة أيام») are none of
them. What an expression means is worked out in :mod:`pipeline.resolve.calendar`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.resolve.time_stretches import Stretches
from pipeline.resolve.time_words import LETTERS, TimeLexicon, TimeWord

#: Named parts of patterns, written with class names in braces.
_PARTS = {
    # «ساعة متأخرة من مساء», «صباح»
    "PART": "(?:(?:{part}{from}?)*)",
    # «أغسطس/آب», «أيلول (سبتمبر)»
    "MONTH": "(?:{month}(?:[{slash}{open}{dash}]{month}{close}?)?)",
    # «عام 2015», «2015م»
    "YEAR": "(?:{year_word}?{year}{era}?)",
    "DAY": "(?:{number}|{ordinal})",
    "MOD": "(?:{last}|{this})",
    "UNIT": "[{unit}{year_word}{month_word}]",
    "SEP": "(?:[{comma}{open}{dash}])?",
}
#: The patterns, each with an example. Weekday alone must be definite, see the lexicon.
_PATTERNS = {
    # «صباح اليوم السبت», «يوم الجمعة الماضي», «أمس الأحد»
    "weekday": "PART{today}?{deictic}?{day}?{weekday}MOD?{same}?{adverb}?",
    # «الجمعة 6 كانون الأول/ديسمبر 2024»
    "weekday_date": "PART{today}?{day}?{weekday}SEP(?:DATE|{numeric}){close}?",
    # «مساء أمس», «غدا», «بعد ظهر اليوم»
    "deictic": "PART[{today}{deictic}]{same}?{adverb}?",
    # «اليوم (6 مايو)»
    "deictic_date": "PART[{today}{deictic}]SEP(?:DATE|{numeric}){close}?",
    # «28 حزيران / يونيو الماضي», «شهر أيلول الماضي», «الأول من ذي القعدة 1445هـ»
    "date": "PART{day}?DATE{adverb}?",
    # «6/12/2024», «3 / 12 الحالي»
    "numeric": "PART{day}?(?:{numeric}|{number}{slash}{number}(?:{slash}{year})?)MOD?{adverb}?",
    # «عام 2015», «منذ 2018»
    "year": "{year_word}{ordinal}?{year}{era}?|[{since}{until}{within}{start}]{year}{era}?",
    # «الأسبوع الماضي», «هذا العام», «مطلع العام الجاري», «نهاية العام»
    "unit": "PART{start}?(?:{far}|{near})?UNITMOD|PART{start}?{near}(?:UNIT|{today})",
    "bound": "{start}DATE|{start}(?:UNIT?YEAR|UNIT|{season})MOD?",
    # «الشهر ذاته», «ذلك اليوم»
    "same": "(?:{far})(?:UNIT|{today}|{day}|{season})|UNIT{same}",
    # «صيف عام 1075», «الربيع الماضي»
    "season": "{start}?{season}(?:MOD|YEAR)|{within}{season}",
    # «قبل ثلاثة أيام», «منذ أسبوعين», «بعد 45 دقيقة», «قبل نحو أسبوعين»
    "ago": "[{since}{before}{after}]{about}?{number}?[{unit}{year_word}]",
    # «خلال الأشهر الثلاثة الماضية», «الأيام القليلة المقبلة»
    "span": "UNIT(?:{number}|{few})MOD",
    # «الخامس من الشهر الجاري»
    "day_of_month": "PART{day}?DAY{from}?{month_word}MOD",
    # «القرن الخامس عشر», «تسعينيات القرن الماضي»
    "century": "{start}?(?:{decade}{from}?)?{century}(?:{ordinal}|MOD)",
    # «الربع الأول من عام 2023», «النصف الثاني من القرن الماضي»
    "portion": "{portion}{ordinal}{from}(?:DATE|YEAR|{near}?UNITMOD|{near}?{year_word}"
    "|{century}(?:{ordinal}|MOD))",
    # «الساعة العاشرة صباحا», «الساعة العاشرة من مساء يوم الأحد»
    "clock": "{clock}(?:{ordinal}|{number}){adverb}?"
    "(?:{from}?{part}?(?:{day}?{weekday}|{today}|{deictic}))?",
    # «يومي السبت والأحد», «ليل السبت الأحد», «شهري يوليو وأغسطس», «عامي 1988 و1989»
    "pair": "{day}{weekday}{and}{weekday}MOD?|{part}{weekday}{weekday}"
    "|{month_word}MONTH{and}MONTHMOD?|{year_word}{year}{and}{year_word}?{year}",
    "adverb": "{adverb}|{now}|{part}",
    # «بين 5 و10 مايو», «من 5 إلى 10 مايو», «بين عامي 2011 و2013», «من الاثنين إلى الخميس»
    "between": "{between}(?:{number}{and}DATE|DATE{and}DATE|{weekday}{and}{weekday}"
    "|{year_word}?{year}{and}{year_word}?{year})",
    "from_to": "{from}(?:{day}?{number}[{to}{until}]DATE|DATE[{to}{until}]DATE"
    "|{day}?{weekday}[{to}{until}]{day}?{weekday}"
    "|{year_word}?{year}[{to}{until}]{year_word}?{year})",
}
_DATE = (
    "(?:(?:{ordinal}|{number}){from}?{month_word}?|{month_word}|)(?:MONTH|{hijri})MOD?SEP_YEAR?MOD?"
)
_SEP_YEAR = "(?:{comma}?YEAR)"


def _compile(pattern: str) -> re.Pattern[str]:
    pattern = pattern.replace("DATE", _DATE).replace("SEP_YEAR", _SEP_YEAR)
    for name, part in _PARTS.items():
        pattern = pattern.replace(name, part)
    for kind, letter in LETTERS.items():
        pattern = pattern.replace("{" + kind + "}", re.escape(letter))
    return re.compile(pattern)


_COMPILED = {name: _compile(pattern) for name, pattern in _PATTERNS.items()}
#: What may open them and changes what they mean: «منذ يوم الأحد», «حتى صباح السبت».
_PREFIX = _compile("[{since}{before}{until}{within}{after}]")
_PREFIXED = frozenset(_PATTERNS) - {"ago", "adverb", "clock", "between", "from_to"}
#: Letters that an expression may begin with; other words are passed over at once.
_OPENER = re.compile("[^c/(),e.LXtG-]")


class TimeExpression(NamedTuple):
    """A time expression: the name of its pattern, its words, its offsets into the text."""

    pattern: str
    words: tuple[TimeWord, ...]

    @property
    def start(self) -> int:
        """First character."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.words[-1].end


def find_expressions(text: str, lexicon: TimeLexicon) -> list[TimeExpression]:
    """The time expressions of ``text``, left to right, not overlapping."""
    found: list[TimeExpression] = []
    for words in _stretches(lexicon)(text):
        found += _in_stretch(words, lexicon)
    return found


@lru_cache(maxsize=4)
def _stretches(lexicon: TimeLexicon) -> Stretches:
    return Stretches(lexicon, _OPENER, _holds_expression)


def _holds_expression(letters: str) -> bool:
    return any(_longest(letters, opener.start()) for opener in _OPENER.finditer(letters))


def _in_stretch(words: Sequence[TimeWord], lexicon: TimeLexicon) -> Iterator[TimeExpression]:
    letters = "".join(word.letter for word in words)
    at = 0
    while opener := _OPENER.search(letters, at):
        at = opener.start()
        match = _longest(letters, at)
        if match is None:
            at += 1
            continue
        name, end = match
        end = _without_open_end(letters, at, end)
        expression = TimeExpression(name, tuple(words[at:end]))
        previous = words[at - 1] if at else None
        following = words[end] if end < len(words) else None
        if _is_in_name(expression, previous, lexicon):
            at = end
        elif _is_time(expression, previous, lexicon) and not _is_relative(
            expression, following, lexicon
        ):
            yield expression
            at = end
        else:
            at += 1


@lru_cache(maxsize=1 << 14)
def _longest(letters: str, at: int) -> tuple[str, int] | None:
    best: tuple[str, int] | None = None
    for name, pattern in _COMPILED.items():
        starts = [at]
        if name in _PREFIXED and _PREFIX.match(letters, at):
            starts.append(at + 1)
        for start in starts:
            match = pattern.match(letters, start)
            if match and match.end() > start and (best is None or match.end() > best[1]):
                best = (name, match.end())
    return best


def _without_open_end(letters: str, start: int, end: int) -> int:
    """Drops a dangling separator or «من» at the end of a match."""
    while end > start + 1 and letters[end - 1] in "f,(-":
        end -= 1
    return end


def _is_in_name(
    expression: TimeExpression, previous: TimeWord | None, lexicon: TimeLexicon
) -> bool:
    """True within names («ثورة 25 يناير»), and for «العام» as "general" («الأمين العام»)."""
    if previous is None or previous.kind != "other":
        return False
    if expression.words[0].kind == "year_word" and previous.value in lexicon.not_year_after:
        return True
    return previous.value in lexicon.not_after


def _is_time(expression: TimeExpression, previous: TimeWord | None, lexicon: TimeLexicon) -> bool:
    """False for a lone «مارس» or numeral, and for parts of the day without a day."""
    words = expression.words
    if len(words) == 1:
        return _stands_alone(words[0], previous, lexicon)
    if words[0].kind == "weekday" and not words[0].definite:
        return False
    kinds = {word.kind for word in words}
    return bool(kinds - {"part", "from", "number", "ordinal", "since", "before", "after", "until"})


def _is_relative(
    expression: TimeExpression, following: TimeWord | None, lexicon: TimeLexicon
) -> bool:
    """True where the next word says that another event is counted from, or a day of a series.

    «بعد ساعات من القصف», «اليوم الأول من الزيارة».
    """
    if following is None:
        return False
    last = expression.words[-1]
    if last.kind == "today" and following.kind == "ordinal":
        return True
    since = expression.words[0].kind == "since"
    key = "" if following.value is None else str(following.value)
    return expression.pattern == "ago" and not since and key in lexicon.counted_from


def _stands_alone(word: TimeWord, previous: TimeWord | None, lexicon: TimeLexicon) -> bool:
    if word.kind in {"month", "hijri"}:
        introduced = previous is not None and previous.value in lexicon.introduces
        return introduced or not word.ambiguous
    if word.kind == "weekday":
        return word.definite
    if word.kind == "part":
        return word.value == "alone"
    return word.kind in {"today", "deictic", "adverb", "now", "vague", "numeric"}
