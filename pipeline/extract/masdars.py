"""Core roles of verbal nouns."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from pipeline.extract.control import OBJECT_CONTROL
from pipeline.extract.lexicon import Sense
from pipeline.extract.relative_clauses import RelativeClause, resumes
from pipeline.extract.semantics import Classifier
from pipeline.extract.subjects import OBJECT, PLACE_OBJECT, SUBJECT, Core, object_role
from pipeline.extract.syntax import (
    NOMINAL,
    children,
    feature,
    has_article,
    has_case,
    is_closed,
    is_relative,
    key,
    neighbour,
)
from pipeline.extract.triggers import Candidate
from pipeline.morphology import PARTICLES

_CAUSED = frozenset({"caused", "clear_out", "carried", "caused_by_marker"})


def genitive(
    masdar: Token, classes: Classifier, approximators: Collection[str] = ()
) -> Token | None:
    """The second term of the masdar's idafa: a noun or a pronoun right after it, or None.

    انسحاب  القوات من …        نقل-هم إلى …        إجلاء  46 دبلوماسيا
            ^nmod                  ^PRON                  ^NUM
    """
    following = neighbour(masdar, 1)
    while following is not None and following.text in "\"'«“" and following.pos_ == "PUNCT":
        following = neighbour(following, 1)
    if following is None:
        return None
    if following.pos_ == "PRON":
        return following
    if key(following) in approximators and not has_article(masdar):
        return _after_approximator(following, approximators)
    if has_article(masdar) or is_relative(following):
        return None
    if following.pos_ == "DET" and following.head.i > following.i:
        following = following.head
    if following.pos_ == "VERB" and following.head.i == masdar.i:
        after = neighbour(following, 1)
        if after is not None and after.pos_ == "PRON" and following.i == masdar.i + 1:
            return following  # «إجلاء قادتها»: a noun with its possessive, mistaken for a verb
    if following.pos_ == "ADJ" and not _heads_idafa(following, classes):
        return None
    denied = _negated_adjective(following)
    if denied is not None and has_article(denied) == has_article(masdar):
        return None  # «تدفق [غير مسبوق] للمساعدات», not «إجلاء [غير الراغبين]»
    governed = any(c.dep_ == "case" and masdar.i < c.i < following.i for c in following.children)
    if following.pos_ not in NOMINAL or governed or classes.is_time(following):
        return None
    if following.dep_ == "nummod" and masdar.i < following.head.i <= following.i + 3:
        return following.head
    return following


def _negated_adjective(token: Token) -> Token | None:
    """The adjective that «غير» denies, right after it: «غير مسبوق», «غير القانونية»."""
    following = neighbour(token, 1) if key(token) == PARTICLES.ghayr else None
    return following if following is not None and following.pos_ == "ADJ" else None


def _heads_idafa(adjective: Token, classes: Classifier) -> bool:
    """Whether a word tagged as an adjective is the masdar's genitive: «طرد الدبلوماسيين».

    A masdar without the article cannot take a definite adjective; a plural of persons is a noun.
    """
    if has_article(adjective) or feature(adjective, "Definite") in ("Def", "Cons"):
        return True
    plural = feature(adjective, "Number") in ("Plur", "Dual")
    return plural and classes.is_mobile(adjective)


def _after_approximator(token: Token, approximators: Collection[str]) -> Token | None:
    """The counted noun after «حوالى», «أكثر من»."""
    node: Token | None = token
    while node is not None and key(node) in approximators:
        node = neighbour(node, 1)
    return node if node is not None and node.pos_ in ("NUM", "NOUN", "X") else None


def _after_closed(first: Token, classes: Classifier, *, places: bool) -> Token | None:
    following = neighbour(first, 1)
    while following is not None and following.pos_ == "ADJ" and following.head.i == first.i:
        following = neighbour(following, 1)
    if following is None or following.pos_ not in ("NOUN", "X") or has_case(following):
        return None
    if classes.is_time(following) or (following.ent_iob_ == "I" and first.ent_type_):
        return None
    if classes.lexicon.is_demonym(following):
        return None
    if places:
        return following if classes.is_place(following) else None
    bare = not has_article(following) and following.pos_ == "NOUN" and not following.ent_type_
    return following if bare and classes.is_mobile(following) else None


def _second(
    masdar: Token, first: Token, classes: Classifier, *, places: bool = False
) -> Token | None:
    """The object after the subject of a masdar.

    إجلاء إيران [قادتها]       مغادرته [القاهرة]       دخول القوات الحكومية [المدينة]
    A noun after the article or a pronoun takes no genitive, so that a bare place (or, for verbs
    that make move, an indefinite noun) after it is the object, whatever the parser hung it on.
    """
    named = first.pos_ == "PRON" or first.ent_type_ != "" or first.pos_ == "X"
    for child in children(masdar, "obj", "iobj"):
        if (
            child.i > first.i
            and child.pos_ in NOMINAL
            and child.pos_ != "PRON"
            and not has_case(child)
            and not classes.is_time(child)
        ):
            return child
    if is_closed(first):
        found = _after_closed(first, classes, places=places)
        if found is not None:
            return found
    if not named:
        return None
    end = first
    following = neighbour(end, 1)
    while following is not None and following.ent_type_ and following.ent_iob_ == "I":
        end, following = following, neighbour(following, 1)
    if following is None or following.pos_ not in ("NOUN", "NUM", "X") or has_case(following):
        return None
    if classes.is_time(following) or following.head.i not in (first.i, masdar.i, end.i):
        return None
    if following.pos_ == "X" and first.pos_ != "PRON":
        return None
    return following


def masdar_core(
    candidate: Candidate,
    sense: Sense,
    relative: RelativeClause | None,
    classes: Classifier,
    object_elsewhere: bool,
    controlled_by: tuple[Token, str] | None = None,
) -> Core:
    """Core roles of a masdar: the idafa sorted into subject and object by valency.

    Where a verb or noun over it supplies the mover (``controlled_by``), the genitive of a masdar
    with a place for its object is that place.

    انسحاب [القوات]theme             إجلاء [المدنيين]theme
    إجلاء [إيران]agent [قادتها]theme    مغادرة [الوفد]theme [القاهرة]origin
    دخول [المدينة]destination         الانسحاب [الإسرائيلي]theme
    طالبت السلطات [السكان]controlled_by بمغادرتـ[ها]origin
    """
    masdar = candidate.token
    core = Core("masdar", "masdar")
    subject_role = SUBJECT[sense.valency]
    lexicon = candidate.clauses
    first = genitive(masdar, classes, lexicon.approximators if lexicon else ())
    mover = _nisba(masdar, classes) if first is None else None
    if mover is not None and candidate.government.kind != "light_passive":
        core.add(subject_role, mover, "subject.nisba")
        return core
    if first is None:
        marked = _after_li(masdar, classes)
        if marked is not None:
            role = "theme" if candidate.government.kind == "light_passive" else subject_role
            core.add(role, marked, "subject.li")
            return core
        core.open_role = None if candidate.government.kind == "light_passive" else subject_role
        _resume(core, candidate, relative, sense)
        return core
    after = neighbour(masdar, 1)
    counted = after is not None and lexicon is not None and key(after) in lexicon.approximators
    places = sense.valency in PLACE_OBJECT
    second = None if counted else _second(masdar, first, classes, places=places)
    if second is not None and OBJECT.get(sense.valency):
        _put(core, subject_role, first, "idafa.subject", relative)
        core.has_object = True
        core.add(object_role(sense.valency, second, classes) or "theme", second, "idafa.object")
        return core
    role = _single_role(sense, first, classes, object_elsewhere)
    if controlled_by is not None and _is_place_of(first, *controlled_by, classes):
        role = OBJECT.get(sense.valency, role) if sense.valency in PLACE_OBJECT else role
    if sense.valency == "goal_object" and first.pos_ != "PRON" and classes.is_abstract(first):
        core.open_role = subject_role  # «زيارة عمل»: the genitive says what kind of visit
        return core
    core.has_object = role != subject_role
    _put(core, role, first, "idafa", relative)
    if role != subject_role and candidate.government.kind != "light_passive":
        core.open_role = subject_role
    return core


def _single_role(sense: Sense, noun: Token, classes: Classifier, object_elsewhere: bool) -> str:
    """The role of the only noun in the idafa.

    A marked phrase may be the object: «دفع [الجيش]agent بقوات», «زيارة [ميركل]theme للصين».
    """
    kinds = classes.classes(noun)
    if sense.valency in _CAUSED:
        if (
            noun.pos_ != "PRON"
            and (object_elsewhere or noun.ent_type_ == "GPE")
            and sense.valency != "clear_out"
        ):
            return "agent"
        if noun.pos_ == "PRON":
            return "agent" if object_elsewhere else "theme"
        return object_role(sense.valency, noun, classes) or "agent"
    role = OBJECT.get(sense.valency)
    if (
        role
        and noun.pos_ != "PRON"
        and "place" in kinds
        and not (object_elsewhere and noun.ent_type_)
        and not kinds & {"person", "force", "vehicle", "goods"}
    ):
        return role
    return "theme"


def _is_place_of(genitive: Token, mover: Token, rule: str, classes: Classifier) -> bool:
    """Whether a genitive cannot be the mover, whom ``rule`` found elsewhere, and so is the place.

    A pronoun may take up the subject of what governs («أنهى الوزير زيارتـه») but not an object.
    """
    if genitive.pos_ == "PRON":
        return rule in OBJECT_CONTROL or (mover.pos_ != "PRON" and not resumes(genitive, mover))
    return not classes.is_mobile(genitive)


def _put(core: Core, role: str, noun: Token, rule: str, relative: RelativeClause | None) -> None:
    if noun.pos_ != "PRON":
        core.add(role, noun, f"{rule}.{role}")
    elif relative is not None and resumes(noun, relative.antecedent):
        core.mentions[role] = noun
        core.add(role, relative.antecedent, "idafa.resumptive", "relative")
    else:
        core.gaps.append((role, noun, "possessive_pronoun", f"{rule}.pronoun"))


def _resume(
    core: Core, candidate: Candidate, relative: RelativeClause | None, sense: Sense
) -> None:
    """«التي وصلت» has a verb for its gap; a masdar under an aspect verb takes the antecedent."""
    if (
        relative is not None
        and core.open_role
        and candidate.government.kind
        in (
            "aspect",
            "light_active",
            "subject_control",
        )
    ):
        core.add(core.open_role, relative.antecedent, "subject.relative", "relative")
        core.open_role = None


def _after_li(masdar: Token, classes: Classifier) -> Token | None:
    """«تحركات [للميليشيات]», «العودة الجماعية [للاجئين]»: the mover after ل."""
    following = neighbour(masdar, 1)
    while following is not None and (following.pos_ == "ADJ" or _negated_adjective(following)):
        following = neighbour(following, 1)
    if following is None or key(following) != PARTICLES.li or following.pos_ != "ADP":
        return None
    noun = neighbour(following, 1)
    if noun is None or noun.pos_ not in ("NOUN", "X", "PROPN", "NUM"):
        return None
    movers = {"person", "force", "vehicle", "goods"}
    return noun if classes.classes(noun) & movers else None


def _nisba(masdar: Token, classes: Classifier) -> Token | None:
    """The adjective of a nation or group right after the masdar: «الانسحاب [الإسرائيلي]»."""
    following = neighbour(masdar, 1)
    if following is None or following.pos_ not in ("ADJ", "X", "NOUN"):
        return None
    return following if classes.lexicon.is_demonym(following) else None
