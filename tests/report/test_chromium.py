"""The page in a real browser: its script runs, its figures are pandas', hostile text is text."""

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline.analysis import read_events
from pipeline.report.page import write_report
from tests.report.conftest import event

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian package chromium)"),
]


def rendered(page: Path, profile: Path) -> str:
    """The DOM of a page after its script ran."""
    assert CHROMIUM
    flags = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
    command = [CHROMIUM, *flags.split(), "--disable-component-update", "--disable-sync"]
    done = subprocess.run(
        [*command, f"--user-data-dir={profile}", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return done.stdout


def test_the_page_shows_what_pandas_counts(
    write_run: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = [event(n, origin_name="Iran", origin_lat=32.0, origin_lon=53.0) for n in range(250)]
    rows[7] |= {"destination_lat": None, "destination_lon": None}
    rows[8]["event_date"] = date(1901, 1, 1)
    folder = write_run(rows)
    dom = rendered(write_report(folder), tmp_path_factory.mktemp("profile"))
    events = read_events(folder)
    tiles = dict(re.findall(r'data-figure="([^"]+)"><b>([^<]+)</b>', dom))
    assert tiles["events"] == str(events["event_id"].nunique())
    assert tiles["rows with a destination"] == str(events["destination_text"].notna().sum())
    assert tiles["rows with it on the map"] == str(events["destination_lat"].notna().sum())
    assert f"{len(events)} of {len(events)} rows" in dom
    assert dom.count('<tr class="row"') == 100  # a first page of rows
    assert "Iran → Syria: 249" in dom
    assert "Not drawn: 1 event before 2024-12-06 (the first on 1901-01-01)." in dom
    assert "2024-12-06 · asserted: 249" in dom


def test_hostile_text_does_nothing(
    write_run: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    script = "document.title='owned'"
    hostile = f'</script><img src=x onerror="{script}"><script>{script}</script>\u202e'
    rows = [event(1, actor_name=hostile, theme_name=hostile, sentence=hostile, title=hostile)]
    dom = rendered(write_report(write_run(rows)), tmp_path_factory.mktemp("profile"))
    assert "<title>Movement events</title>" in dom
    assert "<img" not in dom
    assert "&lt;img src=x" in dom
