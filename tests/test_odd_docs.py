"""Whatever the parser makes of whatever text, no stage raises, and every span is a slice."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import pipeline
from pipeline.text import strip_marks
from pipeline.write.rows import Provenance, event_rows

Columns = dict[str, list[object]]

CONFIG = Path(__file__).resolve().parents[1] / "configs/movement.cfg"

#: Words of movement, of what stands around it, and words that are hardly words.
WORDS = [
    word
    for line in (
        "نقل نقلهم وصل وصلت غادر أرسلت عاد انسحاب إجلاء العائدون دخول تم يتم بدأت قام وقال قال",
        "إلى من ل لل عبر في ب ب+ بين أن إن الذي الذين ما لم لن س سـ قد أعلن وفقا بحسب و ف ثم",
        "سوريا دمشق حلب إيران الإيراني لندن الوفد قوات قادة فيلق القدس الرئيس محمد علي هو هم ه",
        "يوم الجمعة أمس قبل ثلاثة أيام 3 2018 15/3 ٤ آلاف عشرات مئات مليون شخص لكن ليس ها",
        'ـ ـــ ً \u0651 ا ة ى . ، : « » " ( ) - … ؟ @ # \u200f \ufffd 🙂 a NATO ﻻ ك',
    )
    for word in line.split()
]
POS = ("VERB", "NOUN", "ADJ", "X", "PROPN", "ADP", "CCONJ", "SCONJ", "PRON", "NUM", "PUNCT", "ADV")
DEPS = (
    *("nsubj", "obj", "obl", "obl:arg", "nmod", "amod", "conj", "cc", "case", "mark", "xcomp"),
    *("ccomp", "acl", "acl:relcl", "advcl", "parataxis", "nsubj:pass", "nummod", "flat:foreign"),
    *("appos", "aux", "aux:pass", "advmod:emph", "dep", "unparsed"),
)
FEATURES = (
    *("", "Case=Gen", "Case=Nom|Definite=Def", "Aspect=Perf", "Aspect=Imp|Mood=Ind", "Voice=Pass"),
    *("Number=Plur", "Number=Dual|Gender=Fem", "Person=3|Number=Plur|Gender=Masc", "VerbForm=Part"),
)
ENTITIES = ("O", "O", "O", "B-PER", "B-LOC", "B-ORG", "B-GPE")


@pytest.fixture(scope="module")
def nlp() -> Iterator[Language]:
    """The default pipeline without the models."""
    language = pipeline.load(CONFIG)
    language.select_pipes(disable="stanza")
    yield language


@st.composite
def odd_sentence(draw: st.DrawFn) -> Columns:
    """Columns of a sentence: any word with any tag and any relation in any tree."""
    size = draw(st.integers(1, 10))

    def some(values: Sequence[object]) -> list[object]:
        return draw(st.lists(st.sampled_from(values), min_size=size, max_size=size))

    root = draw(st.integers(0, size - 1))
    # Each word hangs on one that comes earlier in a random order.
    order = [root, *draw(st.permutations([i for i in range(size) if i != root]))]
    heads: list[object] = [root] * size
    for place, word in enumerate(order[1:], 1):
        heads[word] = order[draw(st.integers(0, place - 1))]
    deps = some(DEPS)
    deps[root] = "root"
    return {
        "words": some(WORDS),
        "pos": some(POS),
        "morphs": some(FEATURES),
        "spaces": some((True, True, False)),
        "ents": some(ENTITIES),
        "lemmas": some((*WORDS, *[""] * len(WORDS))),
        "fused": some((True, False, False)),
        "heads": heads,
        "deps": deps,
    }


def built(nlp: Language, sentences: list[Columns]) -> Doc:
    columns: Columns = {name: [] for name in sentences[0]}
    for sentence in sentences:
        offset = len(columns["words"])
        for name, values in sentence.items():
            columns[name] += [v + offset for v in values] if name == "heads" else values
    fused = columns.pop("fused")
    columns["lemmas"] = [
        strip_marks(lemma or word)
        for lemma, word in zip(columns["lemmas"], columns["words"], strict=True)
    ]
    doc = Doc(nlp.vocab, **columns)
    for token, is_fused in zip(doc, fused, strict=True):
        token.norm_ = token.text
        token._.fused = is_fused
    doc._.meta = {"id": "a", "date": "2018-03-15"}
    return doc


@given(sentences=st.lists(odd_sentence(), min_size=1, max_size=4))
@settings(deadline=None, max_examples=100)
def test_no_stage_raises_and_spans_are_slices(nlp: Language, sentences: list[Columns]) -> None:
    doc = built(nlp, sentences)
    text = doc.text
    for _, component in nlp.pipeline:
        doc = component(doc)
    for row in event_rows(doc, Provenance("models", "config", "version")):
        for column in (name for name in row if name.endswith("_start")):
            role = column.removesuffix("_start")
            if row[column] is not None:
                shown = row["sentence"] if role == "sentence" else row[f"{role}_text"]
                assert text[row[column] : row[f"{role}_end"]] == shown
