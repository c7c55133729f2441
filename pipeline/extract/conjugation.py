"""Written forms of Arabic verbs and participles, for words whose lemma was not recognised.

Only consonants and long vowels are written, so a few rules on the two principal parts (third
person masculine singular, perfect and imperfect) give every form that news text can show.
All forms are keys of :func:`pipeline.text.fold`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.text import fold

#: Endings and letters of the Arabic conjugation, in folded spelling.
_PERFECT_VOWEL = ("", "\u062a", "\u0648\u0627", "\u0648", "\u0627", "\u062a\u0627")
_PERFECT_CONSONANT = ("\u062a", "\u0646\u0627", "\u062a\u0645", "\u0646", "\u062a\u064f")
_IMPERFECT_VOWEL = ("", "\u0648\u0646", "\u0648\u0627", "\u0627\u0646", "\u0627", "\u064a\u0646")
_FEMININE_PLURAL = "\u0646"
_PERSONS = ("\u064a", "\u062a", "\u0646")  # the first person singular looks like too much else
_ALEF, _WAW, _YA, _TA, _HA = "\u0627", "\u0648", "\u064a", "\u062a", "\u0647"
_NOMINAL = ("", _HA, _ALEF, "\u0648\u0646", "\u064a\u0646", "\u0627\u0646", "\u0627\u062a")
_NOMINAL_MORE = ("\u062a\u0627\u0646", "\u062a\u064a\u0646", _TA, "\u0648", _YA)


def perfect_forms(perfect: str) -> Iterator[str]:
    """Folded forms of the perfect, active and passive, of the verb ``perfect``."""
    stem = fold(perfect)
    if stem.endswith((_YA, _ALEF)) and len(stem) > 2 and not perfect.endswith("\u0621"):
        yield from (stem, stem[:-1] + _YA, stem[:-1] + _YA + _ALEF, stem[:-1] + _ALEF)
        yield from (stem[:-1] + end for end in (_TA, "\u0648\u0627", "\u0648", "\u062a\u0627"))
        for link in (_YA, _WAW):
            yield from (stem[:-1] + link + end for end in _PERFECT_CONSONANT)
        return
    yield from (stem + end for end in _PERFECT_VOWEL)
    if len(stem) > 2 and stem[-2] == _ALEF:  # hollow: the long vowel shortens, or is i: u'ida
        yield from (stem[:-2] + stem[-1] + end for end in _PERFECT_CONSONANT)
        yield from (stem[:-2] + _YA + stem[-1] + end for end in _PERFECT_VOWEL)
    elif len(stem.lstrip(_ALEF)) == 2:  # geminate: the doubled consonant parts
        yield from (stem + stem[-1] + end for end in _PERFECT_CONSONANT)
    else:
        yield from (stem + end for end in _PERFECT_CONSONANT)


def imperfect_forms(imperfect: str) -> Iterator[str]:
    """Folded forms of the imperfect in all moods, active and passive, of ``imperfect``."""
    bare = fold(imperfect)[1:]
    for person in _PERSONS:
        stem = person + bare
        if bare.endswith((_WAW, _YA, _ALEF)) and len(bare) > 1:
            yield from (
                stem,
                stem[:-1],
                stem[:-1] + _ALEF,
                stem[:-1] + _YA,
                stem + _FEMININE_PLURAL,
            )
            yield from (stem[:-1] + end for end in _IMPERFECT_VOWEL)
            yield from (stem[:-1] + _YA + end for end in ("\u0627\u0646", _ALEF))
            continue
        yield from (stem + end for end in _IMPERFECT_VOWEL)
        yield stem + _FEMININE_PLURAL
        if len(bare) > 2 and bare[-2] in (_WAW, _YA, _ALEF):  # hollow: jussive, passive
            yield from (person + bare[:-2] + _ALEF + bare[-1] + end for end in _IMPERFECT_VOWEL)
        elif len(bare) == 2:
            yield stem + bare[-1] + _FEMININE_PLURAL


def masdar_forms(word: str) -> Iterator[str]:
    """Folded forms of a masdar: bare, accusative, before a pronoun."""
    stem = fold(word)
    yield from (stem, stem + _ALEF)
    if stem.endswith(_HA):
        yield stem[:-1] + _TA
    if stem.endswith(_ALEF + "\u0621"):  # ijla' before a pronoun: ijla'uhu, ijla'ihi
        yield from (stem[:-1] + "\u0626", stem[:-1] + "\u0624")


def nominal_forms(word: str) -> Iterator[str]:
    """Folded forms of a masdar or participle: genders, numbers, cases, construct state."""
    stem = fold(word)
    yield from (stem + end for end in _NOMINAL + _NOMINAL_MORE)
    if stem.endswith(_HA):
        yield from (stem[:-1] + end for end in (_TA, "\u0627\u062a", "\u062a\u064a\u0646"))
