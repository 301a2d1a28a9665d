"""`manage.py migrate`: Django's, which alone makes a new database of SQLite."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate


class Command(migrate.Command):
    """All others want a database that is there, so that an empty one never stands in the place of one that is gone."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Make the file, before anything is checked with it, and go on as Django does."""
        if settings.SQLITE_FILE is not None:
            settings.SQLITE_FILE.touch(mode=0o600)
        return super().execute(*args, **options)
