"""Romanised names on disk, so that a name goes through the romanizer once and not once a run.

One SQLite file for each version of the romanizer; several processes may use it. Nothing depends on
it but time: what can't be read or written is said once, and done without.
"""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

logger = logging.getLogger(__name__)

_TABLE = "CREATE TABLE IF NOT EXISTS names (arabic TEXT PRIMARY KEY, latin TEXT) WITHOUT ROWID"
_GET = "SELECT latin FROM names WHERE arabic = ?"
_PUT = "INSERT OR IGNORE INTO names VALUES (?, ?)"
_WAIT = 5.0  # seconds that one process waits for another's writing


class NameStore:
    """Latin letters by Arabic name; ``version`` names what romanises."""

    def __init__(self, folder: Path, version: str) -> None:
        self._file = folder / f"names-{version}.sqlite"
        self._connection: sqlite3.Connection | None = None
        self._readable = self._writable = True

    def get(self, name: str) -> str | None:
        """The kept form of ``name``; None where there is none."""
        if not self._readable:
            return None
        try:
            row = self._opened().execute(_GET, (name,)).fetchone()
        except (OSError, sqlite3.Error) as error:
            logger.warning("Romanised names can't be read from %s: %s", self._file, error)
            self._readable = self._writable = False
            return None
        return row[0] if row else None

    def put(self, name: str, latin: str) -> None:
        """Keep the form of ``name`` from here on; each is written at once."""
        if not self._writable:
            return
        try:
            self._opened().execute(_PUT, (name, latin))
        except (OSError, sqlite3.Error) as error:
            logger.warning("Romanised names are not kept in %s: %s", self._file, error)
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
