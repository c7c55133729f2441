"""Hashes of files and of the project's code: what comes out depends on them."""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from pipeline.orthography import LANGUAGE_FILES

#: The folder of the project's code.
CODE = Path(__file__).resolve().parent


def digest(text: str) -> str:
    """Sixteen hexadecimal digits of a text's SHA-256."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def hash_of(paths: Iterable[Path]) -> str:
    """Hash of files and folders with their names, but not where they lie."""
    return digest("".join(f"{path.name} {content(path)}\n" for path in paths))


def content(path: Path) -> str:
    """Hash of a file, or of all files of a folder with their names.

    Raises FileNotFoundError where there is neither.
    """
    if not path.is_dir():
        return sha256(path.read_bytes()).hexdigest()
    files = sorted(file for file in path.rglob("*") if file.is_file() and file.suffix != ".pyc")
    return digest("".join(f"{file.relative_to(path)} {content(file)}\n" for file in files))


@cache
def code_hash(*packages: str) -> str:
    """Hash of the project's modules, of the code in these packages of it, and of the data of the
    written language.
    """
    folders = (CODE / name for name in packages)
    return hash_of((*sorted(CODE.glob("*.py")), *folders, *LANGUAGE_FILES))
