"""Finding, checking and loading the Stanza models."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import stanza

#: The weights that come with this package.
BUNDLED = Path(__file__).resolve().parent.parent / "models" / "ar"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")


class ModelError(RuntimeError):
    """Models that are missing, incomplete or not what their checksums say."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """The files of one set of models: a path for each processor, and for ``vectors``."""

    model_id: str
    language: str
    paths: dict[str, Path]


def find_models(models: str, root: Path | None = None) -> ModelFiles:
    """The set of models that a setting names, checked against its sha256 sums.

    ``models`` is ``bundled`` or the path of a folder with a ``models.json`` (relative to
    ``root``). Raises ModelError where a file is missing or differs from its checksum.
    """
    folder = BUNDLED if models == "bundled" else (root or Path()) / Path(models).expanduser()
    manifest = folder / "models.json"
    if not manifest.is_file():
        raise ModelError(
            f"No models.json in {folder}. Set annotate.models to 'bundled', to 'stanza', or to a "
            "folder that `python -m pipeline train` made."
        )
    content: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    paths: dict[str, Path] = {}
    for name, entry in content["files"].items():
        path = folder / entry["file"]
        check_sha256(path, entry["sha256"])
        paths[name] = path
    missing = sorted(set(PROCESSORS) - set(paths))
    if missing:
        raise ModelError(f"{manifest} names no file for {', '.join(missing)}.")
    return ModelFiles(content["model_id"], content.get("language", "ar"), paths)


def check_sha256(path: Path, expected: str) -> None:
    """Raise ModelError unless the file exists and has the checksum (hexadecimal)."""
    if not path.is_file():
        raise ModelError(f"The model file {path} is missing; get the whole repository again.")
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != expected:
        raise ModelError(
            f"{path} is not the file that models.json describes (sha256 {found[:12]}…, expected "
            f"{expected[:12]}…). It was not loaded; restore it or run the packaging again."
        )


def load_pipeline(files: ModelFiles) -> stanza.Pipeline:
    """A Stanza pipeline over local files; never touches the network."""
    import stanza
    from stanza.pipeline.core import FoundationCache

    options: dict[str, Any] = {f"{p}_model_path": str(files.paths[p]) for p in PROCESSORS}
    cache = FoundationCache(local_files_only=True)
    if vectors := files.paths.get("vectors"):
        pretrain = cache.load_pretrain(str(vectors))
        pretrain._emb = pretrain.emb.float()  # stored in half precision
        options |= {f"{p}_pretrain_path": str(vectors) for p in ("pos", "depparse", "ner")}
        options |= {f"{p}_forward_charlm_path": None for p in ("pos", "depparse", "ner")}
    return stanza.Pipeline(
        files.language,
        dir=str(next(iter(files.paths.values())).parent),
        download_method=None,
        processors=",".join(PROCESSORS),
        use_gpu=False,
        logging_level="ERROR",
        foundation_cache=cache,
        **options,
    )
