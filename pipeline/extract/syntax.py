"""Questions that the extraction rules ask of the dependency tree.

The tree follows UD Arabic (PADT): obj, nsubj, obl:arg, nmod, case, acl:relcl; names are often X.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from pipeline.extract.sentences import forward
from pipeline.morphology import ARTICLE, ENDINGS
from pipeline.text import fold

#: Endings of sound plurals and duals that fall away before a genitive: -un, -in, -an.
_NUNATED = (*ENDINGS.masculine_plural, ENDINGS.dual_nominative)

#: Features by the hash of a morphological analysis: these are few, and asked of often.
_FEATURES: dict[int, dict[str, str]] = {}
#: Keys of words by the hashes of their strings; when there are too many, all are forgotten.
_KEYS: dict[int, str] = {}
_MOST_KEYS = 1 << 16

NOMINAL = frozenset({"NOUN", "PROPN", "X", "NUM", "PRON", "ADJ"})
CLAUSE_LINKS = frozenset(
    {"acl", "acl:relcl", "advcl", "ccomp", "csubj", "parataxis", "xcomp", "appos", "dislocated"}
)


def key(token: Token) -> str:
    """The folded syntactic word of ``token``."""
    return _KEYS.get(token.norm) or _remember(token.norm, token.norm_)


def lemma_key(token: Token) -> str:
    """The folded lemma of ``token``."""
    return _KEYS.get(token.lemma) or _remember(token.lemma, token.lemma_)


def _remember(string_hash: int, word: str) -> str:
    if len(_KEYS) >= _MOST_KEYS:
        _KEYS.clear()
    folded = _KEYS[string_hash] = fold(word)
    return folded


def children(token: Token, *relations: str) -> list[Token]:
    """Dependents of ``token`` with one of ``relations`` (subtypes count), in text order."""
    return [
        child
        for child in token.children
        if child.dep_ in relations or child.dep_.split(":")[0] in relations
    ]


def has_case(token: Token) -> bool:
    """Whether a preposition governs ``token``, or the name that it begins: «إلى [خان] يونس»."""
    cases = (child for child in token.children if child.dep_ == "case" and child.i < token.i)
    if not all(in_personal_name(child) for child in cases):
        return True
    before = token.doc[token.i - 1] if token.i else None
    named = before is not None and before.dep_ == "case" and before.head in token.children
    return named and token.ent_iob_ == "B"


def in_personal_name(token: Token) -> bool:
    """«أنتوني [ب]لينكن»: a piece of a name that was cut off as if it were a preposition."""
    return token.ent_type_ == "PER" and token.ent_iob_ == "I"


def is_closed(noun: Token) -> bool:
    """Whether a noun can take no genitive, so that a bare noun after it opens a new phrase.

    «[الجيش]», «[المسلحون]», «[مستوطنون]» (a construct would be «مستوطنو»), «[مهاجرا]», «[بلاده]».
    """
    if has_article(noun) or any(c.pos_ == "PRON" and c.i == noun.i + 1 for c in noun.children):
        return True
    number = feature(noun, "Number")
    if noun.pos_ in ("NOUN", "ADJ") and number in ("Plur", "Dual"):
        sound = key(noun).endswith(_NUNATED) and not lemma_key(noun).endswith(_NUNATED)
        return sound and len(key(noun)) > 4
    ending = ENDINGS.accusative
    tanwin = noun.norm_.endswith(ending) and not lemma_key(noun).endswith(ending)
    return noun.pos_ in ("NOUN", "ADJ") and tanwin and number == "Sing"


def case_word(token: Token) -> str:
    """The folded preposition that governs ``token``, or the empty string."""
    cases = [child for child in children(token, "case") if child.i < token.i]
    return key(cases[0]) if cases else ""


def has_article(token: Token) -> bool:
    """Whether the article stands on ``token``: not in «آلاف», whose first letters look like it."""
    form, lemma = token.norm_, lemma_key(token)
    if not form.startswith(ARTICLE):
        return False
    if token.pos_ == "X" or not lemma.startswith(ARTICLE) or len(form) > len(lemma):
        return True
    return feature(token, "Definite") == "Def"  # an unknown word, whose lemma is its form


def feature(token: Token, name: str) -> str:
    """A UD feature's value, or the empty string."""
    morph = token.morph
    features = _FEATURES.get(hash(morph))
    if features is None:
        values = {kind: morph.get(kind, []) for kind in morph.to_dict()}
        features = _FEATURES[hash(morph)] = {kind: found[0] for kind, found in values.items()}
    return features.get(name, "")


def is_relative(token: Token) -> bool:
    """Whether ``token`` is a relative pronoun."""
    return feature(token, "PronType") == "Rel"


def ancestors(token: Token) -> Iterator[Token]:
    """Heads of ``token``, nearest first; the root last."""
    while (head := token.head).i != token.i:
        yield head
        token = head


def neighbour(token: Token, step: int) -> Token | None:
    """The next (``step`` 1) or previous (-1) token of the sentence that is not white space."""
    doc, size = token.doc, len(token.doc)
    i = token.i
    while (step > 0 or not token.is_sent_start) and 0 <= (i := i + step) < size:
        token = doc[i]
        if step > 0 and token.is_sent_start:
            break
        if not token.is_space:
            return token
    return None


def between(doc: Doc, start: int, end: int) -> Iterator[Token]:
    """Tokens strictly between two positions."""
    return forward(doc, min(start, end) + 1, max(start, end))


def is_under(token: Token, head: Token) -> bool:
    """Whether ``token`` is ``head`` or stands in its subtree."""
    return token.i == head.i or any(above.i == head.i for above in ancestors(token))


def agrees(verb: Token, subject: Token) -> bool:
    """Whether a verb after its subject can agree with it; unknown features agree.

    Plurals of things take the feminine singular, so only clashes of singulars count.
    """
    number, gender = feature(verb, "Number"), feature(verb, "Gender")
    if feature(verb, "Person") in ("1", "2"):
        return False
    if number == "Plur" or number == "Dual":
        return feature(subject, "Number") != "Sing" or bool(children(subject, "conj", "nmod"))
    if feature(subject, "Number") == "Sing" and subject.pos_ == "NOUN" and gender:
        feminine = key(subject).endswith(ENDINGS.feminine) or gender == "Fem"
        return feminine == (gender == "Fem") or subject.ent_type_ != ""
    return True
