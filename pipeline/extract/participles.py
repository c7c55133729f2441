"""Core roles of participles."""

from __future__ import annotations

from pipeline.extract.lexicon import Sense
from pipeline.extract.semantics import Classifier
from pipeline.extract.subjects import Core
from pipeline.extract.syntax import NOMINAL, children, has_article, is_relative
from pipeline.extract.triggers import Candidate


def participle_core(candidate: Candidate, sense: Sense, classes: Classifier) -> Core:
    """Core roles of a participle: the noun it agrees with moves, or the participle itself.

    [السفينة]theme المتجهة إلى          [العائدون]theme من          الطائرة [كانت] متجهة
    """
    token = candidate.token
    core = Core("participle", f"participle.{candidate.kind}")
    noun = token.head if token.dep_ in ("amod", "acl", "nmod") and token.pos_ == "ADJ" else None
    if noun is not None and (noun.i > token.i or noun.pos_ not in NOMINAL):
        noun = None
    if noun is None and token.dep_ in ("xcomp", "root", "conj", "ccomp", "acl:relcl", "obj"):
        from_verb = token.head if token.head.pos_ in ("VERB", "AUX") else token
        subjects = [c for c in children(from_verb, "nsubj") if not is_relative(c)]
        noun = subjects[0] if subjects and token.pos_ == "ADJ" else None
    if noun is not None:
        core.add("theme", noun, "participle.head")
    elif token.pos_ == "NOUN" or has_article(token):
        core.add("theme", token, "participle.nominal")
    core.has_object = True
    return core
