"""Antecedents of pronouns, dropped subjects and open masdars, within the article.

Extraction leaves a ``Gap`` where a clause has no noun for a role. The best earlier noun phrase by
agreement, semantic class, prominence and recency fills it; the role then shows that phrase.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.events import Argument, Event, Gap
from pipeline.extract.semantics import Classifier, load_semantics
from pipeline.extract.semantics import time_positions as times_of
from pipeline.extract.sentences import same_sentence
from pipeline.extract.syntax import children, feature, key
from pipeline.morphology import ARTICLE
from pipeline.resolve.antecedents_agreement import (
    AgreementLexicon,
    Features,
    load_agreement,
)
from pipeline.resolve.antecedents_mentions import (
    Mention,
    Mentions,
    Place,
    clause_verb,
    phrase,
)
from pipeline.resolve.antecedents_scoring import (
    ACTING,
    SUBJECT_GAPS,
    AntecedentWeights,
    Context,
    candidate_features,
    containing,
    is_quoted,
    is_topic_pronoun,
    load_weights,
    subjects,
)


class Antecedents:
    """Fills the gaps of the events of a Doc, in text order."""

    def __init__(
        self, words: AgreementLexicon, lexicons: Path, window: int, weights: AntecedentWeights
    ) -> None:
        self.words = words
        self.weights = weights
        self.semantics = load_semantics(lexicons)
        self.window = window

    def __call__(self, doc: Doc) -> Doc:
        """Resolves the gaps; those that stay open are left in ``event.gaps``."""
        if any(event.gaps for event in doc._.events) or self._has_latter(doc):
            _Resolver(self, doc).run()
        return doc

    def _has_latter(self, doc: Doc) -> bool:
        return any(self.is_latter(a) for event in doc._.events for a in _participants(event))

    def is_latter(self, argument: Argument) -> bool:
        """«الأخيرة», «هذه الأخيرة» as a filler."""
        head = argument.head
        return key(head) in self.words.latter and head.pos_ in ("NOUN", "ADJ")


def _participants(event: Event) -> list[Argument]:
    return [*event.agent, *event.theme]


class _Resolver:
    """The work on one Doc."""

    def __init__(self, component: Antecedents, doc: Doc) -> None:
        self.component = component
        self.words = component.words
        self.doc = doc
        self.classifier = Classifier(doc, component.semantics)
        self.triggers = frozenset(event.head.i for event in doc._.events)
        self.mentions = Mentions(doc, self.classifier, self._nominal_triggers())
        self.times = times_of(doc)

    def _nominal_triggers(self) -> frozenset[int]:
        """Masdars are no antecedents of participants; nominal participles are."""
        return frozenset(
            event.head.i for event in self.doc._.events if event.construction != "participle"
        )

    def run(self) -> None:
        """Resolves gap after gap, so that later ones see earlier fillers."""
        for event in sorted(self.doc._.events, key=lambda event: event.head.i):
            for gap in sorted(event.gaps, key=lambda gap: gap.role):
                found = self._resolve(event, gap)
                if found is not None:
                    event.arguments(gap.role).append(found)
                    event.gaps = [other for other in event.gaps if other is not gap]
            for role in ("agent", "theme"):
                event_arguments = event.arguments(role)
                for argument in [a for a in event_arguments if self.component.is_latter(a)]:
                    self._resolve_latter(argument)

    # ---- rules

    def _resolve(self, event: Event, gap: Gap) -> Argument | None:
        if gap.kind == "masdar_subject":
            return self._of_masdar(event, gap)
        wanted = self._features(gap)
        if wanted.person == "1" or self._may_be_first_person(event, gap, wanted):
            return self._speaker(event, gap, wanted)
        if wanted.person == "2":
            return None
        return self._best(event, gap, wanted)

    def _features(self, gap: Gap) -> Features:
        if gap.kind == "dropped_subject":
            return self.words.of_verb(gap.token)
        return self.words.of_pronoun(gap.token)

    def _speaker(self, event: Event, gap: Gap, wanted: Features) -> Argument | None:
        """«"غادرت بيتي"، تقول [أم جورج]»: the singular speaker of the quotation."""
        source = event.attribution
        if wanted.number == "Plur" or source is None:
            return None
        return Argument(source.span, gap.rule, _pronoun(gap), "first_person")

    def _may_be_first_person(self, event: Event, gap: Gap, wanted: Features) -> bool:
        """«قالت العمدة: "غادرت القاعة"»: the perfect of I and of she are written alike.

        In direct speech that names no woman or feminine thing before, it is the speaker.
        """
        perfect = gap.kind == "dropped_subject" and feature(gap.token, "Aspect") == "Perf"
        if not perfect or (wanted.gender, wanted.number) != ("Fem", "Sing"):
            return False
        if event.attribution is None or not is_quoted(event, gap):
            return False
        start = event.attribution.span.end
        spoken = self.mentions.between(self.mentions.place(start).sentence, gap.token.i)
        return not any(
            m.head.i >= start and m.is_subject and self.words.agrees(wanted, m.head, m.classes)
            for m in spoken
        )

    def _of_masdar(self, event: Event, gap: Gap) -> Argument | None:
        """An open masdar takes the subject of the clause it is an adjunct of, or, definite, the
        mover of the event before it in the sentence: «وصل [الوزير] في زيارة», «تتضمن الزيارة».
        """
        if gap.role != "theme":
            return None
        predicate = event.head.head
        subject = next(iter(children(predicate, "nsubj")), None)
        if predicate.pos_ == "ADJ" and subject is not None and subject.pos_ != "PRON":
            return Argument(self._phrase(subject), gap.rule, None, "predicate")
        if _is_adjunct(event.head):
            verb = clause_verb(event.head.head)
            for other in self.doc._.events:
                if verb is not None and other.head.i == verb.i and other.theme:
                    return Argument(other.theme[0].span, gap.rule, None, "main_clause")
        earlier = [
            other
            for other in self.doc._.events
            if other.head.i < event.head.i and same_sentence(other.head, event.head) and other.theme
        ]
        if earlier and key(event.head).startswith(ARTICLE):
            return Argument(earlier[-1].theme[0].span, gap.rule, None, "event_before")
        return self._best(event, gap, Features())

    def _resolve_latter(self, argument: Argument) -> None:
        """«طلبت الحكومة سحب [القوات السورية] وعلى هذه الأخيرة أن تنسحب»: the last that agrees."""
        head = argument.head
        feminine = key(head).endswith(self.words.feminine_endings[0])
        wanted = Features("3", "Fem" if feminine else "Masc", "Sing")
        for mention in self.mentions.backward(argument.span.start):
            fits = mention.classes & ACTING and not mention.classes & {"abstract", "time"}
            if fits and self.words.agrees(wanted, mention.head, mention.classes):
                argument.mention = head
                argument.span = self._phrase(mention.head)
                argument.resolved_by = "latter"
                return

    # ---- candidates

    def _best(self, event: Event, gap: Gap, wanted: Features) -> Argument | None:
        place = self.mentions.place(gap.token.i)
        window = 0 if gap.kind == "masdar_subject" else self.component.window
        pool = self._pool(gap.token.i, place, window)
        excluded = self._excluded(event, gap)
        actors = self._actors(event)
        context = Context(event, gap, wanted, place, actors, is_topic_pronoun(gap))
        weights = self.component.weights
        scored = [
            (weights.score(candidate_features(mention, context, self.words)), mention)
            for mention in pool
            if mention.head.i not in excluded
        ]
        if not scored:
            return None
        score, mention = max(scored, key=lambda pair: (pair[0], pair[1].head.i))
        open_masdar = gap.kind == "masdar_subject"
        if score < (weights.masdar_threshold if open_masdar else weights.threshold):
            return None
        span = self._phrase(mention.head)
        if span.start <= gap.token.i < span.end:
            return None
        return Argument(span, gap.rule, _pronoun(gap), gap.kind)

    def _pool(self, position: int, place: Place, window: int) -> list[Mention]:
        """Earlier phrases within the window, or, where nothing stands before, later subjects of
        the sentence: «بعد طردهم من أميركا.. [دبلوماسيون] يصلون موسكو».
        """
        first = max(place.sentence - window, 0)
        pool = self.mentions.between(first, position)
        if pool or not window or any(map(self.mentions.of, range(first))):
            return pool
        return [mention for mention in self.mentions.of(place.sentence) if mention.is_subject]

    def _actors(self, event: Event) -> frozenset[int]:
        return frozenset(
            argument.head.i
            for other in self.doc._.events
            if other is not event
            for argument in other.actors
        )

    def _excluded(self, event: Event, gap: Gap) -> set[int]:
        """Heads that cannot be meant: other fillers of the event, and what contains the gap."""
        roles: Iterable[str] = ("agent", "theme", "origin", "destination", "via")
        taken = {a.head.i for role in roles if role != gap.role for a in event.arguments(role)}
        over = {node.i for node in containing(gap.token)} | {gap.token.i, event.head.i}
        if gap.kind == "masdar_subject" and event.attribution is not None:
            taken |= {token.i for token in event.attribution.span}
        if gap.kind == "object_pronoun" and gap.role in ("agent", "theme"):
            governor = gap.token.head
            possessive = gap.token.i == governor.i + 1
            if gap.rule == "subject.noun_object_control" and possessive:
                governor = clause_verb(governor) or governor
            taken |= {subject.i for subject in subjects(governor)}
        return taken | over

    def _phrase(self, head: Token) -> Span:
        """The span that extraction gave this phrase already, else the whole noun phrase."""
        for event in self.doc._.events:
            for role in ("agent", "theme", "origin", "destination", "via"):
                for argument in event.arguments(role):
                    if argument.head.i == head.i:
                        return argument.span
        return phrase(head, self.triggers, self.times)


def _pronoun(gap: Gap) -> Token | None:
    return None if gap.kind in SUBJECT_GAPS else gap.token


def _is_adjunct(masdar: Token) -> bool:
    """«وصل في زيارة», «يصل بزيارة»: an oblique with a preposition."""
    return masdar.dep_.split(":")[0] == "obl"


@Language.factory(
    "antecedents",
    assigns=["doc._.events"],
    requires=["doc._.events"],
    default_config={
        "lexicon": "lexicons/antecedents.yaml",
        "lexicons": "lexicons",
        "weights": "antecedents.yaml",
        "sentences": 3,
        "root": None,
    },
)
def make_antecedents(
    nlp: Language,
    name: str,
    lexicon: str,
    lexicons: str,
    weights: str,
    sentences: int,
    root: str | None,
) -> Antecedents:
    """The component; ``sentences`` is how many sentences back an antecedent may stand."""
    folder = Path(root or "configs")
    return Antecedents(
        load_agreement(folder / lexicon),
        folder / lexicons,
        sentences,
        load_weights(folder / weights),
    )
