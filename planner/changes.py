"""A change of the history in the words of the forms: names in place of slugs, field by field, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from activation.rules.catalogue import Catalogue
from planner.cells import shown, title
from planner.models import Change, Role
from planner.tables import READINGS, SETTINGS, TABLES, Column, Table

TABLE_OF: dict[str, Table] = {table.kind: table for table in (*TABLES.values(), SETTINGS, READINGS)}
#: Fields that no table has as a column.
LABELS = {
    "name": "Name",
    "scenario": "Scenario",
    "removed": "Removed",
    "note": "Note",
    "digest": "State of the catalogue",
    "person": "Person",
    "role": "Role",
    "email": "E-mail address",
    "accepted": "Accepted",
    "scope": "Scope",
    "expires": "Expires",
    "revoked": "Revoked",
}
#: Fields that hold a moment.
MOMENTS = ("removed", "accepted", "expires", "revoked")
#: What a row of the kind is called before its name, where the name alone does not say it.
NOUNS = {
    "network": "network",
    "plan": "saved plan",
    "member": "member",
    "invitation": "invitation of",
    "token": "API token",
    "organisation": "organisation",
}

Kept = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field; empty where it said nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One row that an act touched. `verb`: `Added`, `Changed`, `Removed` or `Brought back`."""

    change: Change
    verb: str
    title: str
    fields: tuple[ChangedField, ...]


def told(change: Change, catalogue: Catalogue) -> ToldChange:
    """The change as people read it."""
    return ToldChange(change, _verb(change), title_of(change, catalogue), _fields(change, catalogue))


def title_of(change: Change, catalogue: Catalogue) -> str:
    """The row as it was called after the change, or before it went: `40 Windows 7 Enterprise in Head office`."""
    kept, table = change.after or change.before or {}, TABLE_OF.get(change.kind)
    if change.kind == "estate":
        return f"scenario {change.label}" if kept.get("scenario") else "settings of the estate"
    if table is None or change.kind in NOUNS:
        return f"{NOUNS[change.kind]} {change.label}"
    return title(SimpleNamespace(**kept), table, catalogue)


def _verb(change: Change) -> str:
    before, after = change.before, change.after
    if before is None or after is None:
        return "Added" if before is None else "Removed"
    if bool(before.get("removed")) != bool(after.get("removed")):
        return "Removed" if after.get("removed") else "Brought back"
    return "Changed"


def _fields(change: Change, catalogue: Catalogue) -> tuple[ChangedField, ...]:
    """The fields that differ. Ids of rows that a field names are left out: its name stands beside them."""
    before, after = change.before or {}, change.after or {}
    names = [name for name in {**before, **after} if not name.endswith("_id")]
    table = TABLE_OF.get(change.kind)
    # In the order of the form: PostgreSQL keeps the keys of JSON in an order of its own.
    order = [column.name for column in table.columns] if table else []
    names.sort(key=lambda name: order.index(name) if name in order else len(order))
    columns = [(name, table.column(name) if table else None) for name in names]
    return tuple(
        _field(name, column, before, after, catalogue)
        for name, column in columns
        if _says(name, column, before) != _says(name, column, after)
    )


def _says(name: str, column: Column | None, kept: Kept) -> Any:
    """The value with the id that it stands for; None where it says what goes without saying."""
    value = kept.get(name)
    usual = not value and (column is None or not column.is_number or column.untouched == "0")
    return None if usual else (value, kept.get(f"{name}_id"))


def _field(name: str, column: Column | None, before: Kept, after: Kept, catalogue: Catalogue) -> ChangedField:
    return ChangedField(
        column.label if column else LABELS[name],
        _words(name, before, column, catalogue),
        _words(name, after, column, catalogue),
    )


def _words(name: str, kept: Kept, column: Column | None, catalogue: Catalogue) -> str:
    value = kept.get(name)
    if value is None or value == "":
        return ""
    if column is not None and not column.is_number:
        return shown(SimpleNamespace(**kept), column, catalogue)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if name == "role":
        return str(Role(value).label)
    return _moment(value) if name in MOMENTS else str(value)


def _moment(text: str) -> str:
    return f"{timezone.localtime(datetime.fromisoformat(text)):%Y-%m-%d %H:%M %Z}"
