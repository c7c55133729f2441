"""Noun phrases as hand-built Docs: «word/POS/Gender …», «+» joins a clitic to the next word."""

import spacy
from spacy.tokens import Doc

from pipeline.text import strip_marks

VOCAB = spacy.blank("ar").vocab


def phrase(text, entities=()):
    """The whole Doc as a span; POS is NOUN where none is given, gender (Masc, Fem) unknown.

    ``entities`` are (start, end, label) over tokens.
    """
    words, spaces, tags, morphs = [], [], [], []
    for item in text.split():
        word, pos, gender = [*item.split("/"), "", ""][:3]
        glued = word.endswith("+") and len(word) > 1
        words.append(word.removesuffix("+") if glued else word)
        spaces.append(not glued)
        tags.append(pos or "NOUN")
        morphs.append(gender and f"Gender={gender}")
    spaces[-1] = False
    doc = Doc(VOCAB, words=words, spaces=spaces, pos=tags, morphs=morphs, lemmas=words)
    for token in doc:
        token.norm_ = strip_marks(token.text)
    doc.set_ents(
        [
            doc.char_span(doc[s].idx, doc[e - 1].idx + len(doc[e - 1]), label)
            for s, e, label in entities
        ]
    )
    return doc[:]
