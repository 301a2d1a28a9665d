"""`manage.py backup`: a copy of the database, while the site runs."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection


class Command(BaseCommand):
    help = "Copies the SQLite database to a new file, while the site runs. PostgreSQL has pg_dump for that."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="where to; the file must not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(options["file"]).absolute()
        if connection.vendor != "sqlite":
            raise CommandError("The data is on PostgreSQL. Copy it with pg_dump, as docs/deploy.md shows.")
        try:
            # Made here, so that nobody else can read it, and one that exists is left alone.
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except OSError as error:
            raise CommandError(f"{target} cannot be made: {error.strerror}.") from error
        try:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(target)])
        except DatabaseError as error:
            target.unlink()
            raise CommandError(f"{target} could not be written: {error}.") from error
        self.stdout.write(f"Wrote {target}.")
