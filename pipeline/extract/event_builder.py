"""Builds one event from a candidate: core roles, role markers, control, and the conditions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from spacy.tokens import Span, Token

from pipeline.events import Argument, Event, Gap
from pipeline.extract.attachment import Claim
from pipeline.extract.clauses import ClauseLexicon
from pipeline.extract.control import SUBJECT_KINDS, controller
from pipeline.extract.coordinated_verbs import partner_of, share_object
from pipeline.extract.coordination import coordinated_places
from pipeline.extract.filters import FilterLexicon, rejected
from pipeline.extract.finite_clauses import verb_core
from pipeline.extract.lexicon import Frame, Sense
from pipeline.extract.marked_phrases import add_phrases
from pipeline.extract.markers import role_of
from pipeline.extract.masdars import masdar_core
from pipeline.extract.noun_phrases import noun_phrase
from pipeline.extract.participles import participle_core
from pipeline.extract.purpose_clauses import clause_doer
from pipeline.extract.relative_clauses import relative_clause
from pipeline.extract.semantics import Classifier, SemanticLexicon
from pipeline.extract.subjects import OBJECT, PLACE_OBJECT, Core, next_noun, object_role
from pipeline.extract.syntax import children, has_case, lemma_key
from pipeline.extract.triggers import Candidate


@dataclass(frozen=True, slots=True)
class Resources:
    """The frame and the lexicons that building an event needs."""

    frame: Frame
    clauses: ClauseLexicon
    semantics: SemanticLexicon
    filters: FilterLexicon


class EventBuilder:
    """Builds the events of one sentence; holds what all of its candidates share."""

    def __init__(
        self,
        resources: Resources,
        classes: Classifier,
        candidates: list[Candidate],
        claims: dict[int, list[Claim]],
    ) -> None:
        self.resources = resources
        self.classes = classes
        self.candidates = {candidate.token.i: candidate for candidate in candidates}
        self.claims = claims
        self.masdars = frozenset(c.token.i for c in candidates if c.kind == "masdar")
        classes.masdars = self.masdars
        self.marker_words = {
            position
            for token, held in claims.items()
            for claim in held
            if len(claim.phrase.words) > 1
            for position in range(claim.phrase.start, claim.phrase.start + len(claim.phrase.words))
            if position != token
        }
        self.claimed = {
            position
            for held in claims.values()
            for claim in held
            for position in range(claim.phrase.start, claim.phrase.noun.i)
        }

    def build(self, candidate: Candidate) -> Event | None:
        """The event of a candidate under its first sense whose conditions hold, or None."""
        if candidate.token.i in self.marker_words:
            candidate.rejected_by = "marker"
            return None
        for sense in candidate.senses:
            event, core = self._event(candidate, sense)
            reason = rejected(event, core, candidate, sense, self.classes, self.resources.filters)
            candidate.rejected_by = reason
            if reason is None:
                # «خلال المباراة», «عبر استخدام القوة»; the conditions have looked at them
                event.via = [a for a in event.via if not self.classes.is_abstract(a.head)]
                if sense.action_with_goal and event.destination:
                    event.action = sense.action_with_goal
                return event
        return None

    def _event(self, candidate: Candidate, sense: Sense) -> tuple[Event, Core]:
        token = candidate.token
        doc = token.doc
        core = self._core(candidate, sense)
        over = candidate.government.verb
        light = candidate.government.kind in ("light_passive", "light_active")
        construction = core.construction
        if candidate.kind == "masdar" and light:
            construction = "light_verb"
        event = Event(
            trigger=Span(doc, (candidate.first or token).i, (candidate.last or token).i + 1),
            action=sense.action,
            construction=construction,
            rule=f"{construction}.{core.rule}" + (".form" if candidate.found_by == "form" else ""),
            anchor=over if light and over is not None else token,
        )
        self._add_core(event, core, sense)
        add_phrases(self, event, candidate, sense)
        self._add_scope(event, candidate, sense)
        self._add_control(event, candidate, sense, core)
        return event, core

    def _core(self, candidate: Candidate, sense: Sense) -> Core:
        clauses, classes = self.resources.clauses, self.classes
        relative = relative_clause(candidate, clauses)
        marked = any(
            role_of(claim.phrase, sense, classes) == "theme"
            for claim in self.claims[candidate.token.i]
        )
        if candidate.kind == "verb":
            core = verb_core(candidate, sense, relative, classes, marked)
            share_object(core, partner_of(candidate, self.candidates), sense, classes)
            return core
        if candidate.kind == "masdar":
            places = sense.valency in PLACE_OBJECT
            mover = controller(candidate, clauses, classes) if places else None
            placed = places and any(
                role_of(claim.phrase, sense, classes) == OBJECT[sense.valency]
                and classes.is_place(claim.phrase.noun)
                for claim in self.claims[candidate.token.i]
            )
            return masdar_core(candidate, sense, relative, classes, marked or placed, mover)
        return participle_core(candidate, sense, classes)

    def span(self, token: Token, *, coordinated: bool = True, others: Collection[int] = ()) -> Span:
        """The whole noun phrase of ``token``, without what events claim as roles.

        It does not end within a place's name («البوسنة والهرسك»). ``others`` are positions of the
        event's other fillers, over which it does not run.
        """
        blocked = self.claimed | (self.candidates.keys() - {token.i}) | set(others)
        blocked = {i for i in blocked if i != token.i and not self._inner(i, token)}
        phrase = noun_phrase(
            token,
            blocked=blocked,
            times=self.classes.times,
            coordinated=coordinated,
            approximators=self.resources.clauses.approximators,
        )
        name_end = self.classes.places.get(token.i, phrase.end)
        return Span(token.doc, phrase.start, max(phrase.end, name_end))

    def _inner(self, position: int, head: Token) -> bool:
        """A candidate that only names its phrase: «عشرات السيارات المحملة»."""
        return (
            position in self.candidates
            and self.candidates[position].kind
            in (
                "active",
                "passive",
            )
            and position != head.i
            and position not in self.claimed
        )

    def _add_core(self, event: Event, core: Core, sense: Sense) -> None:
        heads = {token.i for _, token, _, _ in core.fillers}
        for role, token, rule, resolved_by in core.fillers:
            if token.pos_ == "PRON" and resolved_by is None:
                event.gaps.append(Gap(role, token, "object_pronoun", rule))
                continue
            items = [token]
            if role in ("destination", "origin", "via"):
                items = coordinated_places(token, self.classes)
                items = [item for item in items if item.i == token.i or item.i not in heads]
            for item in items:
                whole = len(items) == 1 and role in ("agent", "theme")
                span = self.span(item, coordinated=whole, others=heads - {token.i, item.i})
                mention = core.mentions.get(role)
                event.arguments(role).append(Argument(span, rule, mention, resolved_by))
        for role, token, kind, rule in core.gaps:
            if not event.arguments(role):
                event.gaps.append(Gap(role, token, kind, rule))

    def _add_scope(self, event: Event, candidate: Candidate, sense: Sense) -> None:
        """«أمر الإخلاء يشمل [السفارة]», «شملت عملية الإجلاء [مواطنين]»: the object of the verb."""
        over = candidate.government
        if candidate.kind != "masdar" or over.verb is None or event.theme:
            return
        if lemma_key(over.verb) not in self.resources.clauses.scope:
            return
        objects = [c for c in children(over.verb, "obj") if c.pos_ != "PRON"]
        following = next_noun(over.verb, self.classes)
        if not objects and following is not None:
            objects = [following]
        for noun in objects[:1]:
            role = object_role(sense.valency, noun, self.classes)
            if role is None or event.arguments(role):
                continue
            items = coordinated_places(noun, self.classes) if role != "theme" else [noun]
            for item in items:
                span = self.span(item, coordinated=role == "theme")
                event.arguments(role).append(Argument(span, f"{role}.scope"))
            event.gaps = [gap for gap in event.gaps if gap.role != role]

    def _add_control(self, event: Event, candidate: Candidate, sense: Sense, core: Core) -> None:
        role = core.open_role
        if role is None or event.arguments(role):
            return
        found = controller(candidate, self.resources.clauses, self.classes)
        if found is None and candidate.kind == "masdar":
            over = candidate.government
            if over.verb is not None and over.kind in SUBJECT_KINDS:
                event.gaps.append(Gap(role, over.verb, "dropped_subject", f"subject.{over.kind}"))
            elif over.kind != "light_passive":
                event.gaps.append(Gap(role, candidate.token, "masdar_subject", "subject.open"))
        if found is not None:
            token, rule = found
            if token.pos_ == "PRON":
                owned = rule == "subject.noun_control" and token.dep_ == "nmod"
                kind = "possessive_pronoun" if owned else "object_pronoun"
                event.gaps.append(Gap(role, token, kind, rule))
                return
            kinds = self.classes.classes(token)
            verb = candidate.government.verb
            used = verb is not None and lemma_key(verb) in self.resources.clauses.uses
            if used and verb is not None and kinds == {"place"}:
                place = self.span(token)
                event.via.append(Argument(place, "via.used", None, "control"))
                doer = clause_doer(verb, self.classes)
                if doer is None:
                    return
                token, rule, kinds = doer, "subject.outer_clause", self.classes.classes(doer)
            if role == "agent" and "vehicle" in kinds and "person" not in kinds:
                role = "instrument"
            goals = (child for child in candidate.token.children if has_case(child))
            if rule == "subject.purpose" and any(map(self.classes.is_abstract, goals)):
                return  # «للوصول لهذا المستوى»: a figure of speech
            span = self.span(token)
            if all(span.start >= a.span.end or span.end <= a.span.start for a in event.theme):
                event.arguments(role).append(Argument(span, rule, None, "control"))
                event.gaps = [gap for gap in event.gaps if gap.role != role]
