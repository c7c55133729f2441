"""Words that are spelled as a trigger is and are another word, by their tag, lemma and place."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.lexicon import Frame
from pipeline.extract.syntax import feature, has_article, has_case, key, lemma_key, neighbour
from pipeline.morphology import ENDINGS, PARTICLES
from pipeline.orthography import LETTERS
from pipeline.text import fold

_CONSTRUCT = ENDINGS.masculine_plural_construct


def other_aspect(token: Token, form: str, frame: Frame) -> bool:
    """«توصّل»: a perfect of its own, by its tag, that is spelled as an imperfect of the frame."""
    return feature(token, "Aspect") == "Perf" and form in frame.imperfects


def looks_like_verb(token: Token, frame: Frame) -> bool:
    """A word tagged as a noun that is written as only a verb is: «نقلت», «أعادت» (not «إعادت»)."""
    written = fold(token.text)
    if ("verb", written) not in frame.by_form:
        return False
    if token.pos_ == "VERB":
        return ("masdar", key(token)) not in frame.by_form
    if ("masdar", written) not in frame.by_form:
        return True
    return token.text.startswith(LETTERS.alef_hamza_above) and written.endswith(LETTERS.ta)


def unambiguous(token: Token, kind: str, word: str, frame: Frame) -> bool:
    """A form whose tag or lemma says otherwise counts only where it is long enough to be sure."""
    if kind in ("active", "passive"):
        if (kind, word[:-1]) in frame.by_lemma and word[-1] in _CONSTRUCT:
            return False  # «داخلي»: no adjective is a construct plural
        return token.pos_ == "ADJ" and len(word) >= 4
    if kind == "verb":
        if any(fold(sense.verb) == word for sense in frame.by_form["verb", word]):
            return False  # a bare perfect: `_retagged` asks for more evidence
        if token.ent_type_ or _is_noun_of(token, word):
            return False  # «نجران», «سيرتك الذاتية»
        definite = has_article(token)
        return len(word) >= 4 and not definite and not has_case(token)
    return len(word) >= 4


def _is_noun_of(token: Token, form: str) -> bool:
    """Whether a form is that of a noun by its lemma: a feminine in construct («سيرت» of «سيرة»).

    No noun follows «ما» («بعدما سيرتها قطر»); what agrees with the noun before may be its verb
    («شاحنات تدخل القطاع»).
    """
    lemma, before = lemma_key(token), neighbour(token, -1)
    if before is not None and (
        key(before) == PARTICLES.ma or key(before).endswith(ENDINGS.feminine_plural)
    ):
        return False
    feminine = form.endswith(LETTERS.ta) and lemma == form[:-1] + ENDINGS.feminine
    return feminine or (lemma == form and form.startswith(LETTERS.ta))
