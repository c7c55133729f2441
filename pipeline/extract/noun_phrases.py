"""Spans of whole noun phrases.

A phrase is its head with determiners and approximators before it, and genitives, adjectives,
numerals and the prepositional phrases that belong to it after it. Relative clauses, appositions
after a comma and adjuncts that the event claims as roles stay outside.
"""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Span, Token

from pipeline.extract.sentences import forward, sentence_end, sentence_start
from pipeline.extract.syntax import CLAUSE_LINKS, ancestors, is_relative, key

_QUOTES = frozenset("\"'«“‘„”»’")


def noun_phrase(
    head: Token,
    *,
    blocked: Collection[int] = (),
    times: Collection[int] = (),
    coordinated: bool = True,
    approximators: Collection[str] = (),
) -> Span:
    """The span of the phrase headed by ``head``.

    ``blocked`` are positions that the phrase may not run over (role markers, triggers);
    ``times`` positions of time expressions; ``coordinated`` keeps conjuncts of the head in.

        [نحو مئتي جريح فلسطيني] من معبر رفح
         ^advmod ^head  ^nmod  ^amod   ^blocked
    """
    doc = head.doc
    start = _name_start(head, blocked)
    while start - 1 >= sentence_start(head):
        before = doc[start - 1]
        joined = (
            before.dep_ in ("det", "nummod", "flat", "amod") and start <= before.head.i <= head.i
        )
        near = key(before) in approximators and before.pos_ != "CCONJ"
        if not joined and not (near and before.i not in blocked):
            break
        start -= 1
    while start < head.i and doc[start].pos_ in ("ADP", "CCONJ", "PUNCT"):
        start += 1
    end = _right_edge(head, blocked, times, coordinated)
    while end - 1 > head.i and key(doc[end - 1]) in approximators:
        end -= 1  # it opens the next phrase
    return Span(doc, start, end)


def _name_start(head: Token, blocked: Collection[int]) -> int:
    """Where the name begins that ``head`` stands in: «وصل [مهدي رحمتي]», whose head is the last."""
    doc, start = head.doc, head.i
    while doc[start].ent_iob_ == "I" and start > sentence_start(head) and start - 1 not in blocked:
        if not start <= doc[start - 1].head.i <= head.i:
            break
        start -= 1
    return start


def _right_edge(
    head: Token, blocked: Collection[int], times: Collection[int], coordinated: bool
) -> int:
    doc = head.doc
    end = head.i + 1
    for token in forward(doc, head.i + 1, sentence_end(head)):
        if token.is_space:
            continue
        if token.i in blocked or token.i in times or is_relative(token):
            break
        if token.pos_ == "PUNCT" or token.text in _QUOTES:
            if token.text not in _QUOTES:
                break
            continue
        if not _belongs(token, head, coordinated):
            break
        end = token.i + 1
    while end - 1 > head.i and doc[end - 1].pos_ in ("ADP", "CCONJ", "SCONJ", "PUNCT", "SPACE"):
        if doc[end - 1].text in _QUOTES:
            break
        end -= 1
    opened = sum(token.text in _QUOTES for token in forward(doc, head.i + 1, end))
    if opened % 2 and end < sentence_end(head) and doc[end].text in _QUOTES:
        end += 1  # the closing mark of what is quoted inside: «قوات "فجر ليبيا"»
    return end


def _belongs(token: Token, head: Token, coordinated: bool) -> bool:
    """Whether every link from ``token`` up to ``head`` stays inside a noun phrase."""
    if token.pos_ in ("VERB", "SCONJ", "AUX"):
        return False
    node = token
    for above in (token, *ancestors(token)):
        if above.i == head.i:
            return True
        if above.i < head.i or above.pos_ in ("VERB", "SCONJ", "AUX"):
            return False
        if above.dep_ in CLAUSE_LINKS and above.pos_ != "X" and above.dep_ != "appos":
            return False
        if above.dep_ == "conj" and above.head.i == head.i and not coordinated:
            return False
        node = above
    return node.i == head.i
