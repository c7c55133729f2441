"""Subjects and objects: roles by valency, and where a clause keeps its nouns."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from pipeline.extract.semantics import Classifier
from pipeline.extract.sentences import forward
from pipeline.extract.syntax import (
    NOMINAL,
    agrees,
    children,
    feature,
    has_article,
    has_case,
    is_relative,
    key,
    neighbour,
)
from pipeline.morphology import ENDINGS, PARTICLES

#: Role of the subject, and of the object, by valency.
SUBJECT = {
    "self": "theme", "caused": "agent", "goal_object": "theme", "source_object": "theme",
    "path_object": "theme", "caused_by_marker": "agent", "clear_out": "agent",
    "carried": "agent", "companion": "theme",
}  # fmt: skip
OBJECT = {
    "caused": "theme", "goal_object": "destination", "source_object": "origin",
    "path_object": "via", "clear_out": "theme", "carried": "theme",
}  # fmt: skip
#: Valencies whose object is a place.
PLACE_OBJECT = frozenset({"goal_object", "source_object", "path_object"})
CAUSED = frozenset({"caused", "clear_out", "carried", "caused_by_marker"})


@dataclass(slots=True)
class Core:
    """Core roles: fillers (role, head, rule, resolved_by) and gaps (role, token, kind, rule).

    ``open_role`` is the subject's role where nothing fills it; ``mentions`` the pronouns that a
    resolved filler stands for; ``has_object`` whether an object of any kind was seen.
    """

    construction: str
    rule: str
    fillers: list[tuple[str, Token, str, str | None]] = field(default_factory=list)
    gaps: list[tuple[str, Token, str, str]] = field(default_factory=list)
    mentions: dict[str, Token] = field(default_factory=dict)
    open_role: str | None = None
    has_object: bool = False
    forced: bool = False  # an adverb of force («قسرا»), an agent phrase, or passive by the parse

    def add(self, role: str, token: Token, rule: str, resolved_by: str | None = None) -> None:
        """Record a filler."""
        self.fillers.append((role, token, rule, resolved_by))


def object_role(valency: str, noun: Token, classes: Classifier) -> str | None:
    """The role of an object; what is cleared out is a place (origin) or people (theme)."""
    if valency == "clear_out" and classes.is_place(noun) and not is_person(noun, classes):
        return "origin"
    return OBJECT.get(valency)


def subject_role(valency: str, noun: Token, classes: Classifier) -> str:
    """The role of a subject; a vehicle that carries is the instrument."""
    if (
        valency in ("carried", "caused")
        and "vehicle" in classes.classes(noun)
        and "person" not in classes.classes(noun)
    ):
        return "instrument"
    return SUBJECT[valency]


def is_person(noun: Token, classes: Classifier, *, named: bool = True) -> bool:
    """Whether a noun is somebody or something that moves; a named place counts if ``named``."""
    found = classes.classes(noun)
    return bool(found & {"person", "force", "group", "goods"}) and (named or "place" not in found)


def bare_place(noun: Token, classes: Classifier) -> bool:
    """A place whose people or state cannot be meant: «المطار», «بيتي», not «باريس»."""
    return classes.is_place(noun) and not is_person(noun, classes) and noun.i not in classes.places


def clashes(verb: Token, noun: Token) -> bool:
    """Whether a verb cannot have the noun after it for its subject: «طردت السفير» has another.

    Before its subject a verb agrees in gender; broken plurals and names are left open.
    """
    if noun.pos_ != "NOUN" or noun.i < verb.i or feature(noun, "Number") != "Sing":
        return False
    feminine = key(noun).endswith(ENDINGS.maybe_feminine)
    return feature(verb, "Gender") == "Fem" and not feminine and not noun.ent_type_


def explicit_subject(verb: Token) -> Token | None:
    """The noun that the parse makes the verb's subject; relative pronouns do not count."""
    particles = [child for child in verb.children if child.pos_ == "PART" and child.i < verb.i]
    hung = [child for node in (*particles, verb) for child in children(node, "nsubj")]
    subjects = [
        child
        for child in sorted(hung, key=lambda token: token.i)
        if not is_relative(child) and child.pos_ in NOMINAL | {"DET"} and child.pos_ != "PRON"
        if not (child.pos_ == "DET" and key(child) == PARTICLES.min)  # «[من] نزحوا عن ديارهم»
    ]
    plural = feature(verb, "Number") in ("Plur", "Dual")  # none before a subject: «غادروا البلاد»
    after = [child for child in subjects if child.i > verb.i and not plural]
    subjects = [child for child in subjects if child.i < verb.i]
    found = after or subjects[::-1]
    return found[0] if found else None


