"""Calendar arithmetic: days, ISO weeks, months, seasons, years, Gregorian and Hijri."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Hijri

_SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12, "decade": 120}


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day, and how precise the text is.

    precision: part_of_day, day, weekend, week, part_of_month, month, season, part_of_year, year,
    decade, century, range.
    """

    start: date
    end: date
    precision: str


def interval_of_month(year: int, month: int) -> Interval:
    """The days of a month."""
    return Interval(
        date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month"
    )


def dated(day: int | None, month: int, year: int, hijri: bool) -> Interval:
    if not hijri:
        if day is None:
            return interval_of_month(year, month)
        exact = date(year, month, day)
        return Interval(exact, exact, "day")
    first = Hijri(year, month, day or 1)
    start = first.to_gregorian()
    end = start if day else start + timedelta(days=first.month_length() - 1)
    return Interval(_plain_date(start), _plain_date(end), "day" if day else "month")


def _plain_date(day: date) -> date:
    return date(day.year, day.month, day.day)


def year_interval(year: int, hijri: bool) -> Interval:
    if hijri:
        start = dated(None, 1, year, hijri=True).start
        return Interval(start, dated(None, 12, year, hijri=True).end, "year")
    return Interval(date(year, 1, 1), date(year, 12, 31), "year")


def season_interval(season: str, year: int) -> Interval:
    first = _SEASON_STARTS[season]
    last = interval_of_month(year + (first == 12), (first + 1) % 12 + 1)
    return Interval(date(year, first, 1), last.end, "season")


def around(unit: str, day: date, steps: int) -> Interval:
    """The day, ISO week, month, year or decade that lies ``steps`` of them from ``day``."""
    if unit in _DAYS:
        moved = day + timedelta(days=steps * _DAYS[unit])
        if unit == "day":
            return Interval(moved, moved, "day")
        monday = moved - timedelta(days=moved.weekday())
        return Interval(monday, monday + timedelta(days=6), "week")
    months = day.year * 12 + day.month - 1 + steps * _MONTHS[unit]
    year, month = divmod(months, 12)
    if unit == "month":
        return interval_of_month(year, month + 1)
    if unit == "year":
        return Interval(date(year, 1, 1), date(year, 12, 31), "year")
    first = year - year % 10
    return Interval(date(first, 1, 1), date(first + 9, 12, 31), "decade")


def part_of(whole: Interval, order: int, parts: int) -> Interval | None:
    """One of equal parts of an interval, in whole months where these divide by ``parts``.

    None where there are fewer parts than ``order``.
    """
    if not 1 <= order <= parts:
        return None
    first, last = whole.start, whole.end
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day == 1 and months % parts == 0:
        size = months // parts
        month = first.year * 12 + first.month - 1 + (order - 1) * size
        start = interval_of_month(month // 12, month % 12 + 1).start
        ends = month + size - 1
        return Interval(start, interval_of_month(ends // 12, ends % 12 + 1).end, "range")
    size = ((last - first).days + 1) // parts
    start = first + timedelta(days=(order - 1) * size)
    return Interval(start, last if order == parts else start + timedelta(days=size - 1), "range")


def read_numeric(text: str) -> tuple[int, int, int | None]:
    """Day, month and year of «6/12/2024», «2024-12-07», «3/12»; day first, as Arabic news does."""
    numbers = [int(part) for part in text.replace("/", "-").replace(".", "-").split("-")]
    if len(numbers) == 2:
        return numbers[0], numbers[1], None
    if numbers[0] > 31:
        return numbers[2], numbers[1], numbers[0]
    day, month, year = numbers
    if month > 12:
        day, month = month, day
    return day, month, year if year > 99 else 2000 + year
