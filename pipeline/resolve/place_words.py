"""The words in which toponyms are looked up: tokens, and pieces of names that were cut joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from spacy.attrs import NORM, ORTH, POS, SPACY
from spacy.tokens import Doc, Token

from pipeline.data_files import read_yaml
from pipeline.events import fused_tokens
from pipeline.extract.word_memo import WordMemo
from pipeline.resolve.gazetteer import Gazetteer, Place
from pipeline.resolve.lexicon import has_article, phrase_key, word_key

#: What a hashtag adds to a name: «#الولايات_المتحدة».
_HASHTAG = "#_"
_NISBA_TAGS = frozenset({"ADJ", "NOUN", "X", "PROPN"})
_REMEMBERED = 1 << 14  # distinct cut words whose joining is kept


#: Classes of words beside a team's name, which stand for no place.
_TEAMS = frozenset({"club", "team"})


class Word(NamedTuple):
    """A word, by what its form and tag alone say.

    ``form`` is as written; ``norm``, ``key`` and ``definite`` are what it is looked up by;
    ``width`` is that of the longest name that begins with it, in words, 0 where none does;
    ``nation`` is the country that it is a nisba of.
    """

    form: str
    norm: str
    key: str
    definite: bool
    tag: str
    width: int
    nation: str | None


class Words(NamedTuple):
    """The words of a text in order, their keys, and the tokens of each, from start to end."""

    words: Sequence[Word]
    keys: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]


class PlaceNouns:
    """The feature nouns of ``places_nouns.yaml``, by class."""

    def __init__(self, path: Path) -> None:
        """Reads the file. Raises FileNotFoundError where it does not exist."""
        classes = read_yaml(path)
        self._excluded = {phrase_key(phrase) for phrase in classes.pop("excluded")}
        self._kinship = frozenset(classes.pop("kinship"))
        classes.pop("no_nisbas")  # read by the gazetteer
        self._classes: dict[str, set[str]] = {}
        self._nouns: dict[str, tuple[str, ...]] = {}
        for name, nouns in classes.items():
            self._nouns[name] = tuple(nouns)
            for noun in nouns:
                self._classes.setdefault(word_key(noun), set()).add(name)

    def classes(self, token: Token) -> set[str]:
        """The classes of a noun, by its written form, then by its lemma; empty for others."""
        return (self.of_word(token.norm_) or self.of_word(token.lemma_)) - _TEAMS

    def is_excluded(self, phrase: str) -> bool:
        """True for phrases that are or begin like a name and are no place: «مسقط رأس»."""
        return phrase_key(phrase) in self._excluded

    def of_class(self, name: str) -> tuple[str, ...]:
        """The nouns of a class. Raises KeyError where there is none."""
        return self._nouns[name]

    def is_kinship(self, form: str) -> bool:
        """True for «جده», "his grandfather", as Jeddah is spelled without its dots."""
        return form in self._kinship

    def of_word(self, word: str) -> set[str]:
        """The classes of a written form; empty for other words."""
        return self._classes.get(word_key(word), set())


class PlaceWords:
    """Cuts a Doc into words; what the tokeniser cut off a name or a feature noun is joined."""

    def __init__(self, gazetteer: Gazetteer, nouns: PlaceNouns) -> None:
        self._gazetteer = gazetteer
        self._nouns = nouns
        self._of_tokens: WordMemo[Word | None] = WordMemo([ORTH, NORM, POS], self._of_token)
        self._joined = lru_cache(_REMEMBERED)(self._join)

    def of_tokens(self, doc: Doc) -> list[Word | None]:
        """The word that each token is by itself; None for white space."""
        return self._of_tokens(doc)

    def words(self, doc: Doc, of_tokens: Sequence[Word | None]) -> Words:
        """The words of ``doc``: «برشلونة» may have been read as ب + رشلونة."""
        found = [*of_tokens]
        end_of: dict[int, int] = {}
        for start, end, word in self._cut_names(doc, of_tokens):
            found[start:end] = [word, *[None] * (end - start - 1)]
            end_of[start] = end
        words = [word for word in found if word is not None]
        starts = [at for at, word in enumerate(found) if word is not None]
        ends = [end_of.get(at, at + 1) for at in starts]
        return Words(words, [word.key for word in words], starts, ends)

    def _of_token(self, form: str, norm: str, tag: str) -> Word | None:
        return None if form.isspace() else self._word(form, norm.strip(_HASHTAG), tag, norm)

    def _word(self, form: str, norm: str, tag: str, adjective: str) -> Word:
        """A word; it is a nisba where its tag and ``adjective``, its last piece, allow it."""
        key = word_key(norm)
        is_nisba = tag in _NISBA_TAGS and len(adjective) > 3
        nation = self._gazetteer.demonym(norm) if is_nisba else None
        width = self._gazetteer.longest_name(key)
        return Word(form, norm, key, has_article(norm), tag, width, nation)

    def _cut_names(self, doc: Doc, words: Sequence[Word | None]) -> Iterator[tuple[int, int, Word]]:
        """Start, end and whole of each name that was cut: of a fused word, or the rest of one."""
        for first, end in _fused_groups(doc):
            for start in range(first, end - 1):
                word, is_known = self._joined(tuple(words[start:end]))
                before = words[start - 1] if start else None
                after = words[end] if end < len(words) else None
                if len(word.form) > 3 and (is_known or self._beside_rest(word, before, after)):
                    yield start, end, word
                    break

    def _join(self, pieces: tuple[Word | None, ...]) -> tuple[Word, bool]:
        """The whole, and whether it is a name or feature noun, and not a proclitic with a name."""
        *_, last = [piece for piece in pieces if piece]
        text = "".join(piece.form for piece in pieces if piece)
        joined = self._word(text, text, last.tag, last.norm)
        whole = self._gazetteer.lookup(text)
        proclitics = all(len(piece.form) == 1 for piece in pieces[:-1] if piece)
        rest = self._gazetteer.lookup(last.norm) if proclitics else ()
        if rest and (
            self._is_known(rest) or not (self._is_known(whole) or _is_larger(whole, rest))
        ):
            return joined, False
        return joined, bool(whole or self._nouns.of_word(text))

    def _is_known(self, candidates: tuple[Place, ...]) -> bool:
        return bool(candidates) and self._gazetteer.is_curated(candidates[0])

    def _beside_rest(self, word: Word, before: Word | None, after: Word | None) -> bool:
        """«بيونغ» (ب + يونغ) before «يانغ», «بازار» (ب + ازار) after «كوكس»."""
        called = self._gazetteer.called
        return bool(
            (after and after.key and called(word.key + after.key, word.definite))
            or (before and before.key and called(before.key + word.key, before.definite))
        )


def _is_larger(one: tuple[Place, ...], other: tuple[Place, ...]) -> bool:
    """«ببسكرة» is in Biskra, not in Soukra."""
    return bool(one and other) and one[0].population > other[0].population


def _fused_groups(doc: Doc) -> Iterator[tuple[int, int]]:
    """The first token of each written word that was cut, and one past its last."""
    followed = doc.to_array(SPACY).tolist()
    start = end = -1
    for at in fused_tokens(doc):
        if at != end or followed[at - 1]:
            if end - start > 1:
                yield start, end
            start = at
        end = at + 1
    if end - start > 1:
        yield start, end
