"""How likely a noun phrase is to be what a gap refers to: agreement, class, prominence, recency.

Each candidate has named features; its score is their weighted sum. The weights are data
(``configs/antecedents.yaml``), where each feature is explained with an example.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from spacy.tokens import Token

from pipeline.data_files import read_yaml
from pipeline.events import Event, Gap
from pipeline.extract.semantics import MOBILE
from pipeline.extract.sentences import forward
from pipeline.extract.syntax import ancestors, children, feature, lemma_key
from pipeline.resolve.antecedents_agreement import AgreementLexicon, Features
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
_QUOTES = frozenset('"«»“”„')
_SUBJECT_PRONOUN_REACH = 4  # verbs up a chain of conjuncts


@dataclass(frozen=True)
class AntecedentWeights:
    """Weights by feature; below ``threshold`` a gap stays open (masdars have their own)."""

    weights: Mapping[str, float]
    threshold: float
    masdar_threshold: float

    def score(self, found: Mapping[str, float]) -> float:
        """The weighted sum of a candidate's features."""
        return sum(value * self.weights[name] for name, value in found.items())


@lru_cache(maxsize=4)
def load_weights(path: Path) -> AntecedentWeights:
    """The weights in a YAML file, read once.

    Raises KeyError where a part is missing, FileNotFoundError where the file is.
    """
    data = read_yaml(path)
    weights = {str(name): float(value) for name, value in data["weights"].items()}
    return AntecedentWeights(weights, data["threshold"], data["masdar_threshold"])


@dataclass
class Context:
    """The gap of an event that candidates are scored for.

    ``place`` is that of the gap; ``actors`` are the heads of the actors of other events; ``topic``
    tells that the gap is a pronoun on the particle of reported words («قال إنـه سيغادر»).
    """

    event: Event
    gap: Gap
    wanted: Features
    place: Place
    actors: frozenset[int]
    topic: bool

    @cached_property
    def quoted(self) -> bool:
        """Whether the gap stands in direct speech."""
        return is_quoted(self.event, self.gap)

    @cached_property
    def joined_subjects(self) -> frozenset[int]:
        """Subjects of the verbs that the gap's clause is joined to."""
        return frozenset(_joined_subjects(self.gap.token))

    @cached_property
    def relative_head(self) -> int | None:
        """The noun whose relative clause the gap is in: «[القافلة] التي كان من المفترض أن تدخل»."""
        token = self.gap.token
        above = (node for node in (token, *ancestors(token)) if node.dep_ in _RELATIVE_LINKS)
        return next((node.head.i for node in above), None)

    @cached_property
    def verb(self) -> Token | None:
        """The verb of the gap's clause."""
        return clause_verb(self.gap.token)


def candidate_features(
    mention: Mention, context: Context, words: AgreementLexicon
) -> dict[str, float]:
    """The features of a candidate; a missing key is 0."""
    gap = context.gap
    found = dict(words.agreement(context.wanted, mention.head, mention.classes))
    found |= _class_features(mention, gap.role)
    found |= _syntax_features(mention, context, words)
    if _is_speaker(mention, context.event):
        quoted = "quoted" if context.quoted else "speaker"
        found["speaker_of_topic" if context.topic else quoted] = 1.0
    if mention.head.i in context.actors:
        found["earlier_actor"] = 1.0
    found["sentences"] = float(context.place.sentence - mention.place.sentence)
    found["paragraphs"] = float(context.place.paragraph - mention.place.paragraph)
    found["tokens"] = float(gap.token.i - mention.head.i)
    return found


def is_topic_pronoun(gap: Gap) -> bool:
    """Whether the gap's subject is a pronoun on a complementizer, or shares such a subject.

    قالت المنظمة إن-[ها] رحلت مهاجرين        قالوا إن-[هم] سيستقبلون الأسرى و[ـ]ينقلونهم
    """
    if gap.kind != "dropped_subject" or _follows_content(gap.token):
        return False
    verb = gap.token
    for _ in range(_SUBJECT_PRONOUN_REACH):
        for subject in children(verb, "nsubj"):
            before = subject.doc[subject.i - 1] if subject.i else None
            return subject.pos_ == "PRON" and before is not None and before.pos_ == "SCONJ"
        if verb.dep_ not in _JOINED or verb.head.pos_ != "VERB" or verb.head.i > verb.i:
            return False
        verb = verb.head
    return False


