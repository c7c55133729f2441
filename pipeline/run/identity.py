"""What the output depends on, as hashes: config and data files, weights, code, libraries.

A shard is reused only where all of them are what they were.
"""

import json
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from spacy.language import Language

import pipeline

#: Sections of a config that decide what is extracted; the others say how a run is carried out.
_EXTRACTING = ("paths", "nlp", "components", "annotate")
#: Packages whose version can change the output.
_LIBRARIES = ("stanza", "torch", "spacy", "pyarrow")
#: Packages of the project whose code can change the output.
_CODE = ("annotate", "extract", "resolve", "read", "write", "run")


@dataclass(frozen=True, slots=True)
class Identity:
    """Names of everything that a run's output depends on, but for its input."""

    config_hash: str
    model_id: str
    code_hash: str
    pipeline_version: str
    versions: dict[str, str]

    @property
    def run_hash(self) -> str:
        """One name for all of it; the folder of the run's shards."""
        parts = [self.config_hash, self.model_id, self.code_hash, self.versions]
        return _digest(json.dumps(parts, sort_keys=True))


def identify(config: dict[str, Any], model_id: str) -> Identity:
    """The identity of runs with a (filled, interpolated) config."""
    return Identity(
        config_hash=config_hash(config),
        model_id=model_id,
        code_hash=code_hash(),
        pipeline_version=pipeline.__version__,
        versions={name: version(name) for name in _LIBRARIES}
        | {"python": platform.python_version()},
    )


def config_hash(config: dict[str, Any]) -> str:
    """Hash of the settings that decide what is extracted, and of the files they name.

    Where the files lie makes no difference, what is in them does.
    """
    root = Path(config.get("paths", {}).get("root") or ".")
    settings = {name: config[name] for name in _EXTRACTING if name in config}
    settings["components"] = {
        name: _defaults(component) | component
        for name, component in settings.get("components", {}).items()
    }
    settings["paths"] = {k: v for k, v in settings.get("paths", {}).items() if k != "root"}
    files = {
        value: _content(root / value)
        for value in sorted(set(_strings(settings)))
        if _names_a_file(root, value)
    }
    return _digest(json.dumps([settings, files], sort_keys=True, default=str))


@cache
def code_hash() -> str:
    """Hash of the source files that make the output."""
    package = Path(pipeline.__file__).parent
    files = [*package.glob("*.py"), *(f for name in _CODE for f in (package / name).rglob("*.py"))]
    return _digest("".join(f"{f.relative_to(package)} {_content(f)}\n" for f in sorted(files)))


def _defaults(component: dict[str, Any]) -> dict[str, Any]:
    """The settings of a component's factory, which the config may leave out."""
    factory = component.get("factory")
    if not isinstance(factory, str) or not Language.has_factory(factory):
        return {}
    return dict(Language.get_factory_meta(factory).default_config or {})


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


def _content(path: Path) -> str:
    """Hash of a file, or of all files of a folder with their names."""
    if path.is_file():
        return sha256(path.read_bytes()).hexdigest()
    files = sorted(file for file in path.rglob("*") if file.is_file())
    return _digest("".join(f"{file.relative_to(path)} {_content(file)}\n" for file in files))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
