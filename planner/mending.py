"""What stops the plan of an estate, each with the row of the estate where it is mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from activation.rules.catalogue import Catalogue
from activation.rules.interchange import EstateError
from planner.cells import title
from planner.listing import rows_of
from planner.models import Estate
from planner.tables import SETTINGS, TABLES, Table

#: A row of estate/1, counted from 0, and its field: `computers[3].product`.
_ROW = re.compile(rf"({'|'.join(TABLES)})\[(\d+)\](?:\.(\w+))?")


@dataclass(frozen=True, slots=True)
class Mending:
    """One mistake. `place`: row and field in words. `row`: the id in the table; None for the settings."""

    table: Table
    row: int | None
    place: str
    words: str


def mendings(estate: Estate, errors: Sequence[EstateError], catalogue: Catalogue) -> list[Mending]:
    """The errors of the estate's document, where people find them."""
    rows = _rows(estate, errors)
    return [_mending(error, rows, catalogue) for error in errors]


def _rows(estate: Estate, errors: Sequence[EstateError]) -> dict[str, list[Any]]:
    """The rows of the tables that have errors, in the order of the document: that of their ids."""
    slugs = {found[1] for error in errors if (found := _ROW.match(error.path))}
    return {slug: list(rows_of(TABLES[slug], estate).order_by("pk")) for slug in slugs}


def _mending(error: EstateError, rows: dict[str, list[Any]], catalogue: Catalogue) -> Mending:
    found = _ROW.match(error.path)
    if found is None or int(found[2]) >= len(rows[found[1]]):
        return Mending(SETTINGS, None, _label(SETTINGS, error.path.rpartition(".")[2]), error.message)
    table, row = TABLES[found[1]], rows[found[1]][int(found[2])]
    place = ", ".join(filter(None, (title(row, table, catalogue), _label(table, found[3] or ""))))
    return Mending(table, row.pk, place, error.message)


def _label(table: Table, name: str) -> str:
    """The field in the words of the forms."""
    column = table.column(name)
    return column.label if column else ""
