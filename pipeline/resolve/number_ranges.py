"""Least and greatest numbers that words around a number leave open: «أكثر من», «نحو», «بين … و»."""

from __future__ import annotations

import math

from pipeline.resolve.lexicon import word_key

#: Share of a number that «نحو» leaves open to either side.
ABOUT = 0.1
Range = tuple[int | None, int | None]


def phrases(modifiers: dict[str, list[str]]) -> list[tuple[tuple[str, ...], str]]:
    """The modifiers by their phrases' keys, the longest phrase first."""
    phrases = [
        (tuple(word_key(word) for word in phrase.split()), name)
        for name, listed in modifiers.items()
        for phrase in listed
    ]
    return sorted(phrases, key=lambda item: -len(item[0]))


def shared_multiplier(low: tuple[float, float], high: tuple[float, float]) -> Range:
    """«بين 5 و10 آلاف»: a small first number shares the multiplier of the second."""
    first, second = low[0], high[1]
    if first < 1000 <= second:
        factor = 10 ** (3 * (int(math.log10(second)) // 3))
        if second / factor > first:
            first *= factor
    return int(min(first, second)), int(max(first, second))


def modified(bounds: tuple[float, float], modifier: str | None) -> Range:
    """The bounds under a modifier: at_least, at_most, about, or None."""
    low, high = bounds
    if modifier == "at_least":
        return int(low), None
    if modifier == "at_most":
        return None, int(high)
    if modifier == "about" and low == high:
        low, high = round(low * (1 - ABOUT), 6), round(high * (1 + ABOUT), 6)
        return math.floor(low), math.ceil(high)
    return int(low), int(high)
