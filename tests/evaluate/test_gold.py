import json

import pytest

from pipeline.evaluate.gold import GoldError, locate, read_gold


def write(path, *records):
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def event(**changes):
    return {"trigger": "عاد", "action": "returned", "theme": None, **changes}


def test_offsets_of_strings_and_of_numbered_occurrences():
    text = "عاد ثم عاد إلى دمشق"
    assert locate("عاد", text) == (0, 3)
    assert locate(["عاد", 1], text) == (7, 10)
    with pytest.raises(GoldError, match="occurrence 2"):
        locate(["عاد", 2], text)


def test_roles_may_be_null_a_string_a_numbered_string_or_a_list_of_these(tmp_path):
    text = "عاد علي من حلب إلى حلب وحمص"
    record = {
        "id": "x",
        "text": text,
        "events": [
            event(
                theme=["علي", 0],
                origin=[["حلب", 0]],
                destination=[["حلب", 1], "حمص"],
                attribution=None,
            )
        ],
    }
    (gold,) = read_gold(write(tmp_path / "g.jsonl", record))
    (frame,) = gold.frames
    spans = {role: [text[s:e] for s, e in found] for role, found in frame.roles.items()}
    assert spans["theme"] == ["علي"]
    assert spans["destination"] == ["حلب", "حمص"]
    assert frame.roles["origin"] != frame.roles["destination"][:1]
    assert spans["attribution"] == []


def test_lines_of_a_document_are_joined_and_offsets_shifted(tmp_path):
    records = [
        {"id": "d-1", "doc": "d", "text": "وصل الوزير.", "events": []},
        {
            "id": "d-2",
            "doc": "d",
            "text": "ثم عاد إلى بيته.",
            "events": [event(theme_antecedent="الوزير", destination=["بيته"])],
        },
        {"id": "e-1", "doc": "e", "text": "عاد.", "events": [event()]},
    ]
    first, second = read_gold(write(tmp_path / "g.jsonl", *records), by_document=True)
    assert first.text == "وصل الوزير.\nثم عاد إلى بيته."
    (frame,) = first.frames
    assert first.text[slice(*frame.trigger)] == "عاد"
    assert [first.text[slice(*span)] for span in frame.fillers("destination")] == ["بيته"]
    assert [first.text[slice(*span)] for span in frame.optional("actor")] == ["الوزير"]
    assert [(line.id, first.text[line.start : line.end]) for line in first.lines] == [
        ("d-1", "وصل الوزير."),
        ("d-2", "ثم عاد إلى بيته."),
    ]
    assert second.id == "e"


@pytest.mark.parametrize(
    ("line", "message"),
    [("{", "not JSON"), ("[]", "needs the fields"), ('{"id": 1}', "needs the fields")],
)
def test_broken_lines_are_named(tmp_path, line, message):
    path = tmp_path / "g.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(GoldError, match=f"g.jsonl:2: .*{message}"):
        read_gold(path)
