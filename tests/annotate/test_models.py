"""Finding and checking models, and loading them without a network."""

import hashlib
import json
import shutil
import socket
from pathlib import Path

import pytest

from pipeline.annotate.models import BUNDLED, PROCESSORS, ModelError, find_models, load_pipeline


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a models.json over small files that are no models."""
    files = {}
    for name in PROCESSORS:
        (tmp_path / f"{name}.pt").write_bytes(name.encode())
        digest = hashlib.sha256(name.encode()).hexdigest()
        files[name] = {"file": f"{name}.pt", "sha256": digest}
    content = {"model_id": "test-1", "language": "ar", "files": files}
    (tmp_path / "models.json").write_text(json.dumps(content))
    return tmp_path


def test_a_path_names_models_relative_to_the_root(folder: Path) -> None:
    models = find_models(folder.name, folder.parent)
    models.check()
    assert models.model_id == "test-1"


def test_a_changed_file_is_never_loaded(folder: Path) -> None:
    before = find_models(str(folder))
    (folder / "pos.pt").write_bytes(b"something else")
    with pytest.raises(ModelError, match=r"pos\.pt was not loaded"):
        load_pipeline(before)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "ner.pt").unlink()
    with pytest.raises(ModelError, match=r"ner\.pt is missing"):
        find_models(str(folder)).check()


def test_the_fingerprint_follows_the_weights(folder: Path) -> None:
    before = find_models(str(folder)).fingerprint
    content = json.loads((folder / "models.json").read_text())
    content["files"]["pos"]["sha256"] = "0" * 64
    (folder / "models.json").write_text(json.dumps(content))
    assert find_models(str(folder)).fingerprint != before


def test_a_folder_without_models_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"Set annotate\.models"):
        find_models(str(tmp_path))


def test_a_processor_without_a_file_is_named(folder: Path) -> None:
    content = json.loads((folder / "models.json").read_text())
    del content["files"]["mwt"]
    (folder / "models.json").write_text(json.dumps(content))
    with pytest.raises(ModelError, match="mwt"):
        find_models(str(folder))


@pytest.fixture
def official(tmp_path: Path) -> Path:
    """The bundled weights laid out as ``stanza.download`` lays out the official package."""
    package = "padt"
    resources: dict[str, object] = {
        "lang_name": "Arabic",
        "packages": {"default": dict.fromkeys(PROCESSORS, package)},
        "pretrain": {"vectors": {"md5": ""}},
    }
    bundled = find_models("bundled")
    for name in (*PROCESSORS, "pretrain"):
        source = bundled.paths["vectors" if name == "pretrain" else name]
        target = tmp_path / "ar" / name / ("vectors.pt" if name == "pretrain" else f"{package}.pt")
        target.parent.mkdir(parents=True)
        shutil.copy(source, target)
        entry: dict[str, object] = {"md5": hashlib.md5(source.read_bytes()).hexdigest()}
        if name in {"pos", "depparse", "ner"}:
            entry["dependencies"] = [{"model": "pretrain", "package": "vectors"}]
        resources[name] = {target.stem: entry}
    (tmp_path / "resources.json").write_text(json.dumps({"ar": resources}))
    return tmp_path


@pytest.mark.slow
def test_stanzas_own_layout_loads_without_a_network(
    official: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was called")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr("stanza.resources.common.DEFAULT_MODEL_DIR", str(official))
    models = find_models("stanza")
    assert models.model_id == "stanza-ar"
    nlp = load_pipeline(models)
    assert nlp("وقال ذلك").sentences[0].words[0].text == "و"
    (official / "ar" / "pos" / "padt.pt").write_bytes(b"changed")
    with pytest.raises(ModelError, match="md5"):
        load_pipeline(models)


def test_the_official_package_is_never_fetched_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stanza.resources.common.DEFAULT_MODEL_DIR", str(tmp_path))
    with pytest.raises(ModelError, match=r"annotate\.download = true"):
        find_models("stanza")


@pytest.mark.skipif(not (BUNDLED / "models.json").is_file(), reason="no bundled models")
def test_bundled_weights_are_what_they_should_be() -> None:
    find_models("bundled").check()
