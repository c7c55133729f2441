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
from pipeline.extract.syntax import NOMINAL, case_word, children, feature, has_case, lemma_key
from pipeline.extract.triggers import Candidate

SUBJECT_KINDS = frozenset({"light_active", "aspect", "subject_control"})
_FOR = "\u0644"


def controller(
    candidate: Candidate, lexicon: ClauseLexicon, classes: Classifier
) -> tuple[Token, str] | None:
    """The token that fills the trigger's open subject role, with the rule's name, or None."""
    over = candidate.government
    named = _noun_controller(candidate, lexicon, classes)
    if named is not None:
        return named
    if over.verb is None:
        return None
    if over.kind == "object_control":
        return _object_controller(over.verb, candidate, lexicon, classes)
    if over.kind in SUBJECT_KINDS:
        subject = _subject(over.verb, candidate, lexicon, classes)
        return (subject, f"subject.{over.kind}") if subject is not None else None
    if over.kind == "other" and case_word(candidate.token) == _FOR:
        subject = _subject(over.verb, candidate, lexicon, classes)
        return (subject, "subject.purpose") if subject is not None else None
    return None


def _subject(
    verb: Token, candidate: Candidate, lexicon: ClauseLexicon, classes: Classifier
) -> Token | None:
    subject = explicit_subject(verb) or shared_subject(verb)
    own = {candidate.token.i, *(shell.i for shell in candidate.government.via)}
    if subject is not None and subject.i not in own:
        return subject
    relative = relative_clause(Candidate(verb, "verb", [], "lemma"), lexicon)
    if relative is not None:
        return relative.antecedent
    for token in verb.doc[verb.i + 1 : candidate.token.i]:
        if token.pos_ in ("ADP", "SCONJ", "VERB", "PRON", "PUNCT"):
            return None
        shell = lemma_key(token) in lexicon.shells
        if token.pos_ in ("NOUN", "X", "PROPN") and not shell and not classes.is_time(token):
            return token
    return None


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
    subject = explicit_subject(verb)
    if (
        "" in marks
        and subject is not None
        and not children(verb, "obj")
        and (feature(verb, "Voice") == "Pass" or lemma_key(verb) in lexicon.forced_verbs)
    ):
        return subject, "subject.object_control.passive"
    if "" in marks and subject is not None and subject.i > verb.i:
        named = subject.ent_type_ or subject.pos_ == "X" or has_second_noun(subject)
        for token in verb.doc[subject.i + 1 : candidate.token.i] if named else ():
            if (
                token.pos_ in ("NOUN", "X", "PROPN")
                and classes.is_mobile(token)
                and token.ent_iob_ != "I"
                and not has_case(token)
            ):
                return token, "subject.object_control.linear"
    if subject is not None and lemma_key(verb) in lexicon.orderers:
        return subject, "subject.order"
    return None


def _noun_controller(
    candidate: Candidate, lexicon: ClauseLexicon, classes: Classifier
) -> tuple[Token, str] | None:
    """The controller that a noun over the masdar has: its ل-phrase, genitive or nisba adjective.

    السماح [للمهاجرين] بالنزول      استعداد [إيطاليا] نقل      محاولة [حوثية] لتهريب
    """
    nouns = [candidate.token.head, *candidate.government.via]
    start = max(candidate.token.sent.start, candidate.token.i - 6)
    nouns += list(reversed(candidate.token.doc[start : candidate.token.i]))
    for noun in nouns:
        if noun.pos_ == "VERB" and noun.i > candidate.government_position:
            return None
        if noun.pos_ != "NOUN" or noun.i >= candidate.token.i:
            continue
        if lemma_key(noun) not in lexicon.noun_control:
            continue
        for child in noun.doc[noun.i + 1 : candidate.token.i]:
            if child.pos_ in ("VERB", "SCONJ", "PUNCT"):
                break
            if classes.lexicon.is_demonym(child) and child.i == noun.i + 1:
                return child, "subject.noun_control"
            if (
                child.pos_ in ("NOUN", "X", "PROPN")
                and case_word(child) in ("", _FOR)
                and (classes.is_mobile(child) or child.ent_type_)
            ):
                return child, "subject.noun_control"
    return None


def has_second_noun(subject: Token) -> bool:
    """Whether an adjective closes the subject's phrase, so that a noun after it is new."""
    return bool(children(subject, "amod"))