def shared_subject(verb: Token) -> Token | None:
    """The subject of the verb that this one is coordinated with: «غادر [الوزير] … ووصل».

    It may stand with the auxiliary over both: «كان [الطبيب] يعمل ويستعد للذهاب».
    """
    node = verb
    for _ in range(4):
        complement = node.i != verb.i and node.dep_.split(":")[0] in ("xcomp", "aux", "ccomp")
        complement = complement and not children(node, "mark")
        if not (node.dep_ == "conj" or complement) or node.head.i >= node.i:
            return None
        node = node.head
        if node.pos_ != "VERB":
            return _nominative(node, verb)
        subject = explicit_subject(node)
        if subject is not None:
            return subject if agrees(verb, subject) else None
    return None


def _is_adjective_as_noun(token: Token, classes: Classifier) -> bool:
    """«نقلوا [الجريح]», not «اقتيد الموقوفون [مكبلين]»: how they were is no object."""
    noun = has_article(token) or classes.is_mobile(token)
    return token.pos_ == "ADJ" and token.dep_ == "obj" and noun


def _nominative(noun: Token, verb: Token) -> Token | None:
    """«أسر [الحوثيون] طاقم السفينة واقتادوه»: the subject of a verb that was taken for a noun.

    A plural in the nominative, right after a noun, is no genitive of it.
    """
    following = neighbour(noun, 1)
    if following is None or following.dep_ != "nmod" or following.head.i != noun.i:
        return None
    form = key(following)
    nominative = form.endswith(ENDINGS.masculine_plural) and not form.endswith(ENDINGS.dual_oblique)
    return following if nominative and agrees(verb, following) else None


def unmarked_nouns(verb: Token, classes: Classifier) -> list[Token]:
    """Nouns of a verb without a preposition, in text order; dates are left out."""
    return [
        child
        for child in verb.children
        if child.pos_ in NOMINAL
        and (child.i > verb.i or child.dep_.startswith("nsubj"))
        and (child.pos_ not in ("PRON", "ADJ") or _is_adjective_as_noun(child, classes))
        and not is_relative(child)
        and child.dep_.split(":")[0] in ("nsubj", "obj", "iobj", "obl", "nmod", "xcomp", "dep")
        and not has_case(child)
        and not classes.is_time(child)
        and not (child.dep_ in ("obl", "xcomp") and not classes.classes(child) & {"place"})
    ]


def next_noun(token: Token, classes: Classifier) -> Token | None:
    """The noun right after a verb, whatever the parser hung it on."""
    following = neighbour(token, 1)
    if following is not None and following.pos_ == "DET" and following.head.i > following.i:
        following = following.head
    if following is not None and following.pos_ == "ADJ" and not classes.is_mobile(following):
        return None
    if following is None or following.pos_ not in ("NOUN", "X", "PROPN", "NUM", "ADJ"):
        return None
    cases = [case for case in children(following, "case") if token.i < case.i < following.i]
    if cases or classes.is_time(following) or following.head.i > following.i + 3:
        return None
    return following


def noun_before(verb: Token, classes: Classifier) -> Token | None:
    """«[قافلة المساعدات] تدخل …»: the phrase before a verb that lacks a subject."""
    before = neighbour(verb, -1)
    if before is None or before.pos_ not in ("NOUN", "X", "PROPN", "ADJ"):
        return None
    node = before
    while node.dep_ in ("nmod", "amod", "flat", "flat:foreign", "conj", "appos"):
        if node.head.i >= verb.i or has_case(node) or node.head.pos_ not in NOMINAL:
            break
        if any(t.pos_ == "VERB" for t in forward(verb.doc, min(node.i, node.head.i), verb.i)):
            break  # «الطائرة أسقطت، [والطيار] نقل»: hung on a noun of the clause before
        node = node.head
    while has_case(node) and node.head.i < node.i and node.head.pos_ in NOMINAL:
        node = node.head  # «[شاحنتان] محملتان بالسلاح عبرتا الحدود»
    if node.dep_ == "amod" and node.head.i < node.i:
        node = node.head
    if node.i >= verb.i or has_case(node) or node.dep_ in ("obj", "obl", "obl:arg"):
        return None
    if classes.is_time(node) or any(t.pos_ == "VERB" for t in forward(verb.doc, node.i, verb.i)):
        return None
    return node if agrees(verb, node) else None
