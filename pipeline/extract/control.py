"""Implicit subjects that the sentence itself supplies: control verbs and purpose clauses.

قررت [باريس] سحب قواتها          subject control: agent باريس
أجبر القصف [السكان] على المغادرة   object control: theme السكان
سمح [للمهاجرين] بالنزول           the controller after ل
عبروا النهر للوصول إلى …           purpose: the subject of the main verb
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.clauses import ClauseLexicon
from pipeline.extract.relative_clauses import relative_clause
from pipeline.extract.semantics import Classifier
from pipeline.extract.subjects import explicit_subject, shared_subject
from pipeline.extract.syntax import NOMINAL, case_word, children, has_case, lemma_key
from pipeline.extract.triggers import Candidate

_SUBJECT_KINDS = frozenset({"light_active", "aspect", "subject_control"})
_FOR = "\u0644"


def controller(
    candidate: Candidate, lexicon: ClauseLexicon, classes: Classifier
) -> tuple[Token, str] | None:
    """The token that fills the trigger's open subject role, with the rule's name, or None."""
    over = candidate.government
    if over.verb is None:
        return None
    if over.kind == "object_control":
        return _object_controller(over.verb, candidate, lexicon, classes)
    if over.kind in _SUBJECT_KINDS:
        subject = _subject(over.verb, candidate, lexicon)
        return (subject, f"subject.{over.kind}") if subject is not None else None
    if over.kind == "other" and case_word(candidate.token) == _FOR:
        subject = _subject(over.verb, candidate, lexicon)
        return (subject, "subject.purpose") if subject is not None else None
    return None


def _subject(verb: Token, candidate: Candidate, lexicon: ClauseLexicon) -> Token | None:
    subject = explicit_subject(verb) or shared_subject(verb)
    if subject is not None and subject.i != candidate.token.i:
        return subject
    relative = relative_clause(Candidate(verb, "verb", [], "lemma"), lexicon)
    return relative.antecedent if relative is not None else None


def _object_controller(
    verb: Token, candidate: Candidate, lexicon: ClauseLexicon, classes: Classifier
) -> tuple[Token, str] | None:
    marks = lexicon.object_control[lemma_key(verb)]
    for child in verb.children:
        if child.pos_ not in NOMINAL or child.i == candidate.token.i or classes.is_time(child):
            continue
        if child.dep_.startswith(("obj", "iobj")) and not has_case(child) and "" in marks:
            return child, "subject.object_control"
        if case_word(child) in marks and case_word(child):
            return child, "subject.object_control"
    if children(verb, "nsubj:pass"):
        return children(verb, "nsubj:pass")[0], "subject.object_control"
    return None
