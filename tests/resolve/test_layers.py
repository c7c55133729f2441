"""Layers on disk: as they were found, by what a Doc says, anew when their makers change."""

import logging
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipeline.resolve import attribution, layers, place_names, time_expressions
from pipeline.resolve.attribution import Attribution
from pipeline.resolve.layers import Layer
from pipeline.resolve.place_names import PlaceNames
from pipeline.resolve.time_expressions import TimeExpressions
from tests.resolve.clause_docs import add_event, make_doc

LEXICONS = Path("configs/lexicons")
TEXT = """
قال قال VERB 0 root Aspect=Perf
الوزير وزير NOUN 0 nsubj
الجمعة جمعة NOUN 0 obl
6 6 NUM 2 nummod
مايو مايو X 3 nmod
إن إن SCONJ 7 mark
القوات قوة NOUN 7 nsubj
انسحبت انسحب VERB 0 ccomp Aspect=Perf
من من ADP 9 case
دمشق دمشق X 7 obl:arg
منذ منذ ADP 11 case
يومين يوم NOUN 7 obl
"""
COMPONENTS: dict[str, tuple[Any, Any, str]] = {
    "times": (TimeExpressions, time_expressions, "find_expressions"),
    "places": (PlaceNames, place_names, "choose"),
    "reports": (Attribution, attribution, "find_reports"),
}


def component(layer: str, lexicons: Path = LEXICONS, cache: Path | None = None) -> Any:
    data = lexicons / "reporting.yaml" if layer == "reports" else lexicons
    return COMPONENTS[layer][0](data, cache)


def result(layer: str, made_by: Any, table: str = TEXT) -> list[Any]:
    """What the component says of a text."""
    doc = make_doc(table)
    if layer == "reports":
        found = [made_by(add_event_to(doc))._.events[0].attribution]
        return [(a.span.start, a.span.end, a.rule) for a in found if a]
    name = {"times": "time", "places": "place"}[layer]
    spans = made_by(doc).spans[layer]
    return [(span.start, span.end, span.label_, getattr(span._, name)) for span in spans]


def add_event_to(doc: Any) -> Any:
    add_event(doc, "انسحبت")
    return doc


@pytest.fixture(params=COMPONENTS)
def layer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def forbid(monkeypatch: pytest.MonkeyPatch, layer: str) -> None:
    """What the layer is found by fails from here on."""

    def fail(*_: Any) -> None:
        raise AssertionError("found anew")

    _, module, function = COMPONENTS[layer]
    monkeypatch.setattr(module, function, fail)


def test_what_is_kept_is_what_was_found(
    layer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = result(layer, component(layer))
    assert found
    assert result(layer, component(layer, cache=tmp_path)) == found
    forbid(monkeypatch, layer)
    assert result(layer, component(layer, cache=tmp_path)) == found


@pytest.mark.parametrize("change", [("NOUN 0 obl\n", "NOUN 1 obl\n"), ("من من", "في في")])
def test_another_annotation_is_another_doc(
    layer: str, change: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert TEXT.count(change[0]) == 1
    result(layer, component(layer, cache=tmp_path))
    forbid(monkeypatch, layer)
    with pytest.raises(AssertionError, match="found anew"):
        result(layer, component(layer, cache=tmp_path), TEXT.replace(*change))


def test_changed_data_or_code_finds_anew(
    layer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(LEXICONS, tmp_path / "lexicons")
    file = {"times": "months.yaml", "places": "states.csv", "reports": "reporting.yaml"}[layer]
    cache = tmp_path / "cache"

    def kept() -> int:
        result(layer, component(layer, tmp_path / "lexicons", cache))
        return len(list(cache.glob("*.sqlite")))

    assert (kept(), kept()) == (1, 1)
    with (tmp_path / "lexicons" / file).open("a", encoding="utf-8") as lines:
        lines.write("# a note\n")
    assert kept() == 2
    monkeypatch.setattr(layers, "code_hash", lambda *_: "other")
    assert kept() == 3


def test_every_file_that_is_read_counts(
    layer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No component may draw on a lexicon that its layer does not name."""
    lexicons = tmp_path / "lexicons"
    shutil.copytree(LEXICONS, lexicons)
    named: set[Path] = set()
    opened: set[Path] = set()
    watching = True

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if watching and event == "open" and isinstance(arguments[0], str):
            opened.add(Path(arguments[0]))

    def hashed(files: Any) -> str:
        named.update(files)
        return ""

    monkeypatch.setattr(layers, "hash_of", hashed)
    sys.addaudithook(watch)
    try:
        result(layer, component(layer, lexicons, tmp_path / "cache"))
    finally:
        watching = False
    assert named
    assert {file for file in opened if lexicons in file.parents} == named


def test_what_is_damaged_is_found_anew(
    layer: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = result(layer, component(layer, cache=tmp_path))
    (file,) = tmp_path.glob("*.sqlite")
    for value in ("[[", "[1]", "[[1]]"):
        with closing(sqlite3.connect(file)) as store, store:
            store.execute("UPDATE kept SET value = ?", (value,))
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            assert result(layer, component(layer, cache=tmp_path)) == found
        assert "damaged" in caplog.text


def test_the_written_pieces_of_a_word_count(tmp_path: Path) -> None:
    asked = []

    def find(doc: Any) -> list[Any]:
        asked.append(doc)
        return []

    kept: Layer[Any] = Layer("any", find, list, tmp_path, ())
    one, other = make_doc(TEXT), make_doc(TEXT)
    other[0]._.fused = True
    for doc in (one, other, make_doc(TEXT)):
        kept(doc)
    assert asked == [one, other]
