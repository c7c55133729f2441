"""Runs the pipeline over gold texts, with or without a store of their annotation.

A store is a spaCy ``DocBin`` file of annotated Docs, found again by their text: with it an
evaluation of extraction takes seconds. Texts that it lacks are annotated and added to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import load_config

from pipeline.config import load
from pipeline.evaluate.gold import GoldText

#: The component that runs Stanza; the others only read its Docs.
ANNOTATOR = "stanza"

_ATTRIBUTES = (
    *("ORTH", "NORM", "TAG", "HEAD", "DEP", "ENT_IOB"),
    *("ENT_TYPE", "LEMMA", "MORPH", "POS"),
)


def parsed_docs(
    texts: Sequence[GoldText], config: str | Path, store: str | Path | None = None
) -> tuple[list[Doc], Language]:
    """An annotated Doc for each text, without events, and the pipeline without its annotator.

    Raises FileNotFoundError where the config does not exist.
    """
    extraction = _without_annotator(config)
    known = _read(store, extraction) if store else {}
    missing = list(dict.fromkeys(text.text for text in texts if text.text not in known))
    if missing:
        annotation = load(config, {"nlp.pipeline": [ANNOTATOR]})
        annotated = list(annotation.pipe(missing))
        if store:
            _write(store, [*known.values(), *annotated])
        # One vocabulary for all: the extraction pipeline's.
        for doc in _bin(annotated).get_docs(extraction.vocab):
            known[doc.text] = doc
    docs = [known[text.text] for text in texts]
    for doc, text in zip(docs, texts, strict=True):
        doc._.meta = {"id": text.id, "date": text.published}
    return docs, extraction


def extracted(docs: Sequence[Doc], extraction: Language) -> list[Doc]:
    """The same Docs with ``doc._.events`` filled."""
    for doc in docs:
        doc._.events = []
    return list(extraction.pipe(docs))


def _without_annotator(config: str | Path) -> Language:
    names = load_config(config)["nlp"]["pipeline"]
    return load(config, {"nlp.pipeline": [name for name in names if name != ANNOTATOR]})


def _read(store: str | Path, nlp: Language) -> dict[str, Doc]:
    """Annotated Docs by text, from a DocBin file or all ``*.spacy`` files of a folder."""
    path = Path(store)
    files = sorted(path.glob("*.spacy")) if path.is_dir() else [path] if path.is_file() else []
    return {doc.text: doc for file in files for doc in DocBin().from_disk(file).get_docs(nlp.vocab)}


def _write(store: str | Path, docs: Sequence[Doc]) -> None:
    path = Path(store)
    file = path / "gold.spacy" if path.is_dir() else path
    file.parent.mkdir(parents=True, exist_ok=True)
    _bin(docs).to_disk(file)


def _bin(docs: Sequence[Doc]) -> DocBin:
    return DocBin(attrs=_ATTRIBUTES, docs=docs, store_user_data=True)
