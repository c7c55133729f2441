"""Where the words that somebody says begin and end."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from pipeline.extract.sentences import forward, sentence_end, sentence_start
from pipeline.extract.syntax import key
from pipeline.orthography import COMMAS, SEMICOLONS, SENTENCE_ENDS
from pipeline.resolve.attribution_lexicon import ReportingLexicon, lemma_in

_OPENING = frozenset('"«“„”')
_CLOSING = frozenset('"»”“')
_STRAIGHT = '"'
_COMMAS = COMMAS | SEMICOLONS
#: Tokens between a reporting verb and its content.
_REACH = 45
#: A shorter quotation is a word or a name in quotation marks.
_SHORTEST_SPEECH = 4

Bounds = tuple[int, int]


def content_after(cue: Token, words: ReportingLexicon) -> Bounds | None:
    """Token bounds of what a cue introduces: a complementizer's clause, or a quotation.

    قال الوزير لوكالة الأنباء إن [القوات انسحبت من البلدة]
    ^cue                          ^start              ^end
    """
    doc = cue.doc
    for i in range(cue.i + 1, min(sentence_end(cue), cue.i + _REACH)):
        token = doc[i]
        if token.text == ":":
            return i + 1, _speech_end(doc, i + 1)
        if opens(token) and _is_speech(doc, i):
            return i, _speech_end(doc, i)
        if _is_complementizer(token, words):
            return i + 1, _clause_end(doc, i + 1, sentence_end(cue), words)
        if token.text in SENTENCE_ENDS or _is_other_clause(token, cue, words):
            return None
    return None


def opens(token: Token) -> bool:
    """Whether a token is, or begins with, an opening quotation mark."""
    mark = token.text[0]
    return mark in _OPENING and (mark != _STRAIGHT or _marks_before(token) % 2 == 0)


def closes(token: Token) -> bool:
    """Whether a token is, or ends with, a closing quotation mark."""
    mark = token.text[-1]
    return mark in _CLOSING and (mark != _STRAIGHT or _marks_before(token) % 2 == 1)


def _marks_before(token: Token) -> int:
    """Straight quotation marks before a token in its paragraph: they open and close in turn."""
    marks = 0
    for i in range(token.i - 1, -1, -1):
        text = token.doc[i].text
        if "\n" in text:
            break
        marks += text.count(_STRAIGHT)
    return marks


def _is_complementizer(token: Token, words: ReportingLexicon) -> bool:
    word = key(token)
    if word not in words.complementizers or word in words.not_complementizers:
        return False
    before = key(token.doc[token.i - 1]) if token.i else ""
    return before not in words.not_before_complementizer


def clause_before(cue: Token) -> Bounds | None:
    """Bounds of the sentence before a cue that follows what is said: «… »، قال فلان».

    None where the cue opens its sentence or stands within a clause.
    """
    doc = cue.doc
    i = cue.i - 1
    while i >= 0 and (doc[i].is_space or doc[i].pos_ == "CCONJ"):
        i -= 1
    if i < 0 or not (closes(doc[i]) or doc[i].text in _COMMAS):
        return None
    end = i + 1
    if not closes(doc[i]) and i > 0 and closes(doc[i - 1]):
        i -= 1
    if closes(doc[i]):
        return _speech_start(doc, i), end
    start = sentence_start(cue)
    is_clause = any(token.pos_ in ("VERB", "AUX") for token in forward(doc, start, end))
    return (start, end) if is_clause else None


def nominal_content(cue: Token, subject_end: int) -> Bounds:
    """Bounds within which a noun may stand for the content: «أعلنت الوزارة [عودة النازحين]»."""
    return subject_end, sentence_end(cue)


def _is_other_clause(token: Token, cue: Token, words: ReportingLexicon) -> bool:
    """Another word of saying; or, for cues that take nouns too, a verb in no relative clause."""
    if lemma_in(token, words.participles) and token.pos_ != "PROPN":
        return True
    if token.pos_ != "VERB":
        return False
    if lemma_in(token, words.verbs):
        return True
    relative = token.dep_ in ("acl", "acl:relcl", "advcl")
    return not relative and not lemma_in(cue, words.clause_only)


def _is_speech(doc: Doc, opening: int) -> bool:
    start, end = opening + 1, opening + 1 + _SHORTEST_SPEECH
    return end <= len(doc) and not any(map(closes, forward(doc, start, end)))


def _speech_end(doc: Doc, start: int) -> int:
    """The end of the quotation that opens at or next to ``start``, else of the sentence."""
    i = start
    while i < len(doc) and i < start + 2 and not opens(doc[i]):
        i += 1
    end = sentence_end(doc[min(start, len(doc) - 1)])
    if i >= len(doc) or not opens(doc[i]):
        return end
    for j in range(i + 1, len(doc)):
        if closes(doc[j]):
            return j + 1
        if "\n" in doc[j].text:
            return max(end, j)
    return len(doc)


def _speech_start(doc: Doc, closing: int) -> int:
    """The start of the quotation that closes at ``closing``."""
    for j in range(closing - 1, -1, -1):
        if opens(doc[j]):
            return j
        if "\n" in doc[j].text:
            return j + 1
    return 0


def _clause_end(doc: Doc, start: int, limit: int, words: ReportingLexicon) -> int:
    for i in range(start + 1, limit):
        if doc[i - 1].text in _COMMAS and words.breaks.match(doc, i):
            return i
    return limit
