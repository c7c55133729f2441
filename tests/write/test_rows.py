"""Events as rows: one for each actor, origin and destination; offsets exact."""

import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from pipeline.events import Argument, Event
from pipeline.schema import EVENTS_SCHEMA
from pipeline.write.rows import Provenance, event_rows
from pipeline.write.tables import parquet_bytes, table

PROVENANCE = Provenance("model", "config", "0")
GOLDEN = Path(__file__).parent / "golden_rows.json"

# 0 وصل | 1 أرسلت 2 طهران 3 قوات 4 وأسلحة 5 من 6 إيران 7 إلى 8 سوريا 9 و 10 لبنان 11 .
WORDS = ["وصل.", "أرسلت", "طهران", "قوات", "و", "أسلحة", "من", "إيران", "إلى", "سوريا"]
WORDS += ["و", "لبنان", "."]
SPACES = [True, True, True, True, False, True, True, True, True, True, False, False, False]
POS = ["VERB", "VERB", "PROPN", "NOUN", "CCONJ", "NOUN", "ADP", "PROPN", "ADP", "PROPN"]
POS += ["CCONJ", "PROPN", "PUNCT"]


def make_doc() -> Doc:
    starts = [n in (0, 1) for n in range(len(WORDS))]
    doc = Doc(Vocab(), words=WORDS, spaces=SPACES, pos=POS, sent_starts=starts, lemmas=WORDS)
    doc._.meta = {"id": "d", "title": "T", "date": "2024-12-06", "source": "S", "url": None}
    return doc


def argument(doc: Doc, start: int, end: int | None = None, **filled: object) -> Argument:
    return Argument(doc[start : end or start + 1], "test", **filled)  # type: ignore[arg-type]


def sent(doc: Doc, **roles: list[Argument]) -> Event:
    return Event(doc[1:2], "sent", "finite", "test.rule", **roles)  # type: ignore[arg-type]


def rows_of(*events: Event) -> list[dict[str, object]]:
    doc = events[0].trigger.doc
    doc._.events = list(events)
    return event_rows(doc, PROVENANCE)


def full_event() -> Event:
    doc = make_doc()
    event = sent(
        doc,
        agent=[argument(doc, 2, name="Tehran", type="GPE", code="IRN", country="IRN")],
        theme=[argument(doc, 3, name="forces", type="ORG"), argument(doc, 5, name="weapons")],
        origin=[argument(doc, 7, name="Iran", country="IRN", geonameid=130758, lat=32.0, lon=53.0)],
        destination=[argument(doc, 9, name="Syria"), argument(doc, 11, name="Lebanon")],
        time=[doc[0:1]],
    )
    event.event_date, event.event_date_end = date(2024, 12, 1), date(2024, 12, 6)
    event.theme_count_min, event.theme_count_max = 20_000, 99_999
    event.confidence = 0.75
    return event


def test_a_row_for_each_destination() -> None:
    rows = rows_of(full_event())
    assert [row["destination_name"] for row in rows] == ["Syria", "Lebanon"]
    assert len({row["record_id"] for row in rows}) == 2
    assert len({row["event_id"] for row in rows}) == 1


def test_themes_that_stand_together_are_one_span() -> None:
    row = rows_of(full_event())[0]
    assert row["theme_text"] == "قوات وأسلحة"
    assert row["theme_name"] == "forces and weapons"
    assert row["theme_type"] is None  # they do not agree


def test_themes_apart_have_a_row_each() -> None:
    doc = make_doc()
    event = sent(doc, agent=[argument(doc, 2)], theme=[argument(doc, 3), argument(doc, 7)])
    assert [row["theme_text"] for row in rows_of(event)] == ["قوات", "إيران"]


