"""`manage.py forgivetries`: lets somebody in again who was locked out by wrong tries."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from planner.throttle import forgive, forgive_all


class Command(BaseCommand):
    """Forgets the wrong passwords for one name, or all tries from everywhere."""

    help = "Forget wrong tries to sign in: those for a name, or with --all every one, also those from an address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """NAME or --all."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("name", nargs="?", metavar="NAME", help="e-mail address or user name, as it was typed")
        which.add_argument("--all", action="store_true", help="all names and addresses")

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget and say how many."""
        number = forgive_all() if options["all"] else forgive(options["name"])
        self.stdout.write(f"{number} {'try' if number == 1 else 'tries'} forgotten.")
