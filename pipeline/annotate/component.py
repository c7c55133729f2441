"""The first stage of a pipeline: raw Docs in, annotated Docs out."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cymem.cymem import Pool
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

import pipeline.annotate.raw_text
import pipeline.events  # noqa: F401  (declares the extensions that Docs carry)
from pipeline.annotate.cache import AnnotationCache, NotCached
from pipeline.annotate.docs import build_doc
from pipeline.annotate.models import ModelSet, find_models, load_pipeline
from pipeline.annotate.screen import Screen, is_parsed
from pipeline.loading import without_collector

if TYPE_CHECKING:
    from pipeline.annotate.annotator import Annotator

logger = logging.getLogger(__name__)

#: Raised whenever the same models and settings give other Docs than before.
FORMAT = 1


def is_annotated(doc: Doc) -> bool:
    """Whether a Doc needs no annotation: it has parts of speech, or nothing to annotate."""
    return len(doc) == 0 or doc.has_annotation("POS")


class StanzaComponent:
    """Replaces raw Docs by annotated ones; annotated Docs pass through untouched.

    The models load when the first Doc comes that is neither annotated nor in the cache.
    Raises NotCached instead where ``load`` is None.
    """

    def __init__(
        self,
        vocab: Vocab,
        load: Callable[[], Annotator] | None,
        batch_chars: int = 60_000,
        cache: AnnotationCache | None = None,
        screen: Screen | None = None,
    ) -> None:
        self.vocab = vocab
        self.batch_chars = batch_chars
        self.cache = cache
        self.screen = screen
        self._load = load
        self._annotator: Annotator | None = None
        self.model_id = ""
        self.settings_key = ""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 256) -> Iterator[Doc]:
        """Annotate Docs in batches of at most ``batch_size`` Docs or ``batch_chars`` characters."""
        batch: list[Doc] = []
        size = 0
        for doc in stream:
            batch.append(doc)
            size += 0 if is_annotated(doc) else _characters(doc)
            if size >= self.batch_chars or len(batch) >= batch_size:
                yield from self._batch(batch)
                batch, size = [], 0
        yield from self._batch(batch)

    @contextmanager
    def memory_zone(self, mem: Pool | None = None) -> Iterator[Pool]:
        """Part of ``nlp.memory_zone()``: Docs of open cache shards do not outlive it."""
        try:
            yield mem if mem is not None else Pool()
        finally:
            if self.cache:
                self.cache.release()

    def _batch(self, docs: list[Doc]) -> list[Doc]:
        """The Docs annotated, in order: from the cache, or all others by the models at once."""
        done = [doc if is_annotated(doc) else self._cached(doc) for doc in docs]
        missing = [i for i, doc in enumerate(done) if doc is None]
        for i, doc in zip(missing, self._annotate([docs[i].text for i in missing]), strict=True):
            done[i] = _with_user_data(doc, docs[i])
        return [doc for doc in done if doc is not None]

    def _cached(self, raw: Doc) -> Doc | None:
        doc = self.cache.get(raw.text) if self.cache else None
        if doc is None or not (is_parsed(doc) or (self.screen and self.screen.accepts(doc))):
            return None
        return _with_user_data(doc, raw)

    def _annotate(self, texts: list[str]) -> list[Doc]:
        if not texts:
            return []
        if self._load is None:
            raise NotCached(
                f"{len(texts)} text(s) have no cached annotation with these models and settings; "
                "`run` or `annotate` makes it."
            )
        paragraphs = self.annotator.annotate(texts)
        docs = [build_doc(self.vocab, *pair) for pair in zip(texts, paragraphs, strict=True)]
        self._remember(texts, docs)
        return docs

    @property
    def annotator(self) -> Annotator:
        """The models, loaded on first use.

        Raises ModelError where they can't be, and NotCached where they may not.
        """
        if self._annotator is None:
            if self._load is None:
                raise NotCached("annotate.cache_only is set: the models are not loaded.")
            self._annotator = self._load()
        return self._annotator

    def _remember(self, texts: list[str], docs: list[Doc]) -> None:
        """Put Docs into the cache. A cache that can't be written costs time, not articles."""
        if not self.cache:
            return
        try:
            for text, doc in zip(texts, docs, strict=True):
                self.cache.put(text, doc)
            self.cache.flush()
        except OSError as error:
            logger.warning("Annotations are not cached from here on: %s", error)
            self.cache = None


def _characters(doc: Doc) -> int:
    """The length of the text of a Doc that has tokens."""
    last = doc[-1]
    return int(last.idx) + len(last.text_with_ws)


def _with_user_data(doc: Doc, raw: Doc) -> Doc:
    """``doc`` with what the raw Doc carried (metadata, spaCy's context)."""
    doc.user_data.update(raw.user_data)
    doc._context = raw._context
    return doc


@Language.factory(
    "stanza",
    assigns=[
        *("token.pos", "token.tag", "token.morph", "token.lemma", "token.norm", "token.dep"),
        *("token.head", "token.is_sent_start", "token._.fused", "doc.sents", "doc.ents"),
    ],
    default_config={
        "models": "bundled",
        "download": False,
        "root": None,
        "batch_chars": 60_000,
        "longest_sentence": 150,
        "split_from": 30,
        "longest_article": 5_000_000,
        "cache": None,
        "cache_only": False,
        "screen": False,
        "screen_before": 3,
        "screen_after": 1,
        "frame": None,
        "quantize": False,
    },
)
def create_stanza(
    nlp: Language,
    name: str,
    models: str,
    download: bool,
    root: str | None,
    batch_chars: int,
    longest_sentence: int,
    split_from: int,
    longest_article: int,
    cache: str | None,
    cache_only: bool,
    screen: bool,
    screen_before: int,
    screen_after: int,
    frame: str | None,
    quantize: bool,
) -> StanzaComponent:
    """The ``stanza`` component; see ``[annotate]`` in configs/movement.cfg for the settings.

    Raises ModelError where the models can't be found.
    """
    nlp.max_length = longest_article
    found = find_models(models, Path(root) if root else None, download)
    key = _settings_key(
        found, longest_sentence=longest_sentence, split_from=split_from, quantize=quantize
    )

    chosen = (
        _screen(Path(root or "", frame), screen_before, screen_after) if screen and frame else None
    )

    @without_collector()
    def load() -> Annotator:
        from pipeline.annotate.annotator import Annotator

        return Annotator(
            load_pipeline(found), longest_sentence, split_from, batch_chars, chosen, quantize
        )

    component = StanzaComponent(
        nlp.vocab,
        None if cache_only else load,
        batch_chars,
        AnnotationCache(cache, key, nlp.vocab) if cache else None,
        chosen,
    )
    component.model_id = found.model_id
    component.settings_key = key
    return component


def _screen(frame: Path, before: int, after: int) -> Screen:
    """A screen for the triggers of an event frame."""
    from pipeline.extract.lexicon import load_frame, may_trigger

    return Screen(partial(may_trigger, load_frame(frame)), before, after)


def _settings_key(models: ModelSet, **settings: object) -> str:
    """A name for all that decides how a text is annotated."""
    content = json.dumps([FORMAT, models.fingerprint, settings], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]
