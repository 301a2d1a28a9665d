"""`manage.py backup`: a copy of the database, while the site runs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from planner.backups.copies import backup
from planner.backups.faults import BackupError


class Command(BaseCommand):
    help = "Copies the database to a new file, while the site runs. `restore` brings it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="where to; the file must not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(options["file"]).absolute()
        try:
            backup(target)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Wrote {target}.")
