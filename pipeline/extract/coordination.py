"""Coordinated places: each conjunct is a filler of its own."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.semantics import Classifier
from pipeline.extract.sentences import forward, sentence_end
from pipeline.extract.syntax import children, key, lemma_key, neighbour
from pipeline.morphology import PARTICLES

#: Markers that a gapped clause keeps.
_MARKERS = frozenset({PARTICLES.ila, PARTICLES.min, PARTICLES.nahwa})


def coordinated_places(noun: Token, classes: Classifier) -> list[Token]:
    """``noun`` and its conjuncts: «إلى [العراق] و[لبنان] و[ميناء اللاذقية]» are three goals.

    A conjunct that the parser hung elsewhere counts where it follows «و» and is a known place.
    «مدن مثل س وص» gives the head and each example.
    """
    group = [noun]
    queue = [noun]
    while queue:
        head = queue.pop(0)
        for child in _conjuncts(head, classes):
            if child.pos_ in ("VERB", "SCONJ") or classes.is_time(child) or child in group:
                continue
            if _is_one_name(head, child, classes):
                continue
            if classes.is_place(noun) and classes.is_abstract(child):
                continue
            if is_gapped(child, classes):
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


def _is_one_name(head: Token, conjunct: Token, classes: Classifier) -> bool:
    """Whether both stand in the name of one place: «[البوسنة] و[الهرسك]»."""
    end = classes.places.get(head.i)
    return end is not None and end == classes.places.get(conjunct.i)


def _conjuncts(head: Token, classes: Classifier) -> list[Token]:
    """Conjuncts of a noun, and places that hang on the rest of its name: «أم درمان و[نيالا]»."""
    found = children(head, "conj")
    if head.ent_type_:
        for part in forward(head.doc, head.i + 1, sentence_end(head)):
            if part.ent_iob_ != "I" or head not in part.ancestors:
                break
            found += [c for c in children(part, "conj") if classes.is_place(c)]
    return found


def is_gapped(child: Token, classes: Classifier) -> bool:
    """Whether a conjunct is the remnant of a clause whose verb is left out, and so no place.

    فر بعض السكان إلى إثيوبيا و[بعضهم] إلى تشاد
                      ^noun     ^conj  ^marker
    نقلت جزءا إلى لبنان و[آخر] إلى العراق
    """
    remnant = classes.lexicon.is_in("quantity", child) or classes.is_mobile(child)
    if classes.is_place(child) or not remnant:
        return False
    for token in forward(child.doc, child.i + 1, min(child.i + 5, sentence_end(child))):
        if token.pos_ == "ADP":
            return key(token) in _MARKERS
        if token.pos_ in ("VERB", "PUNCT", "CCONJ", "SCONJ"):
            return False
    return False


def _with_stray_conjuncts(group: list[Token], last: int, classes: Classifier) -> list[Token]:
    doc = group[0].doc
    end = max(token.right_edge.i for token in group if token.i == last)
    following = neighbour(doc[min(end, sentence_end(doc[last]) - 1)], 1)
    if following is not None and following.pos_ == "CCONJ":
        candidate = neighbour(following, 1)
        if (
            candidate is not None
            and candidate.dep_ == "conj"
            and candidate.i not in {token.i for token in group}
            and classes.is_place(candidate)
            and candidate.head.i < candidate.i
            and not children(candidate, "nsubj", "case")
            and not any(_is_one_name(token, candidate, classes) for token in group)
            and lemma_key(candidate) != lemma_key(group[-1])
        ):
            group.append(candidate)
    return group
