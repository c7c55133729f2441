"""Loading what stays in memory: modules, lexicons, models."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Pauses Python's collector of cycles while objects are made that stay.

    It would go through all of them again and again; that is a fifth of the time of a start.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
