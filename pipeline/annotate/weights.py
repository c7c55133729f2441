"""Reading files of weights as safely as torch does, and fast.

``torch.load(weights_only=True)`` reads pickles by a program in Python: a second and a half for the
vocabularies of our models. Python's own reader does it in a tenth of that; here it knows the few
names that such files need and refuses all others (Python's documentation of ``pickle``,
*Restricting Globals*).
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch

#: Functions and classes that a file of weights may name, besides torch's storages.
ALLOWED = frozenset(
    {
        ("torch._utils", "_rebuild_tensor_v2"),
        ("collections", "OrderedDict"),
        ("_codecs", "encode"),  # of byte strings
    }
)


class RestrictedPickle:
    """What torch takes for a pickle module."""

    class Unpickler(pickle.Unpickler):
        """Refuses every name that is not in :data:`ALLOWED`, with UnpicklingError."""

        def find_class(self, module_name: str, global_name: str) -> Any:
            if (module_name, global_name) not in ALLOWED:
                raise pickle.UnpicklingError(f"{module_name}.{global_name} may not be in weights.")
            return super().find_class(module_name, global_name)

    @classmethod
    def load(cls, file: Any, **options: Any) -> Any:
        """The next object of an open file."""
        return cls.Unpickler(file, **options).load()


@contextmanager
def read_fast() -> Iterator[None]:
    """Within it, ``torch.load`` of a file with ``weights_only=True`` is fast.

    torch's own reader has the last word: it reads, or refuses, what this one does not.
    """
    torch_load = torch.load

    def load(file: Any, map_location: Any = None, **options: Any) -> Any:
        if options == {"weights_only": True} and isinstance(file, (str, os.PathLike)):
            try:
                return torch_load(file, map_location, RestrictedPickle, weights_only=False)
            except Exception:
                pass
        return torch_load(file, map_location, **options)

    torch.load = load  # type: ignore[assignment]
    try:
        yield
    finally:
        torch.load = torch_load
