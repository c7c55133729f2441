"""Gender and number of pronouns, dropped subjects and noun phrases, and whether they agree.

The words and endings stand in ``configs/lexicons/antecedents.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from spacy.tokens import Token

from pipeline.data_files import read_yaml
from pipeline.extract.syntax import children, feature, key, lemma_key
from pipeline.text import fold

MASCULINE, FEMININE = "Masc", "Fem"
SINGULAR, DUAL, PLURAL = "Sing", "Dual", "Plur"
_HUMAN = frozenset({"person"})
_GROUP = frozenset({"group", "force"})


class Features(NamedTuple):
    """Person, gender and number; an empty string where it can be any."""

    person: str = "3"
    gender: str = ""
    number: str = ""


class AgreementLexicon:
    """Reads and applies the agreement lexicon.

    Raises KeyError where a list of the data file is missing.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.pronouns = _features(data["pronouns"])
        self.verb_endings = _features(data["verb_endings"])
        self.first_person = _features(data["imperfect_first_person"])
        self.future_prefix = fold(data["future_prefix"])
        self.quantities = _folded(data["quantities"])
        self.collectives = _folded(data["collectives"])
        self.feminine_endings = tuple(fold(ending) for ending in data["feminine_endings"])
        self.masculine = _folded(data["masculine"])
        self.feminine = _folded(data["feminine"])
        self.affecting = _folded(data["affecting"])
        self.latter = _folded(data["latter"])

    def of_pronoun(self, token: Token) -> Features:
        """What a pronoun asks of its antecedent."""
        known = self.pronouns.get(key(token)) or self.pronouns.get(fold(token.text))
        return known or _tagged(token)

    def of_verb(self, verb: Token) -> Features:
        """What the agreement of a verb asks of the subject that it drops."""
        form = key(verb)
        for ending, features in self.verb_endings.items():
            of_stem = lemma_key(verb).endswith(ending)
            if form.endswith(ending) and len(form) > len(ending) + 2 and not of_stem:
                return features
        tagged = _tagged(verb)
        if feature(verb, "Aspect") == "Imp" and tagged.person == "1":
            return self.first_person.get(form[:1], tagged)
        stem = form.removeprefix(self.future_prefix)
        own_letter = lemma_key(verb).startswith((stem[:1], form[:2]))
        first = self.first_person.get(stem[:1])
        if first is not None and not own_letter and feature(verb, "Aspect") != "Perf":
            return first  # «سنعود», «أعود», taken for a third person
        return tagged

    def of_phrase(self, head: Token, classes: frozenset[str]) -> Features:
        """Gender and number of a noun phrase; plurals of things are feminine singulars."""
        number = self._number(head)
        gender = self._gender(head)
        if number == PLURAL and not classes & _HUMAN and classes and not classes & _GROUP:
            return Features("3", FEMININE, SINGULAR)
        return Features("3", gender, number)

    def agreement(self, wanted: Features, head: Token, classes: frozenset[str]) -> dict[str, float]:
        """Which of number and gender agree or clash, as features.

        A collective («الجيش», «العائلة») may be taken up by a plural; the plural of a thing, or of
        what may be one, by a feminine singular.
        """
        found = self.of_phrase(head, classes)
        score: dict[str, float] = {}
        if wanted.number and found.number:
            if wanted.number == found.number:
                score["number"] = 1.0
            elif {wanted.number, found.number} == {DUAL, PLURAL}:
                score["dual_as_plural"] = 1.0  # «القائدين» is written as either
            elif wanted.number == PLURAL and (
                lemma_key(head) in self.collectives or classes & _GROUP
            ):
                score["collective"] = 1.0
            elif (wanted.gender, wanted.number, found.number) == (FEMININE, SINGULAR, PLURAL):
                return {"clash": 1.0} if classes & _HUMAN else {"plural_of_things": 1.0}
            else:
                return {"clash": 1.0}
        if wanted.gender and found.gender and wanted.number != PLURAL:
            if wanted.gender != found.gender:
                return {"clash": 1.0}
            score["gender"] = 1.0
        return score

    def agrees(self, wanted: Features, head: Token, classes: frozenset[str]) -> bool:
        """Whether something agrees and nothing clashes."""
        found = self.agreement(wanted, head, classes)
        return bool(found) and not found.keys() & {"clash", "collective"}

    def _number(self, head: Token) -> str:
        if any(child.dep_ == "conj" and child.pos_ != "VERB" for child in head.children):
            return PLURAL
        if head.pos_ == "NUM" or lemma_key(head) in self.quantities:
            return PLURAL
        if any(child.dep_ == "nummod" and child.i < head.i for child in head.children):
            return PLURAL
        return feature(head, "Number")

    def _gender(self, head: Token) -> str:
        lemma, form = lemma_key(head), key(head)
        if {lemma, form, form[2:]} & self.masculine:
            return MASCULINE
        if lemma in self.feminine or form.endswith(self.feminine_endings):
            return "" if head.ent_type_ == "PER" else FEMININE
        adjective = next(iter(children(head, "amod")), None)
        if adjective is not None and adjective.i == head.i + 1:
            feminine = key(adjective).endswith(self.feminine_endings[0])
            if feminine or head.pos_ == "NOUN":
                return FEMININE if feminine else MASCULINE
        if head.ent_type_ in ("GPE", "ORG", "LOC", "FAC") or head.pos_ in ("X", "PROPN", "NUM"):
            return ""
        return feature(head, "Gender") or (MASCULINE if head.pos_ == "NOUN" else "")


@lru_cache(maxsize=4)
def load_agreement(path: Path) -> AgreementLexicon:
    """The lexicon in a YAML file, read once."""
    return AgreementLexicon(read_yaml(path))


def _tagged(token: Token) -> Features:
    return Features(
        feature(token, "Person") or "3", feature(token, "Gender"), feature(token, "Number")
    )


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _features(table: Mapping[str, list[str]]) -> dict[str, Features]:
    return {fold(word): Features(*values) for word, values in table.items()}
