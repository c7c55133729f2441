"""Core roles of participles."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.lexicon import Sense
from pipeline.extract.phrase_bounds import after_place
from pipeline.extract.semantics import Classifier
from pipeline.extract.sentences import backward
from pipeline.extract.subjects import Core, explicit_subject
from pipeline.extract.syntax import (
    NOMINAL,
    children,
    feature,
    has_article,
    has_case,
    is_relative,
    key,
)
from pipeline.extract.triggers import Candidate
from pipeline.morphology import ENDINGS


def _is_genitive(token: Token, noun: Token, classes: Classifier) -> bool:
    """Whether a participle that the parser made an adjective of ``noun`` is its genitive."""
    if feature(token, "Number") != "Plur" or not has_article(token) or has_article(noun):
        return False
    if not key(token).endswith(ENDINGS.masculine_plural):
        return False
    if noun.ent_type_ in ("GPE", "LOC"):
        return True  # «استقبلت ألمانيا القادمين»: nor of the name of a place
    if noun.pos_ != "NOUN" or noun.ent_type_ or classes.lexicon.is_in("quantity", noun):
        return False
    return feature(noun, "Number") == "Sing"


def _agreeing(token: Token, noun: Token) -> Token | None:
    """The noun after its verb's subject that a feminine participle agrees with, as that does not.

    أوقف الأمن [شاحنة] محملة بالسلاح متجهة إلى طرابلس
         ^noun                  ^token
    """
    if not key(token).endswith(ENDINGS.feminine) or has_article(token) or noun.i > token.i:
        return None
    if key(noun).endswith(ENDINGS.feminine) or feature(noun, "Number") != "Sing" or noun.ent_type_:
        return None
    for other in backward(token.doc, noun.i + 1, token.i):
        indefinite = other.pos_ == "NOUN" and not has_article(other) and not has_case(other)
        if indefinite and (key(other).endswith(ENDINGS.feminine) or _is_plural(other)):
            return other
    return None


def _is_plural(noun: Token) -> bool:
    return feature(noun, "Number") == "Plur"


def participle_core(candidate: Candidate, sense: Sense, classes: Classifier) -> Core:
    """Core roles of a participle: the noun it agrees with moves, or the participle itself.

    [السفينة]theme المتجهة إلى          [العائدون]theme من          الطائرة [كانت] متجهة
    أثاث [العائدين]theme من             no adjective of a singular: a genitive
    """
    token = candidate.token
    core = Core("participle", f"participle.{candidate.kind}")
    noun = token.head if token.dep_ in ("amod", "acl", "nmod") and token.pos_ == "ADJ" else None
    if noun is not None and _is_genitive(token, noun, classes):
        core.add("theme", token, "participle.genitive")
        core.has_object = True
        return core
    if noun is not None and (noun.i > token.i or noun.pos_ not in NOMINAL):
        noun = None
    if noun is None and token.dep_ in ("xcomp", "root", "conj", "ccomp", "acl:relcl", "obj"):
        from_verb = token.head if token.head.pos_ in ("VERB", "AUX") else token
        subjects = [c for c in children(from_verb, "nsubj") if not is_relative(c)]
        noun = subjects[0] if subjects and token.pos_ == "ADJ" else None
        if noun is not None and classes.is_place(noun) and candidate.clauses is not None:
            noun = after_place(noun, classes, candidate.clauses) or noun
    if noun is not None and noun.head.i == token.head.i:
        noun = _agreeing(token, noun) or noun
    cut = candidate.found_by == "repair"
    if noun is None and cut and token.head.pos_ == "VERB":
        over = explicit_subject(token.head)  # «كان [الزورق] متجها إلى», «غادر [الوزير] متجها»
        noun = over if over is not None and over.i != token.i else None
    if noun is not None:
        core.add("theme", noun, "participle.head")
    elif cut:
        core.gaps.append(("theme", token, "dropped_subject", "participle.predicate"))
    elif token.pos_ == "NOUN" or has_article(token):
        core.add("theme", token, "participle.nominal")
    core.has_object = True
    return core
