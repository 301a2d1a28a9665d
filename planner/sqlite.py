"""What a site that keeps its data in SQLite must know of the release that it runs on."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections

Release = tuple[int, int, int]


def sqlite_release(databases: Sequence[str] | None = None, **given: Any) -> list[CheckMessage]:
    """Django's check for deployment: warns of a SQLite that can, though rarely, damage a database with a WAL."""
    on_sqlite = any(connections[name].vendor == "sqlite" for name in databases or ())
    if not on_sqlite or not has_wal_reset_bug(sqlite3.sqlite_version_info):
        return []
    return [
        Warning(
            f"SQLite {sqlite3.sqlite_version} can damage a database with a write-ahead log when two connections write "
            "and reset the log at the same moment. It is rare.",
            hint="Use Python with SQLite 3.51.3 or later (3.50.7 and 3.44.6 have the correction too), or keep the data "
            "on PostgreSQL: DATABASE_URL.",
            id="planner.W001",
        )
    ]


def has_wal_reset_bug(release: Release) -> bool:
    """Whether the release is from 3.7.0 to 3.51.2 and not one of the corrected ones (https://sqlite.org/wal.html#walresetbug)."""
    corrected = (3, 44, 6) <= release < (3, 45, 0) or (3, 50, 7) <= release < (3, 51, 0)
    return (3, 7, 0) <= release < (3, 51, 3) and not corrected
