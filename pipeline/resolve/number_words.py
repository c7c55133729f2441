"""Arabic cardinal and ordinal number words, and digits in any script, as integers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.data_files import read_yaml
from pipeline.orthography import ORTHOGRAPHY
from pipeline.resolve.lexicon import word_key

_DIGITS = str.maketrans(ORTHOGRAPHY.digits.written, ORTHOGRAPHY.digits.ascii)
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def ascii_digits(text: str) -> str:
    """``text`` with Arabic-Indic digits and separators as ASCII."""
    return text.translate(_DIGITS)


def read_digits(text: str) -> float | None:
    """The value of a number in digits, in any script; None for anything else.

    A point or comma before exactly three digits groups thousands («1.500», «12,000»).
    """
    if text.isalpha():
        return None
    digits = ascii_digits(text)
    if _GROUPED.fullmatch(digits):
        return float(re.sub("[.,]", "", digits))
    if _NUMBER.fullmatch(digits):
        return float(digits.replace(",", "."))
    return None


class NumberWords:
    """The number words of ``numbers.yaml``, by key."""

    def __init__(self, table: dict[str, Any]) -> None:
        """``table`` is the parsed YAML file."""
        self.cardinals = _by_key(table["cardinals"])
        self.multipliers = _by_key(table["multipliers"])
        self.dual_multipliers = _by_key(table["dual_multipliers"])
        self.ordinals = _by_key(table["ordinals"])
        #: The keys of all of these.
        self.keys = frozenset(
            {*self.cardinals, *self.multipliers, *self.dual_multipliers, *self.ordinals}
        )
        self._before_ten = {word_key(word) for word in table["before_ten"]}

    def is_ordinal(self, word: str) -> bool:
        """True for «الثالث» and «ثالث»."""
        return word_key(word) in self.ordinals

    def small(self, word: str) -> int | None:
        """The value of one word below a thousand, or of digits; None for other words."""
        digits = read_digits(word)
        if digits is not None:
            return int(digits) if digits == int(digits) else None
        return self.cardinals.get(word_key(word))

    def thousand(self, word: str) -> int | None:
        """1000 for «ألف», 2000 for «ألفين»; None for other words."""
        key = word_key(word)
        value = self.multipliers.get(key) or self.dual_multipliers.get(key)
        return value if value in (1000, 2000) else None

    def opens_eleven(self, words: Sequence[str]) -> bool:
        """True where the words begin with «أحد عشر», «إحدى عشرة»."""
        keys = [word_key(word) for word in words[:2]]
        return len(keys) == 2 and keys[0] in self._before_ten and self.cardinals.get(keys[1]) == 10

    def value(self, words: Sequence[str]) -> float | None:
        """The value of a whole run of number words without their «و»; None for other words.

        «خمسة وعشرون ألفا» is given as its three words. Units before 100 and before a multiplier
        multiply it, everything else is added.
        """
        total, current = 0.0, 0.0
        for position, word in enumerate(words):
            key = word_key(word)
            if key in self.dual_multipliers and not current and position == 0:
                total += self.dual_multipliers[key]
            elif key in self.multipliers:
                total, current = total + (current or 1) * self.multipliers[key], 0.0
            else:
                value = read_digits(word)
                if value is None:
                    eleven = self.opens_eleven(words[position:])
                    value = 1 if eleven else self.cardinals.get(key)
                if value is None:
                    return None
                current = current * 100 if value == 100 and 0 < current < 10 else current + value
        return total + current if words else None


def _by_key(table: dict[int, Iterable[str]]) -> dict[str, int]:
    return {word_key(word): value for value, words in table.items() for word in words}


@lru_cache(maxsize=4)
def load_numbers(path: Path) -> tuple[NumberWords, dict[str, Any]]:
    """The number words of a ``numbers.yaml``, and the parsed file.

    Raises FileNotFoundError where it does not exist.
    """
    table = read_yaml(path)
    return NumberWords(table), table
