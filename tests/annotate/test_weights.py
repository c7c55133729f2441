"""Reading weights: the same as torch reads, and nothing that runs code."""

import os
import pickle
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import torch

from pipeline.annotate.models import BUNDLED
from pipeline.annotate.weights import RestrictedPickle, read_fast


class Harm:
    """An object whose pickle makes a folder when it is read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.folder),)


def same(left: Any, right: Any) -> bool:
    if isinstance(left, torch.Tensor):
        return left.dtype == right.dtype and torch.equal(left, right)
    if isinstance(left, dict):
        return list(left) == list(right) and all(same(left[key], right[key]) for key in left)
    return bool(left == right)


@pytest.mark.parametrize("new_format", [True, False])
def test_weights_are_what_torch_reads(tmp_path: Path, new_format: bool) -> None:
    content = {"w": torch.randn(3, 4).half(), "vocab": {"وصل": 1}, "parts": [torch.arange(5), b"x"]}
    torch.save(content, tmp_path / "a.pt", _use_new_zipfile_serialization=new_format)
    with read_fast():
        found = torch.load(tmp_path / "a.pt", weights_only=True)
    expected = torch.load(tmp_path / "a.pt", weights_only=True)
    assert same(found["w"], expected["w"])
    assert found["vocab"] == expected["vocab"]
    assert all(map(same, found["parts"], expected["parts"]))


@pytest.mark.skipif(not (BUNDLED / "mwt.pt").is_file(), reason="no bundled models")
def test_bundled_weights_need_no_second_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    torch_load = torch.load

    def only_fast(*arguments: Any, **options: Any) -> Any:
        assert not options["weights_only"], "torch's own reader was asked"
        return torch_load(*arguments, **options)

    for file in sorted(BUNDLED.glob("*.pt")):
        expected = torch_load(file, weights_only=True)
        monkeypatch.setattr(torch, "load", only_fast)
        with read_fast():
            assert same(torch.load(file, weights_only=True), expected)
        monkeypatch.undo()


@pytest.mark.parametrize("new_format", [True, False])
def test_code_in_a_file_is_never_run(tmp_path: Path, new_format: bool) -> None:
    file, harm = tmp_path / "a.pt", tmp_path / "harm"
    torch.save({"w": Harm(harm)}, file, _use_new_zipfile_serialization=new_format)
    with read_fast(), pytest.raises(pickle.UnpicklingError):
        torch.load(file, weights_only=True)
    assert not harm.exists()
    torch.load(file, weights_only=False)  # the file would have done it
    assert harm.exists()


def test_names_are_refused_by_the_reader_itself(tmp_path: Path) -> None:
    file = tmp_path / "a.pickle"
    file.write_bytes(pickle.dumps(Harm(tmp_path / "harm")))
    with file.open("rb") as stream, pytest.raises(pickle.UnpicklingError, match="may not be in"):
        RestrictedPickle.load(stream)
    assert not (tmp_path / "harm").exists()


def test_torch_reads_what_else_it_takes_for_safe(tmp_path: Path) -> None:
    torch.save(Counter("aab"), tmp_path / "a.pt")
    with read_fast():
        assert torch.load(tmp_path / "a.pt", weights_only=True) == Counter("aab")


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.pt").write_bytes(b"damaged")
    with read_fast(), pytest.raises(pickle.UnpicklingError):
        torch.load(tmp_path / "a.pt", weights_only=True)


def test_torch_is_as_before_afterwards() -> None:
    before = torch.load
    with pytest.raises(KeyError), read_fast():
        assert torch.load is not before
        raise KeyError
    assert torch.load is before
