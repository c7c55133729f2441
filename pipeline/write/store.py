"""An output folder, here or in an object store: whole files or none."""

import contextlib
import errno
import os
import uuid
from pathlib import Path

from pyarrow import fs


class OutputError(RuntimeError):
    """The output cannot be written: read-only, full, or no folder; the message says what to do."""


class Store:
    """Files below one folder. A write is complete or leaves nothing behind.

    ``root`` is a path or a URI such as ``s3://bucket/out``. Locally a file is written under a
    temporary name, flushed to disk and renamed; object stores show an object when it is whole.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self.local = "://" not in root
        if self.local:
            self._files: fs.FileSystem = fs.LocalFileSystem()
            self._base = str(Path(root).resolve())
        else:
            try:
                self._files, self._base = fs.FileSystem.from_uri(root)
            except (OSError, ValueError) as error:
                raise OutputError(f"Cannot open the output {root}: {error}") from None

    def path(self, name: str) -> str:
        """The full path of a file of this store."""
        return f"{self._base}/{name}"

    def write(self, name: str, data: bytes) -> None:
        """Put a whole file in place. Raises OutputError."""
        try:
            if self.local:
                _write_local(Path(self.path(name)), data)
            else:
                with self._files.open_output_stream(self.path(name)) as stream:
                    stream.write(data)
        except OSError as error:
            raise OutputError(_explain(error, self.path(name))) from error

    def read(self, name: str) -> bytes | None:
        """A file's bytes, or None where there is none."""
        try:
            with self._files.open_input_file(self.path(name)) as stream:
                return bytes(stream.read())
        except (FileNotFoundError, NotADirectoryError):
            return None

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""
        return bool(self._files.get_file_info(self.path(name)).type == fs.FileType.File)

    def names(self, folder: str) -> list[str]:
        """The names in a folder, sorted; [] where there is no such folder. Raises OutputError."""
        selector = fs.FileSelector(self.path(folder), allow_not_found=True)
        try:
            return sorted(info.base_name for info in self._files.get_file_info(selector))
        except OSError as error:
            raise OutputError(_explain(error, self.path(folder))) from error

    def delete(self, name: str) -> None:
        """Remove a file, or a folder with all in it; nothing where it does not exist."""
        info = self._files.get_file_info(self.path(name))
        try:
            if info.type == fs.FileType.Directory:
                self._files.delete_dir(self.path(name))
            elif info.type == fs.FileType.File:
                self._files.delete_file(self.path(name))
        except OSError as error:
            raise OutputError(_explain(error, self.path(name))) from error

    def check(self, *folders: str) -> None:
        """Prove that folders can be written, before any work is done. Raises OutputError."""
        for folder in folders:
            name = f"{folder}/.write-test-{uuid.uuid4().hex[:8]}"
            self.write(name, b"")
            self.delete(name)


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


def _explain(error: OSError, path: str) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return (
            f"No space left to write {path}. Free some and run the same command again: "
            "what is finished is kept."
        )
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return f"Cannot write {path}: no permission, or a read-only file system."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"Cannot write {path}: a file stands where a folder is needed."
    return f"Cannot write {path}: {error.strerror or error}."
