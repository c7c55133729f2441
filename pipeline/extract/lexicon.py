"""The movement frame: trigger words, role markers and the conditions on them.

The words stand in ``configs/frames/*.yaml``; this module reads and indexes them.
"""

from __future__ import annotations

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


class Frame:
    """An event frame read from YAML.

    ``by_lemma`` and ``by_form`` map (kind, folded word) to the senses in the file's order.
    """

    def __init__(self, path: Path) -> None:
        data = read_yaml(path)
        self.name: str = data["frame"]
        self.valencies: dict[str, dict[str, str]] = data["valencies"]
        self.markers: list[tuple[tuple[str, ...], str]] = sorted(
            (
                (tuple(fold(word) for word in words), role)
                for role, sequences in data["markers"].items()
                for words in sequences
            ),
            key=lambda pair: -len(pair[0]),
        )
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
        #: For each token of a Doc, whether it may be a trigger.
        self.possible = WordMemo((ORTH, NORM, LEMMA), partial(may_trigger, self))

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

    def senses_of(self, kind: str, lemma: str, form: str | None = None) -> list[Sense]:
        """Senses of a word by its folded lemma, or by its folded written form."""
        found = self.by_lemma.get((kind, lemma), [])
        if not found and form is not None:
            found = self.by_form.get((kind, form), [])
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
    written, form = fold(text), fold(norm)
    return (
        not frame.words.isdisjoint((fold(lemma), written, *unclitic(form)))
        or not frame.words.isdisjoint(unclitic(form.lstrip(_OPENING)))
        or written in frame.beginnings
        or form in frame.endings
        or third_person(form) in frame.words
    )


def third_person(form: str) -> str | None:
    """«يعود» for «أعود»: the imperfect of the third person for what may be one of the first.

    The frame lists no forms of the first person singular, which look like other verbs' perfects.
    """
    if form.startswith(IMPERFECT.first_singular):
        return IMPERFECT.prefixes[0] + form.removeprefix(IMPERFECT.first_singular)
    return None


#: Chains of proclitics as written, and what can be written on the end of a word.
_PROCLITICS = tuple(
    conjunction + preposition + article
    for conjunction in ("", *PROCLITICS.conjunctions, "#")
    for preposition in ("", *PROCLITICS.prepositions, PROCLITICS.future)
    for article in ("", ARTICLE, PARTICLES.li)
)
_ENCLITICS = ("", *PRONOUNS.all)


@lru_cache(maxsize=1 << 13)
def unclitic(form: str) -> tuple[str, ...]:
    """``form`` and every way to take one chain of proclitics and one pronoun off it.

    The longest piece first, so that the order is the same in every process.
    """
    before = [clitic for clitic in _PROCLITICS if form.startswith(clitic)]
    after = [clitic for clitic in _ENCLITICS if form.endswith(clitic)]
    pieces = {
        form[len(pro) : len(form) - len(enc)]
        for pro in before
        for enc in after
        if len(form) - len(pro) - len(enc) > 1
    }
    return tuple(sorted(pieces | {form}, key=lambda piece: (-len(piece), piece)))
