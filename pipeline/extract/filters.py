"""What a movement word must not be: sectors, names, idioms, reporting, sport, turns of talk."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from spacy.tokens import Token

from pipeline.data_files import read_yaml
from pipeline.events import Argument, Event
from pipeline.extract.conditions import CONDITIONS, LEAVING
from pipeline.extract.lexicon import Sense
from pipeline.extract.relative_clauses import resumes
from pipeline.extract.semantics import Classifier
from pipeline.extract.sentences import backward, forward, sentence, sentence_end, sentence_start
from pipeline.extract.subjects import Core
from pipeline.extract.syntax import case_word, has_article, key, lemma_key, neighbour
from pipeline.extract.triggers import Candidate
from pipeline.extract.view import ALL_PLACES, View
from pipeline.morphology import PARTICLES
from pipeline.orthography import CONFIGS
from pipeline.text import fold

_TRANSFERS = frozenset(
    {"moved", "left", "returned", "withdrew", "expelled", "entered", "arrived", "advanced"}
)


class FilterLexicon:
    """Fixed expressions and heads that rule a movement reading out."""

    def __init__(self, path: Path) -> None:
        data = read_yaml(path)
        self.sector_heads = frozenset(map(fold, data["sector_heads"]))
        self.right_heads = frozenset(map(fold, data["right_heads"]))
        self.media = frozenset(map(fold, data["media"]))
        self.sport = frozenset(map(fold, data["sport"]))
        self.ball = frozenset(map(fold, data["ball"]))
        self.as_told = frozenset(map(fold, data["as_told"]))
        self.presence = frozenset(map(fold, data["presence"]))
        self.ranks = frozenset(map(fold, data["ranks"]))
        self.following: dict[str, frozenset[str]] = {
            fold(row["verb"]): frozenset(map(fold, row["words"])) for row in data["following"]
        }
        self.agreements = frozenset(map(fold, data["agreements"]))
        self.marks: dict[str, frozenset[str]] = {
            fold(row["verb"]): frozenset(map(fold, row.get("marks", ())))
            for row in data["following"]
        }


@lru_cache(maxsize=4)
def load_filter_lexicon(path: Path = CONFIGS / "lexicons" / "non_events.yaml") -> FilterLexicon:
    """The lexicon in ``path``, read once."""
    return FilterLexicon(path)


def rejected(
    event: Event,
    core: Core,
    candidate: Candidate,
    sense: Sense,
    classes: Classifier,
    lexicon: FilterLexicon,
) -> str | None:
    """Why a candidate is no event under a sense: the condition's name; None where it is one.

    Raises KeyError for a condition that the frame names and this module lacks.
    """
    view = View(event, core, candidate, sense, classes)
    if candidate.found_by == "retag" and not view.placed(*ALL_PLACES):
        return "retag"
    for need in sense.needs[candidate.kind]:
        if not CONDITIONS[need](view):
            return need
    if _in_name(candidate.token):
        return "name"
    if candidate.kind in ("masdar", "verb") and _sector(candidate, classes, lexicon):
        return "sector"
    if _idiom(event, candidate, sense, classes, lexicon):
        return "idiom"
    if _reporting(candidate, sense, lexicon):
        return "reporting"
    if _sport(view, lexicon):
        return "sport"
    if _discourse(candidate, placed=view.placed("destination")):
        return "discourse"
    if _presence(candidate, lexicon):
        return "presence"
    return None


def _reporting(candidate: Candidate, sense: Sense, lexicon: FilterLexicon) -> bool:
    """«نقلت الوكالة عن مصدر قوله», «ما نقلته وسائل إعلام»: news is passed on, nothing is moved."""
    token = candidate.token
    if candidate.kind != "verb" or sense.action != "moved" or sense.valency != "caused":
        return False
    before = neighbour(token, -1)
    if before is not None and (key(before) == PARTICLES.ma or key(before) in lexicon.as_told):
        return True
    for near in forward(token.doc, token.i + 1, min(token.i + 9, sentence_end(token))):
        if not lexicon.media.isdisjoint({key(near), lemma_key(near)}) or key(near) == PARTICLES.an:
            return True
        if near.pos_ in ("ADP", "VERB", "SCONJ"):
            return False
    return False


def _sport(view: View, lexicon: FilterLexicon) -> bool:
    """Transfers, results and balls: «عودة نيمار إلى صفوف الفريق», «خروج المنتخب من الدور الأول»."""
    event = view.event
    if any(lemma_key(theme.head) in lexicon.ball for theme in event.theme):
        return True
    goals = [argument.head for argument in (*event.destination, *event.origin)]
    if any(lemma_key(head) in lexicon.ranks or key(head) in lexicon.ranks for head in goals):
        return True
    if event.action not in _TRANSFERS or view.placed(*ALL_PLACES):
        return False
    words = {lemma_key(token) for token in sentence(view.candidate.token)}
    return len(words & lexicon.sport) >= 2


def _discourse(candidate: Candidate, *, placed: bool) -> bool:
    """«وبالعودة إلى أسواق النفط، …»: a turn of the talk, at the head of a sentence.

    A masdar with the article has no mover beside it; a verb over it makes it an event only where
    it names a place.
    """
    token = candidate.token
    if candidate.kind != "masdar" or token.i - sentence_start(token) > 2:
        return False
    before = neighbour(token, -1)
    if before is None or key(before) != PARTICLES.bi:
        return False
    return candidate.government.verb is None or (has_article(token) and not placed)


def _presence(candidate: Candidate, lexicon: FilterLexicon) -> bool:
    """«عقد المنتدى بحضور الوزراء»: who is there, not who comes."""
    if candidate.kind != "masdar" or lemma_key(candidate.token) not in lexicon.presence:
        return False
    before = neighbour(candidate.token, -1)
    return before is not None and key(before) == PARTICLES.bi


def _in_name(token: Token) -> bool:
    """Inside an organisation's name: «المنظمة الدولية [للهجرة]»; its head is in it too."""
    return token.ent_type_ == "ORG" and token.ent_iob_ == "I" and token.head.ent_type_ == "ORG"


