"""A database of SQLite as a file: whole or not, whose, and whether a program has it open."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connections

from planner.backups.faults import BackupError
from planner.backups.releases import Migrations

FILE = "file"  #: name of the connection that `opened` makes
POSTGRESQL_DUMP = b"PGDMP"


def check_readable(file: Path, dump: bool) -> None:
    """Raises BackupError when the file cannot be read, or is a backup of the other database than the site's.

    `dump`: whether one of PostgreSQL is wanted.
    """
    try:
        with file.open("rb") as opened_file:
            is_dump = opened_file.read(len(POSTGRESQL_DUMP)) == POSTGRESQL_DUMP
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror}.") from error
    if dump and not is_dump:
        raise BackupError(f"{file} is no backup of PostgreSQL, where the data is now: DATABASE_URL.")
    if is_dump and not dump:
        raise BackupError(f"{file} is a backup of PostgreSQL. Name that database in DATABASE_URL.")


def copy(file: Path, target: Path) -> None:
    """Copy with what is still in the write-ahead log, and check that the copy is whole. Raises BackupError."""
    try:
        with closing(_read_only(file)) as source, closing(sqlite3.connect(target)) as copied:
            source.backup(copied)
            found = [row[0] for row in copied.execute("PRAGMA integrity_check")]
            loose = copied.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.Error as error:
        raise BackupError(f"{file} is no whole backup of the planner: {error}.") from error
    if found != ["ok"] or loose:
        why = found[0] if found != ["ok"] else f"a row of {loose[0][0]} leads nowhere"
        raise BackupError(f"{file} is damaged: {why}.")


def migrations(file: Path) -> Migrations:
    """The migrations that it has had; none when it is not of Django."""
    try:
        with closing(_read_only(file)) as source:
            return set(source.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.Error:
        return set()


def is_open(file: Path) -> bool:
    """Whether another program has it open. If not, its write-ahead log is written back, and the file is all there is.

    Leaving the log needs the file for oneself: whoever has it open holds a lock on it.
    """
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as own:
        try:
            own.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
        except sqlite3.DatabaseError:  # damaged: that is why another takes its place
            return False
    return False


@contextmanager
def opened(file: Path) -> Iterator[str]:
    """Open a file beside the site's database. Gives the name of the connection."""
    connections.settings[FILE] = connections["default"].settings_dict | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {"transaction_mode": "IMMEDIATE"},
    }
    try:
        yield FILE
    finally:
        connections[FILE].close()
        del connections[FILE]
        del connections.settings[FILE]


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
