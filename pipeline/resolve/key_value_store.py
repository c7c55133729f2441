"""Answers on disk, so that what is dear to work out is worked out once and not once a run.

One SQLite file for each question; several processes may use it. Nothing depends on it but time:
what can't be read or written is said once, and done without.
"""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

logger = logging.getLogger(__name__)

_TABLE = "CREATE TABLE IF NOT EXISTS kept (key PRIMARY KEY, value TEXT) WITHOUT ROWID"
_GET = "SELECT value FROM kept WHERE key = ?"
_PUT = "INSERT OR IGNORE INTO kept VALUES (?, ?)"
_WAIT = 5.0  # seconds that one process waits for another's writing


class KeyValueStore:
    """Texts by key in ``folder``; ``name`` says what is asked, and of which version of what."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = folder / f"{name}.sqlite"
        self._connection: sqlite3.Connection | None = None
        self._readable = self._writable = True

    def get(self, key: str | bytes) -> str | None:
        """What is kept under ``key``; None where nothing is."""
        if not self._readable:
            return None
        try:
            row = self._opened().execute(_GET, (key,)).fetchone()
        except (OSError, sqlite3.Error) as error:
            logger.warning("%s can't be read: %s", self._file, error)
            self._readable = self._writable = False
            return None
        return row[0] if row else None

    def put(self, key: str | bytes, value: str) -> None:
        """Keep ``value`` from here on, unless another is kept; each is written at once."""
        if not self._writable:
            return
        try:
            self._opened().execute(_PUT, (key, value))
        except (OSError, sqlite3.Error) as error:
            logger.warning("Nothing more is kept in %s: %s", self._file, error)
            self._writable = False

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                self._file, timeout=_WAIT, isolation_level=None, check_same_thread=False
            )
            # a killed process leaves a whole file, if not a machine without power
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_TABLE)
            self._connection = connection
        return self._connection
