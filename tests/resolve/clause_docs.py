"""Hand-built Docs: one line a token, «form lemma pos head dep [feats]»; head counts from 0.

A form that ends in «+» is written together with the next one.
"""

import spacy
from spacy.tokens import Doc

from pipeline.events import Event
from pipeline.text import strip_marks

VOCAB = spacy.blank("ar").vocab


def make_doc(table):
    """A Doc of one sentence a blank line; ``head`` is relative to the sentence."""
    columns = {name: [] for name in ("words", "spaces", "lemmas", "pos", "heads", "deps", "morphs")}
    starts = []
    for block in table.strip().split("\n\n"):
        offset = len(columns["words"])
        for number, line in enumerate(block.strip().splitlines()):
            word, lemma, pos, head, dep, *feats = line.split()
            starts.append(number == 0)
            columns["words"].append(word.removesuffix("+"))
            columns["spaces"].append(not word.endswith("+"))
            columns["lemmas"].append(lemma)
            columns["pos"].append(pos)
            columns["heads"].append(int(head) + offset)
            columns["deps"].append(dep)
            columns["morphs"].append(feats[0] if feats else "")
    doc = Doc(VOCAB, sent_starts=None, **columns)
    for token in doc:
        token.norm_ = strip_marks(token.text)
    return doc


def add_event(doc, word, construction="finite", nth=0, **roles):
    """An event whose trigger is the n-th token of that form."""
    token = [token for token in doc if token.text == word][nth]
    event = Event(doc[token.i : token.i + 1], "moved", construction, "test")
    for role, value in roles.items():
        setattr(event, role, value)
    doc._.events = [*doc._.events, event]
    return event
