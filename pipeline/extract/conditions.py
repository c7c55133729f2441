"""The conditions under which a movement word is a movement event.

Each condition is a function of the event's arguments and their semantic classes; the frame names
the conditions of each sense (``needs``). What is unknown (a pronoun, a name, a word of no known
class) is given the benefit of the doubt where a place is named, and otherwise not.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from pipeline.extract.semantics import ABSTRACT, MOBILE
from pipeline.extract.sentences import forward, sentence_end
from pipeline.extract.syntax import (
    case_word,
    children,
    has_article,
    key,
    neighbour,
)
from pipeline.extract.view import ALL_PLACES, View
from pipeline.morphology import PARTICLES

_PERSONS = frozenset({"person", "group", "force", "vehicle"})
_BODIES = frozenset({"person", "group", "force"})
#: Actions of which a body as source is a metaphor: one leaves a party, but flees from an army.
LEAVING = frozenset({"withdrew", "left"})


def _mover(view: View) -> bool:
    """No abstraction and no piece of landscape («خط أنبوب النفط الذي يعبر») moves."""
    if view.theme is None:
        return True
    kinds = view.classes.classes(view.theme)
    if view.theme.i in view.classes.masdars and not kinds & MOBILE:
        return False
    still = bool(kinds) and kinds <= ABSTRACT | {"place"} and not view.named_place(view.theme)
    return not still


def _known_mover(view: View) -> bool:
    if not _mover(view):
        return False
    if view.theme_is(*MOBILE) or view.name_theme():
        return True
    if view.theme is None and view.person_gap():
        return True
    return view.placed(*ALL_PLACES) or (view.theme_open() and view.bodily(*ALL_PLACES))


def _person_theme(view: View) -> bool:
    if view.theme_is(*_PERSONS) or view.name_theme():
        return True
    return view.theme_open() and view.placed(*ALL_PLACES)


def _force_theme(view: View) -> bool:
    if view.theme_is("force", "vehicle"):
        return True
    if view.theme is not None and view.classes.lexicon.is_demonym(view.theme):
        return view.placed(*ALL_PLACES)
    person = view.theme_is("person", "group") or view.theme_open() or view.name_theme()
    return person and view.placed(*ALL_PLACES)


def _physical_goal(view: View) -> bool:
    goals = view.event.destination
    if view.abstract("destination") or any(_is_amount(view, goal.head) for goal in goals):
        return False
    if _reaches_amount(view):
        return False
    return (
        not goals
        or view.physical("destination")
        or (not view.abstract("destination") and (view.theme_is(*_PERSONS) or view.name_theme()))
    )


def _is_amount(view: View, head: Token) -> bool:
    """«وصل إلى 47 شخصا»: a number is no place."""
    amount = head.pos_ == "NUM" or view.classes.lexicon.is_in("quantity", head)
    return amount and not view.classes.is_place(head)


def _reaches_amount(view: View) -> bool:
    """«ما يصل إلى نحو 90 يوما داخل البلاد»: what stands after «إلى» is an amount of no place."""
    for child in view.candidate.token.children:
        if case_word(child) != PARTICLES.ila:
            continue
        counted = [noun for noun in children(child, "nmod") if not case_word(noun)]
        is_number = child.pos_ == "NUM" or bool(children(child, "nummod"))
        if is_number and not any(map(view.classes.is_place, (child, *counted))):
            return True
    return False


def _no_contact(view: View) -> bool:
    """«لم يتسن الوصول إلى متحدث»: whom nobody in the text moves to is asked, not met."""
    if view.theme is not None or (view.gap("theme") and view.person_gap()):
        return True
    goals = [goal.head for goal in view.event.destination]
    return not goals or any(view.classes.classes(head) != {"person"} for head in goals)


def _physical_source(view: View) -> bool:
    """No undertaking, office or body is left: «عاد من الإصابة», «انسحب من الاتفاق», «خرج من الحزب».

    One can come from a voyage or a gathering: «عاد من زيارة إلى روما».
    """
    lexicon = view.classes.lexicon
    for source in view.event.origin:
        if view.classes.is_abstract(source.head) and not lexicon.is_in("occasion", source.head):
            return False
        if lexicon.is_in("office", source.head):
            return False
        if view.sense.action in LEAVING and _is_body(view, source.head):
            return False
    return True


def _brings_idea(view: View) -> bool:
    """«خرج المجتمعون [باتفاق]», «تقدم [بطلب]»: an abstraction is brought, and no place is named."""
    if view.placed(*ALL_PLACES):
        return False
    brought = [c for c in view.candidate.token.children if case_word(c) == PARTICLES.bi]
    return any(view.classes.is_abstract(child) for child in brought)


def _is_body(view: View, head: Token) -> bool:
    """Whether the head is known to be a person, a group or a force, and nothing else."""
    kinds = view.classes.classes(head)
    return bool(kinds) and kinds <= _BODIES and head.pos_ != "PRON"


def _self_mover(view: View) -> bool:
    """No goods that only belong somewhere: «تعود اللوحة إلى القرن الماضي»."""
    if view.theme is None:
        return True
    kinds = view.classes.classes(view.theme)
    return not kinds or bool(kinds & (_PERSONS | {"animal", "place", "quantity"}))


def _no_object(view: View) -> bool:
    """Neither the rules nor the parse found an object: «قدمت الصين عروضا» has one."""
    token = view.candidate.token
    objects = [c for c in children(token, "obj") if not view.classes.is_time(c)]
    return not view.core.has_object and not (view.candidate.kind == "verb" and objects)


def _not_about(view: View) -> bool:
    """«تخلى عن منصبه» is «to give up», spelled as «to evacuate» is."""
    token = view.candidate.token
    return all(case_word(child) != PARTICLES.an for child in token.children)


def _lander(view: View) -> bool:
    """Of a descent, somebody or a vehicle: prices and water levels go down too."""
    known = view.theme_is(*_PERSONS) or view.name_theme()
    return known or (view.theme is None and view.gap("theme") and view.placed(*ALL_PLACES))


def _journey(view: View) -> bool:
    """Of a voyage, a place or somebody: flights are also goods of a trade («إلغاء الرحلات»).

    «أبحرت السفن في رحلة» says what its subject did.
    """
    token = view.candidate.token
    if view.placed(*ALL_PLACES) or has_article(token):
        return view.placed(*ALL_PLACES)
    if view.theme_is(*_PERSONS) or view.name_theme() or view.person_gap():
        return True
    before = neighbour(token, -1)
    return before is not None and key(before) == PARTICLES.fi and view.gap("theme")


def _no_span(view: View) -> bool:
    """«مرور 31 عاما على الحادث»: time goes by."""
    token = view.candidate.token
    end = min(token.i + 5, sentence_end(token))
    for near in forward(token.doc, token.i + 1, end):
        if view.classes.lexicon.is_in("time", near):
            return False
        if near.pos_ in ("ADP", "VERB", "PRON", "PUNCT"):
            return True
    return True


def _goods(view: View) -> bool:
    return view.theme_is(*MOBILE) or (view.theme_open() and view.placed(*ALL_PLACES))


CONDITIONS: dict[str, Callable[[View], bool]] = {
    "mover": _mover,
    "known_mover": _known_mover,
    "theme": lambda view: view.theme is not None or view.gap("theme"),
    "person_theme": _person_theme,
    "person_object": lambda view: view.theme_is(*_PERSONS, "goods") or view.name_theme(),
    "person_subject": lambda view: _person_theme(view) or view.theme is None,
    "person_or_goods": _goods,
    "goods_theme": lambda view: view.theme_is("goods", "vehicle", "artifact", "force"),
    "force_theme": _force_theme,
    "force_marked_theme": lambda view: view.theme_is("force", "vehicle", "person"),
    "vehicle_theme": lambda view: view.theme_is("vehicle", "force", "goods") or view.gap("theme"),
    "moving_theme": lambda view: (
        view.theme_is(*_PERSONS) or view.name_theme() or (_mover(view) and view.placed(*ALL_PLACES))
    ),
    "force_or_place": lambda view: view.theme_is("force", "vehicle") or view.placed(*ALL_PLACES),
    "force_theme_or_place": lambda view: _force_theme(view) or view.placed(*ALL_PLACES),
    "mover_or_place": lambda view: _known_mover(view) or view.placed("origin"),
    "place": lambda view: view.placed(*ALL_PLACES) or view.gap(*ALL_PLACES),
    "goal": lambda view: view.physical("destination") or view.gap("destination"),
    "source": lambda view: view.physical("origin") or view.gap("origin"),
    "goal_or_source": lambda view: view.physical("destination") or view.placed("origin"),
    "place_goal": lambda view: view.placed("destination"),
    "via_place": lambda view: view.placed("via") or (view.physical("via") and _person_theme(view)),
    "physical_goal": _physical_goal,
    "physical_source": _physical_source,
    "place_object": lambda view: (
        view.placed(*ALL_PLACES)
        and view.core.has_object
        and not any(_is_amount(view, goal.head) for goal in view.event.destination)
    ),
    "vehicle_goal": lambda view: any(
        view.classes.classes(argument.head) & {"vehicle"} for argument in view.event.destination
    ),
    "crossing": lambda view: view.placed("via", "origin", "destination") or view.gap("via"),
    "border_object": lambda view: any(
        view.classes.lexicon.is_in("border", argument.head) for argument in view.event.via
    ),
    "object": lambda view: view.core.has_object or bool(view.event.theme),
    "caused_clearly": lambda view: (
        (
            view.core.rule != "verb.no_object"
            and (view.core.has_object or view.core.construction == "passive")
        )
        or (view.theme_is("goods") and not view.theme_is("person"))
        or view.core.forced
    ),
    "no_object": _no_object,
    "no_ba_object": lambda view: not _brings_idea(view),
    "self_mover": _self_mover,
    "not_office": lambda view: (
        not any(
            view.classes.lexicon.is_in("office", argument.head) for argument in view.event.origin
        )
    ),
    "journey": _journey,
    "not_about": _not_about,
    "no_contact": _no_contact,
    "troops": lambda view: view.theme_is("force", "vehicle"),
    "human": lambda view: view.theme_is("person", "force") and not view.theme_is("place"),
    "directed": lambda view: any(view.event.arguments(role) for role in ALL_PLACES),
    "lander": _lander,
    "no_span": _no_span,
    "tour": lambda view: view.placed(*ALL_PLACES),
    "attributive": lambda view: view.candidate.token.pos_ == "ADJ",
    "never": lambda view: False,
}
