"""Where a noun phrase ends and the next one opens, which parsers of Arabic often miss.

نقل الهلال الأحمر | [نحو مئتي جريح]          a number or an approximation opens a phrase
اقتحم مستوطنون | [بلدة حوارة]               a noun that takes no genitive ends one
زار طهران وبغداد | [وزير الخارجية]          and so does the name of a place
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.clauses import ClauseLexicon
from pipeline.extract.semantics import Classifier
from pipeline.extract.sentences import forward, sentence_end
from pipeline.extract.subjects import next_noun
from pipeline.extract.syntax import (
    feature,
    has_article,
    has_case,
    in_personal_name,
    is_closed,
    is_relative,
    key,
    neighbour,
)
from pipeline.morphology import ENDINGS, PARTICLES
from pipeline.text import fold

#: Tokens after a place within which the subject of its clause is sought.
_REACH = 12


def split_pair(first: Token, classes: Classifier, lexicon: ClauseLexicon) -> Token | None:
    """«نقل الهلال الأحمر [نحو مئتي جريح] من …»: a counted noun opens a new phrase."""
    if not classes.is_mobile(first) and not first.ent_type_:
        return None
    if first.pos_ == "NUM" or classes.lexicon.is_in("quantity", first):
        return None
    for token in forward(first.doc, first.i + 1, min(first.i + 7, sentence_end(first))):
        if token.pos_ == "NUM" or is_approximation(token, lexicon):
            return counted_noun(token, classes, lexicon)
        if token.pos_ in ("ADP", "PUNCT", "VERB", "CCONJ", "SCONJ"):
            return None
    return None


def is_approximation(token: Token, lexicon: ClauseLexicon) -> bool:
    """Whether ``token`` may open an approximation: «[نحو] مئتي جريح», «[ما] لا يقل عن خمسة»."""
    return key(token) in lexicon.approximators - lexicon.approximator_links


def counted_noun(token: Token, classes: Classifier, lexicon: ClauseLexicon) -> Token | None:
    """The number after an approximation: «حوالى [ألف] لاجئ»; None after «نحو المدينة»."""
    node: Token | None = token
    while node is not None and key(node) in lexicon.approximators:
        node = neighbour(node, 1)
    if node is None or not (node.pos_ == "NUM" or classes.lexicon.is_in("quantity", node)):
        return None
    return node if node.pos_ in ("NUM", "NOUN", "X") else None


def in_number(token: Token, previous: Token) -> bool:
    """Whether ``token`` goes on with a number: «خمسة [و][ثلاثين] [ألف] [لاجئ]»."""
    if previous.pos_ != "NUM":
        return False
    if token.pos_ == "CCONJ":
        following = neighbour(token, 1)
        return following is not None and following.pos_ == "NUM"
    return token.pos_ == "NUM" or (token.pos_ == "NOUN" and not has_article(token))


def is_counted(noun: Token) -> bool:
    """Whether a number stands before a singular noun, which then takes no place for a genitive."""
    before = neighbour(noun, -1)
    return before is not None and before.pos_ == "NUM" and feature(noun, "Number") != "Plur"


def is_oblique_plural(token: Token, subject: Token) -> bool:
    """Whether a definite plural cannot be the subject's adjective, for it is accusative.

    نقلت فرق الدفاع المدني [الناجين] إلى …       the subject's own would be «الناجون»
                    ^Sing       ^-ين
    A genitive plural between them could have it for an adjective: «مئات الجنود [المصابين]».
    """
    if token.pos_ != "ADJ" or not has_article(token) or feature(token, "Number") != "Plur":
        return False
    if not key(token).endswith(ENDINGS.dual_oblique):  # the plural's ending too
        return False
    between = forward(token.doc, subject.i + 1, token.i)
    return not any(feature(noun, "Number") in ("Plur", "Dual") for noun in between)


def disagrees(token: Token, subject: Token) -> bool:
    """Whether a masculine cannot be the adjective of any noun before it: all are feminine.

    سلمت الشرطة [الموقوف] إلى القضاء
    """
    if token.pos_ != "ADJ" or not has_article(token) or feature(token, "Number") != "Sing":
        return False
    if key(token).endswith(ENDINGS.maybe_feminine):
        return False
    between = forward(token.doc, subject.i, token.i)
    nouns = [noun for noun in between if noun.pos_ not in ("ADJ", "PUNCT")]
    feminine = fold(ENDINGS.feminine)
    return all(
        noun.pos_ == "NOUN" and feature(noun, "Number") == "Sing" and key(noun).endswith(feminine)
        for noun in nouns
    )


def after_subject(
    verb: Token, subject: Token, valency: str, classes: Classifier, lexicon: ClauseLexicon
) -> list[Token]:
    """The object that the parser hung on the subject.

    غادر وزير الخارجية المصري بدر عبد العاطي [القاهرة]      a place after the subject's phrase
    ترسل ألمانيا [بطاريتي باتريوت]                       a noun after a name (no genitive)
    دخل ما لا يقل عن خمسة وثلاثين ألف روهينغي [بنغلادش]     a place after a counted noun
    نقلت فرق الدفاع المدني [الناجين]                     a plural in the accusative
    """
    if subject.i < verb.i:
        following = next_noun(verb, classes)
        return [following] if following is not None else []
    named = subject.ent_type_ != "" or subject.pos_ == "X"
    caused = valency in ("caused", "clear_out")
    previous = subject
    for token in forward(verb.doc, subject.i + 1, min(subject.i + 12, sentence_end(verb))):
        if token.is_space or token.text in '"«»':
            continue
        if in_number(token, previous):
            previous = token
            continue
        if caused and is_approximation(token, lexicon):
            counted = counted_noun(token, classes, lexicon)
            return [counted] if counted is not None else []
        if token.pos_ in ("VERB", "SCONJ", "PUNCT", "CCONJ") or is_relative(token):
            break
        if token.pos_ == "ADP" and in_personal_name(token):
            continue
        if token.pos_ == "ADP" or has_case(token):
            if token.pos_ == "ADP" and (caused or key(token) != PARTICLES.min):
                break
            previous = token
            continue
        if classes.is_time(token) or key(token) in lexicon.adverbials:
            continue
        if caused and (is_oblique_plural(token, subject) or disagrees(token, subject)):
            return [token]
        if token.pos_ in ("NOUN", "X", "PROPN", "NUM") and token.ent_iob_ != "I":
            if caused:
                closed = is_closed(previous)
                close = named and previous.i <= subject.i + 3
                if (
                    (close or closed)
                    and token.pos_ != "X"
                    and not classes.lexicon.is_demonym(token)
                ):
                    return [token]
            elif classes.is_place(token) and (is_closed(previous) or is_counted(previous)):
                return [token]
            elif classes.is_place(token) and feature(previous, "Definite") != "Cons":
                if feature(previous, "Definite") == "Def" or previous.pos_ in ("X", "ADJ", "PROPN"):
                    return [token]
                if previous.ent_type_:
                    return [token]
        previous = token
    return []


def after_place(place: Token, classes: Classifier, lexicon: ClauseLexicon) -> Token | None:
    """The subject that the parser hung on the place before it, or None.

    زار طهران وبغداد [وزير] الخارجية           عبر النهر [آلاف] اللاجئين
    ^verb ^place    ^person                 ^verb ^place ^number
    """
    previous = place
    for token in forward(place.doc, place.i + 1, min(place.i + _REACH, sentence_end(place))):
        if token.pos_ in ("VERB", "ADP", "SCONJ", "PUNCT") or is_relative(token):
            return None
        following = neighbour(token, 1)
        if token.pos_ == "CCONJ":
            if following is None or not classes.is_place(following):
                return None
            continue
        if token.is_space or token.pos_ in ("ADV", "DET") or classes.is_time(token):
            continue
        if _ends_place(previous, classes) and _opens_subject(token, classes, lexicon):
            return counted_noun(token, classes, lexicon) or token
        previous = token
    return None


def _ends_place(token: Token, classes: Classifier) -> bool:
    """Whether a place's phrase can end here: «النهر», «مدينة [حلب]», not «مقر [الـ…]»."""
    named = token.i in classes.places or token.ent_type_ in ("GPE", "LOC")
    return is_closed(token) or (named and not classes.lexicon.is_in("place", token))


def _opens_subject(token: Token, classes: Classifier, lexicon: ClauseLexicon) -> bool:
    if token.ent_iob_ == "I" or has_case(token) or classes.is_place(token):
        return False
    if token.pos_ == "NUM" or is_approximation(token, lexicon):
        return counted_noun(token, classes, lexicon) is not None
    if token.ent_type_ == "PER":
        return True
    movers = classes.classes(token) & {"person", "force", "vehicle", "quantity"}
    return token.pos_ == "NOUN" and bool(movers)
