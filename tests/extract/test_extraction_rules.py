"""Extraction rules on hand-built Docs, without any model."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

import pipeline.components  # noqa: F401  (registers the factories)
from pipeline.extract.conjugation import imperfect_forms, masdar_forms, perfect_forms
from pipeline.extract.lexicon import DEFAULT_FRAME, Frame, load_frame, may_trigger
from pipeline.extract.triggers import candidate_of

NLP = spacy.blank("ar")
for component in ("event_triggers", "event_arguments"):
    NLP.add_pipe(component)

Row = tuple[str, str, str, int, str]  # word, lemma, UPOS, head (1-based, 0 root), relation


def events_of(rows: list[Row]) -> Doc:
    """The Doc of a hand-drawn tree, with its events."""
    doc = Doc(
        NLP.vocab,
        words=[row[0] for row in rows],
        lemmas=[row[1] for row in rows],
        pos=[row[2] for row in rows],
        heads=[i if row[3] == 0 else row[3] - 1 for i, row in enumerate(rows)],
        deps=[row[4] for row in rows],
        sent_starts=[i == 0 for i in range(len(rows))],
    )
    for _, component in NLP.pipeline:
        doc = component(doc)
    return doc


def roles(doc: Doc) -> list[dict[str, list[str]]]:
    """Action and role texts of each event."""
    names = ("agent", "theme", "origin", "destination")
    return [
        {"action": [event.action]}
        | {name: [a.span.text for a in event.arguments(name)] for name in names}
        for event in doc._.events
    ]


def test_idafa_of_an_intransitive_masdar_is_the_theme() -> None:
    doc = events_of(
        [
            ("بدأ", "بدأ", "VERB", 0, "root"),
            ("انسحاب", "انسحاب", "NOUN", 1, "nsubj"),
            ("القوات", "قوة", "NOUN", 2, "nmod"),
            ("من", "من", "ADP", 5, "case"),
            ("المدينة", "مدينة", "NOUN", 2, "nmod"),
        ]
    )
    assert roles(doc) == [
        {
            "action": ["withdrew"],
            "agent": [],
            "theme": ["القوات"],
            "origin": ["المدينة"],
            "destination": [],
        }
    ]


def test_goals_are_split_and_a_stray_attachment_is_named() -> None:
    doc = events_of(
        [
            ("أرسل", "أرسل", "VERB", 0, "root"),
            ("الجيش", "جيش", "NOUN", 1, "nsubj"),
            ("جنودا", "جندي", "NOUN", 1, "obj"),
            ("إلى", "إلى", "ADP", 5, "case"),
            ("المدينة", "مدينة", "NOUN", 3, "nmod"),
            ("و", "و", "CCONJ", 7, "cc"),
            ("القرية", "قرية", "NOUN", 5, "conj"),
        ]
    )
    (event,) = doc._.events
    assert [a.span.text for a in event.agent] == ["الجيش"]
    assert [a.span.text for a in event.theme] == ["جنودا"]
    assert [a.span.text for a in event.destination] == ["المدينة", "القرية"]
    assert {a.rule for a in event.destination} == {"destination.nominal"}


@pytest.mark.parametrize(("goal", "lemma", "kept"), [("بيروت", "مدينة", 1), ("اتفاق", "اتفاق", 0)])
def test_an_abstract_goal_is_no_movement(goal: str, lemma: str, kept: int) -> None:
    doc = events_of(
        [
            ("وصل", "وصل", "VERB", 0, "root"),
            ("الوفد", "وفد", "NOUN", 1, "nsubj"),
            ("إلى", "إلى", "ADP", 4, "case"),
            (goal, lemma, "NOUN", 1, "obl"),
        ]
    )
    assert len(doc._.events) == kept
    assert (doc._.trigger_candidates[0].rejected_by is None) == bool(kept)


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (perfect_forms("عاد"), {"عادت", "عدنا", "عادوا", "عيد"}),
        (perfect_forms("فر"), {"فرا", "فروا", "فررت"}),
        (perfect_forms("أجلى"), {"اجلت", "اجلوا", "اجلي"}),
        (imperfect_forms("يغادر"), {"يغادر", "تغادر", "يغادرون", "نغادر"}),
        (imperfect_forms("يزور"), {"يزورون", "يزار"}),
        (masdar_forms("عودة"), {"عوده", "عودت"}),
    ],
)
def test_forms(forms: object, expected: set[str]) -> None:
    assert expected <= set(forms)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "word", ["وسينقلونهم", "إعادتهم", "للوصول", "ونشرت", "بطرد", "الانسحاب", "أعود"]
)
def test_the_screen_lets_triggers_through(word: str) -> None:
    assert may_trigger(load_frame(), word, word, "_")


def test_the_screen_lets_every_word_of_the_frame_through() -> None:
    frame = load_frame()
    assert all(may_trigger(frame, form, form, "_") for _, form in frame.by_form)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [("valency: drifting", "drifting"), ("valency: self, colour: red", "colour")],
)
def test_a_frame_with_an_unknown_field_or_valency_is_refused(
    tmp_path: Path, wrong: str, named: str
) -> None:
    path = tmp_path / "frame.yaml"
    text = DEFAULT_FRAME.read_text(encoding="utf-8")
    row = "triggers:\n  - {action: left, verb: سافر, " + wrong + "}\n"
    path.write_text(text.replace("triggers:\n", row, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=named):
        Frame(path)


def test_the_screen_stops_other_words() -> None:
    assert not may_trigger(load_frame(), "كتاب", "كتاب", "كتاب")


@pytest.mark.parametrize(
    ("word", "tag", "features", "entity", "found"),
    [
        ("أعود", "VERB", "Aspect=Imp|Person=1", "", True),
        ("أعود", "X", "", "", True),
        ("أقدم", "VERB", "Aspect=Perf|Person=3", "", False),
        ("أعود", "X", "", "PER", False),
        ("أصل", "NOUN", "", "", False),
    ],
)
def test_the_first_person_singular_is_a_trigger_where_tags_allow_it(
    word: str, tag: str, features: str, entity: str, found: bool
) -> None:
    doc = Doc(NLP.vocab, words=["لن", word], lemmas=["لن", word], pos=["PART", tag],
              morphs=["", features], heads=[1, 1], deps=["advmod", "root"],
              ents=["O", f"B-{entity}" if entity else "O"])  # fmt: skip
    candidate = candidate_of(doc[1], load_frame())
    assert (candidate is not None and candidate.kind == "verb") == found


@pytest.mark.parametrize(
    ("word", "lemma", "tag", "morph", "found"),
    [
        ("توصل", "توصل", "VERB", "Aspect=Perf", False),
        ("تخلى", "تخلى", "VERB", "Aspect=Perf", False),
        ("تجلي", "جلى", "VERB", "Aspect=Imp", True),  # «أجلى», of another lemma by the model
        ("سيرت", "سيرة", "NOUN", "", False),
        ("سيرت", "سير", "VERB", "Aspect=Perf", True),
        ("العائدات", "عائد", "NOUN", "", False),
        ("العائدون", "عائد", "NOUN", "", True),
        ("وفرت", "وفر", "VERB", "Aspect=Perf", False),
        ("سجلت", "سجل", "VERB", "Aspect=Perf", False),
        ("داخلي", "داخلي", "ADJ", "", False),
    ],
)
def test_words_spelled_as_triggers(
    word: str, lemma: str, tag: str, morph: str, found: bool
) -> None:
    doc = Doc(
        NLP.vocab,
        words=["قد", word, "اللجنة"],
        lemmas=["قد", lemma, "لجنة"],
        pos=["PART", tag, "NOUN"],
        morphs=["", morph, ""],
        heads=[1, 1, 1],
        deps=["advmod", "root", "nsubj"],
        sent_starts=[True, False, False],
    )
    assert (candidate_of(doc[1], load_frame()) is not None) == found
