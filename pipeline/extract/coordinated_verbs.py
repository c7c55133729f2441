"""Objects that two coordinated verbs share, where they stand after the second.

حشدت [كييف]agent ونشرت على المحور [ثلاثة ألوية]theme
^no object        ^its conjunct       ^object of both, as is the phrase with «على»
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.extract.lexicon import Sense
from pipeline.extract.semantics import Classifier
from pipeline.extract.sentences import forward
from pipeline.extract.subjects import CAUSED, Core, explicit_subject, subject_role
from pipeline.extract.syntax import agrees, children
from pipeline.extract.triggers import Candidate

RULE = "object.shared"
_ACTING = frozenset({"person", "group", "force"})


def partner_of(candidate: Candidate, candidates: Mapping[int, Candidate]) -> Candidate | None:
    """The trigger coordinated with a verb, with at most the subject of both between them."""
    verb = candidate.token
    for child in children(verb, "conj", "parataxis"):
        other = candidates.get(child.i)
        if other is None or other.kind != "verb" or child.i < verb.i:
            continue
        between = forward(verb.doc, verb.i + 1, child.i)
        plain = all(token.pos_ not in ("ADP", "PUNCT", "VERB", "SCONJ") for token in between)
        if plain and explicit_subject(child) is None and agrees(child, verb):
            return other
    return None


def share_object(core: Core, partner: Candidate | None, sense: Sense, classes: Classifier) -> None:
    """Give a verb that was read as a passive the object after its conjunct: it is active then."""
    if core.rule != "verb.no_object" or partner is None or sense.valency not in CAUSED:
        return
    doers = [token for role, token, _, _ in core.fillers if role == "theme"]
    objects = [noun for noun in children(partner.token, "obj") if noun.pos_ != "PRON"]
    if not doers or not objects or not classes.classes(doers[0]) & _ACTING:
        return
    core.construction, core.rule, core.fillers = "finite", "verb", []
    core.add(subject_role(sense.valency, doers[0], classes), doers[0], "subject.nsubj")
    core.add("theme", objects[0], RULE, "coordination")
