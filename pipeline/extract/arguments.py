"""Fills the roles of candidates and keeps those that are movement.

For each candidate and each of its senses in turn: who is subject and who object (finite clause,
passive, masdar, participle), what the role markers add, and whether the conditions of the sense
hold. The first sense that holds gives the event.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.events import Event
from pipeline.extract.attachment import assign
from pipeline.extract.clauses import ClauseLexicon, load_clause_lexicon
from pipeline.extract.event_builder import EventBuilder, Resources
from pipeline.extract.filters import FilterLexicon, load_filter_lexicon
from pipeline.extract.lexicon import DEFAULT_FRAME, Frame, load_frame
from pipeline.extract.linked_events import share_arguments
from pipeline.extract.markers import Phrase, find_phrases
from pipeline.extract.semantics import Classifier, SemanticLexicon, load_semantics
from pipeline.extract.sentences import sentence_end, sentence_start
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
        events: list[Event] = []
        candidates: list[Candidate] = doc._.trigger_candidates
        if candidates:
            classes = Classifier(doc, self.resources.semantics)
            opened = self.resources.frame.opened(doc)
            by_sentence = groupby(candidates, key=lambda found: sentence_start(found.token))
            for start, group in by_sentence:
                found = [*group]
                tokens = range(start, sentence_end(found[0].token))
                phrases = find_phrases(tokens, opened, doc, self.resources.frame)
                events += self._events(found, phrases, classes)
            share_arguments(events)
        doc._.events = events
        return doc

    def _events(
        self, candidates: list[Candidate], phrases: list[Phrase], classes: Classifier
    ) -> list[Event]:
        """The events of one sentence."""
        found = self._build(candidates, phrases, classes)
        # what was no event gives up the phrases that it claimed
        if found and len(found) < len(candidates):
            kept = [candidate for candidate in candidates if candidate.token.i in found]
            found = self._build(kept, phrases, classes)
        return [*found.values()]

    def _build(
        self, candidates: list[Candidate], phrases: list[Phrase], classes: Classifier
    ) -> dict[int, Event]:
        """The events of those candidates that are some, by position in the Doc."""
        claims = assign(candidates, phrases, classes)
        builder = EventBuilder(self.resources, classes, candidates, claims)
        built = {candidate.token.i: builder.build(candidate) for candidate in candidates}
        return {position: event for position, event in built.items() if event is not None}


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
