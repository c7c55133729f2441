"""Finding, checking and loading the Stanza models."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.loading import without_collector

if TYPE_CHECKING:
    import stanza

#: The weights that come with this package.
BUNDLED = Path(__file__).resolve().parent.parent / "models" / "ar"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
LANGUAGE = "ar"


class ModelError(RuntimeError):
    """Models that are missing, incomplete or not what their checksums say."""


@dataclass(frozen=True, slots=True)
class ModelSet:
    """The files of one set of models.

    ``paths`` has an entry for each processor, and may have one for ``vectors``; it is empty for
    a folder in Stanza's own layout, where Stanza finds the files by ``folder/resources.json``.
    ``checksums`` maps files to (algorithm, hexadecimal digest).
    """

    model_id: str
    folder: Path
    paths: Mapping[str, Path]
    checksums: Mapping[Path, tuple[str, str]]

    @property
    def vectors(self) -> list[Path]:
        """The files of word vectors, in either layout."""
        own = self.paths.get("vectors")
        stanzas = [path for path in self.checksums if path.parent.name == "pretrain"]
        return [own] if own else stanzas

    def check(self) -> None:
        """Raise ModelError unless every file exists and has its checksum."""
        for path, (algorithm, expected) in self.checksums.items():
            if not path.is_file():
                raise ModelError(f"The model file {path} is missing.")
            with path.open("rb") as stream:
                found = hashlib.file_digest(stream, algorithm).hexdigest()
            if found != expected:
                raise ModelError(
                    f"{path} was not loaded: its {algorithm} is {found[:12]}…, but "
                    f"{expected[:12]}… is expected. Restore the file."
                )

    @property
    def fingerprint(self) -> str:
        """A digest of the identities of all files."""
        rows = sorted(f"{path.name} {digest}" for path, (_, digest) in self.checksums.items())
        return hashlib.sha256("\n".join([self.model_id, *rows]).encode()).hexdigest()


def find_models(models: str, root: Path | None = None, download: bool = False) -> ModelSet:
    """The set of models that a setting names; reads no weights.

    ``models`` is ``bundled``, ``stanza`` (Stanza's official package in Stanza's own folder,
    fetched there before if ``download``), or the path of a folder, relative to ``root``, with
    our ``models.json`` or Stanza's ``resources.json``.
    Raises ModelError where the folder has neither or lacks a processor.
    """
    if models == "stanza":
        from stanza.resources.common import DEFAULT_MODEL_DIR

        folder = Path(DEFAULT_MODEL_DIR)
        if download:
            import stanza

            stanza.download(LANGUAGE, model_dir=str(folder), processors=",".join(PROCESSORS))
    else:
        folder = BUNDLED if models == "bundled" else (root or Path()) / Path(models).expanduser()
    if (folder / "models.json").is_file():
        return _our_layout(folder)
    if (folder / "resources.json").is_file():
        return _stanza_layout(folder)
    advice = (
        "Set annotate.download = true to fetch the official models."
        if models == "stanza"
        else "Set annotate.models to 'bundled', to 'stanza', or to a folder of models."
    )
    raise ModelError(f"There are no models in {folder}. {advice}")


def _our_layout(folder: Path) -> ModelSet:
    content = _read_json(folder / "models.json")
    files = content.get("files", {})
    missing = sorted(set(PROCESSORS) - set(files))
    if missing:
        raise ModelError(f"{folder / 'models.json'} names no file for {', '.join(missing)}.")
    paths = {name: folder / entry["file"] for name, entry in files.items()}
    checksums = {paths[name]: ("sha256", entry["sha256"]) for name, entry in files.items()}
    return ModelSet(content["model_id"], folder, paths, checksums)


def _stanza_layout(folder: Path) -> ModelSet:
    """``folder/ar/PROCESSOR/PACKAGE.pt``; resources.json has the MD5 sums."""
    resources = _read_json(folder / "resources.json").get(LANGUAGE, {})
    present: dict[Path, tuple[str, str]] = {}
    for kind, packages in resources.items():
        for package, entry in packages.items() if isinstance(packages, dict) else ():
            path = folder / LANGUAGE / kind / f"{package}.pt"
            if isinstance(entry, dict) and "md5" in entry and path.is_file():
                present[path] = ("md5", entry["md5"])
    missing = sorted(set(PROCESSORS) - {path.parent.name for path in present})
    if missing:
        raise ModelError(
            f"{folder} lacks Arabic models for {', '.join(missing)}. Set annotate.download = true "
            "to fetch the official ones."
        )
    return ModelSet(f"stanza-{LANGUAGE}", folder, {}, present)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(f"{path} is not valid JSON: {error}") from error
    return content


@without_collector()
def load_pipeline(models: ModelSet) -> stanza.Pipeline:
    """A Stanza pipeline over checked local files; never touches the network.

    No file can name code to run (:mod:`pipeline.annotate.weights`). Raises ModelError where a file
    is missing or not what its checksum says.
    """
    import stanza
    from stanza.pipeline.core import FoundationCache

    from pipeline.annotate.weights import read_fast

    models.check()
    cache = FoundationCache(local_files_only=True)
    options: dict[str, Any] = {
        f"{name}_model_path": str(models.paths[name]) for name in PROCESSORS if models.paths
    }
    if vectors_path := models.paths.get("vectors"):
        for name in ("pos", "depparse", "ner"):
            options[f"{name}_pretrain_path"] = str(vectors_path)
    with read_fast(), _without_optimizers():
        for vectors in models.vectors:
            pretrain = cache.load_pretrain(str(vectors))
            pretrain._emb = pretrain.emb.float()  # may be stored in half precision
        return stanza.Pipeline(
            LANGUAGE,
            dir=str(models.folder),
            download_method=None,
            processors=",".join(PROCESSORS),
            use_gpu=False,
            logging_level="ERROR",
            foundation_cache=cache,
            **options,
        )


@contextmanager
def _without_optimizers() -> Iterator[None]:
    """Stanza's trainers make an optimizer as they load, for which torch imports its compiler.

    Nothing is trained here, and it takes more than a second.
    """
    from stanza.models.common import utils

    dispatch = utils.dispatch_optimizer
    utils.dispatch_optimizer = lambda *args, **kwargs: SimpleNamespace(param_groups=[])
    try:
        yield
    finally:
        utils.dispatch_optimizer = dispatch
