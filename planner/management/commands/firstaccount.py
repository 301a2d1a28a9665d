"""`manage.py firstaccount`: the link that makes the first account."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from planner.accounts import first_account_path


class Command(BaseCommand):
    """Prints the link while there is no account, and nothing once there is one."""

    help = "Print a link to make the first account; it holds for 24 hours and works once."
    requires_system_checks: Sequence[str] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--address."""
        parser.add_argument("--address", default="http://127.0.0.1:8000", help="address of the site (%(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        path = first_account_path()
        if path:
            address = settings.ADDRESS or options["address"].rstrip("/")
            self.stdout.write(f"Make the first account here, within 24 hours: {address}{path}")
