"""`manage.py exportcatalogue`: the catalogue in use as a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from activation.exchange.exporting import FORMS, exported
from activation.exchange.workbook import TooLongForSheetError


class Command(BaseCommand):
    help = "Writes the whole catalogue to a file: a workbook (.xlsx) or a ZIP of the data files (.zip)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="where to: a name that ends in .xlsx or .zip")

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(options["file"])
        form = target.suffix.lower().removeprefix(".")
        if form not in FORMS:
            raise CommandError("The name of the file must end in .xlsx or .zip.")
        try:
            target.write_bytes(exported(form)[1])
        except TooLongForSheetError as error:
            raise CommandError(f"{error} Export a ZIP.") from error
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Wrote {target}.")
