"""Classes of nouns: WordNet's files, induced classes, and that own lists win."""

import pytest
import spacy
from spacy.tokens import Doc

from pipeline.extract.lexicon import CONFIGS
from pipeline.extract.semantics import INDUCED, SemanticLexicon
from pipeline.extract.wordnet_classes import WordNetNouns

LEXICONS = CONFIGS / "lexicons"
#: A small WordNet: synset, lexicographer file, words, hypernyms.
SYNSETS = [
    ("00000001", 6, ["structure"], []),
    ("00000002", 6, ["way"], []),
    ("00000003", 6, ["area"], []),
    ("00000004", 6, ["room"], []),
    ("00000005", 6, ["facility"], []),
    ("00000006", 6, ["conveyance"], []),
    ("00000007", 6, ["creation", "representation"], []),
    ("00000008", 17, ["geological_formation", "body_of_water", "land"], []),
    ("00000009", 14, ["social_group", "gathering", "people"], []),
    ("00000010", 14, ["military_unit"], []),
    ("00000011", 18, ["military_personnel", "serviceman"], []),
    ("00000012", 6, ["bridge"], ["00000001"]),
    ("00000013", 18, ["sailor"], ["00000011"]),
    ("00000014", 18, ["teacher"], []),
    ("00000015", 12, ["fear"], []),
    ("00000016", 8, ["bridge"], []),
    ("00000017", 6, ["book"], ["00000007"]),
]


@pytest.fixture(name="wordnet")
def _wordnet(tmp_path):
    senses: dict[str, list[str]] = {}
    data, index = ["  1 licence"], ["  1 licence"]
    for synset, file, words, above in SYNSETS:
        links = " ".join(f"@ {hypernym} n 0000" for hypernym in above)
        spelled = " ".join(f"{word} 0" for word in words)
        data.append(
            f"{synset} {file:02} n {len(words):02x} {spelled} {len(above):03} {links} | gloss"
        )
        for word in words:
            senses.setdefault(word, []).append(synset)
    for word, synsets in senses.items():
        index.append(f"{word} n {len(synsets)} 0 {len(synsets)} 0 {' '.join(synsets)}")
    (tmp_path / "data.noun").write_text("\n".join(data) + "\n", encoding="ascii")
    (tmp_path / "index.noun").write_text("\n".join(index) + "\n", encoding="ascii")
    return WordNetNouns(tmp_path)


@pytest.mark.parametrize(
    ("gloss", "expected"),
    [
        ("bridge", "place"),  # by its hypernym, and by its first sense
        ("sailors", "force"),
        ("primary teacher", "person"),
        ("Fear", "abstract"),
        ("book", "abstract"),
        ("in spite of", None),
    ],
)
def test_english_gloss_has_the_class_of_its_head(wordnet, gloss, expected):
    assert wordnet.class_of(gloss) == expected


def test_induced_classes_fill_in_and_never_override():
    listed, both = SemanticLexicon(LEXICONS, induced=False), SemanticLexicon(LEXICONS)
    assert len(both.derived) > len(listed.derived) + 1000
    assert all(both.derived[word] == names for word, names in listed.derived.items())
    assert both.classes == listed.classes
    assert not both.derived.keys() & (both.classes.keys() | both.lists["quantity"])


def test_induced_file_names_its_licence():
    header = (LEXICONS / INDUCED).read_text(encoding="utf-8").splitlines()[:4]
    assert all(line.startswith("#") for line in header)
    assert "Licence of this file: CC BY-NC-SA 3.0" in header[2]


def test_a_weekday_has_its_article() -> None:
    lexicon = SemanticLexicon(LEXICONS)
    doc = Doc(spacy.blank("ar").vocab, words=["الأحد", "أحد"], lemmas=["أحد", "أحد"])
    assert [lexicon.is_in("time", token) for token in doc] == [True, False]
