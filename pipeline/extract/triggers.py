"""Finds the words that may say that somebody or something changes place.

A word is a candidate when its lemma (or, failing that, its written form) stands in the frame as
a verb, a masdar or a participle. Whether it is an event is decided when its arguments are known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from pipeline.extract.clauses import ClauseLexicon, Government, government, load_clause_lexicon
from pipeline.extract.homographs import looks_like_verb, other_aspect, unambiguous
from pipeline.extract.lexicon import (
    DEFAULT_FRAME,
    WHOLE,
    Frame,
    Sense,
    load_frame,
    third_person,
    unclitic,
)
from pipeline.extract.sentences import forward, sentence_start
from pipeline.extract.syntax import feature, has_article, has_case, key, lemma_key, neighbour
from pipeline.morphology import ARTICLE, IMPERFECT, PROCLITICS
from pipeline.text import fold

_NOMINAL_RELATIONS = frozenset({"obj", "nsubj", "nmod", "obl", "obl:arg"})
_PERSONS = (*IMPERFECT.prefixes, IMPERFECT.first_singular)
#: Proclitics that stand before a verb only, and before any word.
_VERB_CLITICS = (PROCLITICS.future, *PROCLITICS.conjunctions)


@dataclass(slots=True)
class Candidate:
    """A possible trigger: its word, its kind (verb, masdar, active, passive) and its senses."""

    token: Token
    kind: str
    senses: list[Sense]
    found_by: str  # lemma or form
    government: Government = field(default_factory=Government)
    clauses: ClauseLexicon | None = None
    first: Token | None = None  # the first piece of a trigger that the tokenizer cut in two
    last: Token | None = None  # its last piece: «متج» + «ها»
    rejected_by: str | None = None  # the condition that made it no event

    @property
    def government_position(self) -> int:
        """Position of the governing verb, or -1."""
        return self.government.verb.i if self.government.verb is not None else -1

    @property
    def anchors(self) -> list[Token]:
        """The trigger and the words over it that share its dependents."""
        shared = ("light_passive", "light_active", "aspect", "subject_of")
        over = [self.government.verb] if self.government.kind in shared else []
        return [self.token, *self.government.via, *[verb for verb in over if verb is not None]]


def kinds_of(token: Token) -> tuple[str, ...]:
    """The kinds of trigger that a word's tag allows, likeliest first."""
    if token.pos_ == "VERB":
        return ("masdar", "verb") if has_case(token) else ("verb",)
    if token.pos_ == "NOUN":
        return ("masdar", "active", "passive", "verb")
    if token.pos_ == "ADJ":
        return ("active", "passive")
    if token.pos_ == "X":
        return ("masdar", "verb", "active", "passive")
    return ()


def candidate_of(token: Token, frame: Frame) -> Candidate | None:
    """The candidate that ``token`` is, if any.

    Rules, in order: by lemma; by written form; after repair of the tokenizer's cut («و» + «صل» is
    «وصل», «ونشرت» is «نشرت»); a word tagged as a noun that has only a verb's form. Only words that
    :func:`pipeline.extract.lexicon.may_trigger` lets pass are asked; it must know of each rule.
    """
    lemma, form = lemma_key(token), key(token)
    if frame.is_homograph(lemma, form):
        return None
    if _follows_future(token):
        return _cut_in_two(token, frame)
    if _opens_with_verb(token, frame):
        return Candidate(token, "verb", frame.by_lemma["verb", form], "retag")
    bare = form.removeprefix(ARTICLE)
    written = fold(token.text)
    masdar = frame.by_form.get(("masdar", form), [])
    if masdar and token.pos_ == "VERB" and token.dep_ in _NOMINAL_RELATIONS:
        return Candidate(token, "masdar", masdar, "form")  # no verb is an object or a genitive
    perfect = feature(token, "Aspect") == "Perf" or feature(token, "Gender") == "Masc"
    if token.pos_ == "VERB" and lemma != form and perfect:
        senses = frame.by_lemma.get(("verb", form), [])
        if senses:  # «تقدم الجيش»: the lemmatiser may take it for a form of another verb
            return Candidate(token, "verb", senses, "lemma")
    for kind in kinds_of(token):
        if kind == "verb" and token.pos_ != "VERB":
            continue
        senses = frame.by_lemma.get((kind, lemma), [])
        if kind == "masdar" and senses and looks_like_verb(token, frame):
            return Candidate(token, "verb", frame.by_form["verb", written], "form")
        if kind == "masdar" and feature(token, "Number") == "Plur":
            senses = frame.by_form.get(("masdar", bare), [])
        if senses:
            return Candidate(token, kind, senses, "lemma")
    for kind in kinds_of(token):
        for word in (form, written) if kind == "verb" else (bare,):
            senses = frame.by_form.get((kind, word), [])
            if kind == "verb" and other_aspect(token, word, frame):
                continue
            if senses and (token.pos_ == "VERB" or unambiguous(token, kind, word, frame)):
                return Candidate(token, kind, senses, "form")
    if token.pos_ in ("NOUN", "X") and ("verb", lemma) in frame.by_lemma and written != lemma:
        senses = frame.by_form.get(("verb", written), [])
        if senses and len(written) > 2 and not has_case(token):
            return Candidate(token, "verb", senses, "form")  # «فرا»: tagged a noun, lemma of a verb
    return (
        _first_person(token, frame)
        or _repaired(token, frame)
        or _cut_in_two(token, frame)
        or _retagged(token, frame)
    )


