"""The files of an input: a file, a folder, a glob, here or in a store that pyarrow reaches."""

import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from fsspec.implementations.arrow import ArrowFSWrapper
from pyarrow import fs

from pipeline.filesystem import is_uri, locate, reason

#: Formats by extension; each may be compressed (.gz, .bz2, .zst).
FORMATS = {".txt": "txt", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv"} | {
    ".parquet": "parquet"
}
_COMPRESSED = (".gz", ".bz2", ".zst")
_PROBLEMS = {
    fs.FileType.NotFound: "A link to a file that does not exist.",
    fs.FileType.Unknown: "Not a file but a pipe, a socket or a device.",
}


class InputError(ValueError):
    """The input does not exist or holds nothing that can be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of the input. ``name`` is its path below the input, without extension.

    ``problem`` says why it is not to be opened, where it is no file.
    """

    filesystem: fs.FileSystem
    path: str
    name: str
    format: str
    size: int
    problem: str | None = None

    @property
    def label(self) -> str:
        """What messages call it: the file name."""
        return PurePosixPath(self.path).name


def find(source: str) -> Iterator[InputFile]:
    """The readable files of ``source`` in a fixed order: by name, folder after folder.

    ``source`` is a path, a glob, or a URI such as ``s3://bucket/news`` or ``s3://bucket/*.csv`` (in
    a URI ``?`` starts the options). Hidden files and files in other formats are passed over.
    Raises InputError where there is no such input, or it may not be read.
    """
    try:
        yield from _in_store(source) if is_uri(source) else _local(source)
    except OSError as error:
        raise InputError(f"Cannot read {source}: {reason(error)}") from None


def _local(source: str) -> Iterator[InputFile]:
    if Path(source).exists():
        yield from _below(fs.LocalFileSystem(), str(Path(source).resolve()), source)
    else:
        matches = sorted(glob.glob(source, recursive=True))  # noqa: PTH207 (absolute patterns too)
        if not matches:
            raise InputError(f"No such input: {source} (a file, a folder, a glob, or s3://…).")
        for match in matches:
            if format_of(match) and not Path(match).is_dir():
                found = fs.LocalFileSystem().get_file_info(str(Path(match).absolute()))
                yield _file(fs.LocalFileSystem(), found, str(PurePosixPath(found.path).parent))


def format_of(path: str) -> str | None:
    """``txt``, ``jsonl``, ``csv``, ``parquet``, or None."""
    return FORMATS.get(PurePosixPath(_uncompressed(path)).suffix.lower())


def _in_store(source: str) -> Iterator[InputFile]:
    filesystem, path = locate(source)
    matches = glob_files(filesystem, path) if glob.has_magic(path) else []
    for info in matches:
        yield _file(filesystem, info, str(PurePosixPath(info.path).parent))
    if not matches:
        yield from _below(filesystem, path, source)


def glob_files(filesystem: fs.FileSystem, pattern: str) -> list[fs.FileInfo]:
    """The readable files whose path fits ``pattern`` (``*``, ``**``, ``[ab]``), by name.

    As in a shell, what is hidden fits only where the pattern names it.
    """
    named = set(pattern.split("/"))
    found = ArrowFSWrapper(filesystem).glob(pattern, detail=True)
    return [
        fs.FileInfo(path, fs.FileType.File, size=entry["size"])
        for path, entry in sorted(found.items())
        if entry["type"] == "file" and format_of(path)
        if not any(part.startswith(".") and part not in named for part in path.split("/"))
    ]


def _below(filesystem: fs.FileSystem, path: str, source: str) -> Iterator[InputFile]:
    info = filesystem.get_file_info(path)
    if info.type == fs.FileType.NotFound:
        raise InputError(f"No such input: {source} (no such file, folder or bucket).")
    if info.type == fs.FileType.Directory:
        yield from _walk(filesystem, path, path)
        return
    if not format_of(path):
        known = ", ".join(sorted(FORMATS))
        raise InputError(f"{source}: unknown format; expected one of {known}.")
    yield _file(filesystem, info, str(PurePosixPath(path).parent))


def _walk(
    filesystem: fs.FileSystem, folder: str, root: str, above: tuple[str, ...] = ()
) -> Iterator[InputFile]:
    """Depth first, a folder's files and folders by name: one folder's list in memory at a time.

    ``above`` are the real paths of the folders on the way, so that no link leads round in a circle.
    """
    local = isinstance(filesystem, fs.LocalFileSystem)
    if local and not os.access(folder, os.R_OK):
        raise InputError(f"Cannot read the folder {folder}.")
    way = (*above, os.path.realpath(folder)) if local else ()
    for info in _entries(filesystem, folder):
        if info.base_name.startswith((".", "_")):
            continue
        if info.type == fs.FileType.Directory:
            if local and os.path.realpath(info.path) in way:
                circle = "A link to a folder that it lies in; not followed."
                yield replace(_file(filesystem, info, root), problem=circle)
            else:
                yield from _walk(filesystem, info.path, root, way)
        elif format_of(info.path):
            yield _file(filesystem, info, root)


def _entries(filesystem: fs.FileSystem, folder: str) -> list[fs.FileInfo]:
    """What is in a folder, by name. pyarrow leaves out links to nothing; they are here too."""
    found = filesystem.get_file_info(fs.FileSelector(folder, recursive=False))
    if isinstance(filesystem, fs.LocalFileSystem):
        known = {info.base_name for info in found}
        missing = (path.name for path in Path(folder).iterdir() if path.name not in known)
        found += [fs.FileInfo(f"{folder}/{name}", fs.FileType.NotFound) for name in missing]
    return sorted(found, key=lambda info: info.path)


def _file(filesystem: fs.FileSystem, info: fs.FileInfo, root: str) -> InputFile:
    relative = PurePosixPath(_uncompressed(info.path)).relative_to(root)
    name = str(relative.with_suffix(""))
    format = format_of(info.path) or ""
    problem = _PROBLEMS.get(info.type)
    return InputFile(filesystem, info.path, name, format, max(info.size or 0, 0), problem)


def _uncompressed(path: str) -> str:
    return (
        path.removesuffix(suffix) if (suffix := PurePosixPath(path).suffix) in _COMPRESSED else path
    )
