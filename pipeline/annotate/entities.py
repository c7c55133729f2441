"""Entities of surface tokens as IOB labels of their pieces, without clitics."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.annotate.docs import Unit

#: Parts of speech of the pieces that stand before a name in a fused token (و، ب، ل، ك), and after.
PROCLITICS = frozenset({"CCONJ", "ADP", "SCONJ", "PART", "AUX"})
ENCLITICS = frozenset({"PRON"})


def entity_labels(units: list[Unit]) -> list[str]:
    """IOB labels, one a unit, from the BIOES labels of the surface tokens.

    An entity loses the proclitics of its first token and the pronouns of its last, unless
    nothing would be left.
    """
    labels = ["O"] * len(units)
    for start, end, label in _spans(units):
        while start < end - 1 and _is_clitic(units[start], PROCLITICS):
            start += 1
        while start < end - 1 and _is_clitic(units[end - 1], ENCLITICS):
            end -= 1
        labels[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    return labels


def _is_clitic(unit: Unit, parts_of_speech: frozenset[str]) -> bool:
    return unit.fused and unit.word.upos in parts_of_speech


def _spans(units: list[Unit]) -> list[tuple[int, int, str]]:
    """Entities as (first unit, unit after the last, label)."""
    spans: list[tuple[int, int, str]] = []
    token: int | None = None
    for i, unit in enumerate(units):
        position, _, label = unit.ner.partition("-")
        same_token = unit.token == token
        token = unit.token
        if not label:
            continue
        joins = bool(spans) and spans[-1][1] == i and spans[-1][2] == label
        if joins and (same_token or position in {"I", "E"}):
            spans[-1] = (spans[-1][0], i + 1, label)
        else:
            spans.append((i, i + 1, label))
    return spans
