"""Whether an event is asserted, planned, possible or negated.

Signals are gathered along the chain that governs the trigger. A denial anywhere outweighs all, a
doubt or a condition outweighs a plan, and else the innermost signal counts («مناقشة خطة العودة» is
a plan). Without a signal the event is asserted.
"""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.events import Event
from pipeline.resolve.factuality_lexicon import (
    ASSERTED,
    NEGATED,
    FactualityLexicon,
    load_factuality,
)
from pipeline.resolve.factuality_scope import signals

_WEIGHTS = {NEGATED: 2}
_DOUBTS = frozenset({"doubt", "condition"})


class Factuality:
    """Sets ``factuality`` and ``factuality_rule`` of the events."""

    def __init__(self, words: FactualityLexicon) -> None:
        self.words = words

    def __call__(self, doc: Doc) -> Doc:
        """Judges the events of a Doc."""
        for event in doc._.events:
            event.factuality, event.factuality_rule = judge(event, self.words)
        return doc


def judge(event: Event, words: FactualityLexicon) -> tuple[str, str]:
    """The factuality of an event and the rule that decided.

    The clause head (light or aspect verb) is asked too where the parse does not lead to it.
    """
    found = signals(event.head, words)
    if event.anchor is not None and event.anchor.i != event.head.i:
        found += signals(event.anchor, words)
    if not found:
        return ASSERTED, "no_signal"
    strongest = max(
        found, key=lambda signal: _WEIGHTS.get(signal.label, int(signal.rule in _DOUBTS))
    )
    return strongest.label, strongest.rule


@Language.factory(
    "factuality",
    assigns=["doc._.events"],
    requires=["doc._.events"],
    default_config={"lexicon": "lexicons/factuality.yaml", "root": None},
)
def make_factuality(nlp: Language, name: str, lexicon: str, root: str | None) -> Factuality:
    """The component; ``lexicon`` is a path relative to ``root``, the config's folder."""
    return Factuality(load_factuality(Path(root or "configs") / lexicon))
