"""What must hold of the database before the site answers."""

from __future__ import annotations

import os

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from activation.outages import outage
from planner.backups.releases import known

RESTORE = "python3 run.py manage restore FILE"


class CannotStartError(Exception):
    """What is wrong with the database, and what to do about it, in one line."""


def check_database() -> None:
    """Raises CannotStartError when the database is not there, damaged, or of another version of the planner.

    A server of PostgreSQL that does not answer, or a database that is busy, may come back: the pages say so meanwhile.
    """
    _check_file()
    try:
        had = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError as error:
        if outage(error) in ("busy", "full") or (outage(error) == "silent" and settings.SQLITE_FILE is None):
            return
        raise CannotStartError(f"{_name()} cannot be read: {error}. Restore a backup: {RESTORE}") from error
    _check_version(had)


def _name() -> str:
    return str(settings.SQLITE_FILE or "The database that DATABASE_URL names")


def _check_file() -> None:
    file = settings.SQLITE_FILE
    if file is None:
        return
    if not file.exists():
        raise CannotStartError(f"There is no database {file}. Restore a backup: {RESTORE}")
    for path in (file, file.parent):
        if not os.access(path, os.R_OK | os.W_OK):
            raise CannotStartError(f"{path} cannot be read and written. Start as its owner, or set PLANNER_DATA.")


def _check_version(had: set[tuple[str, str]]) -> None:
    apps = {app for app, _ in known()}  # those that the planner no longer has leave their migrations behind
    newer = sorted(f"{app}.{name}" for app, name in had - known() if app in apps)
    if newer:
        raise CannotStartError(
            f"{_name()} is of a newer version of the planner: this one does not know {', '.join(newer)}. Start that "
            f"version, or restore a backup that this one wrote: {RESTORE}"
        )
    if known() - had:
        raise CannotStartError(
            f"{_name()} is of an older version of the planner. Make a backup, then bring it to this version: "
            "python3 run.py manage migrate"
        )
