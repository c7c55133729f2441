"""Stanza sentences without a model."""

from __future__ import annotations

from typing import Any

import spacy
import stanza
from spacy.tokens import Doc
from stanza.models.common.doc import Document

from pipeline.annotate.docs import Paragraph, build_doc
from pipeline.annotate.model_text import model_texts

VOCAB = spacy.blank("ar").vocab
assert stanza  # hand-built documents need no models

#: A word: text, UPOS, head (0: root, None: unparsed), relation.
Word = tuple[str, str, int | None, str]
#: A surface token: its words, its entity label (BIOES), its surface where it is not their sum.
Token = tuple[list[Word], str] | tuple[list[Word], str, str]


def sentence(text: str, tokens: list[Token], start: int = 0) -> list[dict[str, Any]]:
    """The entries of a Stanza sentence; the surfaces are found in ``text`` from ``start`` on."""
    entries: list[dict[str, Any]] = []
    number = 0
    for words, ner, *surface in tokens:
        written = surface[0] if surface else "".join(word for word, *_ in words)
        start = text.index(written, start)
        place = {"start_char": start, "end_char": start + len(written)}
        start += len(written)
        fused = len(words) > 1
        if fused:
            ids = (number + 1, number + len(words))
            entries.append({"id": ids, "text": written, "ner": ner, **place})
        for word, upos, head, relation in words:
            number += 1
            entry = {"id": (number,), "text": word, "upos": upos, "lemma": word}
            if head is not None:
                entry |= {"head": head, "deprel": relation}
            entries.append(entry | ({} if fused else {"ner": ner, **place}))
    return entries


def doc_of(text: str, *sentences: list[Token]) -> Doc:
    """A Doc of a one-line text with these sentences."""
    (model_text,) = model_texts(text)
    entries: list[list[dict[str, Any]]] = []
    start = 0
    for tokens in sentences:
        entries.append(sentence(model_text.text, tokens, start))
        start = max(entry.get("end_char", 0) for entry in entries[-1])
    document = Document(entries, text=model_text.text)
    return build_doc(VOCAB, text, [Paragraph(model_text, document.sentences)])
