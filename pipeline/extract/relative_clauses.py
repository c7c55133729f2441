"""Antecedents of relative clauses.

الدبابات | التي أدخلتها موسكو إلى القرم        (pronoun on the verb: the antecedent is the object)
الوفد    | الذي قدم من طهران                  (no subject of its own: the antecedent is the subject)
سفينة    | كانت تنقل مكونات                   (indefinite: no relative pronoun)
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.extract.clauses import ClauseLexicon
from pipeline.extract.sentences import backward, forward, sentence_start
from pipeline.extract.syntax import (
    ancestors,
    feature,
    has_article,
    is_relative,
    key,
    lemma_key,
    neighbour,
)
from pipeline.extract.triggers import Candidate
from pipeline.morphology import ENDINGS, PARTICLES, PRONOUNS
from pipeline.orthography import COMMAS

_FEMININE = (ENDINGS.feminine, ENDINGS.feminine_plural)
_NOMINAL = ("NOUN", "X", "PROPN", "NUM", "ADJ")


@dataclass(slots=True)
class RelativeClause:
    """The antecedent of a clause and the relative pronoun (None after an indefinite noun)."""

    antecedent: Token
    pronoun: Token | None


def relative_clause(candidate: Candidate, lexicon: ClauseLexicon) -> RelativeClause | None:
    """The relative clause that the trigger (or the light or aspect verb over it) heads, if any."""
    for node in candidate.anchors:
        chain = [node]
        while chain[-1].dep_ in ("conj", "xcomp") and chain[-1].head.pos_ == "VERB":
            if len(chain) > 3 or chain[-1].head.i >= chain[-1].i:
                break
            chain.append(chain[-1].head)
        for verb in chain:
            if verb.dep_ in ("acl:relcl", "acl") and verb.head.pos_ in _NOMINAL:
                if verb.pos_ not in ("VERB", "AUX", "ADJ", "NOUN", "X") or verb.head.i > verb.i:
                    continue
                pronoun = _pronoun_before(verb, verb.head.i)
                if pronoun is None and candidate.kind != "verb" and verb.i == candidate.token.i:
                    continue
                noun = _agreeing(verb.head, pronoun, lexicon)
                return RelativeClause(named_by(_named_set(noun, lexicon)), pronoun)
    first = min(candidate.anchors, key=lambda token: token.i)
    pronoun = _pronoun_before(first, first.i - 4)
    if pronoun is not None:
        antecedent = _noun_before(pronoun)
        if antecedent is not None:
            return RelativeClause(_agreeing(antecedent, pronoun, lexicon), pronoun)
    indefinite = _indefinite_before(candidate) if candidate.kind == "verb" else None
    return RelativeClause(indefinite, None) if indefinite is not None else None


def _indefinite_before(candidate: Candidate) -> Token | None:
    """The indefinite noun that a verb without a conjunction says more of.

    شملت العملية [مواطنين] من أم درمان نقلوا إلى جدة      hung on the first verb as a conjunct
                 ^Ind     ^no verb      ^conj, no «و»
    """
    verb = candidate.token
    before = neighbour(verb, -1)
    if verb.dep_ not in ("conj", "parataxis") or before is None or verb.head.i > verb.i:
        return None
    if before.pos_ not in _NOMINAL or any(child.dep_ == "cc" for child in verb.children):
        return None
    if feature(verb, "Number") not in ("Plur", "Dual") or verb.head.pos_ != "VERB":
        return None
    for noun in backward(verb.doc, verb.head.i + 1, verb.i):
        if noun.pos_ in ("VERB", "SCONJ", "PUNCT"):
            return None
        plain = noun.pos_ == "NOUN" and not noun.ent_type_ and noun.dep_ != "conj"
        indefinite = plain and feature(noun, "Definite") == "Ind"
        if indefinite and feature(noun, "Number") == feature(verb, "Number"):
            return noun
    return None


def _named_set(noun: Token, lexicon: ClauseLexicon) -> Token:
    """«[كبار قادة الفيلق] من بين الأشخاص الذين نقلوا»: the set meant by an empty noun.

    It is the subject over the noun; where the parse has none there, since an apposition or «إن»
    stands between, it is the last subject before «من بين» with no verb after it.
    """
    if lemma_key(noun) not in lexicon.empty_antecedents and key(noun) not in lexicon.among:
        return noun
    before = forward(noun.doc, max(sentence_start(noun), noun.i - 3), noun.i + 1)
    among = [token for token in before if key(token) in lexicon.among]
    if not among:
        return noun
    for above in ancestors(noun):
        if above.pos_ in ("NOUN", "X", "PROPN") and above.dep_.startswith("nsubj"):
            return above
        for child in above.children:
            if child.dep_.startswith("nsubj") and child.i < noun.i and not is_relative(child):
                return child
    for token in backward(noun.doc, sentence_start(noun), among[0].i):
        if token.pos_ == "VERB":
            break
        if token.dep_.startswith("nsubj") and token.pos_ in _NOMINAL and not is_relative(token):
            return token
    return noun


def named_by(noun: Token) -> Token:
    """The name that a definite noun after a comma says more of, or the noun itself.

    [إيران]، الدولة التي دعمت …          [كييف]، المدينة التي زارها …
    """
    comma = neighbour(noun, -1)
    name = neighbour(comma, -1) if comma is not None and comma.text in COMMAS else None
    if name is None or not has_article(noun) or noun.pos_ != "NOUN" or noun.ent_type_:
        return noun
    if name.ent_type_ not in ("GPE", "LOC") or name.pos_ not in ("X", "PROPN", "NOUN"):
        return noun
    while name.ent_iob_ == "I" and name.i > sentence_start(name):
        name = name.doc[name.i - 1]
    return name


def _pronoun_before(verb: Token, start: int) -> Token | None:
    for token in backward(verb.doc, max(start, sentence_start(verb)), verb.i):
        if is_relative(token) and token.pos_ in ("DET", "PRON"):
            return token
        if token.pos_ == "VERB" and lemma_key(token) != PARTICLES.kana:
            return None
    return None


def _noun_before(pronoun: Token) -> Token | None:
    """The noun phrase right before a relative pronoun (commas and quotes between)."""
    for token in backward(pronoun.doc, sentence_start(pronoun), pronoun.i):
        if token.pos_ in ("PUNCT", "SPACE", "ADJ", "DET", "PRON"):
            continue
        return token if token.pos_ in _NOMINAL else None
    return None


def _agreeing(head: Token, pronoun: Token | None, lexicon: ClauseLexicon) -> Token:
    """``head`` or the noun above it that agrees with the pronoun: «قائد القوات الذي غادر»."""
    if pronoun is None:
        return head
    for node in (head, *ancestors(head)):
        if node.pos_ not in ("NOUN", "X", "PROPN") or node.i > pronoun.i:
            break
        if _matches(node, key(pronoun), lexicon):
            return node
        if node.dep_ not in ("nmod", "appos", "flat", "conj"):
            break
    return head


def _matches(noun: Token, pronoun: str, lexicon: ClauseLexicon) -> bool:
    number = feature(noun, "Number")
    feminine = key(noun).endswith(_FEMININE) or feature(noun, "Gender") == "Fem"
    if pronoun in lexicon.relatives["masculine_singular"]:
        return number != "Plur" and not feminine
    if pronoun in lexicon.relatives["feminine_singular"]:
        return number == "Plur" or feminine or noun.pos_ == "X"
    return number in ("Plur", "Dual", "") or noun.pos_ == "X"


def resumes(pronoun: Token, antecedent: Token) -> bool:
    """Whether an object or possessive pronoun can stand for the antecedent (gender, number)."""
    word = key(pronoun)
    if word == PRONOUNS.feminine_singular:
        return (
            key(antecedent).endswith(_FEMININE)
            or feature(antecedent, "Number") == "Plur"
            or feature(antecedent, "Gender") == "Fem"
            or antecedent.pos_ == "X"
            or antecedent.ent_type_ in ("GPE", "LOC")
        )
    if word == PRONOUNS.masculine_singular:
        feminine = key(antecedent).endswith(ENDINGS.feminine)
        return feature(antecedent, "Number") != "Plur" and not feminine
    if word in PRONOUNS.plural:
        return feature(antecedent, "Number") in ("Plur", "Dual", "")
    return False
