"""Which trigger a role phrase belongs to.

The parse decides where it can be trusted. Attachment of prepositional phrases is where parsers of
Arabic err most, so a phrase that hangs on a noun inside the trigger's clause, or after it with no
better taker between, is given to the trigger too; the rule's name then ends in ``nominal`` or
``linear``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.extract.markers import Phrase, role_of
from pipeline.extract.semantics import MOBILE, PHYSICAL, Classifier
from pipeline.extract.sentences import forward
from pipeline.extract.subjects import CAUSED
from pipeline.extract.syntax import (
    ancestors,
    feature,
    has_article,
    is_relative,
    is_under,
    neighbour,
)
from pipeline.extract.triggers import Candidate
from pipeline.morphology import PARTICLES
from pipeline.orthography import SEMICOLONS, SENTENCE_ENDS

_CLAUSE_ENDS = SENTENCE_ENDS | SEMICOLONS | {":"}
_FAR = 30  # tokens; a marker further off than this needs a direct attachment


@dataclass(slots=True)
class Claim:
    """A phrase that a trigger takes, with the attachment that speaks for it."""

    phrase: Phrase
    attachment: str  # direct, nominal, linear
    score: float


def assign(
    candidates: Sequence[Candidate], phrases: Sequence[Phrase], classes: Classifier
) -> dict[int, list[Claim]]:
    """Claims of a sentence's candidates (by position in the Doc), each phrase given to one only."""
    claims: dict[int, list[Claim]] = {candidate.token.i: [] for candidate in candidates}
    positions = {candidate.token.i for candidate in candidates}
    masdars = {candidate.token.i for candidate in candidates if candidate.kind == "masdar"}
    verbs = {candidate.token.i for candidate in candidates if candidate.found_by == "retag"}
    for phrase in phrases:
        if phrase.noun.i in masdars:
            continue
        if phrase.start in verbs and not classes.is_place(phrase.noun):
            continue  # «عبر المهاجرون إلى …»: a verb that the tagger took for the preposition
        best: tuple[float, Candidate, str] | None = None
        for candidate in candidates:
            if candidate.token.i == phrase.noun.i:
                continue
            if all(role_of(phrase, sense, classes) is None for sense in candidate.senses):
                continue
            attachment, score = _attachment(candidate, phrase, positions, classes)
            if _in_marker(candidate.token, phrase):
                score = min(score, 1.0)
            if attachment and (best is None or score > best[0]):
                best = (score, candidate, attachment)
        if best is not None:
            claims[best[1].token.i].append(Claim(phrase, best[2], best[0]))
    return claims


def _in_marker(token: Token, phrase: Phrase) -> bool:
    """«وصل إلى بغداد [قادما] من …»: a participle that marks the verb's origin, if one takes it."""
    inside = phrase.start <= token.i < phrase.start + len(phrase.words)
    head = token.head
    attribute = token.dep_ == "amod" and not has_article(head) and not head.ent_type_
    alone = not attribute and feature(token, "Number") == "Sing"
    return inside and alone and "origin" in phrase.roles


def _attachment(
    candidate: Candidate, phrase: Phrase, positions: set[int], classes: Classifier
) -> tuple[str, float]:
    """How a phrase hangs on a candidate, with a score; ("", 0) where it does not."""
    noun, token = phrase.noun, candidate.token
    anchors = {anchor.i for anchor in candidate.anchors}
    distance = abs(phrase.start - token.i)
    participle = candidate.kind in ("active", "passive")
    physical = bool(classes.classes(noun) & PHYSICAL) or noun.pos_ == "X"
    follows = phrase.start == token.i + 1 and noun.head.i == token.head.i
    if participle and follows and physical:
        return "adjacent", 80.0  # «أثاث العائدين [من تركيا]», hung on the first noun
    if is_under(token, noun):
        return "", 0.0  # «أدى إلى [وقف] تدفق المهاجرين»: what the trigger is a part of
    if noun.head.i in anchors and noun.head.i != noun.i:
        if _partitive(phrase, classes) or _of_predicate(candidate, phrase, classes):
            return "", 0.0
        if noun.head.i == token.i:
            if _after_conjunct(candidate, phrase, positions):
                return "direct", 20.0
            return "direct", 100 - distance / 10
        if phrase.start > token.i or not _own_subject_between(token, phrase.start):
            return "direct", 90 - distance / 10
    if phrase.start < token.i or distance > _FAR:
        return "", 0.0
    path = _nominal_path(noun, candidate, positions)
    place = bool(classes.classes(noun) & PHYSICAL)
    unknown = noun.pos_ == "X" and not classes.classes(noun)
    known_place = classes.is_place(noun) or classes.is_abstract(noun)
    partitive = phrase.words[0] == PARTICLES.min and not known_place and not unknown
    if path is not None and not partitive and not _partitive(phrase, classes):
        taker = path and _takes_goal(path[0], phrase, classes)
        named = place or unknown or "destination" in phrase.roles
        if not taker and (named or (len(path) == 1 and classes.is_abstract(noun))):
            return "nominal", 60 - len(path)
    if (
        path is None
        and place
        and not partitive
        and _clear(candidate, phrase, positions)
        and (not _takes_goal(noun.head, phrase, classes) or noun.head.i < token.i)
    ):
        return "linear", 30 - distance / 10
    return "", 0.0


