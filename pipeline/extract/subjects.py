"""Subjects and objects: roles by valency, and where a clause keeps its nouns."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from pipeline.extract.clauses import ClauseLexicon
from pipeline.extract.semantics import Classifier
from pipeline.extract.syntax import (
    NOMINAL,
    agrees,
    children,
    feature,
    has_article,
    has_case,
    in_personal_name,
    is_closed,
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


def is_person(noun: Token, classes: Classifier) -> bool:
    return bool(classes.classes(noun) & {"person", "force", "group", "goods"})


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
    ]
    after = [child for child in subjects if child.i > verb.i]
    found = after or subjects[::-1]
    return found[0] if found else None


def shared_subject(verb: Token) -> Token | None:
    """The subject of the verb that this one is coordinated with: «غادر [الوزير] … ووصل»."""
    node = verb
    for _ in range(3):
        if node.dep_ != "conj" or node.head.i >= node.i:
            return None
        node = node.head
        if node.pos_ != "VERB":
            return None
        subject = explicit_subject(node)
        if subject is not None:
            return subject if agrees(verb, subject) else None
    return None


def unmarked_nouns(verb: Token, classes: Classifier) -> list[Token]:
    """Nouns of a verb without a preposition, in text order; dates are left out."""
    return [
        child
        for child in verb.children
        if child.pos_ in NOMINAL
        and (child.i > verb.i or child.dep_.startswith("nsubj"))
        and (child.pos_ not in ("PRON", "ADJ") or (child.dep_ == "obj" and child.pos_ == "ADJ"))
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
        node = node.head
    if node.i >= verb.i or has_case(node) or node.dep_ in ("obj", "obl", "obl:arg"):
        return None
    if classes.is_time(node) or any(t.pos_ == "VERB" for t in verb.doc[node.i : verb.i]):
        return None
    return node if agrees(verb, node) else None


def split_pair(first: Token, classes: Classifier, lexicon: ClauseLexicon) -> Token | None:
    """«نقل الهلال الأحمر [نحو مئتي جريح] من …»: a counted noun opens a new phrase."""
    if not classes.is_mobile(first) and not first.ent_type_:
        return None
    if first.pos_ == "NUM" or classes.lexicon.is_in("quantity", first):
        return None
    for token in first.doc[first.i + 1 : min(first.i + 7, first.sent.end)]:
        if token.pos_ == "NUM" or is_approximation(token, lexicon):
            return counted_noun(token, classes, lexicon)
        if token.pos_ in ("ADP", "PUNCT", "VERB", "CCONJ", "SCONJ"):
            return None
    return None


def is_approximation(token: Token, lexicon: ClauseLexicon) -> bool:
    """Whether ``token`` may open an approximation: «[نحو] مئتي جريح», «[ما] لا يقل عن خمسة»."""
    return key(token) in lexicon.approximators - lexicon.approximator_links


def counted_noun(token: Token, classes: Classifier, lexicon: ClauseLexicon) -> Token | None:
    """The number after an approximation: «حوالى [ألف] لاجئ»; None after «نحو المدينة»."""
    node: Token | None = token
    while node is not None and key(node) in lexicon.approximators:
        node = neighbour(node, 1)
    if node is None or not (node.pos_ == "NUM" or classes.lexicon.is_in("quantity", node)):
        return None
    return node if node.pos_ in ("NUM", "NOUN", "X") else None


def in_number(token: Token, previous: Token) -> bool:
    """Whether ``token`` goes on with a number: «خمسة [و][ثلاثين] [ألف] [لاجئ]»."""
    if previous.pos_ != "NUM":
        return False
    if token.pos_ == "CCONJ":
        following = neighbour(token, 1)
        return following is not None and following.pos_ == "NUM"
    return token.pos_ == "NUM" or (token.pos_ == "NOUN" and not has_article(token))


def is_counted(noun: Token) -> bool:
    """Whether a number stands before a singular noun, which then takes no place for a genitive."""
    before = neighbour(noun, -1)
    return before is not None and before.pos_ == "NUM" and feature(noun, "Number") != "Plur"


def is_oblique_plural(token: Token, subject: Token) -> bool:
    """Whether a definite plural cannot be the subject's adjective, for it is accusative.

    نقلت فرق الدفاع المدني [الناجين] إلى …       the subject's own would be «الناجون»
                    ^Sing       ^-ين
    A genitive plural between them could have it for an adjective: «مئات الجنود [المصابين]».
    """
    if token.pos_ != "ADJ" or not has_article(token) or feature(token, "Number") != "Plur":
        return False
    if not key(token).endswith(ENDINGS.dual_oblique):  # the plural's ending too
        return False
    between = token.doc[subject.i + 1 : token.i]
    return not any(feature(noun, "Number") in ("Plur", "Dual") for noun in between)


def after_subject(
    verb: Token, subject: Token, valency: str, classes: Classifier, lexicon: ClauseLexicon
) -> list[Token]:
    """The object that the parser hung on the subject.

    غادر وزير الخارجية المصري بدر عبد العاطي [القاهرة]      a place after the subject's phrase
    ترسل ألمانيا [بطاريتي باتريوت]                       a noun after a name (no genitive)
    دخل ما لا يقل عن خمسة وثلاثين ألف روهينغي [بنغلادش]     a place after a counted noun
    نقلت فرق الدفاع المدني [الناجين]                     a plural in the accusative
    """
    if subject.i < verb.i:
        following = next_noun(verb, classes)
        return [following] if following is not None else []
    named = subject.ent_type_ != "" or subject.pos_ == "X"
    caused = valency in ("caused", "clear_out")
    previous = subject
    for token in verb.doc[subject.i + 1 : min(subject.i + 12, verb.sent.end)]:
        if token.is_space or token.text in '"«»':
            continue
        if in_number(token, previous):
            previous = token
            continue
        if caused and is_approximation(token, lexicon):
            counted = counted_noun(token, classes, lexicon)
            return [counted] if counted is not None else []
        if token.pos_ in ("VERB", "SCONJ", "PUNCT", "CCONJ") or is_relative(token):
            break
        if token.pos_ == "ADP" and in_personal_name(token):
            continue
        if token.pos_ == "ADP" or has_case(token):
            if token.pos_ == "ADP" and (caused or key(token) != PARTICLES.min):
                break
            previous = token
            continue
        if classes.is_time(token) or key(token) in lexicon.adverbials:
            continue
        if caused and is_oblique_plural(token, subject):
            return [token]
        if token.pos_ in ("NOUN", "X", "PROPN", "NUM") and token.ent_iob_ != "I":
            if caused:
                closed = is_closed(previous)
                close = named and previous.i <= subject.i + 3
                if (
                    (close or closed)
                    and token.pos_ != "X"
                    and not classes.lexicon.is_demonym(token)
                ):
                    return [token]
            elif classes.is_place(token) and (is_closed(previous) or is_counted(previous)):
                return [token]
            elif classes.is_place(token) and feature(previous, "Definite") != "Cons":
                if feature(previous, "Definite") == "Def" or previous.pos_ in ("X", "ADJ", "PROPN"):
                    return [token]
                if previous.ent_type_:
                    return [token]
        previous = token
    return []
