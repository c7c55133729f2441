"""The words in which toponyms are looked up: tokens, and pieces of names that were cut joined."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml
from spacy.tokens import Doc, Span, Token

from pipeline.resolve.gazetteer import Gazetteer, Place
from pipeline.resolve.lexicon import phrase_key, word_key

#: What a hashtag adds to a name: «#الولايات_المتحدة».
_HASHTAG = "#_"


class Word(NamedTuple):
    """A word of the text: its normal form, the tokens it is made of, the last of these."""

    norm: str
    start: int
    end: int
    token: Token


class PlaceNouns:
    """The feature nouns of ``places_nouns.yaml``, by class."""

    def __init__(self, path: Path) -> None:
        """Reads the file. Raises FileNotFoundError where it does not exist."""
        classes = yaml.safe_load(path.read_text(encoding="utf-8"))
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

    def words(self, doc: Doc) -> Iterator[Word]:
        """The words of ``doc``: «برشلونة» may have been read as ب + رشلونة."""
        tokens = list(doc)
        at = 0
        while at < len(tokens):
            end = at + 1
            while end < len(tokens) and _continues(tokens[end - 1], tokens[end]):
                end += 1
            if end - at > 1 and self._is_cut(group := doc[at:end]):
                yield Word(group.text, at, end, tokens[end - 1])
                at = end
                continue
            token = tokens[at]
            if not token.is_space:
                yield Word(token.norm_.strip(_HASHTAG), at, at + 1, token)
            at += 1

    def _is_cut(self, group: Span) -> bool:
        """True where the whole is a name or feature noun, and not a proclitic with a name."""
        if len(group.text) <= 3:
            return False
        if self._beside_rest(group):
            return True
        whole = self._gazetteer.lookup(group.text)
        proclitics = all(len(token) == 1 for token in group[:-1])
        rest = self._gazetteer.lookup(group[-1].norm_) if proclitics else ()
        if rest and (not self._is_known(whole) or self._is_known(rest)):
            return False
        return bool(whole or self._nouns.of_word(group.text))

    def _is_known(self, candidates: tuple[Place, ...]) -> bool:
        return bool(candidates) and self._gazetteer.is_curated(candidates[0])

    def _beside_rest(self, group: Span) -> bool:
        """«بيونغ» (ب + يونغ) before «يانغ», «بازار» (ب + ازار) after «كوكس»."""
        doc = group.doc
        before = doc[group.start - 1].norm_ if group.start else ""
        after = doc[group.end].norm_ if group.end < len(doc) else ""
        names = (
            f"{group.text} {after}" if after else "",
            f"{before} {group.text}" if before else "",
        )
        return any(name and self._gazetteer.lookup(name) for name in names)


def _continues(piece: Token, following: Token) -> bool:
    """True for two pieces of one written word."""
    return not piece.whitespace_ and bool(piece._.fused and following._.fused)
