"""`manage.py restore`: a backup takes the place of the database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from planner.backups.copies import restore
from planner.backups.faults import BackupError


class Command(BaseCommand):
    help = "Puts a backup in the place of the database, all or nothing. Stop the site first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a file that `backup` wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(options["file"]).absolute()
        try:
            aside = restore(file)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored {file}.")
        if aside.exists():
            self.stdout.write(f"What was there is kept as {aside}. Delete it when all is as it should be.")
        call_command("loadcatalogue", stdout=self.stdout)
