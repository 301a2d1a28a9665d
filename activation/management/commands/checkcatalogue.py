"""`manage.py checkcatalogue`: what does not fit together in the catalogue."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from activation.findings import findings


class Command(BaseCommand):
    help = "Checks the catalogue of the tables. Names every point and its admin page; ends with 1 when there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        found = findings()
        for finding in found:
            self.stdout.write(f"{finding.severity}: {finding.text} {finding.admin_path}")
        if found:
            raise CommandError(f"{len(found)} {'point' if len(found) == 1 else 'points'} to settle.")
        self.stdout.write("The catalogue fits together.")
