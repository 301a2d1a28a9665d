"""Rows -> the tables: they hold exactly these rows afterwards, or nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DataError, IntegrityError, transaction
from django.db.models import ProtectedError

from activation.consistency import Problem, problems
from activation.differences import RowDifference, row_differences
from activation.in_use import users_of
from activation.recording import Act
from activation.rows import KINDS, Rows
from activation.tables import MODELS, Ids, add, delete, make_room, update


class CannotWriteError(Exception):
    """Why these rows cannot be the catalogue; `problems` has everything."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__("\n".join(f"{p.kind} {p.identity}: {p.field}: {p.message}" for p in found))
        self.problems = found


def obstacles(before: Rows, after: Rows, ids: Ids) -> list[Problem]:
    """Everything that stands against replacing the rows `before`, which the tables hold, by the rows `after`.

    What does not fit together already is no obstacle: `checkcatalogue` tells it.
    """
    known = problems(before)
    found = [problem for problem in problems(after) if problem not in known]
    return found or list(_in_use(list(row_differences(before, after)), ids))


def write(after: Rows, act: Act) -> None:
    """Make the tables hold these rows, as part of an act. Raises CannotWriteError."""
    found = obstacles(act.rows, after, act.ids)
    if found:
        raise CannotWriteError(found)
    changes = list(row_differences(act.rows, after))
    try:
        with transaction.atomic():
            _write(changes, act.ids)
    except ProtectedError as error:
        raise CannotWriteError([Problem("", "", "", "A row that is to go is needed by another one.")]) from error
    except (IntegrityError, DataError) as error:
        raise CannotWriteError([Problem("", "", "", "The database refused a row. Nothing was changed.")]) from error


def _write(changes: list[RowDifference], ids: Ids) -> None:
    """New rows first, so that others can name them; then what changed; what goes is last, when nothing names it."""
    make_room(changes, ids)
    for kind in KINDS:
        new = [row.after for row in changes if row.kind == kind and row.before is None and row.after is not None]
        if new:
            add(kind, new, ids)
    for row in changes:
        if row.before is not None and row.after is not None:
            update(row.kind, row.after, ids)
    for kind in reversed(KINDS):
        for row in changes:
            if row.kind == kind and row.after is None:
                delete(kind, row.identity, ids)


def _in_use(changes: list[RowDifference], ids: Ids) -> Iterator[Problem]:
    """What is used from outside the catalogue, by a saved plan for example, is retired, not deleted."""
    others = [(kind, identity) for kind in ids for identity in ids[kind]]
    for kind, identity in [(row.kind, row.identity) for row in changes if row.after is None]:
        record = MODELS[kind]._default_manager.get(pk=ids[kind][identity])
        users = users_of(record, without=others)
        if users:
            named = ", ".join(users.lines())
            yield Problem(kind, identity, "", f"is in use and cannot be removed ({named}). Retire it instead")
