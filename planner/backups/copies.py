"""A copy of the site's database, and back, whatever the database is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import mkstemp
from types import ModuleType

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from planner.backups import on_postgresql, on_sqlite
from planner.backups.faults import BackupError
from planner.backups.sqlite_file import check_readable

WAYS: dict[str, ModuleType] = {"sqlite": on_sqlite, "postgresql": on_postgresql}


def backup(target: Path) -> None:
    """Copy the database to a file that does not exist yet and that only its owner can read. Raises BackupError.

    The file gets its name when it is whole.
    """
    _claim(target)
    part = None
    try:
        handle, part = mkstemp(dir=target.parent, prefix=f"{target.name[:100]}-")
        os.close(handle)
        WAYS[connection.vendor].write(Path(part))
        _to_the_disk(Path(part))
        os.replace(part, target)
    except BaseException as error:
        for left in (target, *([Path(part)] if part else [])):
            left.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise BackupError(f"{target} cannot be written: {error.strerror}.") from error
        raise


def restore(file: Path) -> Path:
    """Put a backup in the place of the database. Returns the file that keeps what was there. Raises BackupError."""
    way = WAYS[connection.vendor]
    check_readable(file, dump=way is on_postgresql)
    for left in settings.DATA.glob("restoring-*"):  # by a restore that was killed
        shutil.rmtree(left, ignore_errors=True)
    aside = settings.DATA / f"replaced-{timezone.now():%Y%m%d-%H%M%S-%f}{way.SUFFIX}"
    try:
        way.restore(file, aside)
    except OSError as error:
        raise BackupError(f"{error.filename or settings.DATA}: {error.strerror}. Nothing was changed.") from error
    except DatabaseError as error:
        raise BackupError(f"The database does not answer: {error}. Nothing was changed.") from error
    return aside


def _claim(target: Path) -> None:
    """One that exists is left alone."""
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise BackupError(f"{target} cannot be made: {error.strerror}.") from error


def _to_the_disk(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())
