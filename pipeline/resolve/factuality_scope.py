"""The signals over a trigger: particles, operators, purpose, condition, up to the clause root."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.extract.sentences import forward, sentence_end, sentence_start
from pipeline.extract.syntax import children, feature, key, lemma_key
from pipeline.resolve.factuality_lexicon import (
    NEGATED,
    PLANNED,
    POSSIBLE,
    FactualityLexicon,
)

_MARKING = frozenset({"case", "mark", "advmod", "aux", "cop", "cc", "fixed", "dep", "det"})
_COMPLEMENTIZING = frozenset({"SCONJ", "ADP", "PART"})
#: Links of a clause that is no complement: nothing above them bears on the event.
_CLOSED = frozenset({"acl", "amod", "parataxis", "appos", "root", "dislocated"})
_LINKS_OF_LIGHT_VERBS = frozenset({"obj", "xcomp", "csubj", "obl:arg"})
#: Tokens between an operator and the event that the parser hung elsewhere.
_REACH = 4
_TIME_REACH = 10


@dataclass(frozen=True)
class Signal:
    """One sign against plain assertion: its label and the name of the rule that found it."""

    label: str
    rule: str


def signals(trigger: Token, words: FactualityLexicon) -> list[Signal]:
    """All signals, the innermost first.

    لا   ينوي    [إرسال]  قوات        سوف   ينضم    فور    [عودته]
    ^neg ^operator ^trigger           ^future       ^circumstance: only the future carries over
    """
    found = [*_own(trigger, words), *_up(trigger, words)]
    for rule in (_before, _future_time):
        if not found:
            found += rule(trigger, words)
    return found


def _own(node: Token, words: FactualityLexicon) -> Iterator[Signal]:
    """Particles of a verb, and «دون», «عدم» right before a noun."""
    marks = _marks(node)
    particles = words.particles
    future = marks & particles["future"] and words.is_imperfect_form(node)
    if future or words.is_future(node):
        yield Signal(PLANNED, "future")
    if _is_negated(node, words):
        yield Signal(NEGATED, "negation")
    imperfect = feature(node, "Aspect") == "Imp"
    if marks & particles["doubt"] or (imperfect and marks & particles["doubt_with_imperfect"]):
        yield Signal(POSSIBLE, "doubt")
    if marks & particles["condition"] and node.pos_ == "VERB":
        yield Signal(POSSIBLE, "condition")
    for mark in marks:
        if words.operators.get(mark) == NEGATED:
            yield Signal(NEGATED, "negative_preposition")


def _is_negated(node: Token, words: FactualityLexicon) -> bool:
    if lemma_key(node) in words.particles["not_negated_verbs"]:
        return False
    if _marks(node) & words.particles["negation"]:
        return True
    ambiguous = words.particles["ambiguous_negation"]
    if any(key(c) in ambiguous and c.pos_ in ("PART", "AUX", "ADV") for c in _left(node)):
        return True
    return _follows_negated_noun(node, words)


def _follows_negated_noun(node: Token, words: FactualityLexicon) -> bool:
    """«[ما من] جندي دخل القرية»."""
    doc = node.doc
    return any(
        key(doc[i]) in words.particles["ambiguous_negation"]
        and key(doc[i + 1]) in words.particles["partitive"]
        for i in range(max(sentence_start(node), node.i - _REACH), node.i - 2)
    )


def _marks(node: Token) -> set[str]:
    """Folded marking words before a node: its dependents, and the token right before it."""
    marks = {key(child) for child in _left(node)}
    before = node.doc[node.i - 1] if node.i > sentence_start(node) else None
    if before is not None and before.pos_ in ("PART", "AUX", "ADP", "SCONJ", "ADV"):
        marks.add(key(before))
    return marks


def _left(node: Token) -> list[Token]:
    return [child for child in node.lefts if child.dep_.split(":")[0] in _MARKING]


def _up(trigger: Token, words: FactualityLexicon) -> list[Signal]:
    """Signals of the words that govern the trigger, until a clause that is closed against them."""
    found: list[Signal] = []
    node = trigger
    only_future = False
    while node.head.i != node.i:
        head, link = node.head, node.dep_
        if link.split(":")[0] in _CLOSED:
            break
        if link == "conj":
            if not _shares_mood(node, head):
                break
            found += _own(head, words) if head.pos_ == "VERB" else []
            node = head
            continue
        purpose = _purpose(node, words)
        if purpose is not None:
            return [*found, purpose]
        if _is_circumstance(node, words):
            past = node.pos_ == "VERB" and feature(node, "Aspect") == "Perf"
            if past or _marks(node) & words.past_circumstance:
                break
            only_future = node.pos_ != "VERB"
        found += _of_governor(node, head, words, only_future)
        if _is_report(node, head, words):
            break
        node = head
    return found


def _shares_mood(node: Token, head: Token) -> bool:
    """A conjunct that stands under what governs the first one: nouns, and bare imperfects."""
    if node.pos_ != "VERB" or head.pos_ != "VERB":
        return node.pos_ != "VERB"
    bare = not any(child.dep_ in ("aux", "advmod", "mark") for child in node.lefts)
    return bare and feature(node, "Aspect") == "Imp" == feature(head, "Aspect")


def _is_circumstance(node: Token, words: FactualityLexicon) -> bool:
    return node.dep_.split(":")[0] in ("obl", "advcl", "nmod") and bool(
        _marks(node) & words.circumstance
    )


def _is_report(node: Token, head: Token, words: FactualityLexicon) -> bool:
    """A content clause of a verb that is no operator: what is above does not bear on it."""
    return node.dep_ == "ccomp" and words.operator(head) is None and head.pos_ == "VERB"


def _of_governor(
    node: Token, head: Token, words: FactualityLexicon, only_future: bool
) -> Iterator[Signal]:
    own = list(_own(head, words)) if head.pos_ in ("VERB", "AUX", "ADJ") else []
    if only_future:
        yield from (signal for signal in own if signal.rule == "future")
        return
    label = words.operator(head)
    if label is not None and words.accepts(head, _marker(node)) and not _is_other_subject(node):
        negated = any(signal.label == NEGATED for signal in own)
        yield Signal(_under_negation(label) if negated else label, f"operator_{label}")
        yield from (signal for signal in own if signal.label != NEGATED)
        return
    topic = node.dep_ == "nsubj" and node.i < head.i
    if topic or _is_report(node, head, words):
        return
    for signal in own:
        if signal.label != NEGATED or node.dep_ in _LINKS_OF_LIGHT_VERBS or head.pos_ != "VERB":
            yield signal


def _is_other_subject(node: Token) -> bool:
    """The subject of an operator that has an object too: «منع انسحاب القوات سقوط المدينة»."""
    return node.dep_ == "nsubj" and bool(children(node.head, "obj"))


def _under_negation(label: str) -> str:
    """«لم يسمح», «لا ينوي»: negated; «لا يستبعد»: possible."""
    return POSSIBLE if label == NEGATED else NEGATED


def _marker(node: Token) -> str:
    marking = [child for child in _left(node) if child.dep_ in ("case", "mark", "fixed")]
    prepositions = [child for child in marking if child.pos_ == "ADP"]
    return key(prepositions[0]) if prepositions else ""


def _before(trigger: Token, words: FactualityLexicon) -> list[Signal]:
    """An operator a few words before, where the parser hung the event elsewhere.

    [محاولة] حوثية ل تهريب صواريخ
    ^operator       ^trigger
    """
    marker = ""
    position = trigger.i - 1
    start = sentence_start(trigger)
    if trigger.pos_ == "VERB" and trigger.doc[position].pos_ != "SCONJ":
        return []
    while position >= start and trigger.doc[position].pos_ in _COMPLEMENTIZING:
        marker = key(trigger.doc[position])
        position -= 1
    if marker in words.circumstance:
        return []
    for i in range(position, max(start, position - _REACH) - 1, -1):
        token = trigger.doc[i]
        label = words.operator(token)
        if label is not None and words.accepts(token, marker):
            negated = _is_negated(token, words)
            label = _under_negation(label) if negated else label
            return [Signal(label, "operator_before")]
        if token.pos_ in ("VERB", "PUNCT", "CCONJ", "ADP", "SCONJ", "AUX"):
            break
    return []


def _purpose(node: Token, words: FactualityLexicon) -> Signal | None:
    """«أرسلت طائرات ل[نقل] المصابين», «على أن [يزور] …»: open to nothing above."""
    marks = [key(mark) for mark in _left(node)]
    imperfect = feature(node, "Aspect") == "Imp"
    proviso = imperfect and node.dep_ == "advcl" and any(mark in words.proviso for mark in marks)
    if proviso:
        return Signal(PLANNED, "proviso")
    first = next((mark for mark in _left(node) if key(mark) in words.purpose), None)
    if first is None or feature(node, "Aspect") == "Perf" or words.operator(node.head):
        return None
    before = node.doc[first.i - 1] if first.i > sentence_start(node) else None
    governors = [token for token in (before, node.head) if token is not None]
    if any(lemma_key(token) in words.no_purpose_after for token in governors):
        return None
    return Signal(PLANNED, "purpose")


def _future_time(trigger: Token, words: FactualityLexicon) -> Iterator[Signal]:
    """«زيارته [المقبلة]», «يغادر بغداد [غدا]»: a time in the future with a present or a noun."""
    if feature(trigger, "Aspect") == "Perf":
        return
    end = min(sentence_end(trigger), trigger.i + _TIME_REACH)
    for token in forward(trigger.doc, trigger.i + 1, end):
        if token.pos_ in ("PUNCT", "VERB", "CCONJ"):
            return
        if {lemma_key(token), key(token)} & words.future_times:
            yield Signal(PLANNED, "future_time")
            return
