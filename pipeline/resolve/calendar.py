"""What a time expression means: a first and a last day, and a precision.

Relative expressions are resolved against the day of publication. A weekday or a month without a
year is the latest one before it, or the next one where the verb is future. Weeks are ISO weeks
(Monday to Sunday), seasons the meteorological ones of the northern hemisphere, a winter being
that which begins in the named year. What dates nothing by itself («لاحقا», «اليوم نفسه») or would
need more context is None.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Gregorian

from pipeline.resolve.intervals import (
    Interval,
    around,
    dated,
    part_of,
    read_numeric,
    season_interval,
    year_interval,
)
from pipeline.resolve.time_words import TimeWord
from pipeline.resolve.times import TimeExpression


def resolve(
    expression: TimeExpression, publication: date | None, tense: str | None = None
) -> Interval | None:
    """The interval of an expression, or None where it cannot be told.

    ``tense``: "past", "future" or None (read as past).
    """
    words = expression.words
    try:
        return _Resolver(publication, tense == "future").resolve(expression.pattern, words)
    except (ValueError, OverflowError):  # 31 February, year 0, outside the Hijri tables
        return None


@dataclass(slots=True)
class _Words:
    """The words of an expression by kind; the first of each kind counts."""

    words: Sequence[TimeWord]

    def get(self, *kinds: str) -> TimeWord | None:
        return next((word for word in self.words if word.kind in kinds), None)

    def has(self, *kinds: str) -> bool:
        return self.get(*kinds) is not None

    def steps(self) -> int:
        """«الماضي» -1, «قبل الماضي» -2, «المقبل» 1; 0 where nothing leads away from now."""
        word = self.get("last", "next")
        return 0 if word is None else -int(word.value) if word.kind == "last" else int(word.value)


@dataclass(frozen=True, slots=True)
class _Resolver:
    publication: date | None
    future: bool

    def resolve(self, pattern: str, words: Sequence[TimeWord]) -> Interval | None:
        if pattern in {"between", "from_to"}:
            return self._range(words)
        if pattern == "ago":
            return self._ago(_Words(words))
        if pattern == "pair":
            return self._pair(words)
        if words[0].kind in {"before", "until", "after"}:
            return None  # an open interval
        inner = self._plain(_Words(words))
        if words[0].kind == "since" and inner is not None:
            if self.publication is None or inner.start > self.publication:
                return inner
            return Interval(inner.start, self.publication, "range")
        return inner

    def _plain(self, words: _Words) -> Interval | None:
        if words.has("portion"):
            return self._share(words)
        if words.has("far", "same", "vague", "few"):
            return None
        if words.has("century"):
            return _century(words, self.publication)
        if words.has("month", "hijri", "numeric", "slash"):
            return _with_part(words, self._calendar_date(words))
        if words.has("weekday", "today", "deictic", "now"):
            return _with_part(words, self._day(words))
        if words.has("season"):
            return self._season(words)
        year = words.get("year")
        if year is not None:
            return _portion(words, year_interval(year.value, _is_hijri(words)))
        return self._unit(words)

    def _share(self, words: _Words) -> Interval | None:
        """«الربع الأول من عام 2023»: a portion, which one, «من» and the whole."""
        at = next(i for i, word in enumerate(words.words) if word.kind == "portion")
        portion, order = words.words[at : at + 2]
        whole = self._plain(_Words(words.words[at + 2 :]))
        return None if whole is None else part_of(whole, order.value, portion.value)

    def _day(self, words: _Words) -> Interval | None:
        if self.publication is None:
            return None
        weekday, deictic = words.get("weekday"), words.get("deictic")
        if weekday is None:
            days, part = deictic.value if deictic else (0, False)
            day = self.publication + timedelta(days=days)
            return Interval(day, day, "part_of_day" if part else "day")
        if deictic or words.has("today"):
            # an article may be published a day or two late: the weekday decides
            near = self.publication + timedelta(days=deictic.value[0] if deictic else 0)
            day = near - timedelta(days=(near.weekday() - weekday.value) % 7)
        else:
            day = self._weekday(words, weekday.value)
            if abs(words.steps()) == 2:
                day += timedelta(days=7 if words.steps() > 0 else -7)
        return Interval(day, day, "day")

    def _weekday(self, words: _Words, weekday: int) -> date:
        assert self.publication is not None
        ahead = (weekday - self.publication.weekday()) % 7
        if words.has("next") or (self.future and not words.has("last")):
            return self.publication + timedelta(days=ahead or (7 if words.has("next") else 0))
        behind = (self.publication.weekday() - weekday) % 7
        return self.publication - timedelta(days=behind or (7 if words.has("last") else 0))

    def _calendar_date(self, words: _Words) -> Interval | None:
        numeric = words.get("numeric")
        if numeric is not None:
            return self._complete(words, *read_numeric(numeric.value), hijri=False)
        hijri = words.get("hijri")
        month_word = words.get("month", "hijri")
        number = words.get("number", "ordinal")
        year_word = words.get("year")
        if month_word is None:  # «3 / 12 الحالي»
            numbers = [word.value for word in words.words if word.kind == "number"]
            day, month = numbers[0], numbers[1]
        else:
            day, month = (number.value if number else None), month_word.value
        year = year_word.value if year_word else None
        return self._complete(words, day, month, year, hijri=hijri is not None)

    def _complete(
        self, words: _Words, day: int | None, month: int, year: int | None, hijri: bool
    ) -> Interval | None:
        """Adds the year that is meant where the text leaves it out."""
        if year is not None:
            return _portion(words, dated(day, month, year, hijri))
        if self.publication is None:
            return None
        now = Gregorian.fromdate(self.publication).to_hijri() if hijri else self.publication
        options = [dated(day, month, now.year + shift, hijri) for shift in (-1, 0, 1)]
        if words.has("this"):
            return _portion(words, options[1])
        if words.has("next") or (self.future and not words.has("last")):
            found = next(o for o in options if o.end >= self.publication)
        else:
            found = next(o for o in reversed(options) if o.start <= self.publication)
            if words.has("last") and found.end >= self.publication:
                found = options[options.index(found) - 1]
        return _portion(words, found)

    def _season(self, words: _Words) -> Interval | None:
        season, year_word = words.get("season"), words.get("year")
        assert season is not None
        if year_word is not None:
            return _portion(words, season_interval(season.value, year_word.value))
        if self.publication is None:
            return None
        options = [
            season_interval(season.value, self.publication.year + shift) for shift in (-2, -1, 0, 1)
        ]
        if words.has("next") or (self.future and not words.has("last", "this")):
            return _portion(words, next(o for o in options if o.start > self.publication))
        before = [o for o in options if o.start <= self.publication]
        if words.has("last") and before[-1].end >= self.publication:
            return before[-2]
        return _portion(words, before[-1])

    def _unit(self, words: _Words) -> Interval | None:
        """«الأسبوع الماضي», «هذا العام», «مطلع الشهر المقبل», «نهاية العام»."""
        word = words.get("unit", "year_word", "month_word")
        if word is None or self.publication is None:
            return None
        unit, count = word.value
        step, number = words.steps(), words.get("number")
        day = words.get("number", "ordinal")
        if unit == "month" and count == 1 and day is not None:  # «الخامس من الشهر الجاري»
            month = around(unit, self.publication, step).start
            return _with_part(words, dated(day.value, month.month, month.year, hijri=False))
        count = number.value if number is not None else count
        if count is not None and count > 1 and step:
            return self._span(unit, count, step)
        if count != 1 or unit in {"minute", "hour", "period"}:
            return None
        if unit == "weekend":
            return self._weekend(step)
        return _with_part(words, _portion(words, around(unit, self.publication, step)))

    def _span(self, unit: str, count: int, step: int) -> Interval | None:
        """«العامين الماضيين», «الأشهر الثلاثة المقبلة»: whole units; hours up to publication."""
        assert self.publication is not None
        if unit in {"minute", "period", "weekend"}:
            return None
        if unit == "hour":
            other = around("day", self.publication, step * math.ceil(count / 24)).start
            days = (other, self.publication)
            return Interval(min(days), max(days), "range")
        nearest, farthest = (around(unit, self.publication, step * n) for n in (1, count))
        return Interval(min(nearest.start, farthest.start), max(nearest.end, farthest.end), "range")

    def _pair(self, words: Sequence[TimeWord]) -> Interval | None:
        """«يومي السبت والأحد»: two days, months or years; a night belongs to both days.

        None for the first two of a list: «الأعوام 2009 و2012 و2015».
        """
        if words[0].kind == "year_word" and words[0].value[1] != 2:
            return None
        at = [i for i, word in enumerate(words) if word.kind in {"weekday", "month", "year"}]
        rest = [word for word in words if word.kind in {"last", "next", "this"}]
        first = self._plain(_Words([words[at[0]], *rest]))
        second = self._plain(_Words([words[at[-1]], *rest]))
        if first is None or second is None:
            return None
        if first.start > second.start and first.precision == "day":
            first = Interval(second.start - timedelta(days=1), second.start, "day")
        precision = "part_of_day" if words[0].kind == "part" else "range"
        return Interval(first.start, second.end, precision) if first.start <= second.end else None

    def _weekend(self, step: int) -> Interval:
        assert self.publication is not None
        saturday = around("week", self.publication, step).start + timedelta(days=5)
        return Interval(saturday, saturday + timedelta(days=1), "weekend")

    def _ago(self, words: _Words) -> Interval | None:
        """«قبل ثلاثة أيام», «منذ أسبوعين»; «بعد شهر» only of what is to come."""
        unit_word, number = words.get("unit", "year_word"), words.get("number")
        if self.publication is None or unit_word is None or words.has("bound"):
            return None
        unit, count = unit_word.value
        if number is not None:
            count = number.value
        if count is None or (words.has("after") and not self.future):
            return None
        if unit in {"period", "weekend"}:  # «قبل فترة», «قبل نهاية الأسبوع»: no length to count
            return None
        if unit in {"minute", "hour"}:
            near = unit == "minute" or count <= 6
            return Interval(self.publication, self.publication, "day") if near else None
        found = around(unit, self.publication, count if words.has("after") else -count)
        if words.has("since") and unit in {"year", "decade"}:  # «منذ 20 عاما» up to now
            return Interval(found.start, self.publication, "range")
        return found

    def _range(self, words: Sequence[TimeWord]) -> Interval | None:
        """«بين 5 و10 مايو»: what the left side leaves out is taken from the right one."""
        middle = next(
            i for i, word in enumerate(words) if i and word.kind in {"and", "to", "until"}
        )
        left, right = list(words[1:middle]), list(words[middle + 1 :])
        known = {word.kind for word in left}
        if not known & {"weekday", "year"} or known & {"month", "hijri"}:
            fill = {"month", "hijri", "year", "last", "next", "this", "year_word"}
            left += [word for word in right if word.kind in fill and word.kind not in known]
        start, end = self._plain(_Words(left)), self._plain(_Words(right))
        if start is None or end is None:
            return None
        if start.start > end.end:  # «من الخميس إلى الأحد»
            end = Interval(end.start, end.end + timedelta(days=7), "day")
        return Interval(start.start, end.end, "range") if start.start <= end.end else None


def _with_part(words: _Words, interval: Interval | None) -> Interval | None:
    if interval is None or not words.has("part", "adverb") or interval.start != interval.end:
        return interval
    return Interval(interval.start, interval.end, "part_of_day")


def _portion(words: _Words, interval: Interval) -> Interval:
    """«مطلع», «منتصف», «نهاية»: the first, middle or last third of a month, season or year."""
    word = words.get("start", "middle", "end")
    days = (interval.end - interval.start).days + 1
    if word is None or days < 7:
        return interval
    if interval.precision == "year" and interval.start.day == interval.start.month == 1:
        year, first = interval.start.year, {"start": 1, "middle": 5, "end": 9}[word.kind]
        last = dated(None, first + 3, year, hijri=False).end
        return Interval(date(year, first, 1), last, "part_of_year")
    third = days // 3
    first = {"start": 0, "middle": third, "end": days - third}[word.kind]
    length = days - 2 * third if word.kind == "middle" else third
    start = interval.start + timedelta(days=first)
    return Interval(start, start + timedelta(days=length - 1), f"part_of_{interval.precision}")


def _is_hijri(words: _Words) -> bool:
    era = words.get("era")
    return era is not None and era.value == "hijri"


def _century(words: _Words, publication: date | None) -> Interval | None:
    ordinal = words.get("ordinal")
    if ordinal is not None:
        number = ordinal.value
    elif publication is not None:
        number = (publication.year - 1) // 100 + (0 if words.has("last") else 1)
    else:
        return None
    decade = words.get("decade")
    if decade is not None:
        return around("decade", date((number - 1) * 100 + decade.value, 1, 1), 0)
    first = (number - 1) * 100 + 1
    century = Interval(date(first, 1, 1), date(first + 99, 12, 31), "century")
    return _portion(words, century)
