"""Keeps a worker's memory flat, however many articles it works on.

Five things would make it grow: spaCy keeps every word that it has seen (some 500 bytes each), Docs
and their events hold each other, the C library keeps what tensors of many sizes leave behind,
oneDNN keeps code for each of those sizes (switched off in :mod:`pipeline.run.worker`), and caches
fill. Caches bound themselves.
"""

import ctypes
import gc
import sys
from contextlib import ExitStack

from spacy.language import Language

#: Words that a vocabulary may gather before it forgets them.
MOST_WORDS = 50_000
#: New objects after which Python looks for cycles within a job; by default it does at every 700.
MOST_OBJECTS = 200_000


class Memory:
    """The memory of a process that has loaded a pipeline: ``gigabytes`` at most; 0: no limit."""

    def __init__(self, nlp: Language, gigabytes: float = 0) -> None:
        limit_memory(gigabytes)
        self._vocab = nlp.vocab
        self._nlp = nlp
        self._at_first = len(nlp.vocab.strings)
        self._zone = ExitStack()
        self._zone.enter_context(nlp.memory_zone())
        gc.freeze()  # models and lexicons stay: no collection need look at them
        gc.set_threshold(MOST_OBJECTS)

    def tidy(self) -> None:
        """Between two jobs, when no Doc is in use: forget Docs and words, return free memory."""
        gc.collect(1)  # not what earlier jobs left, which are entries of caches
        if len(self._vocab.strings) > self._at_first + MOST_WORDS:
            self._zone.close()
            self._zone.enter_context(self._nlp.memory_zone())
        return_free_memory()


def return_free_memory() -> None:
    """Give pages that hold nothing back to the system, where the C library can (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim:
        trim(0)


def limit_memory(gigabytes: float) -> None:
    """Let allocations beyond the limit fail, so that one article fails and not the machine.

    Works where the system has RLIMIT_DATA (Linux); elsewhere nothing is limited.
    """
    if not gigabytes or not sys.platform.startswith("linux"):
        return
    import resource

    size = int(gigabytes * 2**30)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
