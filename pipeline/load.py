"""Load a pipeline from its spaCy config file."""

from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import import_file, load_config
from thinc.api import Config

from pipeline.settings import Settings


def read_config(path: str | Path, overrides: dict[str, Any] | None = None) -> Config:
    """The config that a file holds, interpolated, with ``overrides`` applied.

    The folder of the file is stored as ``paths.root``; data files of components are relative to
    it. ``paths.code`` may name a Python file with components of your own.

    Raises FileNotFoundError where the config does not exist, and ``ConfigValidationError`` or
    ValueError where it is malformed.
    """
    import pipeline.components  # noqa: F401  (registers the factories)

    file = Path(path)
    if not file.is_file():
        raise FileNotFoundError(f"No config file at {file}; try configs/movement.cfg.")
    root = str(file.resolve().parent)
    config = load_config(file)
    for section in ("paths", *Settings.model_fields):
        config.setdefault(section, {})
    config = Config().from_str(
        config.to_str(), overrides={"paths.root": root, **(overrides or {})}, interpolate=True
    )
    if code := config.get("paths", {}).get("code"):
        import_file("pipeline_user_code", Path(root) / code)
    return config


def load(path: str | Path, overrides: dict[str, Any] | None = None) -> Language:
    """The ``Language`` that a config file describes.

    ``overrides`` are spaCy's dotted overrides (``{"run.workers": 2}``). Raises what
    :func:`read_config` raises, and ``ConfigValidationError`` where a component's setting is wrong.
    """
    return spacy.util.load_model_from_config(read_config(path, overrides), auto_fill=True)
