"""From SQLite to PostgreSQL: every row of every table, in one transaction, checked on both sides."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import QuerySet

from activation.models import ChangeSet
from planner.backups import sqlite_file
from planner.backups.faults import BackupError
from planner.backups.releases import check_current
from planner.models import Organisation

AT_ONCE = 500  #: rows in one statement
TOLD = 20  #: rows named when PostgreSQL would not take them


@dataclass(frozen=True, slots=True)
class Moved:
    """A table, and what is in it, on both sides: `digest` is over its rows, whatever their order."""

    table: str
    rows: int
    digest: str


def move(file: Path) -> list[Moved]:
    """Copy all that a database of SQLite holds into the site's database, which is new. Returns its tables.

    Raises BackupError, with nothing copied.
    """
    _check_sides(file)
    with sqlite_file.opened(file) as source, transaction.atomic(using=source), transaction.atomic():
        _check_fits(source)
        _empty()
        for model in tables():
            _copy(model, source)
        _count_on()
        connection.check_constraints()
        return [_compared(model, source) for model in tables()]


def tables() -> list[type[models.Model]]:
    """A model for each table, also those between two others."""
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]


def _check_sides(file: Path) -> None:
    if connection.vendor != "postgresql":
        raise BackupError("Name the new database, of PostgreSQL, in DATABASE_URL.")
    sqlite_file.check_readable(file, dump=False)
    check_current(sqlite_file.migrations(file), str(file))
    if sqlite_file.is_open(file):
        raise BackupError(f"A program has {file} open. Stop the site, then try again.")
    made_here = ChangeSet.objects.exclude(origin="load").exists()
    if made_here or get_user_model().objects.exists() or Organisation.objects.exists():
        raise BackupError("The database that DATABASE_URL names is in use already. Make a new, empty one.")


def _check_fits(source: str) -> None:
    """SQLite takes longer texts and larger numbers than a column is made for, PostgreSQL does not."""
    faults = [fault for model in tables() for fault in _misfits(model, source)]
    if faults:
        more = f"\n... and {len(faults) - TOLD} more" if len(faults) > TOLD else ""
        told = "\n".join(faults[:TOLD])
        raise BackupError(f"PostgreSQL cannot hold these. Correct them on the old site first:\n{told}{more}")


def _misfits(model: type[models.Model], source: str) -> Iterator[str]:
    for values in _rows(model, source):
        for column, value in zip(model._meta.concrete_fields, values, strict=True):
            why = _misfit(column, value)
            if why:
                yield f"{model._meta.db_table} {values[0]}, {column.column}: {why}."


def _misfit(column: models.Field[Any, Any], value: Any) -> str:
    longest = column.max_length
    if isinstance(value, str) and longest and len(value) > longest:
        return f"{len(value)} characters; there is room for {longest}"
    if "\\u0000" in json.dumps(value, default=_written).replace("\\\\", ""):
        return "a null character, which no text may have"
    if isinstance(value, int) and isinstance(column, models.IntegerField) and not isinstance(value, bool):
        least, most = connection.ops.integer_field_range(column.get_internal_type())
        if not least <= value <= most:
            return f"{value}; the most is {most}"
    return ""


def _empty() -> None:
    """Take away what set-up made: the shipped catalogue, permissions."""
    names = [model._meta.db_table for model in tables()]
    for statement in connection.ops.sql_flush(no_style(), names, reset_sequences=True):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _copy(model: type[models.Model], source: str) -> None:
    # Past the managers of models, which may keep rows back. Foreign keys are looked at when all is there.
    there: QuerySet[Any] = QuerySet(model, using=source).order_by("pk")
    here: QuerySet[Any] = QuerySet(model, using=connection.alias)
    some = []
    for row in there.iterator(AT_ONCE):
        some.append(row)
        if len(some) == AT_ONCE:
            here.bulk_create(some)
            some = []
    here.bulk_create(some)


def _count_on() -> None:
    """Ids go on after the largest."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def _compared(model: type[models.Model], source: str) -> Moved:
    there, here = (content(model, alias) for alias in (source, connection.alias))
    if there != here:
        raise BackupError(f"{here.table} is not the same on both sides: {there.rows} rows there, {here.rows} here.")
    return here


def content(model: type[models.Model], alias: str) -> Moved:
    """What a table of that database holds."""
    rows = sorted(sha256(_text(values)).digest() for values in _rows(model, alias))
    return Moved(model._meta.db_table, len(rows), sha256(b"".join(rows)).hexdigest())


def _rows(model: type[models.Model], alias: str) -> Iterator[tuple[Any, ...]]:
    names = [column.attname for column in model._meta.concrete_fields]
    rows: QuerySet[Any] = QuerySet(model, using=alias)
    return rows.order_by("pk").values_list(*names).iterator(AT_ONCE)


def _text(values: tuple[Any, ...]) -> bytes:
    """The same for equal values, whichever database they come from."""
    return json.dumps(values, sort_keys=True, default=_written).encode()


def _written(value: Any) -> str:
    """What JSON has no form for: bytes, days and moments."""
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)
