"""Fills the roles of candidates and keeps those that are movement.

For each candidate and each of its senses in turn: who is subject and who object (finite clause,
passive, masdar, participle), what the role markers add, and whether the conditions of the sense
hold. The first sense that holds gives the event.
"""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extract.attachment import assign
from pipeline.extract.clauses import ClauseLexicon, load_clause_lexicon
from pipeline.extract.event_builder import EventBuilder, Resources
from pipeline.extract.filters import FilterLexicon, load_filter_lexicon
from pipeline.extract.lexicon import DEFAULT_FRAME, Frame, load_frame
from pipeline.extract.linked_events import share_arguments
from pipeline.extract.markers import find_phrases
from pipeline.extract.semantics import Classifier, SemanticLexicon, load_semantics
from pipeline.extract.triggers import Candidate


class ArgumentFinder:
    """The component ``event_arguments``: sets ``doc._.events`` from the trigger candidates."""

    def __init__(
        self,
        frame: Frame,
        clauses: ClauseLexicon,
        semantics: SemanticLexicon,
        filters: FilterLexicon,
    ) -> None:
        self.resources = Resources(frame, clauses, semantics, filters)

    def __call__(self, doc: Doc) -> Doc:
        doc._.events = []
        candidates: list[Candidate] = doc._.trigger_candidates
        if not candidates:
            return doc
        classes = Classifier(doc, self.resources.semantics)
        sentences = {sent.start: sent for sent in (c.token.sent for c in candidates)}
        frame = self.resources.frame
        phrases = [phrase for sent in sentences.values() for phrase in find_phrases(sent, frame)]
        claims = assign(candidates, phrases, classes)
        builder = EventBuilder(self.resources, classes, candidates, phrases, claims)
        kept = [candidate for candidate in candidates if builder.build(candidate) is not None]
        if len(kept) < len(candidates):  # what was no event gives up the phrases that it claimed
            claims = assign(kept, phrases, classes)
            builder = EventBuilder(self.resources, classes, kept, phrases, claims)
        doc._.events = [
            event for candidate in kept if (event := builder.build(candidate)) is not None
        ]
        share_arguments(doc._.events)
        return doc


@Language.factory(
    "event_arguments",
    requires=["doc._.trigger_candidates", "token.dep", "token.lemma"],
    assigns=["doc._.events"],
    default_config={
        "root": None,
        "frame": "frames/movement.yaml",
        "lexicons": "lexicons",
    },
)
def make_event_arguments(
    nlp: Language, name: str, root: str | None, frame: str, lexicons: str
) -> ArgumentFinder:
    """The component; ``frame`` and ``lexicons`` are relative to ``root``, the config's folder."""
    folder = Path(root) if root else DEFAULT_FRAME.parents[1]
    return ArgumentFinder(
        load_frame(folder / frame),
        load_clause_lexicon(folder / lexicons / "clause_verbs.yaml"),
        load_semantics(folder / lexicons),
        load_filter_lexicon(folder / lexicons / "non_events.yaml"),
    )
