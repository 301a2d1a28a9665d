"""`manage.py loadcatalogue`: the data files into the tables."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from activation.files import CatalogueFilesError
from activation.load import Change, Changes, load
from activation.roles import set_up_roles
from activation.rows import KINDS

FEW = 10  #: rows of one kind that are named one by one; of more, the number is given


class Command(BaseCommand):
    help = "Loads the catalogue's data files into the tables. What was edited here stays as it is, and is named."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changes = load()
            set_up_roles()
        except CatalogueFilesError as error:
            raise CommandError(f"Nothing was loaded. The data files of the catalogue are wrong:\n{error}") from error
        self._report_written(changes, everything=options["verbosity"] > 1)
        self._report_left("Not loaded, to be settled by you", changes.conflicting)
        self._report_left("Kept as edited here", changes.kept)

    def _report_written(self, changes: Changes, everything: bool) -> None:
        for word, done in (("added", changes.added), ("updated", changes.updated), ("removed", changes.removed)):
            for kind, spec in KINDS.items():
                names = [change.identity for change in done if change.kind == kind]
                if len(names) > FEW and not everything:
                    self.stdout.write(f"{word} {spec.word}: {len(names)} rows")
                else:
                    for name in names:
                        self.stdout.write(f"{word} {spec.word}: {name}")
        end = "" if changes.written else ", nothing new"
        self.stdout.write(f"Catalogue {changes.version} ({changes.digest[:19]}){end}.")

    def _report_left(self, heading: str, left: list[Change]) -> None:
        if left:
            self.stderr.write(self.style.WARNING(f"{heading}:"))
        for change in left:
            self.stderr.write(f"  {KINDS[change.kind].word} {change.identity}: {change.reason}")