def _first_person(token: Token, frame: Frame) -> Candidate | None:
    """«لن أعود إلى بيتي»: an imperfect of the first person singular.

    The models know few of them: the lemma is the form itself, or the word a foreign one (X).
    """
    foreign = token.pos_ == "X" and not token.ent_type_ and not has_case(token)
    third = third_person(key(token))
    if third is None or not (foreign or feature(token, "Person") == "1"):
        return None
    senses = frame.by_form.get(("verb", third), []) if len(third) > 3 else []
    return Candidate(token, "verb", senses, "form") if senses else None


def _follows_future(token: Token) -> bool:
    """«[س]»+«فر»+«هما»: no perfect comes after the future marker, so that the word is «سفر»."""
    before = token.doc[token.i - 1] if token.i and not token.is_sent_start else None
    if before is None or before.text != PROCLITICS.future or before.whitespace_:
        return False
    return key(token)[:1] not in _PERSONS


def _opens_with_verb(token: Token, frame: Frame) -> bool:
    """«نقل الهلال الأحمر …»: a masdar's form that opens a full sentence is a verb there.

    Headlines («نقل الرئيس إلى المستشفى») have no full stop and keep the masdar. «أبعد السفير …»: no
    elative stands before a definite singular.
    """
    if token.pos_ not in ("NOUN", "ADJ") or ("verb", key(token)) not in frame.by_lemma:
        return False
    if token.pos_ == "ADJ":
        following = neighbour(token, 1)
        if (
            following is None
            or not has_article(following)
            or feature(following, "Number") != "Sing"
        ):
            return False
    before = forward(token.doc, sentence_start(token), token.i)
    if any(t.pos_ not in ("CCONJ", "PUNCT") and not t.is_space for t in before):
        return False
    if any(child.pos_ == "VERB" for child in token.children):
        return False
    return token.sent.text.rstrip().endswith(".")


def _repaired(token: Token, frame: Frame) -> Candidate | None:
    """A trigger whose first letter was taken for «و» or «ف», or whose conjunction was left on."""
    form = key(token).lstrip("\"'«“‘([")
    if token.pos_ == "VERB" and form[:1] in PROCLITICS.conjunctions:
        senses = frame.by_form.get(("verb", form[1:]), [])
        if senses and len(form) > 3:
            return Candidate(token, "verb", senses, "repair")
    if token.pos_ == "VERB" and form != key(token):
        senses = frame.by_form.get(("verb", form), [])
        if senses:
            return Candidate(token, "verb", senses, "repair")
    for piece in unclitic(key(token)) if token.pos_ in ("NOUN", "ADP", "X", "VERB") else ():
        head = key(token)[: len(key(token)) - len(piece)]
        if len(piece) < 3 or not head or not key(token).endswith(piece) or head == ARTICLE:
            continue
        kind = "verb" if head[-1] in _VERB_CLITICS else "masdar"
        senses = frame.by_form.get((kind, piece), [])
        future = head.endswith(PROCLITICS.future)
        if future and (piece[0] not in _PERSONS or token.ent_type_):
            continue  # «سجلت» is no «س» + «جلت», «سيزار» a name
        if senses and (kind == "masdar" or token.pos_ == "VERB" or future):
            return Candidate(token, kind, senses, "repair")
    return None


