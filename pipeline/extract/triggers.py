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
from pipeline.extract.lexicon import DEFAULT_FRAME, Frame, Sense, load_frame
from pipeline.extract.syntax import feature, has_case, key, lemma_key, neighbour


@dataclass(slots=True)
class Candidate:
    """A possible trigger: its word, its kind (verb, masdar, active, passive) and its senses."""

    token: Token
    kind: str
    senses: list[Sense]
    found_by: str  # lemma or form
    government: Government = field(default_factory=Government)

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
    """The candidate that ``token`` is, if any."""
    lemma, form = lemma_key(token), key(token)
    bare = form.removeprefix("\u0627\u0644")
    for kind in kinds_of(token):
        if kind == "verb" and token.pos_ != "VERB":
            continue
        senses = frame.senses_of(kind, lemma)
        if senses and (kind != "verb" or _plausible(token, senses)):
            return Candidate(token, kind, senses, "lemma")
    for kind in kinds_of(token):
        word = form if kind == "verb" else bare
        senses = frame.by_form.get((kind, word), [])
        if senses and (token.pos_ == "VERB" or _unambiguous(token, kind, word)):
            return Candidate(token, kind, senses, "form")
    return None


def _plausible(token: Token, senses: list[Sense]) -> bool:
    return bool(senses) and token.pos_ == "VERB"


def _unambiguous(token: Token, kind: str, word: str) -> bool:
    """A form whose tag or lemma says otherwise counts only where it is long enough to be sure."""
    if kind == "verb":
        definite = key(token).startswith("\u0627\u0644")
        return len(word) >= 4 and not definite and not has_case(token)
    return len(word) >= 4


def find_candidates(doc: Doc, frame: Frame, lexicon: ClauseLexicon) -> list[Candidate]:
    """Candidates of a Doc in text order; «إعادة نشر» and «أعاد نشر» give the second word only."""
    found = [candidate for token in doc if (candidate := candidate_of(token, frame)) is not None]
    by_position = {candidate.token.i: candidate for candidate in found}
    kept = []
    for candidate in found:
        follower = neighbour(candidate.token, 1)
        repeated = follower is not None and follower.i in by_position
        if repeated and lemma_key(candidate.token) in lexicon.again:
            if by_position[follower.i].kind == "masdar":  # type: ignore[union-attr]
                continue
        candidate.government = government(candidate.token, lexicon)
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
