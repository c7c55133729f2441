"""The report's figures equal pandas on the tables, and hostile text stays text."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

from pipeline.report.page import write_report
from tests.report.conftest import SENTENCE, event

WriteRun = Callable[..., Path]


def page_data(page: str) -> dict:
    """The JSON that the page carries."""
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    return json.loads(unescape(found))


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
