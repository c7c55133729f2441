"""Two sentences with an event each, written as «verb [theme] <origin> {destination}».

A word is «form», «form/POS», «form/POS/lemma» or «form/POS/lemma/Number»; POS is NOUN where none is
given and VERB for the first word of a sentence, PER and GPE make a name, the lemma is the form
without its article. «(…)» holds the agent.
"""

import re

from pipeline.events import Argument, Event
from tests.resolve.clause_docs import make_doc

ROLES = {"[": "theme", "<": "origin", "{": "destination", "(": "agent"}


def doc_of(*sentences):
    """A Doc with one event a sentence; ``doc._.events`` are in their order."""
    blocks, spans, names, at = [], [], [], 0
    for sentence in sentences:
        lines, roles = [], []
        for part in re.findall(r"[\[<{(][^\]>})]+[\]>})]|\S+", sentence):
            opened = part[0] if part[0] in ROLES else ""
            words = part[1:-1].split() if opened else [part]
            first = len(lines)
            for number, word in enumerate(words):
                form, pos, lemma, feats = (*word.split("/"), "", "", "")[:4]
                if pos in ("PER", "GPE"):
                    names.append((at + len(lines), form, pos))
                    pos = "X"
                head = first if opened and number else 0
                relation = "root" if not lines else "nmod" if head else "obl"
                kind = pos or ("NOUN" if lines else "VERB")
                number_of = f"Number={feats}" if feats else ""
                lemma = lemma or form.removeprefix("ال")
                lines.append(f"{form} {lemma} {kind} {head} {relation} {number_of}")
            if opened:
                roles.append((ROLES[opened], at + first, at + len(lines)))
        spans.append((at, roles))
        blocks.append("\n".join(lines))
        at += len(lines)
    doc = make_doc("\n\n".join(blocks))
    doc.ents = [doc.char_span(doc[i].idx, doc[i].idx + len(w), label) for i, w, label in names]
    doc._.meta = {"id": "a", "date": "2024-12-10"}
    doc._.events = []
    for start, roles in spans:
        event = Event(doc[start : start + 1], "moved", "finite", "test")
        for role, first, end in roles:
            event.arguments(role).append(Argument(doc[first:end], "test"))
        doc._.events.append(event)
    return doc
