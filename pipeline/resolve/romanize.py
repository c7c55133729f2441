"""Arabic names in Latin letters: foreign ones by lexicon, others by arabic-name-romanizer.

The romanizer is loaded when first needed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.orthography import CONFIGS, ORTHOGRAPHY, RANGES
from pipeline.resolve.key_value_store import KeyValueStore
from pipeline.resolve.lexicon import PhraseIndex, read_rows, word_key
from pipeline.text import strip_marks

if TYPE_CHECKING:
    from arabic_name_romanizer import Transliterator

_ARABIC = re.compile(f"[{RANGES.script}]")
_PACKAGE = "arabic-name-romanizer"
_BEAM = 1  # greedy
_REMEMBERED = 1 << 14  # names
_NOT_A_NAME = re.compile(f"[^{RANGES.name_letters} ]+")


def has_arabic(text: str) -> bool:
    """True where any letter or sign of the Arabic blocks stands in ``text``."""
    return _ARABIC.search(text) is not None


class Romanizer:
    """Names in Latin letters; what the romanizer made of one is kept in ``folder``, if given."""

    def __init__(self, folder: Path | None = None) -> None:
        name = f"romanized-{version(_PACKAGE)}-{_BEAM}"
        self._store = KeyValueStore(folder, name) if folder else None
        self._romanized = lru_cache(_REMEMBERED)(self._romanize)
        self._by_model = lru_cache(_REMEMBERED)(self._model)

    def __call__(self, name: str) -> str:
        """``name`` in Latin letters, each word capitalised; never any Arabic letter.

        Words already in Latin letters or digits stay. Results are cached by name.
        """
        return self._romanized(name)

    def _romanize(self, name: str) -> str:
        plain = strip_marks(unicodedata.normalize("NFKC", name)).replace("_", " ")
        words = [self._latin_words(chunk) for chunk in _runs(plain)]
        return " ".join(word for word in words if word)

    def _latin_words(self, run: str) -> str:
        if not has_arabic(run):
            return run
        cleaned = _NOT_A_NAME.sub(" ", run).strip()
        if not cleaned:
            return "".join(str(unicodedata.digit(c)) for c in run if c.isdigit())
        words = cleaned.split()
        keys = [word_key(word) for word in words]
        parts: list[str] = []
        at = begun = 0
        while at < len(words):
            found = _foreign_names().longest(keys, at)
            if found is None:
                at += 1
                continue
            if begun < at:
                parts.append(self._native(" ".join(words[begun:at])))
            parts.append(found[0])
            at = begun = found[1]
        if begun < len(words):
            parts.append(self._native(" ".join(words[begun:])))
        return " ".join(parts)

    def _native(self, name: str) -> str:
        latin = self._by_model(name)
        return latin if latin and not has_arabic(latin) else _letter_by_letter(name)

    def _model(self, name: str) -> str:
        """The romanizer's first candidate; empty where it fails."""
        kept = self._store.get(name) if self._store else None
        if kept is not None:
            return kept
        try:
            latin = str(_transliterator().transliterate(name))
        except (ValueError, RuntimeError, IndexError, KeyError):
            return ""
        if self._store:
            self._store.put(name, latin)
        return latin


def _runs(text: str) -> list[str]:
    """Maximal runs of words that are all Arabic, or all not."""
    runs: list[list[str]] = []
    for word in text.split():
        if runs and has_arabic(runs[-1][-1]) == has_arabic(word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [" ".join(run) for run in runs]


@lru_cache(maxsize=1)
def _foreign_names() -> PhraseIndex[str]:
    """How words, and a few pairs of words, are spelled at home."""
    index: PhraseIndex[str] = PhraseIndex()
    for row in read_rows(CONFIGS / "lexicons" / "foreign_names.csv"):
        for form in row["arabic"].split("|"):
            index.add(form, row["latin"])
    return index


@lru_cache(maxsize=1)
def _transliterator() -> Transliterator:
    """The romanizer on one thread, greedy: a quarter of its default time, names all but equal."""
    from arabic_name_romanizer import Transliterator
    from arabic_name_romanizer.api import default_resources_dir
    from arabic_name_romanizer.inference import OnnxModel

    model = OnnxModel(default_resources_dir(), beam_width=_BEAM, intra_op_threads=1)
    return Transliterator(model=model, persian_model=model)


def _letter_by_letter(name: str) -> str:
    """The last resort: consonants and long vowels, one by one."""
    words = (
        "".join(ORTHOGRAPHY.romanization.get(letter, "") for letter in word)
        for word in name.split()
    )
    return " ".join(word.capitalize() for word in words if word)
