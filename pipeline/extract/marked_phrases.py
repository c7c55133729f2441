"""Roles of an event that a preposition or an adverb marks: «إلى القاهرة», «من عدن», «جوا».

نقلت الطائرة الجرحى | من عدن | إلى القاهرة | جوا
                     origin    destination   instrument
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Span, Token

from pipeline.events import ROLES, Argument, Event, Gap
from pipeline.extract.attachment import Claim
from pipeline.extract.coordinated_verbs import RULE as SHARED
from pipeline.extract.coordinated_verbs import partner_of
from pipeline.extract.coordination import coordinated_places
from pipeline.extract.lexicon import Sense
from pipeline.extract.markers import role_of
from pipeline.extract.relative_clauses import relative_clause, resumes
from pipeline.extract.semantics import Classifier
from pipeline.extract.sentences import forward, sentence_end
from pipeline.extract.syntax import key, neighbour
from pipeline.extract.triggers import Candidate
from pipeline.morphology import PARTICLES

if TYPE_CHECKING:
    from pipeline.extract.event_builder import EventBuilder

#: How far behind the trigger an adverb counts without a link of the parse, in tokens.
_NEAR = 6


def add_phrases(builder: EventBuilder, event: Event, candidate: Candidate, sense: Sense) -> None:
    """Adds the roles of the phrases that the candidate claimed, then those of its adverbs."""
    for claim, role in _claimed_roles(builder, event, candidate, sense):
        noun = claim.phrase.noun
        rule = f"{role}.{claim.attachment}"
        if noun.pos_ == "PRON":
            _add_pronoun(builder, event, candidate, claim, role)
            continue
        if (
            role == "origin"
            and sense.valency == "clear_out"
            and event.origin
            and builder.classes.classes(noun) & {"person", "force"}
            and not event.theme
        ):
            role = "theme"
        if role == "theme":
            marked = Argument(builder.span(noun), rule)
            if not event.theme or _reinforced(event.theme[0].head, noun, builder.classes):
                event.theme = [marked]
            continue
        _add_places(builder, event, claim, role)
    _add_adverbs(builder, event, candidate)


def _claimed_roles(
    builder: EventBuilder, event: Event, candidate: Candidate, sense: Sense
) -> Iterator[tuple[Claim, str]]:
    """The candidate's phrases, and those of a verb it shares its object with, with their roles.

    «الوصول [بالحقل] إلى مرحلة الإنتاج»: a static place is no goal where one stands after «إلى».
    """
    claims = builder.claims[candidate.token.i]
    partner = partner_of(candidate, builder.candidates)
    if partner is not None and any(argument.rule == SHARED for argument in event.theme):
        claims = [*claims, *builder.claims[partner.token.i]]
    headed = sense.goal_in and any(
        heads_for_goal(claim, candidate, builder.classes) for claim in claims
    )
    for claim in claims:
        role = role_of(claim.phrase, sense, builder.classes)
        if role is not None and not (headed and _is_static(claim, role)):
            yield claim, role


def _is_static(claim: Claim, role: str) -> bool:
    """A goal after «في» or «بـ», which elsewhere say where something happens."""
    return role == "destination" and "destination" not in claim.phrase.roles


def heads_for_goal(claim: Claim, candidate: Candidate, classes: Classifier) -> bool:
    """A named goal after «إلى», the trigger's own and not that of «إضافة إلى», «الطريق إلى»."""
    phrase = claim.phrase
    if phrase.words[0] != PARTICLES.ila or claim.attachment != "direct":
        return False
    if phrase.noun.pos_ == "PRON":
        return False
    before = neighbour(phrase.noun.doc[phrase.start], -1)
    if before is None or before.i == candidate.token.i:
        return before is not None
    return not classes.lexicon.is_in("goal_takers", before)


def _add_pronoun(
    builder: EventBuilder, event: Event, candidate: Candidate, claim: Claim, role: str
) -> None:
    """«المدينة التي انتقلوا [إليها]»: the relative's antecedent, or a gap to resolve later."""
    noun = claim.phrase.noun
    rule = f"{role}.{claim.attachment}"
    relative = relative_clause(candidate, builder.resources.clauses)
    static = _is_static(claim, role)
    if static and not (relative and builder.classes.is_place(relative.antecedent)):
        return
    fills = {a.head.i for a in (*event.agent, *event.theme)}
    free = relative is not None and relative.antecedent.i not in fills
    if relative is not None and free and resumes(noun, relative.antecedent):
        span = builder.span(relative.antecedent, coordinated=False)
        event.arguments(role).append(Argument(span, rule, noun, "relative"))
    else:
        event.gaps.append(Gap(role, noun, "object_pronoun", rule))


def _add_places(builder: EventBuilder, event: Event, claim: Claim, role: str) -> None:
    """One argument for each coordinated place: «إلى [العراق] و[لبنان]»."""
    noun = claim.phrase.noun
    taken = {argument.head.i for name in ROLES for argument in event.arguments(name)}
    items = coordinated_places(noun, builder.classes)
    for item in items:
        if item.i in taken or item.i in builder.masdars:
            continue
        others = {other.i for other in items} - {item.i}
        span = builder.span(item, coordinated=False, others=others)
        if claim.phrase.inside and item.i == noun.i:
            span = Span(span.doc, claim.phrase.start, span.end)
        event.arguments(role).append(Argument(span, f"{role}.{claim.attachment}"))


def _add_adverbs(builder: EventBuilder, event: Event, candidate: Candidate) -> None:
    """«نقلوا [جوا]»: adverbs near the trigger or under it, up to the next trigger."""
    position = candidate.token.i
    anchors = {anchor.i for anchor in candidate.anchors}
    for token in forward(candidate.token.doc, position + 1, sentence_end(candidate.token)):
        if token.i in builder.candidates:
            break
        role = builder.resources.frame.adverbs.get(key(token))
        if role and (token.i <= position + _NEAR or token.head.i in anchors):
            span = Span(token.doc, token.i, token.i + 1)
            event.arguments(role).append(Argument(span, f"{role}.adverb"))


def _reinforced(object_: Token, marked: Token, classes: Classifier) -> bool:
    """«عزز الجيش [قواته] [بلواء]»: forces to which others, the theme, come."""
    kinds = classes.classes(object_) & classes.classes(marked)
    return "force" in kinds and any(child.pos_ == "PRON" for child in object_.children)
