"""CoNLL-U of Docs, read back by the official tools."""

import io
from pathlib import Path

import pytest
from spacy.tokens import Doc
from udtools import Validator
from udtools.incident import IncidentType
from udtools.udeval import load_conllu

from pipeline.annotate.conllu import to_conllu, write_conllu
from tests.annotate.hand_built import doc_of
from tests.annotate.test_docs import TEXT, hand_built

DOCS = {
    "fused": hand_built(),
    "two sentences": doc_of(
        "قال ذلك.  «عاد»\u200f",
        [
            ([("قال", "VERB", 0, "root")], "O"),
            ([("ذلك", "DET", 1, "obj")], "O"),
            ([(".", "PUNCT", 1, "punct")], "O"),
        ],
        [
            ([("«", "PUNCT", 2, "punct")], "O"),
            ([("عاد", "VERB", 0, "root")], "O"),
            ([("»", "PUNCT", 2, "punct")], "O"),
        ],
    ),
    "all fused": doc_of(
        "ولبنان وها",
        [
            ([("و", "CCONJ", 2, "cc"), ("لبنان", "X", 0, "root")], "S-GPE"),
            ([("و", "CCONJ", 4, "cc"), ("ها", "PRON", 2, "conj")], "O"),
        ],
    ),
}


@pytest.fixture(params=DOCS, ids=list(DOCS))
def doc(request: pytest.FixtureRequest) -> Doc:
    return DOCS[request.param]


def rows(conllu: str) -> list[list[str]]:
    return [line.split("\t") for line in conllu.splitlines() if line and line[0] != "#"]


def test_the_official_validator_accepts_it(doc: Doc) -> None:
    validator = Validator(lang="ar", level=2)
    state = validator.validate_file_handle(io.StringIO(to_conllu(doc, "a b")))
    assert not state.error_counter.get(IncidentType.ERROR)


def test_the_official_reader_finds_the_words(doc: Doc) -> None:
    read = load_conllu(io.StringIO(to_conllu(doc, "x")), "x.conllu", {})
    expected = [t.norm_ if t._.fused else t.text for t in doc if not t.is_space]
    assert [word.columns[1] for word in read.words] == expected
    assert len(read.sentences) == len(list(doc.sents))


def test_offsets_give_the_surface(doc: Doc) -> None:
    for _, form, *_, misc in rows(to_conllu(doc, "x")):
        if misc != "_":
            place = dict(pair.split("=") for pair in misc.split("|"))
            assert doc.text[int(place["start_char"]) : int(place["end_char"])] == form


def test_ranges_entities_and_comments() -> None:
    conllu = to_conllu(hand_built(), "a b")
    assert conllu.startswith("# newdoc id = a b\n# sent_id = a_b-1\n# text = وقَال وزير للعراق إن\n")
    ranges = [(row[0], row[1], row[9]) for row in rows(conllu) if "-" in row[0]]
    assert ranges == [
        ("1-2", "وقَال", "start_char=0|end_char=5|NER=O"),
        ("4-5", "للعراق", "start_char=11|end_char=17|NER=B-GPE"),
    ]
    assert TEXT[11:17] == "للعراق"


def test_a_doc_without_words_gives_nothing() -> None:
    assert to_conllu(doc_of("قال", [([("قال", "VERB", 0, "root")], "O")])[:0].as_doc(), "x") == ""


def test_the_file_is_whole_or_not_there(tmp_path: Path) -> None:
    doc = hand_built()
    doc._.meta = {"id": "one"}
    assert write_conllu([doc], tmp_path / "sub" / "x.conllu") == 1

    def failing() -> object:
        yield doc
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        write_conllu(failing(), tmp_path / "y.conllu")  # type: ignore[arg-type]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["sub"]
