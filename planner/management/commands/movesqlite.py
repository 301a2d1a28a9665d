"""`manage.py movesqlite`: the way from SQLite to PostgreSQL."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from planner.backups.faults import BackupError
from planner.backups.moving import move


class Command(BaseCommand):
    help = "Copies all that a database of SQLite holds into the new database that DATABASE_URL names, all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", nargs="?", default=settings.DATA / "planner.sqlite3", help="(%(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(options["file"]).absolute()
        try:
            moved = move(file)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"Nothing was copied: {str(error).strip()}") from error
        for table in moved:
            self.stdout.write(f"{table.table:<40}{table.rows:>9} rows  sha256:{table.digest}")
        rows = sum(table.rows for table in moved)
        self.stdout.write(f"Copied {rows} rows of {len(moved)} tables; both sides hold the same. {file} stays.")
