"""Arabic number words and digits inside noun phrases, as English numerals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.morphology import PARTICLES
from pipeline.orthography import PUNCTUATION
from pipeline.resolve.number_words import ascii_digits

_NUMBER = re.compile(r"\d[\d.,]*")
_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


@dataclass(slots=True)
class Numerals:
    """Reads runs of number words; ``values`` maps a word's key to its value.

    ``multipliers`` are plurals that count only after another number: «3 آلاف». ``duals`` are
    accusatives that right before a noun are duals in construct: «مليونا زجاجة», two million
    bottles, but «عشرون مليونا».
    """

    values: dict[str, int]
    multipliers: dict[str, int]
    duals: dict[str, int]

    def longest(self, keys: Sequence[str], start: int) -> tuple[float, int] | None:
        """The value of the run of number words from ``start``, and the run's end; None for none.

        Values below a multiplier (1000 and up) multiply it: «خمسين ألف» is 50 × 1000.
        """
        total, current, end = 0.0, 0.0, start
        for position in range(start, len(keys)):
            value = self._value(keys[position])
            if value is None and current:
                value = self.multipliers.get(keys[position])
            if value is None:
                if keys[position] == PARTICLES.wa and end > start and position + 1 < len(keys):
                    if self._value(keys[position + 1]) is None:
                        break
                    continue
                break
            end = position + 1
            if value >= 1000 and value % 1000 == 0 and current:
                total, current = total + current * value, 0.0
            elif value == 100 and 0 < current < 10:
                current *= value
            else:
                current += value
        if end == start + 1 and keys[start] in self.duals and self._noun_follows(keys, end):
            return float(self.duals[keys[start]]), end
        return (total + current, end) if end > start else None

    @staticmethod
    def _noun_follows(keys: Sequence[str], at: int) -> bool:
        """Whether a word stands at ``at`` that is no conjunction, preposition or sign."""
        return at < len(keys) and len(keys[at]) > 2 and keys[at].isalpha()

    def _value(self, key: str) -> float | None:
        digits = ascii_digits(key).replace(PUNCTUATION.comma, ",")
        if _NUMBER.fullmatch(digits):
            return _digits(digits)
        return self.values.get(key)

    @staticmethod
    def english(value: float) -> str:
        """Words up to twelve, digits above; millions as "1.2 million"."""
        if value >= 1_000_000_000:
            return f"{value / 1_000_000_000:g} billion"
        if value >= 1_000_000:
            return f"{value / 1_000_000:g} million"
        if value == int(value):
            return _SMALL[int(value)] if value < len(_SMALL) else f"{int(value):,}"
        return f"{value:g}"


def _digits(text: str) -> float:
    """Digits with separators: groups of three after a comma or full stop are thousands."""
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text):
        return float(re.sub(r"[.,]", "", text))
    match = re.match(r"\d+(?:[.,]\d+)?", text)
    return float(match.group().replace(",", ".")) if match else 0.0
