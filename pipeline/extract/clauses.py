"""The verbs that stand over a trigger: light, aspect and control verbs; words from a data file."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Token

from pipeline.data_files import read_yaml
from pipeline.extract.sentences import backward, forward, sentence_start
from pipeline.extract.syntax import children, feature, has_case, is_under, key, lemma_key
from pipeline.morphology import PARTICLES
from pipeline.orthography import CONFIGS
from pipeline.text import fold


class ClauseLexicon:
    """Light, aspect and control verbs and shell nouns, by folded lemma."""

    def __init__(self, path: Path) -> None:
        data = read_yaml(path)
        self.light_passive = frozenset(map(fold, data["light_passive"]))
        self.light_active = frozenset(map(fold, data["light_active"]))
        self.aspect = frozenset(map(fold, data["aspect"]))
        self.subject_control = frozenset(map(fold, data["subject_control"]))
        self.object_control = {
            fold(verb): tuple(map(fold, marks)) for verb, marks in data["object_control"].items()
        }
        self.noun_control = frozenset(map(fold, data["noun_control"]))
        self.noun_object_control = {
            fold(noun): tuple(map(fold, marks))
            for noun, marks in data["noun_object_control"].items()
        }
        self.predicate_control = {
            fold(word): tuple(map(fold, marks)) for word, marks in data["predicate_control"].items()
        }
        self.topic_markers = frozenset(map(fold, data["topic_markers"]))
        self.circumstances = frozenset(map(fold, data["circumstances"]))
        self.shells = frozenset(map(fold, data["shells"]))
        self.again = frozenset(map(fold, data["again"]))
        self.agent_markers = tuple(tuple(map(fold, words)) for words in data["agent_markers"])
        self.approximators = frozenset(map(fold, data["approximators"]))
        self.approximator_links = frozenset(map(fold, data["approximator_links"]))
        self.orderers = frozenset(map(fold, data["orderers"]))
        self.uses = frozenset(map(fold, data["uses"]))
        self.adverbials = frozenset(map(fold, data["adverbials"]))
        self.scope = frozenset(map(fold, data["scope"]))
        self.empty_antecedents = frozenset(map(fold, data["empty_antecedents"]))
        self.among = frozenset(map(fold, data["among"]))
        self.forced_verbs = frozenset(map(fold, data["forced_verbs"]))
        self.forced = frozenset(map(fold, data["forced"]))
        self.relatives = {
            number: frozenset(map(fold, words))
            for number, words in data["relative_pronouns"].items()
        }


@lru_cache(maxsize=4)
def load_clause_lexicon(path: Path = CONFIGS / "lexicons" / "clause_verbs.yaml") -> ClauseLexicon:
    """The lexicon in ``path``, read once."""
    return ClauseLexicon(path)


@dataclass(slots=True)
class Government:
    """What stands over a trigger.

    ``verb`` is the nearest governing verb; ``kind`` is light_passive, light_active, aspect,
    subject_control, object_control, other or the empty string (nothing); ``via`` the shell nouns
    and coordinated masdars between.
    """

    verb: Token | None = None
    kind: str = ""
    via: list[Token] = field(default_factory=list)


def kind_of_verb(verb: Token, lexicon: ClauseLexicon, *, of_masdar: bool) -> str:
    """Which kind of governing verb this is.

    «بدأ خروج القوات» (masdar as subject) is decided by the caller, who knows the relation.
    """
    lemma = lemma_key(verb)
    if lemma in lexicon.object_control:
        return "object_control"
    if of_masdar and lemma in lexicon.light_active:
        return "light_active"
    if lemma in lexicon.aspect:
        return "aspect"
    if lemma in lexicon.subject_control:
        return "subject_control"
    if of_masdar and lemma in lexicon.light_passive:
        return "light_passive"
    return "other"


def government(token: Token, lexicon: ClauseLexicon) -> Government:
    """The verb over ``token``, through shell nouns and coordination.

    تم  [تنفيذ أجزاء من عملية]  إجلاء القوات        بدأت العائلات  تعود
    ^verb   ^via                ^token              ^verb (aspect)  ^token
    """
    node = token
    via: list[Token] = []
    for _ in range(8):
        head = node.head
        if head.i == node.i:
            break
        if head.pos_ in ("PART", "SCONJ") and head.head.pos_ == "VERB":
            head = head.head  # «فإن أمر الإخلاء يشمل»: the subject may hang on the particle
        if head.pos_ == "VERB":
            if node.dep_ in ("conj", "parataxis", "acl:relcl", "acl") or _is_proviso(node):
                break
            if is_circumstance(node, head, lexicon):
                return Government(head, "other", via)
            kind = kind_of_verb(head, lexicon, of_masdar=node.pos_ != "VERB")
            own = _own_subject(head, token, lexicon)
            subject = node.dep_.startswith("nsubj") and own is None
            if subject and lemma_key(head) in lexicon.light_passive:
                kind = "light_passive"
            elif subject and kind != "object_control":
                kind = "subject_of"
            elif kind == "light_passive" and own is not None:
                kind = "aspect"
            return Government(head, kind, via)
        shell = lemma_key(head) in lexicon.shells or key(head) in lexicon.shells
        if shell or (node.dep_ == "conj" and head.pos_ in ("NOUN", "VERB")):
            via.append(head)
            node = head
            continue
        break
    light = _light_before(token, lexicon)
    if light is not None:
        return Government(light, "light_passive", via)
    control = _control_before(token, lexicon)
    if control is not None:
        return Government(control, kind_of_verb(control, lexicon, of_masdar=True), via)
    return Government(None, "", via)


def _is_proviso(verb: Token) -> bool:
    """«تعتزم … سحب قواتها، [على أن تعود]»: a clause of its own, under no control."""
    marks = children(verb, "mark")
    return (
        verb.dep_ == "advcl"
        and len(marks) > 1
        and marks[0].pos_ == "ADP"
        and (key(marks[0]) == PARTICLES.ala)
    )


def is_circumstance(node: Token, verb: Token, lexicon: ClauseLexicon) -> bool:
    """Whether a masdar is an adjunct of the verb, not its complement: nothing controls it.

    قاموا بتفتيش الوافدين قبل [الدخول]        باتفاق [إجلاء] دوما، باتت القوات تسيطر
    """
    if node.pos_ == "VERB":
        return False
    if node.i < verb.i and not node.dep_.startswith("nsubj"):
        return not any(child.pos_ == "PRON" for child in children(verb, "obj"))  # «بدأها»
    return any(key(case) in lexicon.circumstances for case in children(node, "case"))


def _control_before(token: Token, lexicon: ClauseLexicon) -> Token | None:
    """«وافق المقاتلون … بمغادرة»: a control verb before a masdar, nothing between.

    For trees in which the prepositional masdar hangs on some noun between.
    """
    if token.pos_ == "VERB":
        return None
    for before in backward(token.doc, max(sentence_start(token), token.i - 14), token.i):
        if before.pos_ == "SCONJ" or feature(before, "PronType") == "Rel":
            return None
        if before.pos_ == "VERB":
            lemma = lemma_key(before)
            listed = lemma in lexicon.subject_control or lemma in lexicon.object_control
            if is_circumstance(token, before, lexicon):
                return None
            if not has_case(token) and token.i - before.i > 6:
                return None
            return before if listed or lemma in lexicon.light_active else None
    return None


def _own_subject(verb: Token, masdar: Token, lexicon: ClauseLexicon) -> Token | None:
    """The noun between a verb and the masdar below it: «تواصل [أنقرة] شحن …»; None for «تم نقل»."""
    for token in forward(verb.doc, verb.i + 1, masdar.i):
        if token.pos_ in ("ADP", "SCONJ", "VERB"):
            return None
        if key(token) in lexicon.adverbials:
            continue  # «يتم [اعتبارا] من الاثنين نقل …»
        if token.pos_ in ("NOUN", "X", "PROPN") and not feature(token, "AdpType"):
            inner = is_under(masdar, token) or token.dep_.startswith(("obl", "advmod"))
            return None if inner else token
    return None


def _light_before(token: Token, lexicon: ClauseLexicon) -> Token | None:
    """«تم أمس نقل …»: a light verb a few words before a masdar that the parser hung elsewhere."""
    if token.pos_ == "VERB":
        return None
    for before in backward(token.doc, max(sentence_start(token), token.i - 4), token.i):
        if before.pos_ == "VERB":
            passive = lemma_key(before) in lexicon.light_passive
            return before if passive and not children(before, "nsubj") else None
        if before.pos_ in ("ADP", "PUNCT", "SCONJ", "CCONJ"):
            return None
    return None
