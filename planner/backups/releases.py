"""Whether this version of the planner can read a database, by the migrations that the database has had."""

from __future__ import annotations

from collections.abc import Set

from django.db.migrations.loader import MigrationLoader

from planner.backups.faults import BackupError

Migrations = Set[tuple[str, str]]  #: (app, name)
OURS = {"activation", "planner"}


def known() -> Migrations:
    """The migrations of this version."""
    return set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations or ())


def check_known(had: Migrations, what: str) -> None:
    """Raises BackupError when the database is none of the planner's, or one of a newer version."""
    if not OURS & {app for app, _ in had}:
        raise BackupError(f"{what} holds no data of the planner.")
    newer = sorted(".".join(migration) for migration in had - known())
    if newer:
        raise BackupError(
            f"{what} was written by a newer version of the planner: this one does not know {', '.join(newer)}. "
            "Install that version, then try again."
        )


def check_current(had: Migrations, what: str) -> None:
    """As `check_known`, and raises BackupError when a migration of this version is missing."""
    check_known(had, what)
    if known() - had:
        raise BackupError(f"{what} is of an older version of the planner. Start this version with it once.")
