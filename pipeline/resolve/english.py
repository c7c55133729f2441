"""The little English that composed names need: plurals, possessives, lists, title case."""

from __future__ import annotations

import re

_SMALL_WORDS = {"of", "the", "and", "for", "in", "to", "on", "a", "an", "de", "al", "bin", "ibn"}
_IRREGULAR = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "foot": "feet",
    "aircraft": "aircraft",
    "personnel": "personnel",
    "sheep": "sheep",
}


def plural(noun: str) -> str:
    """The regular (or a common irregular) plural of an English noun phrase's last word."""
    words = noun.split(" ")
    last = words[-1]
    if last in _IRREGULAR:
        words[-1] = _IRREGULAR[last]
    elif re.search(r"(s|x|z|ch|sh)$", last):
        words[-1] = last + "es"
    elif re.search(r"[^aeiou]y$", last):
        words[-1] = last[:-1] + "ies"
    elif last.endswith("man") and len(last) > 4:
        words[-1] = last[:-3] + "men"
    else:
        words[-1] = last + "s"
    return " ".join(words)


def possessive(name: str) -> str:
    """``name`` with its genitive ending."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def title_case(phrase: str) -> str:
    """Capital initials but for small words: for titles before names."""
    words = phrase.split(" ")
    return " ".join(
        word if i and word in _SMALL_WORDS else word[:1].upper() + word[1:]
        for i, word in enumerate(words)
    )


def without_article(name: str) -> str:
    """``name`` without a leading "the"."""
    return name[4:] if name.lower().startswith("the ") else name


def tidy(name: str) -> str:
    """Single spaces, none before punctuation, no stray punctuation at the ends."""
    name = re.sub(r"\s+", " ", name)
    name = re.sub(r"\s+([,.;:])", r"\1", name)
    return name.strip(" ,.;:-")
