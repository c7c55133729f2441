"""Implicit subjects that the sentence itself supplies: control verbs and purpose clauses.

قررت [باريس] سحب قواتها          subject control: agent باريس
أجبر القصف [السكان] على المغادرة   object control: theme السكان
سمح [للمهاجرين] بالنزول           the controller after ل
عبروا النهر للوصول إلى …           purpose (see purpose_clauses)
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.clauses import ClauseLexicon
from pipeline.extract.purpose_clauses import clause_subject, purpose_controller
from pipeline.extract.semantics import Classifier
from pipeline.extract.sentences import backward, forward, sentence_end, sentence_start
from pipeline.extract.subjects import explicit_subject
from pipeline.extract.syntax import (
    NOMINAL,
    case_word,
    children,
    feature,
    has_case,
    is_closed,
    is_relative,
    key,
    lemma_key,
    neighbour,
)
from pipeline.extract.triggers import Candidate
from pipeline.morphology import PARTICLES

SUBJECT_KINDS = frozenset({"light_active", "aspect", "subject_control"})
#: Rules under which the mover is not the subject of what governs the trigger.
OBJECT_CONTROL = frozenset(
    {
        "subject.object_control",
        "subject.object_control.passive",
        "subject.object_control.linear",
        "subject.noun_object_control",
        "subject.predicate_control",
    }
)
#: Tokens before the trigger within which a noun may control it.
_NOUN_REACH = 6


def controller(
    candidate: Candidate, lexicon: ClauseLexicon, classes: Classifier
) -> tuple[Token, str] | None:
    """The token that fills the trigger's open subject role, with the rule's name, or None."""
    over = candidate.government
    named = _noun_controller(candidate, lexicon, classes)
    if named is not None:
        return named
    performer = _performer(candidate, lexicon)
    if performer is not None:
        return performer, "subject.performer"
    predicate = _predicate_controller(candidate, lexicon, classes)
    if predicate is not None:
        return predicate, "subject.predicate_control"
    if _is_topic(candidate.token, lexicon):
        return None
    if over.verb is None:
        return purpose_controller(candidate, lexicon, classes)
    if over.kind == "object_control":
        return _object_controller(over.verb, candidate, lexicon, classes)
    if over.kind in SUBJECT_KINDS:
        subject = clause_subject(over.verb, candidate, lexicon, classes)
        return (subject, f"subject.{over.kind}") if subject is not None else None
    return purpose_controller(candidate, lexicon, classes)


def _object_controller(
    verb: Token, candidate: Candidate, lexicon: ClauseLexicon, classes: Classifier
) -> tuple[Token, str] | None:
    marks = lexicon.object_control[lemma_key(verb)]
    own = [c for c in candidate.token.children if classes.is_mobile(c)]
    for child in (*verb.children, *own):
        if child.pos_ not in NOMINAL or child.i == candidate.token.i or classes.is_time(child):
            continue
        of_verb = child.head.i == verb.i and child.dep_.startswith(("obj", "iobj"))
        if of_verb and not has_case(child) and "" in marks:
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
        ends = named or is_closed(subject)
        for token in forward(verb.doc, subject.i + 1, candidate.token.i) if ends else ():
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
    """The controller that a noun over the trigger has: a phrase with its marker, else its genitive.

    السماح [للمهاجرين] بالنزول      استعداد [إيطاليا] نقل      محاولة [حوثية] لتهريب
    السماح لـ[هم] بالنزول           محاولتـ[هم] الدخول        منع مصر [القافلة] من الدخول
    """
    token = candidate.token
    start = max(sentence_start(token), token.i - _NOUN_REACH)
    before = backward(token.doc, start, token.i)
    for noun in (token.head, *candidate.government.via, *before):
        if noun.pos_ == "VERB" and noun.i > candidate.government_position:
            return None
        if noun.pos_ != "NOUN" or noun.i >= candidate.token.i:
            continue
        if lemma_key(noun) in lexicon.noun_control:
            found = _of_noun(noun, candidate.token, lexicon, classes)
            if found is not None:
                controls_object = lemma_key(noun) in lexicon.noun_object_control
                kind = "noun_object_control" if controls_object else "noun_control"
                return found, f"subject.{kind}"
    return None


def _of_noun(
    noun: Token, trigger: Token, lexicon: ClauseLexicon, classes: Classifier
) -> Token | None:
    marked: list[Token] = []
    bare: list[Token] = []
    marks = lexicon.noun_object_control.get(lemma_key(noun), ())
    for child in forward(noun.doc, noun.i + 1, trigger.i):
        if child.pos_ in ("VERB", "SCONJ", "PUNCT"):
            break
        before = neighbour(child, -1)
        word = key(before) if before is not None and before.pos_ == "ADP" else case_word(child)
        names = child.pos_ in ("NOUN", "X", "PROPN") and child.ent_iob_ != "I"
        if child.pos_ == "PRON":
            fits = word != "" or child.i == noun.i + 1
        elif classes.lexicon.is_demonym(child) and child.i == noun.i + 1:
            fits = True
        else:
            fits = names and (classes.is_mobile(child) or child.ent_type_ != "")
        if fits and word in (*marks, PARTICLES.li) and word:
            marked.append(child)
        elif fits and not word:
            bare.append(child)
    if marked and (marks or not bare):
        return marked[0]
    if not bare:
        return None
    named = bare[0].pos_ in ("X", "PROPN", "PRON") or bare[0].ent_type_ != ""
    controls_object = lemma_key(noun) in lexicon.noun_object_control
    return bare[1] if controls_object and named and len(bare) > 1 else bare[0]


def _performer(candidate: Candidate, lexicon: ClauseLexicon) -> Token | None:
    """Who does the movement that a relative clause about it says to be done.

    الزيارة التي يقوم بـ-ها [الوزير]        عملية الإجلاء التي نفذت-ها [القوات]
    ^trigger     ^verb      ^subject
    """
    doc, first = candidate.token.doc, candidate.token.i + 1
    pronoun = next(
        (token for token in forward(doc, first, min(first + 4, sentence_end(candidate.token)))
         if token.pos_ not in ("ADJ", "X") or is_relative(token)),
        None,
    )  # fmt: skip
    if pronoun is None or not is_relative(pronoun):
        return None
    for verb in forward(doc, pronoun.i + 1, min(pronoun.i + 4, sentence_end(candidate.token))):
        if verb.pos_ != "VERB":
            continue
        performs = lemma_key(verb) in lexicon.light_active | lexicon.aspect
        resumed = [t for t in forward(doc, verb.i + 1, verb.i + 3) if t.pos_ == "PRON"]
        if not performs or not resumed:
            continue
        subject = explicit_subject(verb)
        if subject is not None:
            return subject
        following = neighbour(resumed[0], 1)
        if following is not None and following.pos_ in ("NOUN", "X", "PROPN"):
            return following if not has_case(following) else None
    return None


def _predicate_controller(
    candidate: Candidate, lexicon: ClauseLexicon, classes: Classifier
) -> Token | None:
    """«من الصعب على [التلاميذ] الوصول», «يتحتم على [إسرائيل] سحب», «على [هـم] أن يغادروا».

    An adjective or noun of possibility or duty before the trigger; its marked phrase is the mover.
    """
    token = candidate.token
    start = max(sentence_start(token), token.i - _NOUN_REACH)
    for predicate in backward(token.doc, start, token.i):
        if predicate.pos_ in ("VERB", "PUNCT"):
            return None
        marks = lexicon.predicate_control.get(lemma_key(predicate))
        if marks is None or predicate.pos_ not in ("ADJ", "NOUN"):
            continue
        for child in forward(token.doc, predicate.i + 1, token.i):
            before = neighbour(child, -1)
            marked = before is not None and before.pos_ == "ADP" and key(before) in marks
            named = child.pos_ in ("PRON", "X") or child.ent_type_ != ""
            if marked and child.pos_ in NOMINAL and (named or classes.is_mobile(child)):
                return child
        return None
    return None


def _is_topic(token: Token, lexicon: ClauseLexicon) -> bool:
    """«علق الاتفاق بشأن [ترحيل] المهاجرين»: what is talked about has no subject from above."""
    cases = children(token, "case")
    words = [*cases, *(part for case in cases for part in children(case, "fixed"))]
    return any(key(word) in lexicon.topic_markers for word in words)


def has_second_noun(subject: Token) -> bool:
    """Whether an adjective closes the subject's phrase, so that a noun after it is new."""
    return bool(children(subject, "amod"))
