"""spaCy Docs from Stanza sentences, equal to the article to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.parts_of_speech import IDS
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.annotate.entities import entity_labels
from pipeline.annotate.fusion import split_surface
from pipeline.annotate.model_text import ModelText
from pipeline.events import set_fused
from pipeline.text import strip_marks

if TYPE_CHECKING:
    from stanza.models.common.doc import Sentence, Word

#: The relation in sentences that were not parsed. (spaCy takes heads without one for missing.)
UNPARSED = "unparsed"

_UPOS = frozenset(IDS) - {"", "CONJ", "EOL", "SPACE"}
_GAP_RUNS = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article, with the Stanza sentences found in it.

    ``offset`` is the place of the model text's first character in the text that Stanza was given:
    a token's ``start_char - offset`` indexes ``model_text.text``.
    """

    model_text: ModelText
    sentences: list[Sentence]
    offset: int = 0


@dataclass(slots=True)
class Unit:
    """What becomes one spaCy token: a stretch of the article and the word (or words) in it.

    ``token`` is the number of the surface token in the sentence, ``ner`` its BIOES label.
    """

    start: int
    end: int
    words: list[Word]
    token: int
    fused: bool
    ner: str

    @property
    def word(self) -> Word:
        """The word that speaks for the unit: the highest in the tree."""
        if len(self.words) == 1:
            return self.words[0]
        return min(self.words, key=_depth)


def _depth(word: Word) -> int:
    depth = 0
    while word.head:
        word = word.sent.words[word.head - 1]
        depth += 1
    return depth


@dataclass(slots=True)
class _Rows:
    """The columns of a Doc under construction, one entry a spaCy token."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    norms: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    heads: list[int | None] = field(default_factory=list)  # None: the next row that has a word
    deps: list[str] = field(default_factory=list)
    ents: list[str] = field(default_factory=list)
    fused: list[int] = field(default_factory=list)  # rows that are pieces of a fused token

    def add_gap(self, gap: str) -> None:
        """Append characters that no word covers; a single space goes to the row before."""
        if gap.startswith(" ") and self.spaces and not self.spaces[-1]:
            self.spaces[-1] = True
            gap = gap[1:]
        for run in _GAP_RUNS.findall(gap):
            self._add(run, run, "SPACE" if run.isspace() else "X")
            self.heads.append(len(self.heads) - 1 if self.heads else None)
            self.deps.append("dep")
            self.ents.append("O")

    def add_unit(self, surface: str, unit: Unit, entity: str) -> None:
        """Append a word; its head is set when the whole sentence stands."""
        word = unit.word
        lemma = strip_marks(word.lemma or "")
        self._add(
            surface,
            word.text,
            word.upos if word.upos in _UPOS else "X",
            tag=word.xpos or "",
            lemma=lemma if lemma and lemma != "_" else word.text,
            morph=word.feats or "",
        )
        if unit.fused:
            self.fused.append(len(self.words) - 1)
        self.heads.append(None)
        self.deps.append(word.deprel or UNPARSED)
        self.ents.append(entity)

    def _add(
        self, word: str, norm: str, pos: str, tag: str = "", lemma: str = "", morph: str = ""
    ) -> None:
        self.words.append(word)
        self.spaces.append(False)
        self.norms.append(norm)
        self.pos.append(pos)
        self.tags.append(tag)
        self.lemmas.append(lemma or norm)
        self.morphs.append(morph)


def build_doc(vocab: Vocab, text: str, paragraphs: Iterable[Paragraph]) -> Doc:
    """A Doc with ``doc.text == text`` and the words, tags, trees and entities of the sentences.

    Characters that no Stanza token covers stand in tokens of their own: white space with
    ``pos_`` SPACE, anything else with ``pos_`` X, attached to a neighbour with ``dep_`` dep.
    A sentence without a parse hangs flat on its first word, with ``dep_`` :data:`UNPARSED`.
    ``text`` must be encodable (no lone surrogates).
    """
    rows = _Rows()
    position = 0  # characters of the text that stand in rows
    for paragraph in paragraphs:
        for sentence in paragraph.sentences:
            found = list(units(text, sentence, paragraph, position))
            row_of_word: dict[int, int] = {}
            row_of_unit: list[int] = []
            for unit, entity in zip(found, entity_labels(found), strict=True):
                rows.add_gap(text[position : unit.start])
                row_of_unit.append(len(rows.words))
                row_of_word.update((word.id, len(rows.words)) for word in unit.words)
                rows.add_unit(text[unit.start : unit.end], unit, entity)
                position = unit.end
            _attach(rows, found, row_of_unit, row_of_word)
    rows.add_gap(text[position:])
    _attach_leading_gaps(rows)
    return _doc(vocab, rows)


def units(text: str, sentence: Sentence, paragraph: Paragraph, position: int) -> Iterator[Unit]:
    """The sentence as stretches of the article that begin at or after ``position``.

    No stretch begins or ends with white space. Fused tokens are cut so that the pieces
    concatenate. A word without letters of its own shares the unit before it (the one after it, at
    the start of a sentence).
    """
    model = paragraph.model_text
    last: Unit | None = None
    waiting: list[Word] = []
    for number, token in enumerate(sentence.tokens):
        begin = token.start_char - paragraph.offset
        surface = model.text[begin : token.end_char - paragraph.offset]
        lengths = split_surface(surface, tuple(word.text for word in token.words))
        for word, length in zip(token.words, lengths, strict=True):
            start = max(model.starts[begin], position) if length else position
            end = max(model.ends[begin + length - 1], position) if length else position
            begin += length
            start, end = _trimmed(text, start, end)
            if start < end:
                if last:
                    yield last
                fused = len(token.words) > 1
                last = Unit(start, end, [*waiting, word], number, fused, token.ner or "O")
                waiting, position = [], end
            elif last:
                last.words.append(word)
            else:
                waiting.append(word)
    if last:
        yield last


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _attach(
    rows: _Rows, found: list[Unit], row_of_unit: list[int], row_of_word: dict[int, int]
) -> None:
    """Set the heads of a sentence's rows."""
    for unit, row in zip(found, row_of_unit, strict=True):
        head = unit.word.head
        if head is None:
            rows.heads[row] = row_of_unit[0]
        else:
            rows.heads[row] = row_of_word[head] if head else row


def _attach_leading_gaps(rows: _Rows) -> None:
    """Gaps before the first word hang on it."""
    first = next((i for i, dep in enumerate(rows.deps) if dep != "dep" or rows.heads[i] == i), 0)
    for row, head in enumerate(rows.heads):
        if head is None:
            rows.heads[row] = first


def _doc(vocab: Vocab, rows: _Rows) -> Doc:
    doc = Doc(
        vocab,
        words=rows.words,
        spaces=rows.spaces,
        pos=rows.pos,
        tags=rows.tags,
        lemmas=rows.lemmas,
        morphs=rows.morphs,
        heads=[head or 0 for head in rows.heads],
        deps=rows.deps,
        ents=rows.ents,
    )
    for token, norm in zip(doc, rows.norms, strict=True):
        token.norm_ = norm
    set_fused(doc, rows.fused)
    return doc
