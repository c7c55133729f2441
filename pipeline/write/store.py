"""An output folder, here or in an object store: whole files or none."""

import contextlib
import errno
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

from pyarrow import fs

from pipeline.filesystem import LocationError, locate, reason


class OutputError(RuntimeError):
    """The output cannot be written: read-only, full, or no folder; the message says what to do."""


class Store:
    """Files below one folder. A write is complete or leaves nothing behind.

    ``root`` is a path or a URI such as ``s3://bucket/out``. Locally a file is written under a
    temporary name, flushed to disk and renamed; object stores show an object when it is whole.
    All methods raise OutputError.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        try:
            self.filesystem, self._base = locate(root)
        except LocationError as error:
            raise OutputError(str(error)) from None
        self.local = isinstance(self.filesystem, fs.LocalFileSystem)

    def path(self, name: str) -> str:
        """The full path of a file of this store; of its root for ``.``."""
        return self._base if name == "." else f"{self._base}/{name.removeprefix('./')}"

    def write(self, name: str, data: bytes) -> None:
        """Put a whole file in place."""
        with self._explained("write", name):
            if self.local:
                _write_local(Path(self.path(name)), data)
            else:
                with self.filesystem.open_output_stream(self.path(name)) as stream:
                    stream.write(data)

    def read(self, name: str) -> bytes | None:
        """A file's bytes, or None where there is none."""
        with self._explained("read", name):
            try:
                with self.filesystem.open_input_file(self.path(name)) as stream:
                    return bytes(stream.read())
            except (FileNotFoundError, NotADirectoryError):
                return None

    def names(self, folder: str) -> list[str]:
        """The names in a folder, sorted; [] where there is no such folder."""
        selector = fs.FileSelector(self.path(folder), allow_not_found=True)
        with self._explained("list", folder):
            return sorted(info.base_name for info in self.filesystem.get_file_info(selector))

    def delete(self, name: str) -> None:
        """Remove a file, or a folder with all in it; nothing where it does not exist."""
        missing = contextlib.suppress(FileNotFoundError)  # GCS, of a folder without an object
        with self._explained("delete", name), missing:
            kind = self.filesystem.get_file_info(self.path(name)).type
            if kind == fs.FileType.Directory:
                self.filesystem.delete_dir(self.path(name))
            elif kind == fs.FileType.File:
                self.filesystem.delete_file(self.path(name))

    def check(self, *folders: str) -> None:
        """Prove that folders can be written, before any work is done."""
        for folder in folders:
            name = f"{folder}/.write-test-{uuid.uuid4().hex[:8]}"
            self.write(name, b"")
            self.delete(name)

    @contextlib.contextmanager
    def _explained(self, doing: str, name: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(_explain(error, doing, self.path(name))) from error


def _write_local(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{uuid.uuid4().hex[:8]}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _explain(error: OSError, doing: str, path: str) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return (
            f"No space left to write {path}. Free some and run the same command again: "
            "what is finished is kept."
        )
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return f"Cannot {doing} {path}: no permission, or a read-only file system."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"Cannot {doing} {path}: a file stands where a folder is needed."
    return f"Cannot {doing} {path}: {reason(error)}"
