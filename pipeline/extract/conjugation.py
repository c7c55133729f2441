"""Written forms of Arabic verbs and participles, for words whose lemma was not recognised.

Only consonants and long vowels are written, so a few rules on the two principal parts (third
person masculine singular, perfect and imperfect) give every form that news text can show.
All forms are keys of :func:`pipeline.text.fold`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.morphology import ENDINGS, IMPERFECT, PERFECT
from pipeline.orthography import LETTERS
from pipeline.text import fold

_ALEF, _WAW, _YA = LETTERS.alef, LETTERS.waw, LETTERS.ya
_NOMINAL = (
    *("", ENDINGS.accusative, ENDINGS.dual_nominative),
    *(*ENDINGS.masculine_plural, *ENDINGS.masculine_plural_construct),
    *(ENDINGS.feminine, ENDINGS.feminine_construct, ENDINGS.feminine_plural),
    *ENDINGS.feminine_dual,
)
#: In place of a ta marbuta.
_AFTER_FEMININE = (ENDINGS.feminine_construct, ENDINGS.feminine_plural, *ENDINGS.feminine_dual)


def perfect_forms(perfect: str) -> Iterator[str]:
    """Folded forms of the perfect, active and passive, of the verb ``perfect``."""
    stem = fold(perfect)
    if stem.endswith((_YA, _ALEF)) and len(stem) > 2 and not perfect.endswith(LETTERS.hamza):
        yield from (stem, stem[:-1] + _YA, stem[:-1] + _YA + _ALEF, stem[:-1] + _ALEF)
        yield from (stem[:-1] + end for end in PERFECT.defective)
        for link in (_YA, _WAW):
            yield from (stem[:-1] + link + end for end in PERFECT.consonantal)
        return
    yield from (stem + end for end in PERFECT.vocalic)
    if len(stem) > 2 and stem[-2] == _ALEF:  # hollow: the long vowel shortens, or is i: u'ida
        yield from (stem[:-2] + stem[-1] + end for end in PERFECT.consonantal)
        yield from (stem[:-2] + _YA + stem[-1] + end for end in PERFECT.vocalic)
    elif len(stem.lstrip(_ALEF)) == 2:  # geminate: the doubled consonant parts
        yield from (stem + stem[-1] + end for end in PERFECT.consonantal)
    else:
        yield from (stem + end for end in PERFECT.consonantal)


def imperfect_forms(imperfect: str) -> Iterator[str]:
    """Folded forms of the imperfect in all moods, active and passive, of ``imperfect``."""
    bare = fold(imperfect)[1:]
    for person in IMPERFECT.prefixes:
        stem = person + bare
        if bare.endswith((_WAW, _YA, _ALEF)) and len(bare) > 1:
            yield from (
                stem,
                stem[:-1],
                stem[:-1] + _ALEF,
                stem[:-1] + _YA,
                stem + IMPERFECT.feminine_plural,
            )
            yield from (stem[:-1] + end for end in IMPERFECT.endings)
            yield from (stem[:-1] + _YA + end for end in IMPERFECT.dual)
            continue
        yield from (stem + end for end in IMPERFECT.endings)
        yield stem + IMPERFECT.feminine_plural
        if len(bare) > 2 and bare[-2] in (_WAW, _YA, _ALEF):  # hollow: jussive, passive
            yield from (person + bare[:-2] + _ALEF + bare[-1] + end for end in IMPERFECT.endings)
        elif len(bare) == 2:
            yield stem + bare[-1] + IMPERFECT.feminine_plural


def masdar_forms(word: str) -> Iterator[str]:
    """Folded forms of a masdar: bare, accusative, before a pronoun."""
    stem = fold(word)
    yield from (stem, stem + _ALEF)
    if stem.endswith(ENDINGS.feminine):
        yield stem[:-1] + ENDINGS.feminine_construct
    if stem.endswith(_ALEF + LETTERS.hamza):  # ijla' before a pronoun: ijla'uhu, ijla'ihi
        yield from (stem[:-1] + LETTERS.hamza_on_ya, stem[:-1] + LETTERS.hamza_on_waw)


def nominal_forms(word: str) -> Iterator[str]:
    """Folded forms of a masdar or participle: genders, numbers, cases, construct state."""
    stem = fold(word)
    yield from (stem + end for end in _NOMINAL)
    if stem.endswith(ENDINGS.feminine):
        yield from (stem[:-1] + end for end in _AFTER_FEMININE)
