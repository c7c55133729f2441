"""Spelling keys for comparing Arabic words.

Writers of news drop hamzas and dots; lemmas may carry diacritics. Words and lemmas are
therefore compared by :func:`fold`, never by their letters as written.
"""

import re
import unicodedata
from functools import lru_cache

from pipeline.orthography import LETTERS, ORTHOGRAPHY

#: Short vowels, tanwin, shadda, sukun, superscript alef, Qur'anic marks, and tatweel.
MARKS = re.compile(f"[{ORTHOGRAPHY.ranges.marks}]")

_FOLDS = str.maketrans(ORTHOGRAPHY.folds)


def strip_marks(word: str) -> str:
    """``word`` without diacritics and tatweel, letters unchanged."""
    return MARKS.sub("", word)


def plain(word: str) -> str:
    """``word`` without marks, and with a bare alef for the treebank's alef wasla."""
    return strip_marks(word).replace(LETTERS.alef_wasla, LETTERS.alef)


@lru_cache(maxsize=1 << 14)  # words of news repeat
def fold(word: str) -> str:
    """The comparison key of a word: no marks, alef/hamza, ya and ta marbuta folded.

    Two spellings that a news writer would use for one word have one key. Presentation forms
    are normalised (NFKC) first.
    """
    return strip_marks(unicodedata.normalize("NFKC", word)).translate(_FOLDS)
