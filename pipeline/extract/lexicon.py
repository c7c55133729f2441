"""The movement frame: trigger words, role markers and the conditions on them.

The words stand in ``configs/frames/*.yaml``; this module reads and indexes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from spacy.attrs import LEMMA, NORM, ORTH

from pipeline.data_files import read_yaml
from pipeline.extract.conjugation import (
    imperfect_forms,
    masdar_forms,
    nominal_forms,
    perfect_forms,
)
from pipeline.extract.word_memo import WordMemo
from pipeline.morphology import ARTICLE, IMPERFECT, PARTICLES, PROCLITICS, PRONOUNS
from pipeline.orthography import CONFIGS
from pipeline.text import fold

DEFAULT_FRAME = CONFIGS / "frames" / "movement.yaml"
_OPENING = "\"'«“‘(["  # what the tokenizer may leave before a word
KINDS = ("verb", "masdar", "active", "passive")
#: What a trigger of the frame file may say; see the notes there.
_FIELDS = frozenset(
    {
        *("action", "action_with_goal", "verb", "present", "masdar", "active", "passive"),
        *("valency", "goal_in", "theme_marker", "markers"),
        *("needs", "masdar_needs", "participle_needs", "not_forms"),
    }
)


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of one verb family: its action, valency and conditions.

    ``markers`` maps a folded preposition to a role, over the frame's own markers.
    """

    action: str
    verb: str
    valency: str
    theme_marker: str | None = None
    goal_in: bool = False
    action_with_goal: str | None = None
    markers: dict[str, str | None] = field(default_factory=dict)
    needs: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by kind of word
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by kind of word
    not_forms: frozenset[str] = frozenset()  # forms that are as a rule those of another word


_FORMS = {
    "verb": perfect_forms,
    "masdar": masdar_forms,
    "active": nominal_forms,
    "passive": nominal_forms,
}


#: The folded words of a role marker, and the roles that it may mark.
Marker = tuple[tuple[str, ...], tuple[str, ...]]
#: The role markers that a word may open, the longest first.
Opened = Sequence[Marker]


class Frame:
    """An event frame read from YAML.

    ``by_lemma`` and ``by_form`` map (kind, folded word) to the senses in the file's order;
    ``markers`` maps a first word to the role markers that it opens, the longest first.
    """

    def __init__(self, path: Path) -> None:
        data = read_yaml(path)
        self.name: str = data["frame"]
        self.valencies: dict[str, dict[str, str]] = data["valencies"]
        self.markers = _by_first_word(data["markers"])
        self.not_roles = {
            fold(marker): frozenset(map(fold, words)) for marker, words in data["not_roles"].items()
        }
        self.source_takers = frozenset(fold(word) for word in data["source_takers"])
        self.inside = frozenset(fold(word) for word in data["inside"])
        self.homographs = frozenset(fold(word) for word in data["homographs"])
        self.adverbs = {
            fold(word): role for role, words in data["adverbs"].items() for word in words
        }
        self.by_lemma: dict[tuple[str, str], list[Sense]] = {}
        self.by_form: dict[tuple[str, str], list[Sense]] = {}
        self.imperfects: set[str] = set()  # forms of an imperfect that are none of a perfect
        general = tuple(data.get("needs_of_all", ()))
        self.senses = [self._sense(row, general) for row in data["triggers"]]
        for sense in self.senses:
            self._index(sense)
        self.imperfects -= {
            form
            for sense in self.senses
            for verb in sense.words["verb"]
            for form in perfect_forms(verb)
        }
        self.words = {word for _, word in self.by_lemma} | {word for _, word in self.by_form}
        self.beginnings = {word[:end] for word in self.words for end in range(2, len(word))}
        self.endings = {word[1:] for word in self.words if len(word) > 2}
        #: For each token of a Doc, the role markers that it may open.
        self.opened: WordMemo[Opened] = WordMemo([NORM], self._opened_by)
        #: For each token of a Doc, how it may be a trigger: WHOLE, CUT or the empty string.
        self.chances = WordMemo((ORTH, NORM, LEMMA), partial(_chance, self))

    @staticmethod
    def _sense(row: dict[str, Any], general: tuple[str, ...]) -> Sense:
        if unknown := row.keys() - _FIELDS:
            raise ValueError(f"frame: unknown fields {sorted(unknown)} of {row.get('verb')!r}")
        needs = tuple(row.get("needs", ()))
        if row["valency"] not in (
            "self", "caused", "goal_object", "source_object", "path_object",
            "caused_by_marker", "clear_out", "carried", "companion",
        ):  # fmt: skip
            raise ValueError(f"frame: unknown valency {row['valency']!r} of {row['verb']!r}")
        return Sense(
            action=row["action"],
            verb=row["verb"],
            valency=row["valency"],
            theme_marker=row.get("theme_marker"),
            goal_in=bool(row.get("goal_in", False)),
            action_with_goal=row.get("action_with_goal"),
            markers={fold(k): v for k, v in (row.get("markers") or {}).items()},
            not_forms=frozenset(map(fold, row.get("not_forms", ()))),
            needs={
                "verb": general + needs,
                "masdar": general + tuple(row.get("masdar_needs", needs)),
                "active": general + tuple(row.get("participle_needs", needs)),
                "passive": general + tuple(row.get("participle_needs", needs)),
            },
            words={
                "verb": (row["verb"],) if row["verb"] and needs != ("never",) else (),
                "masdar": tuple(row.get("masdar", ())),
                "active": tuple(row.get("active", ())),
                "passive": tuple(row.get("passive", ())),
                "imperfect": (row["present"],) if row.get("present") else (),
            },
        )

    def _index(self, sense: Sense) -> None:
        for kind in KINDS:
            if "never" in sense.needs[kind]:
                continue
            for word in sense.words[kind]:
                self.by_lemma.setdefault((kind, fold(word)), []).append(sense)
                forms = _FORMS[kind](word)
                self._add_forms(kind, forms, sense)
        if sense.words["verb"]:
            for word in sense.words["imperfect"]:
                imperfect = frozenset(imperfect_forms(word))
                self.imperfects |= imperfect
                self._add_forms("verb", imperfect, sense)

    def _add_forms(self, kind: str, forms: Any, sense: Sense) -> None:
        for form in set(forms) - sense.not_forms:
            known = self.by_form.setdefault((kind, form), [])
            if sense not in known:
                known.append(sense)

    def _opened_by(self, norm: str) -> Opened:
        return self.markers.get(fold(norm), ())

    def is_homograph(self, lemma: str, form: str) -> bool:
        """Whether a word, by its folded lemma and form, is one that only looks like a trigger."""
        return not self.homographs.isdisjoint((lemma, form, form.removeprefix(ARTICLE)))

    def senses_of(self, kind: str, lemma: str, form: str | None = None) -> list[Sense]:
        """Senses of a word by its folded lemma, or by its folded written form."""
        found = self.by_lemma.get((kind, lemma), [])
        if not found and form is not None:
            found = self.by_form.get((kind, form), [])
        return found


