"""Spelling keys for comparing Arabic words.

Writers of news drop hamzas and dots; lemmas may carry diacritics. Words and lemmas are
therefore compared by :func:`fold`, never by their letters as written.
"""

import re
import unicodedata
from functools import lru_cache

#: Short vowels, tanwin, shadda, sukun, superscript alef, Qur'anic marks, and tatweel.
MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")

_FOLDS = str.maketrans(
    {
        "\u0622": "\u0627",  # alef with madda -> alef
        "\u0623": "\u0627",  # alef with hamza above -> alef
        "\u0625": "\u0627",  # alef with hamza below -> alef
        "\u0671": "\u0627",  # alef wasla -> alef
        "\u0649": "\u064a",  # alef maqsura -> ya
        "\u06cc": "\u064a",  # Farsi ya -> ya
        "\u0629": "\u0647",  # ta marbuta -> ha
        "\u06a9": "\u0643",  # Farsi kaf -> kaf
    }
)


def strip_marks(word: str) -> str:
    """``word`` without diacritics and tatweel, letters unchanged."""
    return MARKS.sub("", word)


@lru_cache(maxsize=1 << 16)  # words of news repeat
def fold(word: str) -> str:
    """The comparison key of a word: no marks, alef/hamza, ya and ta marbuta folded.

    Two spellings that a news writer would use for one word have one key. Presentation forms
    are normalised (NFKC) first.
    """
    return strip_marks(unicodedata.normalize("NFKC", word)).translate(_FOLDS)
