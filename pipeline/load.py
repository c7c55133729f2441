"""Load a pipeline from its spaCy config file."""

from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import load_config


def load(path: str | Path, overrides: dict[str, Any] | None = None) -> Language:
    """The ``Language`` that a config file describes.

    ``overrides`` are spaCy's dotted overrides (``{"run.workers": 2}``). The folder of the config
    is stored as ``paths.root``; data files of components are relative to it.

    Raises FileNotFoundError where the config does not exist, and spaCy's
    ``ConfigValidationError`` where a setting is wrong.
    """
    import pipeline.components  # noqa: F401  (registers the factories)

    file = Path(path)
    if not file.is_file():
        raise FileNotFoundError(f"No config file at {file}; try configs/movement.cfg.")
    config = load_config(
        file, overrides={"paths.root": str(file.resolve().parent), **(overrides or {})}
    )
    return spacy.util.load_model_from_config(config, auto_fill=True)
