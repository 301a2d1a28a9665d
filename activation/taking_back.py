"""Taking back what the history says: an act or one row of it, as an act of its own."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError
from django.db.models import ProtectedError

from activation.differences import RowDifference
from activation.in_use import users_of
from activation.models import CatalogueRow, ChangeSet, RowChange
from activation.recording import Act, User, recorded
from activation.rows import KINDS, complete
from activation.tables import MODELS, add, delete, make_room, update

ORDER = list(KINDS)
NAMED = 5  #: users that a message names


class CannotTakeBackError(Exception):
    """Why a change cannot be taken back, in words. Nothing was changed."""


def take_back(what: ChangeSet | RowChange, user: User, reason: str) -> Act:
    """Put the rows back as they were before an act, or one of its rows. Its `problems` say what no longer fits.

    Raises CannotTakeBackError when a row has been changed since, is in use, or no longer fits the others.
    """
    rows = _with_parts(what) if isinstance(what, RowChange) else list(what.rows.all())
    change_set = what.change_set if isinstance(what, RowChange) else what
    with recorded("take-back", user, reason or f"Taken back: {change_set}", takes_back=change_set) as act:
        _refuse_changed_since(rows, act)
        try:
            _put_back(rows, act)
        except (IntegrityError, ProtectedError) as error:
            raise CannotTakeBackError("Another row has what must be its own, a name for example.") from error
    if act.change_set is None:
        raise CannotTakeBackError("There is nothing to take back.")
    return act


def _with_parts(row: RowChange) -> list[RowChange]:
    """The row; with a key that was deleted, its coverage and hosts, which went with it."""
    if row.kind != "key" or row.after is not None:
        return [row]
    parts = row.change_set.rows.filter(kind__in=("coverage", "host"), identity__startswith=f"{row.identity}/")
    return [row, *parts.filter(after__isnull=True)]


def _refuse_changed_since(rows: Iterable[RowChange], act: Act) -> None:
    for row in rows:
        after = None if row.after is None else complete(row.kind, row.after)
        if act.rows[row.kind].get(row.identity) != after:
            raise CannotTakeBackError(f"{_name(row)} has been changed since. Take back the later change first.")


def _put_back(rows: list[RowChange], act: Act) -> None:
    """First what was deleted comes back, then what changed, and what was added goes last: nothing names it by then."""
    rows = sorted(rows, key=lambda row: ORDER.index(row.kind))
    added = [(row, _record(row, act)) for row in reversed(rows) if row.before is None]
    make_room([RowDifference(row.kind, row.identity, row.after, row.before) for row in rows], act.ids)
    for row in (row for row in rows if row.after is None):
        _refuse_missing(row, act)
        add(row.kind, [complete(row.kind, row.before)], act.ids)
    for row in (row for row in rows if row.what == "changed"):
        _refuse_missing(row, act)
        update(row.kind, complete(row.kind, row.before), act.ids)
    going = [(row.kind, row.identity) for row, _ in added]
    for row, record in added:
        _refuse_used(row, record, going)
        delete(row.kind, row.identity, act.ids)


def _record(row: RowChange, act: Act) -> CatalogueRow:
    """The row of the tables, as it is before anything is put back."""
    return MODELS[row.kind]._default_manager.get(pk=act.ids[row.kind][row.identity])


def _refuse_missing(row: RowChange, act: Act) -> None:
    for field in KINDS[row.kind].fields:
        value = row.before.get(field.name, field.absent()) if field.to else None
        for named in value if isinstance(value, list) else [value]:
            if named is not None and named not in act.ids[field.to]:
                raise CannotTakeBackError(f'{_name(row)} needs the {KINDS[field.to].word} "{named}", which is gone.')


def _refuse_used(row: RowChange, record: CatalogueRow, going: list[tuple[str, str]]) -> None:
    users = users_of(record, without=going)
    if users:
        others = ", ".join(users.lines()[:NAMED])
        raise CannotTakeBackError(f"{_name(row)} is in use ({others}). Retire it, or change those first.")


def _name(row: RowChange) -> str:
    word = KINDS[row.kind].word
    return f"{word[:1].upper()}{word[1:]} {row.identity}"
