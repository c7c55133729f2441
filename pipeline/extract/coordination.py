"""Coordinated places: each conjunct is a filler of its own."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.semantics import Classifier
from pipeline.extract.syntax import children, key, lemma_key, neighbour
from pipeline.morphology import PARTICLES


def coordinated_places(noun: Token, classes: Classifier) -> list[Token]:
    """``noun`` and its conjuncts: «إلى [العراق] و[لبنان] و[ميناء اللاذقية]» are three goals.

    A conjunct that the parser hung elsewhere counts where it follows «و» and is a known place.
    «مدن مثل س وص» gives the head and each example.
    """
    group = [noun]
    queue = [noun]
    while queue:
        head = queue.pop(0)
        for child in children(head, "conj"):
            if child.pos_ in ("VERB", "SCONJ") or classes.is_time(child) or child in group:
                continue
            if classes.is_place(noun) and classes.is_abstract(child):
                continue
            group.append(child)
            queue.append(child)
        for child in children(head, "nmod", "obl"):
            cases = [key(c) for c in children(child, "case")]
            if cases and cases[0] == PARTICLES.mithla and child not in group:
                group.append(child)
                queue.append(child)
    last = max(token.i for token in group)
    return sorted(_with_stray_conjuncts(group, last, classes), key=lambda token: token.i)


def _with_stray_conjuncts(group: list[Token], last: int, classes: Classifier) -> list[Token]:
    doc = group[0].doc
    end = max(token.right_edge.i for token in group if token.i == last)
    following = neighbour(doc[min(end, doc[last].sent.end - 1)], 1)
    if following is not None and following.pos_ == "CCONJ":
        candidate = neighbour(following, 1)
        if (
            candidate is not None
            and candidate.dep_ == "conj"
            and candidate.i not in {token.i for token in group}
            and classes.is_place(candidate)
            and candidate.head.i < candidate.i
            and not children(candidate, "nsubj", "case")
            and lemma_key(candidate) != lemma_key(group[-1])
        ):
            group.append(candidate)
    return group
