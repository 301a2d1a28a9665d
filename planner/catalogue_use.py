"""Which rows of the catalogue organisations use: counted, never named, for who edits the catalogue is no member."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from activation.in_use import User
from planner.models import CatalogueUse, ComputerLine, HeldKey, LicenceLine
from planner.wording import count


def users(kind: str, identity: str) -> Iterator[User]:
    """The saved plans that name a product, key, group or system, and the lines of estates that do."""
    if kind in ("product", "key", "group", "system"):
        yield from _counted(CatalogueUse._default_manager.filter(kind=kind, slug=identity), "saved plan")
    if kind == "product":
        yield from _counted(
            ComputerLine._default_manager.filter(product=identity), "line of computers", "lines of computers"
        )
        yield from _counted(
            LicenceLine._default_manager.filter(product=identity), "line of licences", "lines of licences"
        )
    if kind == "key":
        yield from _counted(HeldKey._default_manager.filter(key=identity), "key held", "keys held")


def _counted(rows: QuerySet[Any], one: str, many: str | None = None) -> Iterator[User]:
    number = rows.count()
    if number:
        yield User("organisations", count(number, one, many))