def _cut_in_two(token: Token, frame: Frame) -> Candidate | None:
    """A trigger that the tokenizer cut: «و» + «صل», «س» + «فر», «متج» + «ها» (for «متجها»)."""
    doc, i = token.doc, token.i
    before = doc[i - 1] if i and not token.is_sent_start else None
    if before is not None and before.text in _VERB_CLITICS:
        joined = fold(before.text) + key(token)
        for kind in ("verb", "masdar"):
            senses = frame.by_form.get((kind, joined), [])
            if senses and len(joined) > 2 and token._.fused and before._.fused:
                return Candidate(token, kind, senses, "repair", first=before)
    after = doc[i + 1] if i + 1 < len(doc) and not token.whitespace_ else None
    if after is None or after.is_sent_start or after.pos_ != "PRON" or len(token) < 2:
        return None
    joined = fold(token.text + after.text)  # a last letter taken for a pronoun: «عود» + «ه»
    tables = (("verb", frame.by_form), ("masdar", frame.by_lemma), ("active", frame.by_form))
    for kind, table in tables:
        senses = table.get((kind, joined), [])
        if senses and token._.fused:
            return Candidate(token, kind, senses, "repair", last=after)
    return None


def _retagged(token: Token, frame: Frame) -> Candidate | None:
    """A bare perfect («دخل», «عبر») that the tagger took for a noun or a preposition."""
    form = key(token)
    if token.pos_ not in ("NOUN", "X", "ADP") or form.startswith(ARTICLE) or has_case(token):
        return None
    if token.pos_ == "ADP" and any(
        t.pos_ != "CCONJ" for t in forward(token.doc, sentence_start(token), token.i)
    ):
        return None
    senses = frame.by_lemma.get(("verb", form), [])
    following = neighbour(token, 1)
    if not senses or following is None or following.pos_ == "PRON":
        return None
    return Candidate(token, "verb", senses, "retag")


def find_candidates(doc: Doc, frame: Frame, lexicon: ClauseLexicon) -> list[Candidate]:
    """Candidates of a Doc in text order; «إعادة نشر» and «أعاد نشر» give the second word only."""
    found = []
    for position, chance in enumerate(frame.chances(doc)):
        if chance:
            find = candidate_of if chance == WHOLE else _cut_in_two
            candidate = find(doc[position], frame)
            if candidate is not None:
                found.append(candidate)
    by_position = {candidate.token.i: candidate for candidate in found}
    kept = []
    for candidate in found:
        follower = neighbour(candidate.token, 1)
        after = by_position.get(follower.i) if follower is not None else None
        if (
            after is not None
            and after.kind == "masdar"
            and lemma_key(candidate.token) in lexicon.again
        ):
            continue
        candidate.government = government(candidate.token, lexicon)
        candidate.clauses = lexicon
        kept.append(candidate)
    return kept


def is_passive(token: Token) -> bool:
    """Whether the parse says that a verb is passive."""
    return feature(token, "Voice") == "Pass" or any(
        child.dep_ == "nsubj:pass" for child in token.children
    )


class TriggerFinder:
    """The component ``event_triggers``: sets ``doc._.trigger_candidates``."""

    def __init__(self, frame: Frame, lexicon: ClauseLexicon) -> None:
        self.frame = frame
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        doc._.trigger_candidates = find_candidates(doc, self.frame, self.lexicon)
        return doc


if not Doc.has_extension("trigger_candidates"):
    Doc.set_extension("trigger_candidates", default=[])


@Language.factory(
    "event_triggers",
    requires=["token.pos", "token.lemma", "token.dep"],
    assigns=["doc._.trigger_candidates"],
    default_config={"root": None, "frame": "frames/movement.yaml"},
)
def make_event_triggers(nlp: Language, name: str, root: str | None, frame: str) -> TriggerFinder:
    """The component; ``frame`` is relative to ``root``, the folder of the config."""
    path = Path(root) / frame if root else DEFAULT_FRAME
    return TriggerFinder(load_frame(path), load_clause_lexicon())