def _by_first_word(sequences: dict[str, list[list[str]]]) -> dict[str, list[Marker]]:
    roles: dict[tuple[str, ...], list[str]] = {}
    for role, markers in sequences.items():
        for words in markers:
            roles.setdefault(tuple(map(fold, words)), []).append(role)
    found: dict[str, list[Marker]] = {}
    for marker in sorted(roles, key=len, reverse=True):
        found.setdefault(marker[0], []).append((marker, tuple(roles[marker])))
    return found


@lru_cache(maxsize=8)
def load_frame(path: Path = DEFAULT_FRAME) -> Frame:
    """The frame in ``path``, read once.

    Raises ValueError for an unknown valency or field, KeyError for a missing field.
    """
    return Frame(path)


def may_trigger(frame: Frame, text: str, norm: str, lemma: str) -> bool:
    """Whether a word can be a movement trigger: a quick test that lets none pass by.

    Looks for the word without the clitics that the tokenizer left on it, and for what it may be a
    piece of: a word whose first letter was taken for a conjunction, whose end for a pronoun.
    """
    return _may_be_whole(frame, text, norm, lemma) or _may_be_cut(frame, text, norm)


#: How a word may be a trigger: by its own strings, or only together with the word beside it.
WHOLE, CUT = "whole", "cut"


def _chance(frame: Frame, text: str, norm: str, lemma: str) -> str:
    if frame.is_homograph(fold(lemma), fold(norm)):
        return ""
    if _may_be_whole(frame, text, norm, lemma):
        return WHOLE
    return CUT if _may_be_cut(frame, text, norm) else ""


def _may_be_whole(frame: Frame, text: str, norm: str, lemma: str) -> bool:
    form, words = fold(norm), frame.words
    if fold(lemma) in words or fold(text) in words or not words.isdisjoint(_pieces(form)):
        return True
    bare = form.lstrip(_OPENING)
    opened = bare != form and not words.isdisjoint(_pieces(bare))
    return opened or third_person(form) in words


def _may_be_cut(frame: Frame, text: str, norm: str) -> bool:
    return fold(text) in frame.beginnings or fold(norm) in frame.endings


def third_person(form: str) -> str | None:
    """«يعود» for «أعود»: the imperfect of the third person for what may be one of the first.

    The frame lists no forms of the first person singular, which look like other verbs' perfects.
    """
    return _THIRD + form[len(_FIRST) :] if form.startswith(_FIRST) else None


_FIRST, _THIRD = IMPERFECT.first_singular, IMPERFECT.prefixes[0]
#: Chains of proclitics as written, and what can be written on the end of a word.
_PROCLITICS = frozenset(
    conjunction + preposition + article
    for conjunction in ("", *PROCLITICS.conjunctions, "#")
    for preposition in ("", *PROCLITICS.prepositions, PROCLITICS.future)
    for article in ("", ARTICLE, PARTICLES.li)
)
_ENCLITICS = frozenset(("", *PRONOUNS.all))
_LONGEST_PROCLITICS = max(map(len, _PROCLITICS))
_LONGEST_ENCLITIC = max(map(len, _ENCLITICS))


def unclitic(form: str) -> list[str]:
    """``form`` and every way to take one chain of proclitics and one pronoun off it.

    The longest piece first, so that the order is the same in every process.
    """
    return sorted(sorted(_pieces(form)), key=len, reverse=True)


def _pieces(form: str) -> set[str]:
    size = len(form)
    starts = [n for n in range(min(size, _LONGEST_PROCLITICS) + 1) if form[:n] in _PROCLITICS]
    first = max(size - _LONGEST_ENCLITIC, 0)
    ends = [n for n in range(first, size + 1) if form[n:] in _ENCLITICS]
    pieces = {form[start:end] for start in starts for end in ends if end - start > 1}
    pieces.add(form)
    return pieces
