"""What a site that keeps its data in SQLite must know of its file, and of the release that it runs on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError, OperationalError, connection, connections
from django.http import HttpRequest, HttpResponse

Release = tuple[int, int, int]
LONGEST_LOG = 32 * 2**20  #: bytes
PATIENCE = 1  #: seconds to wait for readers


def sqlite_release(databases: Sequence[str] | None = None, **given: Any) -> list[CheckMessage]:
    """Django's check for deployment: warns of a SQLite that can, though rarely, damage a database with a WAL."""
    on_sqlite = any(connections[name].vendor == "sqlite" for name in databases or ())
    if not on_sqlite or not has_wal_reset_bug(sqlite3.sqlite_version_info):
        return []
    return [
        Warning(
            f"SQLite {sqlite3.sqlite_version} can damage a database with a write-ahead log when two connections write "
            "and reset the log at the same moment. It is rare.",
            hint="Use Python with SQLite 3.51.3 or later (3.50.7 and 3.44.6 have the correction too), or keep the data "
            "on PostgreSQL: DATABASE_URL.",
            id="planner.W001",
        )
    ]


def has_wal_reset_bug(release: Release) -> bool:
    """Whether the release is from 3.7.0 to 3.51.2 and not one of the corrected ones (https://sqlite.org/wal.html#walresetbug)."""
    corrected = (3, 44, 6) <= release < (3, 45, 0) or (3, 50, 7) <= release < (3, 51, 0)
    return (3, 7, 0) <= release < (3, 51, 3) and not corrected


def in_its_place(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: no request is answered from a database whose file was deleted or replaced under the running site.

    The connections that are open would go on with the old file, which nobody finds again.
    """
    file = None if connection.vendor != "sqlite" or connection.is_in_memory_db() else settings.SQLITE_FILE
    known = _identity(file)

    def respond(request: HttpRequest) -> HttpResponse:
        if _identity(file) != known:
            raise OperationalError(f"{file} was deleted or replaced while the site runs. Stop it, restore a backup.")
        return get_response(request)

    return respond


def written_back(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the write-ahead log stays small, also while others read without a pause.

    SQLite begins the log anew by itself only when it finds nobody reading (https://sqlite.org/wal.html#avoiding_excessively_large_wal_files).
    """
    log = None if connection.vendor != "sqlite" or connection.is_in_memory_db() else Path(f"{settings.SQLITE_FILE}-wal")

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if log and request.method not in ("GET", "HEAD") and log.exists() and log.stat().st_size > LONGEST_LOG:
            _write_back()
        return response

    return respond


def _write_back() -> None:
    """Write the log into the database and empty it. Readers that take longer are left alone, until the next time; so is
    a full disk, for what the request wrote is saved already."""
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()  # the next one waits for writers as long as the settings say


def _identity(file: Path | None) -> tuple[int, int] | None:
    """Which file it is, whatever its content; None when there is none."""
    try:
        found = file.stat() if file else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None
