"""Layers of a Doc that no event frame has a say in, kept on disk beside the annotations.

Time expressions, toponyms and reports follow from the annotated text, their own lexicons and the
code alone. Where a cache folder is given, each Doc's are kept there, so that a changed frame runs
without finding them again; changed code or lexicons find them anew.
"""

from __future__ import annotations

import json
import logging
import platform
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Generic, TypeVar

from spacy.attrs import (
    DEP,
    ENT_IOB,
    ENT_TYPE,
    HEAD,
    LEMMA,
    MORPH,
    NORM,
    ORTH,
    POS,
    SENT_START,
    SPACY,
    TAG,
)
from spacy.tokens import Doc

from pipeline.content_hash import code_hash, digest, hash_of
from pipeline.events import fused_tokens
from pipeline.resolve.key_value_store import KeyValueStore

logger = logging.getLogger(__name__)

Item = TypeVar("Item")

#: Packages whose code makes the layers.
_CODE = ("extract", "resolve")
#: What a Doc says: all that is annotated.
_ATTRIBUTES: list[int | str] = [
    *(ORTH, SPACY, NORM, LEMMA, POS, TAG, MORPH),
    *(DEP, HEAD, SENT_START, ENT_IOB, ENT_TYPE),
]


class Layer(Generic[Item]):
    """What ``find`` makes of a Doc, a list of tuples that JSON can hold, kept in ``folder``.

    ``files`` are the data files that ``find`` draws on; ``decode`` makes an item of what JSON makes
    of it, in which tuples are lists. Without a folder nothing is kept.
    """

    def __init__(
        self,
        name: str,
        find: Callable[[Doc], list[Item]],
        decode: Callable[[list[Any]], Item],
        folder: Path | None,
        files: Iterable[Path],
    ) -> None:
        self._find = find
        self._decode = decode
        self._store: KeyValueStore | None = None
        if folder is not None:
            made_by = [code_hash(*_CODE), hash_of(files), platform.python_version()]
            self._store = KeyValueStore(folder, f"{name}-{digest(' '.join(made_by))}")

    def __call__(self, doc: Doc) -> list[Item]:
        """The items of ``doc``, in text order."""
        if self._store is None:
            return self._find(doc)
        key = _key(doc)
        kept = self._store.get(key)
        if kept is not None:
            try:
                return list(map(self._decode, json.loads(kept)))
            except (ValueError, TypeError) as error:
                logger.warning("A kept layer is damaged and is not used: %r", error)
        items = self._find(doc)
        self._store.put(key, json.dumps(items, ensure_ascii=False, separators=(",", ":")))
        return items


@lru_cache(maxsize=1)  # layers are asked for one after the other
def _key(doc: Doc) -> bytes:
    """A hash of all that a Doc says."""
    hashed = blake2b(doc.to_array(_ATTRIBUTES).tobytes(), digest_size=16)
    hashed.update(repr(fused_tokens(doc)).encode())
    return hashed.digest()