def _sector(candidate: Candidate, classes: Classifier, lexicon: FilterLexicon) -> bool:
    """«وزارة النقل», «حرية تنقل الفلسطينيين» (a masdar that is written as a verb is, too)."""
    token = candidate.token
    if candidate.kind == "verb":
        adjacent = token.dep_ == "acl" and token.head.i == token.i - 1
        if not adjacent or not classes.is_abstract(token.head):
            return False
    if token.dep_ == "conj" and token.head.pos_ == "NOUN" and token.head.i < token.i:
        token = token.head  # «حرية التنقل والسفر»
    before = neighbour(token, -1)
    if before is None or before.pos_ not in ("NOUN", "X"):
        return False
    if has_article(before):
        return False  # «أعلنت الوزارة عودة …»: a definite noun takes no genitive
    heads = lexicon.sector_heads
    if has_article(token):  # «قضية الهجرة»
        heads = heads | lexicon.right_heads
    return lemma_key(before) in heads or key(before) in heads


def _takes_genitive(noun: Token, following: Token | None) -> bool:
    """«دخول [قوات الحكومة]»: the second noun says whose forces they are, not what is entered.

    A definite noun or a name takes none: «دخول [القانون] حيز التنفيذ», «دخول [تركيا] الحرب».
    """
    if following is None or has_article(noun) or noun.pos_ != "NOUN":
        return False
    if noun.ent_type_ and following.ent_iob_ != "I":
        return False  # the whole name stands before it
    return following.head.i == noun.i and following.dep_.startswith("nmod")


def _after_mark(candidate: Candidate, marks: frozenset[str], classes: Classifier) -> str:
    """The lemma after one of these prepositions, at most a noun and its adjective behind.

    «دخول [البلاد] في [مرحلة]», «يدخل [الحزب] في [أزمة]»; no time: «دخل في [عام] 2015».
    """
    token = candidate.token
    nouns = 0
    for near in forward(token.doc, token.i + 1, min(token.i + 6, sentence_end(token))):
        if near.pos_ == "ADP":
            noun = neighbour(near, 1) if key(near) in marks else None
            return lemma_key(noun) if noun is not None and noun.i not in classes.times else ""
        nouns += near.pos_ in ("NOUN", "X", "NUM")
        if nouns > 1 or near.pos_ not in ("NOUN", "X", "NUM", "ADJ", "PRON"):
            break
    return ""


def _of_agreement(candidate: Candidate, classes: Classifier, lexicon: FilterLexicon) -> bool:
    """«[الاتفاق] النووي … بعد انسحاب واشنطن [منه]»: a pronoun stands for what is no place.

    It stands for the nearest noun before the trigger that is a place or one of ``agreements``.
    """
    token = candidate.token
    for pronoun in token.children:
        if pronoun.pos_ != "PRON" or case_word(pronoun) != PARTICLES.min:
            continue
        for noun in backward(token.doc, sentence_start(token), token.i):
            if noun.pos_ != "NOUN" or not resumes(pronoun, noun):
                continue
            if lemma_key(noun) in lexicon.agreements:
                return True
            if classes.is_place(noun):
                return False
    return False


def _idiom(
    event: Event,
    candidate: Candidate,
    sense: Sense,
    classes: Classifier,
    lexicon: FilterLexicon,
) -> bool:
    verb = fold(sense.verb or sense.words["masdar"][0])
    words = lexicon.following.get(verb)
    if not words:
        return False
    if lexicon.marks[verb] and _after_mark(candidate, lexicon.marks[verb], classes) in words:
        return True
    if sense.action in LEAVING and _of_agreement(candidate, classes, lexicon):
        return True
    arguments: list[Argument] = [*event.theme, *event.destination, *event.origin, *event.via]
    heads = {lemma_key(argument.head) for argument in arguments}
    brought = (PARTICLES.bi, PARTICLES.ila, PARTICLES.li)  # «توجه بالشكر إلى فرنسا»
    after = [c for c in candidate.token.children if c.i > candidate.token.i]
    heads |= {case_word(c) for c in after}  # «عبر عن»
    heads |= {lemma_key(c) for c in candidate.token.children if case_word(c) in brought}
    following = neighbour(candidate.token, 1)
    doers = {argument.head.i for argument in event.agent}  # «نقلت السلطات المصابين»
    if following is not None and following.i not in doers:
        heads.add(lemma_key(following))
        second = neighbour(following, 1)
        mover_first = (
            candidate.kind == "masdar"
            and following.pos_ != "ADP"
            and not _takes_genitive(following, second)
        )
        if second is not None and (following.pos_ == "ADP" or mover_first):
            heads.add(lemma_key(second))
    return bool(heads & words)
