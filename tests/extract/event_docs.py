"""Hand-built Docs with the events that the extraction finds in them, without any model."""

import spacy
from spacy.tokens import Doc, Span

import pipeline.components  # noqa: F401  (registers the factories)
from tests.resolve.clause_docs import make_doc

NLP = spacy.blank("ar")
for component in ("event_triggers", "event_arguments"):
    NLP.add_pipe(component)


def events_of(table: str) -> Doc:
    """The Doc of a table (see make_doc; a last word in capitals is an entity), with its events."""
    lines = [line.split() for line in table.strip().splitlines()]
    labels = [line.pop() if line[-1] in ("GPE", "ORG", "PER") else "" for line in lines]
    doc = make_doc("\n".join(map(" ".join, lines)))
    doc.ents = [Span(doc, i, i + 1, label) for i, label in enumerate(labels) if label]
    for token in doc[:-1]:
        if not token.whitespace_:
            token._.fused = token.nbor()._.fused = True
    for _, component in NLP.pipeline:
        doc = component(doc)
    return doc
