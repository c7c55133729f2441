"""Who is subject and who is object: the core roles of a trigger, by its kind and valency."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from pipeline.extract.lexicon import Sense
from pipeline.extract.relative_clauses import RelativeClause, resumes
from pipeline.extract.semantics import Classifier
from pipeline.extract.syntax import (
    NOMINAL,
    agrees,
    children,
    feature,
    has_case,
    is_relative,
    key,
    neighbour,
)
from pipeline.extract.triggers import Candidate, is_passive

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
_CAUSED = frozenset({"caused", "clear_out", "carried", "caused_by_marker"})


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
    if valency == "clear_out" and classes.is_place(noun) and not _is_person(noun, classes):
        return "origin"
    return OBJECT.get(valency)


def subject_role(valency: str, noun: Token, classes: Classifier) -> str:
    """The role of a subject; a vehicle that carries is the instrument."""
    if valency in ("carried", "caused") and "vehicle" in classes.classes(noun):
        if "person" not in classes.classes(noun):
            return "instrument"
    return SUBJECT[valency]


def _is_person(noun: Token, classes: Classifier) -> bool:
    return bool(classes.classes(noun) & {"person", "force", "group", "goods"})


def _bare_place(noun: Token, classes: Classifier) -> bool:
    """A place whose people or state cannot be meant: «المطار», «بيتي», not «باريس»."""
    return classes.is_place(noun) and not _is_person(noun, classes) and noun.i not in classes.places


def clashes(verb: Token, noun: Token) -> bool:
    """Whether a verb cannot have the noun after it for its subject: «طردت السفير» has another.

    Before its subject a verb agrees in gender; broken plurals and names are left open.
    """
    if noun.pos_ != "NOUN" or noun.i < verb.i or feature(noun, "Number") != "Sing":
        return False
    feminine = key(noun).endswith(("\u0647", "\u0627", "\u0621", "\u062a"))
    return feature(verb, "Gender") == "Fem" and not feminine and not noun.ent_type_


def explicit_subject(verb: Token) -> Token | None:
    """The noun that the parse makes the verb's subject; relative pronouns do not count."""
    subjects = [
        child
        for child in children(verb, "nsubj")
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


def _unmarked(verb: Token, classes: Classifier) -> list[Token]:
    """Nouns of a verb without a preposition, in text order; dates are left out."""
    return [
        child
        for child in verb.children
        if child.pos_ in NOMINAL
        and (child.i > verb.i or child.dep_.startswith("nsubj"))
        and child.pos_ not in ("PRON", "ADJ")
        and not is_relative(child)
        and child.dep_.split(":")[0] in ("nsubj", "obj", "iobj", "obl", "nmod", "xcomp", "dep")
        and not has_case(child)
        and not classes.is_time(child)
        and not (child.dep_ in ("obl", "xcomp") and not classes.classes(child) & {"place"})
    ]


def _next_noun(token: Token, classes: Classifier) -> Token | None:
    """The noun right after a verb, whatever the parser hung it on."""
    following = neighbour(token, 1)
    if following is not None and following.pos_ == "DET" and following.head.i > following.i:
        following = following.head
    if following is not None and following.pos_ == "ADJ" and not classes.is_mobile(following):
        return None
    if following is None or following.pos_ not in ("NOUN", "X", "PROPN", "NUM", "ADJ"):
        return None
    if has_case(following) or classes.is_time(following) or following.head.i > following.i + 3:
        return None
    return following


def _noun_before(verb: Token, classes: Classifier) -> Token | None:
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


def verb_core(
    candidate: Candidate,
    sense: Sense,
    relative: RelativeClause | None,
    classes: Classifier,
    has_theme_phrase: bool,
) -> Core:
    """Core roles of a finite verb.

    أرسلت [طهران]agent [قوات]theme        دخل [مقاتلو طالبان]theme [القصر]destination
    نُقل [ثمانية عشر مصابا]theme            الدبابات التي أدخلت-[ها]theme [موسكو]agent
    """
    verb = candidate.token
    subject, rule = explicit_subject(verb), "subject.nsubj"
    nouns = _unmarked(verb, classes)
    objects = [
        noun for noun in nouns if noun.i > verb.i and (subject is None or noun.i != subject.i)
    ]
    if not objects and subject is not None and sense.valency in OBJECT:
        objects = after_subject(verb, subject, sense.valency, classes)
    pronouns = [
        c for c in children(verb, "obj", "nmod", "obl") if c.pos_ == "PRON" and not has_case(c)
    ]
    pronoun = pronouns[0] if pronouns and pronouns[0].i - verb.i <= 2 else None
    core = Core("finite", "verb")
    if subject is None and (not objects or verb.pos_ != "VERB"):
        following = _next_noun(verb, classes)
        if following is not None:
            objects, rule = [following], "subject.linear"
    governing = _from_above(candidate, relative, pronoun, subject, sense, classes)
    if governing is None and subject is None:
        before = _noun_before(verb, classes)
        governing = (before, "subject.before", None) if before is not None else None
    if sense.valency in _CAUSED:
        _caused(core, candidate, sense, subject, objects, pronoun, governing, relative, classes,
                has_theme_phrase)  # fmt: skip
    else:
        _moving(
            core, candidate, sense, subject, objects, pronoun, governing, relative, classes, rule
        )
    return core


def _split_pair(first: Token, classes: Classifier, approximators: frozenset[str]) -> Token | None:
    """«نقل الهلال الأحمر [نحو مئتي جريح] من …»: a counted noun after a definite one is a new phrase."""
    if not classes.is_mobile(first) and not first.ent_type_:
        return None
    for token in first.doc[first.i + 1 : min(first.i + 7, first.sent.end)]:
        if (
            token.pos_ in ("ADP", "PUNCT", "VERB", "CCONJ", "SCONJ")
            and key(token) not in approximators
        ):
            return None
        if key(token) in approximators or token.pos_ == "NUM":
            counted = token if token.pos_ == "NUM" else neighbour(token, 1)
            return counted if counted is not None and counted.pos_ in ("NUM", "NOUN", "X") else None
    return None


def after_subject(verb: Token, subject: Token, valency: str, classes: Classifier) -> list[Token]:
    """The object that the parser hung on the subject.

    غادر وزير الخارجية المصري بدر عبد العاطي [القاهرة]      a place after the subject's phrase
    ترسل ألمانيا [بطاريتي باتريوت]                       a noun after a name, which takes no genitive
    """
    if subject.i < verb.i:
        following = _next_noun(verb, classes)
        return [following] if following is not None else []
    named = subject.ent_type_ != "" or subject.pos_ == "X"
    previous = subject
    for token in verb.doc[subject.i + 1 : min(subject.i + 12, verb.sent.end)]:
        if token.is_space or token.text in '"«»':
            continue
        if token.pos_ in ("VERB", "SCONJ", "PUNCT", "CCONJ") or is_relative(token):
            break
        if token.pos_ == "ADP" or has_case(token):
            if key(token) != "\u0645\u0646" and token.pos_ == "ADP":
                break
            previous = token
            continue
        if classes.is_time(token):
            continue
        if token.pos_ in ("NOUN", "X", "PROPN", "NUM") and token.ent_iob_ != "I":
            if valency in ("caused", "clear_out"):
                if named and previous.i <= subject.i + 3 and token.pos_ != "X":
                    return [token]
            elif classes.is_place(token) and feature(previous, "Definite") != "Cons":
                if feature(previous, "Definite") == "Def" or previous.pos_ in ("X", "ADJ", "PROPN"):
                    return [token]
                if previous.ent_type_:
                    return [token]
        previous = token
    return []


Above = tuple[Token, str, str | None]


def _from_above(
    candidate: Candidate,
    relative: RelativeClause | None,
    pronoun: Token | None,
    subject: Token | None,
    sense: Sense,
    classes: Classifier,
) -> Above | None:
    """A subject that stands outside the clause: antecedent, shared subject, aspect verb's."""
    verb = candidate.token
    if subject is not None and (
        sense.valency not in OBJECT or not classes.is_place(subject) or subject.i < verb.i
    ):
        return None
    if relative is not None and not (pronoun is not None and resumes(pronoun, relative.antecedent)):
        return relative.antecedent, "subject.relative", "relative"
    over = candidate.government
    if over.kind == "aspect" and over.verb is not None:
        above = explicit_subject(over.verb) or shared_subject(over.verb)
        if above is not None:
            return above, "subject.aspect", "control"
    shared = shared_subject(verb)
    return (shared, "subject.shared", "coordination") if shared is not None else None


def _moving(
    core: Core, candidate: Candidate, sense: Sense, subject: Token | None, objects: list[Token],
    pronoun: Token | None, governing: Above | None, relative: RelativeClause | None,
    classes: Classifier, rule: str,
) -> None:  # fmt: skip
    """Verbs whose subject moves; an object, if the valency has one, is a place."""
    role = OBJECT.get(sense.valency)
    place = None
    if role is not None:
        if subject is not None and objects:
            place = objects[0]
            purely = classes.classes(subject) & {"place"} and not _is_person(subject, classes)
            if purely and not classes.is_place(place):
                subject, place = place, subject
        elif objects:
            place, objects = objects[0], objects[1:]
            if governing is None and not classes.is_place(place):
                subject, place = place, None
            elif objects:
                subject = objects[0]
        elif subject is not None and (governing is not None or _bare_place(subject, classes)):
            place, subject = subject, None
    elif subject is None and objects and governing is None:
        subject = objects[0]
    if subject is not None:
        core.add("theme", subject, rule)
    elif governing is not None:
        core.add("theme", *governing)
    else:
        core.open_role = "theme"
        core.gaps.append(("theme", candidate.token, "dropped_subject", "subject.dropped"))
    if role is None:
        return
    if place is not None:
        core.add(role, place, f"{role}.object")
        core.has_object = True
    elif pronoun is not None:
        core.has_object = True
        if relative is not None and resumes(pronoun, relative.antecedent):
            core.mentions[role] = pronoun
            core.add(role, relative.antecedent, f"{role}.resumptive", "relative")
        else:
            core.gaps.append((role, pronoun, "object_pronoun", f"{role}.pronoun"))
    elif relative is not None and subject is not None and governing is None:
        core.has_object = True
        core.add(role, relative.antecedent, f"{role}.relative", "relative")


def _caused(
    core: Core, candidate: Candidate, sense: Sense, subject: Token | None, objects: list[Token],
    pronoun: Token | None, governing: Above | None, relative: RelativeClause | None,
    classes: Classifier, has_theme_phrase: bool,
) -> None:  # fmt: skip
    """Verbs whose subject makes something move; without any object they are passive."""
    verb = candidate.token
    moved = objects[0] if objects else None
    if subject is None and moved is not None and pronoun is None:
        approximators = candidate.clauses.approximators if candidate.clauses else frozenset()
        second = _split_pair(moved, classes, approximators)
        if second is not None:
            subject, moved = moved, second
    if sense.valency == "caused_by_marker":
        moved = None
    if subject is not None and moved is None and pronoun is None and not has_theme_phrase:
        shared = shared_subject(verb)
        conjoined = shared is not None and not is_passive(verb)
        if relative is not None and not is_passive(verb):
            core.add(subject_role(sense.valency, subject, classes), subject, "subject.nsubj")
            _object(core, sense, relative.antecedent, "object.relative", classes, "relative")
            return
        if clashes(verb, subject):
            _object(core, sense, subject, "object.clash", classes)
            above = _noun_before(verb, classes)
            if shared is not None or above is not None:
                doer = shared if shared is not None else above
                assert doer is not None
                resolved = "coordination" if shared is not None else None
                core.add(
                    subject_role(sense.valency, doer, classes), doer, "subject.above", resolved
                )
            else:
                core.open_role = "agent"
                core.gaps.append(("agent", verb, "dropped_subject", "subject.dropped"))
            return
        if conjoined and shared is not None:
            core.add(
                subject_role(sense.valency, shared, classes),
                shared,
                "subject.shared",
                "coordination",
            )
            _object(core, sense, subject, "object.second", classes)
            return
        core.construction, core.rule = "passive", "verb.no_object"
        core.forced = is_passive(verb) or _by_force(candidate)
        _object(core, sense, subject, "subject.passive", classes)
        return
    if subject is not None:
        core.add(subject_role(sense.valency, subject, classes), subject, "subject.nsubj")
    if moved is not None:
        _object(core, sense, moved, "object.obj", classes)
    elif pronoun is not None:
        core.has_object = True
        if relative is not None and resumes(pronoun, relative.antecedent):
            core.mentions["theme"] = pronoun
            _object(core, sense, relative.antecedent, "object.resumptive", classes, "relative")
        else:
            core.gaps.append(("theme", pronoun, "object_pronoun", "object.pronoun"))
    if subject is not None:
        return
    if governing is not None:
        token, rule, resolved_by = governing
        if moved is None and pronoun is None and not has_theme_phrase:
            core.construction, core.rule = "passive", "verb.no_object"
            _object(core, sense, token, rule, classes, resolved_by)
        else:
            core.add(subject_role(sense.valency, token, classes), token, rule, resolved_by)
        return
    if is_passive(verb) or (moved is not None and _opens_sentence(verb)):
        core.construction, core.rule = "passive", "verb"
        if moved is None and pronoun is None and not has_theme_phrase:
            core.gaps.append(("theme", verb, "dropped_subject", "subject.dropped"))
        return
    core.open_role = "agent"
    core.gaps.append(("agent", verb, "dropped_subject", "subject.dropped"))


def _by_force(candidate: Candidate) -> bool:
    forced = candidate.clauses.forced if candidate.clauses else frozenset()
    window = candidate.token.doc[candidate.token.i : candidate.token.sent.end]
    return any(key(token) in forced for token in window)


def _opens_sentence(verb: Token) -> bool:
    """A third person singular with nothing before it that could be its subject."""
    before = [t for t in verb.doc[verb.sent.start : verb.i] if t.pos_ in NOMINAL | {"VERB"}]
    return not before and feature(verb, "Gender") != "Fem" and verb.sent.start < 2


def _object(
    core: Core, sense: Sense, noun: Token, rule: str, classes: Classifier,
    resolved_by: str | None = None,
) -> None:  # fmt: skip
    role = object_role(sense.valency, noun, classes)
    if role is not None:
        core.has_object = True
        core.add(role, noun, rule, resolved_by)