def test_without_agent_each_theme_is_an_actor() -> None:
    doc = make_doc()
    rows = rows_of(sent(doc, theme=[argument(doc, 3), argument(doc, 5)]))
    assert [(row["actor_text"], row["theme_text"], row["agent_text"]) for row in rows] == [
        ("قوات", "قوات", None),
        ("أسلحة", "أسلحة", None),
    ]


def test_an_event_without_roles_has_one_row() -> None:
    [row] = rows_of(sent(make_doc()))
    assert row["actor_text"] is row["destination_text"] is row["theme_start"] is None
    assert row["sentence_id"] == "d#2"
    assert row["publication_date"] == date(2024, 12, 6)


def test_the_same_row_is_written_once_and_order_is_the_text_s() -> None:
    doc = make_doc()
    first = Event(doc[0:1], "arrived", "finite", "r")
    place = [argument(doc, 9), argument(doc, 9)]
    rows = rows_of(sent(doc, destination=place), first)
    assert [row["action"] for row in rows] == ["arrived", "sent"]


def test_ids_depend_on_document_and_place() -> None:
    one, other = full_event(), full_event()
    other.trigger.doc._.meta = {"id": "e"}
    assert rows_of(one)[0]["event_id"] == rows_of(full_event())[0]["event_id"]
    assert rows_of(one)[0]["event_id"] != rows_of(other)[0]["event_id"]


def test_golden_table() -> None:
    """The whole table, column by column; a changed golden file is a changed contract."""
    made = pq.read_table(
        _file(parquet_bytes([table(rows_of(full_event()), EVENTS_SCHEMA)], EVENTS_SCHEMA))
    )
    assert made.schema == EVENTS_SCHEMA
    found = json.loads(json.dumps(made.to_pylist(), default=str))
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_the_same_table_has_the_same_bytes() -> None:
    first, second = (
        parquet_bytes([table(rows_of(full_event()), EVENTS_SCHEMA)], EVENTS_SCHEMA) for _ in "12"
    )
    assert first == second


def test_a_row_without_a_column_is_refused() -> None:
    row = rows_of(full_event())[0]
    del row["action"]
    with pytest.raises(KeyError, match="action"):
        table([row], EVENTS_SCHEMA)


words = st.lists(
    st.tuples(
        st.text(alphabet="اب ت\u064b\u200fa\U0001f600-", min_size=1, max_size=6).filter(
            lambda word: word.strip()
        ),
        st.booleans(),
    ),
    min_size=2,
    max_size=12,
)


@given(words, st.data())
def test_every_text_is_the_slice_of_its_offsets(
    tokens: list[tuple[str, bool]], data: st.DataObject
) -> None:
    texts, spaces = zip(*tokens, strict=True)
    starts = [True] + [data.draw(st.booleans()) for _ in tokens[1:]]
    pos = [data.draw(st.sampled_from(["NOUN", "CCONJ", "ADP"])) for _ in tokens]
    doc = Doc(Vocab(), words=list(texts), spaces=list(spaces), sent_starts=starts, pos=pos)
    doc._.meta = {"id": "d"}

    def span() -> Span:
        start = data.draw(st.integers(0, len(doc) - 1))
        return doc[start : data.draw(st.integers(start + 1, len(doc)))]

    def some() -> list[Argument]:
        return [Argument(span(), "r") for _ in range(data.draw(st.integers(0, 2)))]

    roles = {role: some() for role in ("agent", "theme", "origin", "destination", "via")}
    event = Event(span(), "moved", "finite", "r", time=[span()], **roles)  # type: ignore[arg-type]
    for row in rows_of(event):
        for column, text in row.items():
            if column.endswith("_text") and text is not None:
                name = column.removesuffix("_text")
                assert doc.text[row[f"{name}_start"] : row[f"{name}_end"]] == text  # type: ignore[misc]
        assert doc.text[row["sentence_start"] : row["sentence_end"]] == row["sentence"]  # type: ignore[misc]


def _file(data: bytes) -> object:
    import pyarrow as pa

    return pa.BufferReader(data)
