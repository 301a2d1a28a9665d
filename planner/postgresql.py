"""What a site that keeps its data in PostgreSQL must know of its database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections


def text_order(databases: Sequence[str] | None = None, **given: Any) -> list[CheckMessage]:
    """Django's check of the database: warns of one that sorts text by a language, not as SQLite and Python do."""
    other = [name for name in databases or () if connections[name].vendor == "postgresql" and not _by_code(name)]
    return [
        Warning(
            f"The database {connections[name].settings_dict['NAME']} sorts text by the rules of a language, so lists "
            "stand in another order than on other sites.",
            hint="Make it with: createdb planner --owner planner --template template0 --encoding UTF8 --locale C",
            id="planner.W002",
        )
        for name in other
    ]


def _by_code(name: str) -> bool:
    with connections[name].cursor() as cursor:
        return sorts_by_code(cursor)


def sorts_by_code(cursor: Any) -> bool:
    """Whether the database sorts text by the numbers of its letters: capitals first, which no language does."""
    cursor.execute("SELECT 'B' < 'a'")
    return bool(cursor.fetchone()[0])
