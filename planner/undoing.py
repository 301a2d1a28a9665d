"""Undo of an act: rows that it removed come back under their ids, added ones go, changed ones get their fields back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone

from planner.access import Here
from planner.models import Act, Change, ComputerLine, Estate, HeldKey, LicenceLine, Network, Reading, SavedPlan
from planner.recording import ConflictError, Writer, content, recorded

#: What can be undone. Members and invitations are not: an old role must not come back by an undo.
MODELS: dict[str, type[models.Model]] = {
    model.kind: model for model in (Estate, Network, ComputerLine, LicenceLine, HeldKey, SavedPlan, Reading)
}
Rows = dict[tuple[str, int], Any]  #: (kind, id) -> row
#: Rows of these never go: they are marked as removed, so that they can come back.
KEPT = (Estate, SavedPlan)


class CannotUndoError(Exception):
    """The act cannot be undone; the text says why."""


def can_be_undone(act: Act) -> bool:
    """Whether it is of a kind that can be undone and was not undone yet."""
    return not hasattr(act, "undone_by") and not act.changes.exclude(kind__in=MODELS).exists()


def undo(here: Here, act: Act) -> Act | None:
    """Undo an act of this organisation, in one act. Raises CannotUndoError, and ConflictError when a row that it
    touched is no longer as the act left it."""
    if act.organisation_id != here.organisation.pk or not can_be_undone(act):
        raise CannotUndoError("This was undone already, or it cannot be undone.")
    with recorded(here, f"Undid: {act.what}"[:200], undoes=act) as writer:
        changes = list(act.changes.all())
        rows = _rows(here, changes)
        for change in reversed(changes):
            _take_back(writer, here, change, rows)
    return writer.made


def _rows(here: Here, changes: Iterable[Change]) -> Rows:
    """The rows that were changed, as they are, read at once."""
    ids: dict[str, set[int]] = {}
    for change in changes:
        ids.setdefault(change.kind, set()).add(change.row)
    found = {kind: _mine(MODELS[kind], here).in_bulk(pks) for kind, pks in ids.items()}
    return {(kind, pk): row for kind, rows in found.items() for pk, row in rows.items()}


def _take_back(writer: Writer, here: Here, change: Change, rows: Rows) -> None:
    """Take one change back; an act may have changed a row several times."""
    model, known = MODELS[change.kind], (change.kind, change.row)
    if change.after is None:
        rows[known] = _rebuilt(model, here, change)
        writer.add(rows[known])
        return
    row = rows.get(known)
    if row is None:
        raise ConflictError([], [change.row])
    if content(row) != change.after:
        raise ConflictError([row])
    if change.before is None and model in KEPT:
        writer.change(row, {"removed": timezone.now()}, row.version)
    elif change.before is None:
        writer.remove_all([rows.pop(known)])
    else:
        writer.change(row, _values(model, change.before), row.version)


def _mine(model: type[models.Model], here: Here) -> models.QuerySet[Any]:
    """The rows of the model that belong to the organisation."""
    path = "organisation" if model in (Estate, SavedPlan, Reading) else "estate__organisation"
    related = [name for name in model.fields if model._meta.get_field(name).is_relation]
    return model._default_manager.filter(**{path: here.organisation}).select_related(*related)


def _rebuilt(model: type[models.Model], here: Here, change: Change) -> models.Model:
    owner = {"organisation": here.organisation} if model is Reading else {"estate_id": change.estate}
    return model(pk=change.row, **owner, **_values(model, change.before))


def _values(model: type[models.Model], kept: dict[str, Any]) -> dict[str, Any]:
    """Fields as the history keeps them -> values for a row."""
    values: dict[str, Any] = {}
    for name in model.fields:
        column = model._meta.get_field(name)
        if column.is_relation:
            values[f"{name}_id"] = kept.get(f"{name}_id")
        else:
            values[name] = column.to_python(kept[name])
    return values
