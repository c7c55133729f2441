"""What the output depends on, as hashes: config and data files, weights, code, libraries.

A shard is reused only where all of them are what they were.
"""

import json
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pipeline
from pipeline.annotate.models import find_models
from pipeline.content_hash import CODE, code_hash, content, digest, hash_of
from pipeline.orthography import ORTHOGRAPHY_FILE

#: Sections of a config that decide what is extracted; the others say how a run is carried out.
_EXTRACTING = ("paths", "nlp", "components", "annotate")
#: Settings that say where something lies, not what it is.
_NEUTRAL = frozenset({"root", "cache", "cache_only"})
#: Packages whose version can change the output.
_LIBRARIES = (
    *("stanza", "torch", "spacy", "pyarrow"),
    *("charset-normalizer", "arabic-name-romanizer", "onnxruntime", "hijridate"),
)
#: Packages of the project whose code can change the output.
_CODE = ("annotate", "extract", "resolve", "read", "write", "run")


@dataclass(frozen=True, slots=True)
class Identity:
    """Names of everything that a run's output depends on, but for its input."""

    config_hash: str
    model_id: str
    weights: str
    code_hash: str
    pipeline_version: str
    versions: dict[str, str]
    cache_only: bool

    @property
    def run_hash(self) -> str:
        """One name for all of it; the folder of the run's shards."""
        return digest(json.dumps(asdict(self), sort_keys=True))


def identify(config: dict[str, Any]) -> Identity:
    """The identity of runs with an interpolated config.

    Raises ModelError where the models that it names can't be found.
    """
    model_id, weights = _models(config)
    return Identity(
        config_hash=config_hash(config),
        model_id=model_id,
        weights=weights,
        code_hash=code_hash(*_CODE),
        pipeline_version=pipeline.__version__,
        versions={name: version(name) for name in _LIBRARIES}
        | {"python": platform.python_version()},
        cache_only=bool(config.get("annotate", {}).get("cache_only")),
    )


def _models(config: dict[str, Any]) -> tuple[str, str]:
    """Id and fingerprint of the models of ``[annotate]``; a pipeline may have none."""
    annotate, root = config.get("annotate", {}), config.get("paths", {}).get("root")
    if "models" not in annotate:
        return "none", ""
    download = bool(annotate.get("download"))
    models = find_models(annotate["models"], Path(root) if root else None, download)
    return models.model_id, models.fingerprint


def config_hash(config: dict[str, Any]) -> str:
    """Hash of the settings that decide what is extracted, and of the files they name.

    Where the files lie makes no difference, what is in them does.
    """
    root = Path(config.get("paths", {}).get("root") or ".")
    settings = {name: config[name] for name in _EXTRACTING if name in config}
    settings = _without(settings, _NEUTRAL)
    files = {
        value: content(root / value)
        for value in sorted(set(_strings(settings)))
        if _names_a_file(root, value)
    }
    return digest(json.dumps([settings, files], sort_keys=True, default=str))


def _without(settings: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    """Settings, at any depth, but for those with these names."""
    return {
        key: _without(value, names) if isinstance(value, dict) else value
        for key, value in settings.items()
        if key not in names
    }


@cache
def annotation_hash() -> str:
    """Hash of what decides an annotation beside models and settings: code and spelling."""
    modules = (CODE / "text.py", CODE / "orthography.py")
    return hash_of((CODE / "annotate", *modules, ORTHOGRAPHY_FILE))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


def _names_a_file(root: Path, value: str) -> bool:
    try:
        return value not in ("", ".", "..") and (root / value).exists()
    except (OSError, ValueError):  # too long for a path, or a NUL
        return False
