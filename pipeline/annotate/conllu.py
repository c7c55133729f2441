"""Annotated Docs as CoNLL-U.

Fused tokens are ranges. Each surface token has in MISC its characters in the article
(``start_char``, ``end_char``), its entity label (``NER=B-GPE``) and ``SpaceAfter=No`` where the
next one follows without white space. The form of a piece of a fused token is the syntactic word.
https://universaldependencies.org/format.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.tokens import Doc, Token

import pipeline.events  # noqa: F401  (declares the extensions that Docs carry)

_SPACE = re.compile(r"\s+")


def write_conllu(docs: Iterable[Doc], path: str | Path) -> int:
    """Write Docs, whose ids are in ``doc._.meta["id"]``, to a file; return their number.

    The file appears when it is complete. Raises OSError where it can't be written.
    """
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.tmp")
    written = 0
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as stream:
            for doc in docs:
                stream.write(to_conllu(doc, str(doc._.meta.get("id"))))
                written += 1
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return written


def to_conllu(doc: Doc, doc_id: str) -> str:
    """The sentences of a Doc; nothing for a Doc without words, which CoNLL-U can't show."""
    doc_id = _SPACE.sub(" ", doc_id)
    prefix = doc_id.replace(" ", "_").replace("/", "_")  # what the format forbids in sent_id
    blocks: list[str] = []
    for span in doc.sents if len(doc) else ():
        words = [token for token in span if token.pos_ != "SPACE"]
        if words:
            head = [] if blocks else [f"# newdoc id = {doc_id}"]
            head += [f"# sent_id = {prefix}-{len(blocks) + 1}", f"# text = {_text(words)}"]
            blocks.append("\n".join([*head, *_rows(words), "", ""]))
    return "".join(blocks)


def _text(words: list[Token]) -> str:
    """The sentence with one space where there is white space between words."""
    parts: list[str] = []
    for word, after in zip(words, [*words[1:], None], strict=True):
        parts.append(_SPACE.sub(" ", word.text))
        if after is not None and _end(word) < after.idx:
            parts.append(" ")
    return "".join(parts)


def _rows(words: list[Token]) -> Iterator[str]:
    number_of = {word.i: number for number, word in enumerate(words, 1)}
    for token in _surface_tokens(words):
        if len(token) > 1:
            numbers = f"{number_of[token[0].i]}-{number_of[token[-1].i]}"
            surface = token[0].doc[token[0].i : token[-1].i + 1].text
            yield "\t".join([numbers, surface, *"_" * 7, _misc(token, words)])
        for word in token:
            yield "\t".join(
                [
                    str(number_of[word.i]),
                    _SPACE.sub(" ", word.norm_ if len(token) > 1 else word.text),
                    _SPACE.sub(" ", word.lemma_) or "_",
                    word.pos_ or "_",
                    word.tag_ or "_",
                    "|".join(sorted(word.morph, key=str.lower)) or "_",
                    *_arc(word, number_of),
                    "_",
                    _misc(token, words) if len(token) == 1 else "_",
                ]
            )


def _surface_tokens(words: list[Token]) -> Iterator[list[Token]]:
    """Runs of pieces without white space between them are one fused token."""
    token: list[Token] = []
    for word in words:
        if token and not (word._.fused and token[-1]._.fused and _end(token[-1]) == word.idx):
            yield token
            token = []
        token.append(word)
    if token:
        yield token


def _arc(word: Token, number_of: dict[int, int]) -> tuple[str, str]:
    """HEAD and DEPREL."""
    head = word.head
    while head.i not in number_of and head.head != head:  # white space has no number
        head = head.head
    if head == word or head.i not in number_of:
        return "0", "root"
    return str(number_of[head.i]), word.dep_ or "dep"


def _misc(token: list[Token], words: list[Token]) -> str:
    start, end = token[0].idx, _end(token[-1])
    position = next((p.ent_iob_ for p in token if p.ent_iob_ in {"B", "I"}), "O")
    label = next((p.ent_type_ for p in token if p.ent_type_), "")
    entity = f"{position}-{label}" if label else "O"
    misc = f"start_char={start}|end_char={end}|NER={entity}"
    following = token[-1].i + 1
    doc = token[-1].doc
    glued = following < len(doc) and not token[-1].whitespace_ and doc[following].pos_ != "SPACE"
    return f"{misc}|SpaceAfter=No" if glued and token[-1] is not words[-1] else misc


def _end(token: Token) -> int:
    return token.idx + len(token)
