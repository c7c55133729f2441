"""The report's figures equal pandas on the tables, and hostile text stays text."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.analysis import read_events
from pipeline.report.figures import MAX_BARS, periods
from pipeline.report.page import write_report
from tests.report.conftest import SENTENCE, event, page_data

WriteRun = Callable[..., Path]


def test_figures_count_events_and_articles(write_run: WriteRun) -> None:
    folder = write_run([event(1), event(1, record_id="r1b"), event(2, destination_lat=None)])
    data = page_data(write_report(folder).read_text(encoding="utf-8"))
    assert data["totals"]["articles"] == 2
    assert data["totals"]["status"] == {"ok": 1, "failed": 1}
    assert (data["totals"]["events"], data["totals"]["rows"]) == (2, 3)
    assert data["actors"] == [{"actor_name": "Tehran", "n": 2}]
    assert data["map"]["destinations"][0]["n"] == 1
    assert data["timeline"]["series"] == {"asserted": [2]}
    assert data["run"]["model_id"] == "m1"


def test_spans_are_those_of_the_sentence(write_run: WriteRun) -> None:
    data = page_data(
        write_report(write_run([event(1, theme_start=500, theme_end=504)])).read_text("utf-8")
    )
    spans = {role: SENTENCE[start:end] for role, start, end in data["table"]["spans"][0]}
    assert spans == {
        "trigger": "أرسلت", "agent": "طهران", "destination": "سوريا", "time": "يوم الجمعة",
    }  # fmt: skip


def test_a_run_without_events_has_a_report(write_run: WriteRun) -> None:
    data = page_data(write_report(write_run([])).read_text(encoding="utf-8"))
    assert data["totals"]["events"] == 0
    assert data["table"]["shown"] == 0


def test_hostile_text_is_escaped(write_run: WriteRun) -> None:
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)> \u202e &lt;b&gt; \"'"
    rows = [event(1, title=hostile, sentence=hostile, actor_name=hostile, source=hostile)]
    page = write_report(write_run(rows)).read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    assert "<img" not in page
    assert page.count("<script") == 2  # the data and the page's own script
    assert page_data(page)["table"]["columns"]["title"] == [hostile]


def test_the_page_asks_for_nothing_from_a_network(write_run: WriteRun) -> None:
    page = write_report(write_run([event(1)])).read_text(encoding="utf-8")
    links = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?(https?:[^"') ]+)""", page)
    assert links == []
    assert "default-src 'none'" in page


def dated(write_run: WriteRun, *days: date) -> dict:
    """The timeline of a run with one event on each of these days."""
    rows = [event(n, event_date=day) for n, day in enumerate(days)]
    return periods(read_events(write_run(rows)))


def days_from(first: date, number: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(number)]


def test_a_few_events_far_away_are_counted_and_not_drawn(write_run: WriteRun) -> None:
    bulk = days_from(date(2024, 11, 1), 50)
    shown = dated(write_run, date(1901, 1, 1), *bulk, date(2031, 5, 5))
    assert (shown["freq"], len(shown["labels"])) == ("D", 50)
    assert (shown["from"], shown["to"]) == ("2024-11-01", "2024-12-20")
    assert (shown["before"], shown["first"]) == (1, "1901-01-01")
    assert (shown["after"], shown["last"]) == (1, "2031-05-05")
    assert sum(shown["series"]["asserted"]) == len(bulk)


def test_all_are_drawn_where_they_lie_near(write_run: WriteRun) -> None:
    shown = dated(write_run, *days_from(date(2024, 11, 1), 40), date(2025, 1, 10))
    assert (shown["before"], shown["after"], shown["first"], shown["last"]) == (0, 0, None, None)
    assert sum(shown["series"]["asserted"]) == 41
    assert shown["labels"][-1] >= "2025-01-06"


def test_a_tenth_of_the_events_is_no_outlier(write_run: WriteRun) -> None:
    shown = dated(write_run, *days_from(date(2014, 1, 1), 5), *days_from(date(2024, 1, 1), 45))
    assert (shown["before"], shown["after"]) == (0, 0)
    assert sum(shown["series"]["asserted"]) == 50


@pytest.mark.parametrize(("years", "freq"), [(1, "W"), (4, "M"), (14, "Q"), (40, "Y")])
def test_the_period_is_the_finest_with_few_bars(write_run: WriteRun, years: int, freq: str) -> None:
    days = [date(1980 + n * years // 40, 1 + n % 12, 1) for n in range(40)]
    shown = dated(write_run, *sorted(days))
    assert shown["freq"] == freq
    assert len(shown["labels"]) <= MAX_BARS
    assert sum(shown["series"]["asserted"]) == 40


def test_a_timeline_of_nothing_dated_is_empty(write_run: WriteRun) -> None:
    shown = periods(read_events(write_run([event(1, event_date=None, publication_date=None)])))
    assert (shown["labels"], shown["before"], shown["after"]) == ([], 0, 0)