def _follows_content(verb: Token) -> bool:
    """Whether an earlier clause of the same report has a noun for subject, which may be meant.

    أعلن المتحدث أن [حفتر] يتلقى العلاج وأنـه سيرجع
    """
    if verb.dep_ == "conj":
        earlier = [verb.head]
    else:
        earlier = [other for other in children(verb.head, "ccomp") if other.i < verb.i]
    return any(
        subject.pos_ != "PRON"
        for other in earlier
        if other.dep_ == "ccomp"
        for subject in children(other, "nsubj")
    )


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


def _class_features(mention: Mention, role: str) -> dict[str, float]:
    classes = mention.classes
    wanted = _ENDS if role in PLACE_ROLES else ACTING if role == "agent" else MOBILE
    if role == "theme" and "place" in classes:
        return {"place_as_mover" if classes & MOBILE else "class_clashes": 1.0}
    if classes & wanted:
        return {"class_fits": 1.0}
    if classes:
        return {"class_clashes": 1.0}
    return {"class_unknown": 1.0} if mention.head.pos_ == "NOUN" else {}


def _syntax_features(
    mention: Mention, context: Context, words: AgreementLexicon
) -> dict[str, float]:
    head, gap = mention.head, context.gap
    found: dict[str, float] = {}
    if mention.is_subject:
        found["subject_for_subject" if gap.kind in SUBJECT_GAPS else "subject"] = 1.0
    if gap.kind != "object_pronoun" and head.i in context.joined_subjects:
        found["shares_clause"] = 1.0
    if gap.kind not in SUBJECT_GAPS and _is_affected(head, gap.token, words):
        found["affected"] = 1.0
    if gap.kind == "object_pronoun" and head.dep_ == "obj":
        found["object_for_object"] = 1.0
    if head.i == context.relative_head:
        found["relative_head"] = 1.0
    if mention.is_genitive:
        found["genitive_of_mover" if mention.of_mobile else "genitive"] = 1.0
    if mention.has_case:
        found["prepositional"] = 1.0
    if mention.is_conjunct:
        found["conjunct"] = 1.0
    if gap.kind == "dropped_subject" and _is_object_of_joined(head, gap.token):
        found["object_of_joined"] = 1.0
    if mention.in_relative and not _is_below(head, context.verb):
        found["in_relative"] = 1.0
    return found


def _joined_subjects(token: Token) -> Iterator[int]:
    """The subjects of the verbs that the clause of a token is joined to.

    سينضم [الوسيط] إلى المحادثات فور عودت-ه        زار [الوفد] طرابلس قبل أن يعود
    """
    for node in ancestors(token):
        yield from (subject.i for subject in children(node, "nsubj"))
        if node.dep_ not in _JOINED and node.dep_.split(":")[0] not in _COMPLEMENTS:
            return


def _is_object_of_joined(candidate: Token, verb: Token) -> bool:
    """Whether the candidate is no subject of the verb that a verb is a conjunct of.

    استعار [سيارة جاره] و[ـ]أحضر الجثة: the two share the subject that both drop
    """
    over = verb.head
    return (
        verb.dep_ == "conj"
        and feature(verb, "Person") == feature(over, "Person")
        and over.pos_ == "VERB"
        and any(node.i == over.i for node in ancestors(candidate))
        and candidate.dep_.split(":")[0] != "nsubj"
    )


def _is_affected(candidate: Token, token: Token, words: AgreementLexicon) -> bool:
    """Whether the candidate is received, arrested, hit by the clause that the gap belongs to.

    استقبل الوزير [نظيره السوري] لدى وصول-ه        اعتقلت الشرطة [الرجل] قبل سفر-ه
    """
    for node in ancestors(token):
        if node.pos_ == "VERB":
            if lemma_key(node) not in words.affecting:
                return False
            objects = children(node, "obj")
            return candidate in objects or any(candidate.head == each for each in objects)
    return False


def _is_below(candidate: Token, verb: Token | None) -> bool:
    return verb is not None and any(node.i == verb.i for node in ancestors(candidate))


def _is_speaker(mention: Mention, event: Event) -> bool:
    """Whether the candidate is the speaker of what the event is part of."""
    source = event.attribution
    return source is not None and source.span.start <= mention.head.i < source.span.end


def is_quoted(event: Event, gap: Gap) -> bool:
    """Whether a quotation mark stands between the source and the gap: «قال فلان: "فر المسلح"»."""
    source = event.attribution
    if source is None:
        return False
    low, high = sorted((source.span.end, gap.token.i))
    said = forward(gap.token.doc, low, high)
    marks = sum(character in _QUOTES for token in said for character in token.text)
    return marks % 2 == 1
