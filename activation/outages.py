"""Why the database could not do what it was asked: what helps differs with each reason."""

from __future__ import annotations

import sqlite3
from typing import Literal

from django.db import DatabaseError, InterfaceError, OperationalError

Outage = Literal["full", "read-only", "busy", "damaged", "silent"]

#: By SQLite's primary result code (https://sqlite.org/rescode.html).
SQLITE: dict[int, Outage] = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_CANTOPEN: "silent",
    sqlite3.SQLITE_IOERR: "silent",
}
#: By PostgreSQL's error code or its class (https://www.postgresql.org/docs/current/errcodes-appendix.html).
POSTGRESQL: dict[str, Outage] = {
    "53100": "full",
    "25006": "read-only",
    "40": "busy",  # two writers in each other's way
    "53300": "busy",  # too many connections
    "55P03": "busy",
    "57014": "busy",  # a statement that took too long
    "XX001": "damaged",
    "XX002": "damaged",
    "08": "silent",
    "57": "silent",  # the server is stopping or starting
    "58": "silent",
}


def outage(error: BaseException | None) -> Outage | None:
    """The reason why the database is out of service, or None for any other error, such as a fault of the program."""
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    code = getattr(cause, "sqlstate", None)
    if code is None:  # there is no server to give one
        return "silent" if isinstance(error, OperationalError | InterfaceError) else None
    return POSTGRESQL.get(code) or POSTGRESQL.get(code[:2])
