"""Backup and restore of a site that keeps its data in SQLite."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from planner.backups import sqlite_file
from planner.backups.faults import BackupError
from planner.backups.releases import check_known

SUFFIX = ".sqlite3"


def write(target: Path) -> None:
    """Copy the database as it is at one moment into an empty file. Raises BackupError."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
    except DatabaseError as error:
        raise BackupError(f"The backup could not be written: {error}.") from error


def restore(file: Path, aside: Path) -> None:
    """Put a backup in the place of the database, which is kept as `aside`. Raises BackupError, with nothing changed.

    A copy of the backup is checked and brought to this version first; then it takes the place in one step.
    """
    database = settings.SQLITE_FILE
    if database.exists() and file.samefile(database):
        raise BackupError(f"{file} is the database itself. Name a backup.")
    with TemporaryDirectory(dir=database.parent, prefix="restoring-") as folder:
        copy = Path(folder, database.name)
        sqlite_file.copy(file, copy)
        check_known(sqlite_file.migrations(copy), str(file))
        _bring_to_this_version(copy, file)
        _take_the_place(copy, database, aside)


def _bring_to_this_version(copy: Path, file: Path) -> None:
    with sqlite_file.opened(copy) as name:
        try:
            call_command("migrate", database=name, verbosity=0, interactive=False)
        except DatabaseError as error:
            raise BackupError(f"{file} cannot be brought to this version: {error}.") from error


def _take_the_place(copy: Path, database: Path, aside: Path) -> None:
    connection.close()
    if database.exists():
        if sqlite_file.is_open(database):
            raise BackupError(f"A program has {database} open. Stop the site, then try again.")
        os.link(database, aside)  # both names, until the old one gets the new file
    # A database that is damaged or gone still has its log, which must not be taken for that of the new one.
    for log in database.parent.glob(f"{database.name}-*"):
        log.rename(f"{aside}{log.name.removeprefix(database.name)}")
    copy.replace(database)
