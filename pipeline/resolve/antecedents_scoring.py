"""How likely a noun phrase is to be what a gap refers to: agreement, class, prominence, recency.

Points are added up; agreement gives up to 2, so that one preference can outweigh another but no
preference outweighs a clash.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.events import Event, Gap
from pipeline.extract.semantics import MOBILE
from pipeline.extract.syntax import ancestors, children, feature
from pipeline.resolve.antecedents_mentions import Mention, Place, clause_verb

#: Gaps that stand for a subject, not for a pronoun in the text.
SUBJECT_GAPS = frozenset({"dropped_subject", "masdar_subject"})

PLACE_ROLES = frozenset({"origin", "destination", "via"})
#: Classes of what can act, and of what a movement can end at.
ACTING = frozenset({"person", "group", "force", "vehicle"})
_ENDS = frozenset({"place", "person", "group"})
_JOINED = frozenset({"conj", "parataxis", "advcl", "xcomp"})
_COMPLEMENTS = frozenset({"obl", "obj", "nmod"})
_RELATIVE_LINKS = ("acl", "acl:relcl")

_CLASS_FITS = 1.0
_CLASS_CLASHES = -5.0
_PLACE_AS_MOVER = -2.5
_UNKNOWN_NOUN = -0.5
_SUBJECT_FOR_SUBJECT = 2.0
_SUBJECT = 0.75
_SHARED_CLAUSE = 1.5
_EARLIER_ACTOR = 1.0
_GENITIVE = -0.75
_RELATIVE = -1.0
_RELATIVE_HEAD = 2.5
_SPEAKER = -0.75
_SENTENCE = -1.5
_PARAGRAPH = -2.0
_TOKEN = -0.03


def prominence(
    mention: Mention, event: Event, gap: Gap, place: Place, actors: frozenset[int]
) -> float:
    """The points of a candidate besides agreement.

    ``place`` is that of the gap; ``actors`` are the heads of the actors of other events.
    """
    score = _class_points(mention.classes, gap.role) + _syntax_points(mention, gap)
    if not mention.classes and mention.head.pos_ == "NOUN":
        score += _UNKNOWN_NOUN
    if _is_speaker(mention, event):
        score += _SPEAKER
    if mention.head.i in actors:
        score += _EARLIER_ACTOR
    score += _SENTENCE * (place.sentence - mention.place.sentence)
    score += _PARAGRAPH * (place.paragraph - mention.place.paragraph)
    return score + _TOKEN * (gap.token.i - mention.head.i)


def containing(token: Token) -> Iterator[Token]:
    """The phrases around a token, up to the clause it stands in: none of them can be meant."""
    for node in (token, *ancestors(token)):
        yield node
        if node.dep_ in _RELATIVE_LINKS:
            return


def subjects(verb: Token) -> list[Token]:
    """The subject of the clause that a pronoun is an object in: never what the pronoun means.

    It is that of the verb, of the verb whose subject this shares, or the noun whose relative
    clause it is.

        [طاقمـه]  الذي سارع لمساعدة-ـه على الخروج        [الوزير] … وطالب-ـهم
    """
    while not children(verb, "nsubj") and verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        verb = verb.head
    found = children(verb, "nsubj")
    relative = all(feature(subject, "PronType") == "Rel" for subject in found)
    return [*found, verb.head] if relative and verb.dep_ in _RELATIVE_LINKS else found


def _class_points(classes: frozenset[str], role: str) -> float:
    wanted = _ENDS if role in PLACE_ROLES else ACTING if role == "agent" else MOBILE
    if role == "theme" and "place" in classes:
        return _PLACE_AS_MOVER
    if classes & wanted:
        return _CLASS_FITS
    return _CLASS_CLASHES if classes else 0.0


def _syntax_points(mention: Mention, gap: Gap) -> float:
    score = 0.0
    if mention.is_subject:
        score += _SUBJECT_FOR_SUBJECT if gap.kind in SUBJECT_GAPS else _SUBJECT
    if gap.kind != "object_pronoun" and _shares_clause(mention.head, gap.token):
        score += _SHARED_CLAUSE
    if _is_relative_head(mention.head, gap.token):
        score += _RELATIVE_HEAD
    if mention.is_genitive:
        score += _GENITIVE
    if mention.in_relative and not _in_same_clause(mention.head, gap.token):
        score += _RELATIVE
    return score


def _shares_clause(candidate: Token, token: Token) -> bool:
    """Whether the candidate is the subject of the verb that the gap's clause is joined to.

    سينضم [الوسيط] إلى المحادثات فور عودت-ه        زار [الوفد] طرابلس قبل أن يعود
    """
    for node in ancestors(token):
        if candidate in children(node, "nsubj"):
            return True
        if node.dep_ not in _JOINED and node.dep_.split(":")[0] not in _COMPLEMENTS:
            return False
    return False


def _is_relative_head(candidate: Token, token: Token) -> bool:
    """«[القافلة] التي كان من المفترض أن تدخل»: the noun whose relative clause the gap is in."""
    for node in (token, *ancestors(token)):
        if node.dep_ in _RELATIVE_LINKS:
            return node.head.i == candidate.i
    return False


def _in_same_clause(candidate: Token, token: Token) -> bool:
    verb = clause_verb(token)
    return verb is not None and any(node.i == verb.i for node in ancestors(candidate))


def _is_speaker(mention: Mention, event: Event) -> bool:
    """Whether the candidate is the speaker of what the event is part of."""
    source = event.attribution
    return source is not None and source.span.start <= mention.head.i < source.span.end
