"""The words in which toponyms are looked up: tokens, and pieces of names that were cut joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.attrs import NORM, ORTH, SPACY
from spacy.tokens import Doc, Token

from pipeline.data_files import read_yaml
from pipeline.extract.word_memo import WordMemo
from pipeline.resolve.gazetteer import Gazetteer, Place
from pipeline.resolve.lexicon import phrase_key, word_key

#: What a hashtag adds to a name: «#الولايات_المتحدة».
_HASHTAG = "#_"


class Word(NamedTuple):
    """A word of the text: its normal form and key, and the tokens it is made of."""

    norm: str
    key: str
    start: int
    end: int


class PlaceNouns:
    """The feature nouns of ``places_nouns.yaml``, by class."""

    def __init__(self, path: Path) -> None:
        """Reads the file. Raises FileNotFoundError where it does not exist."""
        classes = read_yaml(path)
        self._excluded = {phrase_key(phrase) for phrase in classes.pop("excluded")}
        self._classes: dict[str, set[str]] = {}
        for name, nouns in classes.items():
            for noun in nouns:
                self._classes.setdefault(word_key(noun), set()).add(name)

    def classes(self, token: Token) -> set[str]:
        """The classes of a noun, by its written form, then by its lemma; empty for others."""
        return self.of_word(token.norm_) or self.of_word(token.lemma_)

    def is_excluded(self, phrase: str) -> bool:
        """True for phrases that begin like a name and are none: «مسقط رأس»."""
        return phrase_key(phrase) in self._excluded

    def of_word(self, word: str) -> set[str]:
        """The classes of a written form; empty for other words."""
        return self._classes.get(word_key(word), set())


class PlaceWords:
    """Cuts a Doc into words; what the tokeniser cut off a name or a feature noun is joined."""

    def __init__(self, gazetteer: Gazetteer, nouns: PlaceNouns) -> None:
        self._gazetteer = gazetteer
        self._nouns = nouns
        self._norms: WordMemo[tuple[str, str] | None] = WordMemo([ORTH, NORM], _norm_and_key)

    def words(self, doc: Doc) -> Iterator[Word]:
        """The words of ``doc``: «برشلونة» may have been read as ب + رشلونة."""
        norms = self._norms(doc)
        cut = {group[0].i: group for group in self._cut_names(doc)}
        at = 0
        while at < len(norms):
            if group := cut.get(at):
                text = "".join(token.text for token in group)
                yield Word(text, word_key(text), at, at + len(group))
                at += len(group)
                continue
            if norm := norms[at]:
                yield Word(*norm, at, at + 1)
            at += 1

    def _cut_names(self, doc: Doc) -> Iterator[list[Token]]:
        """The pieces of each name that was cut: of a fused word, or of the rest of one."""
        for group in _fused_groups(doc):
            rests = (group[start:] for start in range(len(group) - 1))
            if name := next((rest for rest in rests if self._is_cut(doc, rest)), None):
                yield name

    def _is_cut(self, doc: Doc, group: Sequence[Token]) -> bool:
        """True where the whole is a name or feature noun, and not a proclitic with a name."""
        text = "".join(token.text for token in group)
        if len(text) <= 3:
            return False
        if self._beside_rest(doc, group, text):
            return True
        whole = self._gazetteer.lookup(text)
        proclitics = all(len(token) == 1 for token in group[:-1])
        rest = self._gazetteer.lookup(group[-1].norm_) if proclitics else ()
        if rest and (not self._is_known(whole) or self._is_known(rest)):
            return False
        return bool(whole or self._nouns.of_word(text))

    def _is_known(self, candidates: tuple[Place, ...]) -> bool:
        return bool(candidates) and self._gazetteer.is_curated(candidates[0])

    def _beside_rest(self, doc: Doc, group: Sequence[Token], text: str) -> bool:
        """«بيونغ» (ب + يونغ) before «يانغ», «بازار» (ب + ازار) after «كوكس»."""
        start, end = group[0].i, group[-1].i + 1
        before = doc[start - 1].norm_ if start else ""
        after = doc[end].norm_ if end < len(doc) else ""
        names = (f"{text} {after}" if after else "", f"{before} {text}" if before else "")
        return any(name and self._gazetteer.lookup(name) for name in names)


def _norm_and_key(form: str, norm: str) -> tuple[str, str] | None:
    """The word that a token is, and its key; None for white space."""
    if form.isspace():
        return None
    word = norm.strip(_HASHTAG)
    return word, word_key(word)


def _fused_groups(doc: Doc) -> Iterator[list[Token]]:
    """The pieces of each written word that was cut."""
    group: list[Token] = []
    for at, followed in enumerate(doc.to_array(SPACY).tolist()):
        if followed and not group:
            continue
        fused = bool(doc[at]._.fused)
        if fused:
            group.append(doc[at])
        if followed or not fused:
            if len(group) > 1:
                yield group
            group = []
    if len(group) > 1:
        yield group
