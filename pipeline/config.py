"""Read a spaCy config file, and load the pipeline that it describes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from confection import Config

from pipeline.loading import without_collector
from pipeline.settings import Settings, SettingsError

if TYPE_CHECKING:
    from spacy.language import Language


def read_config(path: str | Path, overrides: dict[str, Any] | None = None) -> Config:
    """The config that a file holds, interpolated, with ``overrides`` applied; loads no library.

    ``overrides`` are spaCy's dotted overrides (``{"run.workers": 2}``). The folder of the file is
    stored as ``paths.root``; data files of components are relative to it.

    Raises FileNotFoundError where the config does not exist, SettingsError where it is malformed.
    """
    file = Path(path)
    if not file.is_file():
        raise FileNotFoundError(f"No config file at {file}; try configs/movement.cfg.")
    try:
        config = Config().from_disk(file, interpolate=False)
        for section in ("paths", *Settings.model_fields):
            config.setdefault(section, {})
        root = {"paths.root": str(file.resolve().parent)}
        return Config().from_str(config.to_str(), overrides=root | (overrides or {}))
    except ValueError as error:
        raise SettingsError(f"{file}: {error}") from None


@without_collector()
def load(path: str | Path, overrides: dict[str, Any] | None = None) -> Language:
    """The ``Language`` that a config file describes.

    ``paths.code`` of the config may name a Python file with components of your own. Raises what
    :func:`read_config` raises, and ``ConfigValidationError`` where a component's setting is wrong.
    """
    from spacy.util import import_file, load_model_from_config

    import pipeline.components  # noqa: F401  (registers the factories)

    config = read_config(path, overrides)
    if code := config["paths"].get("code"):
        import_file("pipeline_user_code", Path(config["paths"]["root"]) / code)
    return load_model_from_config(config, auto_fill=True)