def _after_conjunct(candidate: Candidate, phrase: Phrase, positions: set[int]) -> bool:
    """«انسحاب الجيش وعودة السكان [إلى القرية]»: hung on the first masdar, told of the second.

    Where the first has no genitive of its own, the two share what follows.
    """
    token = candidate.token
    if candidate.kind != "masdar" or not any(c.dep_ == "nmod" for c in token.children):
        return False
    conjuncts = (c.i for c in token.children if c.dep_ == "conj" and c.i in positions)
    return any(token.i < position < phrase.start for position in conjuncts)


def _of_predicate(candidate: Candidate, phrase: Phrase, classes: Classifier) -> bool:
    """«أدى خروج القطار [إلى سقوط] قتلى»: what is said of the movement takes the phrase."""
    over = candidate.government
    if over.kind != "subject_of" or over.verb is None or phrase.noun.head.i != over.verb.i:
        return False
    return phrase.noun.i > over.verb.i and classes.is_abstract(phrase.noun)


def _partitive(phrase: Phrase, classes: Classifier) -> bool:
    """«كتيبتين من قواتها», «عدد من الجنود», «الجانب الآخر من النهر»: of, not from."""
    if phrase.words[0] != PARTICLES.min:
        return False
    if classes.is_place(phrase.noun):
        whole = phrase.noun.head
        return whole.i < phrase.start and classes.lexicon.is_in("parts", whole)
    before = neighbour(phrase.noun.doc[phrase.start], -1)
    if before is None or before.pos_ not in ("NOUN", "NUM", "ADJ"):
        return False
    if classes.lexicon.is_in("quantity", before) or before.pos_ == "NUM":
        return True
    same = classes.classes(before) & classes.classes(phrase.noun) & MOBILE
    return bool(same) and not has_article(before)


def _own_subject_between(token: Token, position: int) -> bool:
    return any(child.pos_ == "VERB" for child in forward(token.doc, position, token.i))


def _nominal_path(noun: Token, candidate: Candidate, positions: set[int]) -> list[Token] | None:
    """The nouns between ``noun`` and the trigger in the tree; None where a verb or clause is."""
    anchors = {anchor.i for anchor in candidate.anchors}
    path: list[Token] = []
    for above in ancestors(noun):
        if above.i in anchors:
            return path
        if is_mistaken_verb(above, candidate):
            path.append(above)
            continue
        if above.pos_ in ("VERB", "SCONJ") or above.i in positions or len(path) > 5:
            return None
        if above.dep_ in ("acl", "acl:relcl", "parataxis", "ccomp"):
            return None
        path.append(above)
    return None


def is_mistaken_verb(token: Token, candidate: Candidate) -> bool:
    """«إجلاء [قادتـ]ها»: a noun with its possessive after a masdar, mistaken for a verb."""
    if token.pos_ != "VERB" or candidate.kind != "masdar" or token.i != candidate.token.i + 1:
        return False
    if candidate.senses[0].valency not in CAUSED:
        return False  # «جولة قادته إلى …»
    after = neighbour(token, 1)
    return after is not None and after.pos_ == "PRON" and not has_article(candidate.token)


def _takes_goal(head: Token, phrase: Phrase, classes: Classifier) -> bool:
    """Whether a noun has a phrase of this kind of its own: «الطريق إلى», «مجموعة من»."""
    lexicon = classes.lexicon
    if "destination" in phrase.roles and phrase.words[0] in (PARTICLES.ila, PARTICLES.li):
        if phrase.words[0] == PARTICLES.li:
            return not _carried(head, classes)
        return lexicon.is_in("goal_takers", head)
    if phrase.words[0] == PARTICLES.min:
        return lexicon.is_in("quantity", head) and head.i == phrase.start - 1
    return False


def _carried(head: Token, classes: Classifier) -> bool:
    """«أدخلت [المسلحين] لسوريا», «ترسل [مساعدات] للسودان»: goods or people, who belong to no place.

    «[سفير] لسوريا», «[القوات] البرية للجيش»: one in office or a force may.
    """
    kinds = classes.classes(head)
    plural = feature(head, "Number") == "Plur" and "person" in kinds
    return ("goods" in kinds or plural) and not classes.lexicon.is_in("goal_takers", head)


def _clear(candidate: Candidate, phrase: Phrase, positions: set[int]) -> bool:
    """Whether nothing between trigger and marker could claim the phrase: verb, trigger, clause."""
    token = candidate.token
    for between in forward(token.doc, token.i + 1, phrase.start):
        if is_mistaken_verb(between, candidate):
            continue
        if between.i in positions or between.pos_ in ("VERB", "SCONJ") or is_relative(between):
            return False
        if between.text in _CLAUSE_ENDS:
            return False
    return True
