"""A row of an estate as texts: as it is typed, and as a list shows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import models

from activation.rules.catalogue import Catalogue
from planner.forms.rows import NO, YES
from planner.tables import Column, Table
from planner.wording import count, key_name, product_name, system_name


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a list."""

    column: Column
    text: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a list. `title` says in a few words which one it is."""

    pk: int
    version: int
    title: str
    cells: tuple[ShownCell, ...]


def shown_row(row: Any, table: Table, catalogue: Catalogue) -> ShownRow:
    """The row as a list shows it."""
    cells = tuple(ShownCell(column, _in_list(row, column, catalogue)) for column in table.columns)
    return ShownRow(row.pk, row.version, title(row, table, catalogue), cells)


def _in_list(row: models.Model, column: Column, catalogue: Catalogue) -> str:
    """Empty where a field that is not of the first rank says what goes without saying."""
    usual = column.more and typed(row, column, catalogue) == column.untouched
    return "" if usual else shown(row, column, catalogue)


def title(row: Any, table: Table, catalogue: Catalogue) -> str:
    """`40 Windows 7 Enterprise in Head office`."""
    if table.slug == "computers":
        return f"{row.count:,} {product_name(row.product, catalogue)} in {row.network}"
    if table.slug == "licences":
        return f"{count(row.quantity, 'licence')} of {product_name(row.product, catalogue)}"
    if table.slug == "keys":
        return key_name(row.key, catalogue)
    if table.slug == "readings":
        return f"{key_name(row.key, catalogue)} on {row.on}"
    return str(row) if table.slug == "networks" else "the settings"


def shown(row: models.Model, column: Column, catalogue: Catalogue) -> str:
    """The field in words; empty for no number at all."""
    text = typed(row, column, catalogue)
    if column.is_number:
        return "" if column.untouched == text else f"{int(text):,}"
    if column.kind == "systems":
        machines = Counter(getattr(row, column.name))
        return ", ".join(f"{number} with {system_name(slug, catalogue)}" for slug, number in machines.items())
    if column.kind == "key":
        return key_name(text, catalogue)
    return dict(column.choices).get(text, text)


def typed(row: models.Model, column: Column, catalogue: Catalogue) -> str:
    """The field as a person would type it."""
    value = getattr(row, column.name)
    if column.kind == "product":
        return product_name(value, catalogue)
    if column.kind == "systems":
        return ",".join(value)
    if isinstance(value, bool):
        return YES if value else NO
    return "" if value is None else str(value)


def typed_row(row: models.Model, table: Table, catalogue: Catalogue) -> dict[str, str]:
    """Field -> text of the whole row."""
    return {column.name: typed(row, column, catalogue) for column in table.columns}
