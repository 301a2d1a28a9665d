"""`manage.py importcatalogue`: what a file would change in the catalogue, and with --reason its import."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from activation.exchange.comparing import Row, Side
from activation.exchange.importing import NoRoomError, Preview, StaleError, UndecidedError, preview, run
from activation.exchange.unpacking import LIMITS, UnreadableFileError
from activation.exchange.uploaded import Uploaded, read_upload
from activation.exchange.writing import CannotWriteError
from activation.findings import text_of
from activation.models.history import MESSAGE_LENGTH
from activation.reading import CatalogueFilesError

WORDS = {"add": "add", "update": "change", "remove": "remove", "conflicting": "in conflict", "kept": "kept as here"}


class Command(BaseCommand):
    help = "Shows what a workbook or a ZIP of data files would change in the catalogue. With --reason it is imported."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a file of exportcatalogue, edited")
        parser.add_argument("--reason", default="", help="import it, and keep this in the history as the reason")
        parser.add_argument(
            "--conflicts",
            choices=("file", "here"),
            help="which side stands where a row was edited here and in the file",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        uploaded = self._read(Path(options["file"]))
        found = preview(uploaded)
        sides: dict[Row, Side] = {}
        if options["conflicts"]:
            sides = dict.fromkeys((row.row for row in found.to_decide), options["conflicts"])
            found = preview(uploaded, sides)
        self._report(found, uploaded)
        if options["reason"].strip():
            self._import(uploaded, found, sides, options["reason"].strip())

    def _read(self, path: Path) -> Uploaded:
        try:
            with path.open("rb") as stream:
                return read_upload(path.name, stream.read(LIMITS.packed + 1))
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except (UnreadableFileError, CatalogueFilesError) as error:
            raise CommandError(f"Nothing was imported. {path}:\n{error}") from error

    def _report(self, found: Preview, uploaded: Uploaded) -> None:
        for row in found.differences:
            self.stdout.write(f"{WORDS[row.verdict]} {row.word}: {row.name}")
            for field in row.fields if row.here is not None and row.file is not None else ():
                self.stdout.write(f"    {field.name}: {field.before!r} -> {field.after!r}")
        for text in (*uploaded.notes, *(text_of(problem) for problem in found.problems)):
            self.stderr.write(self.style.WARNING(text))
        if found.changes_nothing:
            self.stdout.write("The file says nothing new.")

    def _import(self, uploaded: Uploaded, found: Preview, sides: dict[Row, Side], reason: str) -> None:
        if len(reason) > MESSAGE_LENGTH:
            raise CommandError(f"The reason must have at most {MESSAGE_LENGTH} characters.")
        try:
            act = run(uploaded, found.digest, sides, None, reason)
        except UndecidedError as error:
            raise CommandError(
                f"Nothing was imported. Add --conflicts file or --conflicts here for: {error}."
            ) from error
        except CannotWriteError as error:
            raise CommandError(f"Nothing was imported. It would not fit together:\n{error}") from error
        except StaleError as error:
            raise CommandError("Nothing was imported. The catalogue has just changed: start again.") from error
        except NoRoomError as error:
            raise CommandError("Nothing was imported. The disk is full: make room and start again.") from error
        rows = act.change_set.rows.count() if act.change_set else 0
        self.stdout.write(f"Imported: {rows} row{'' if rows == 1 else 's'} changed.")
