"""Undo of an act: rows that it removed come back under their ids, added ones go, changed ones get their fields back."""

from __future__ import annotations

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
        for change in reversed(act.changes.all()):
            _take_back(writer, here, change)
    return writer.made


def _take_back(writer: Writer, here: Here, change: Change) -> None:
    model = MODELS[change.kind]
    if change.after is None:
        writer.add(_rebuilt(model, here, change))
        return
    row = _mine(model, here).filter(pk=change.row).first()
    if row is None:
        raise ConflictError([], [change.row])
    if content(row) != change.after:
        raise ConflictError([row])
    if change.before is None and model in KEPT:
        writer.change(row, {"removed": timezone.now()}, row.version)
    elif change.before is None:
        writer.remove_all([row])
    else:
        writer.change(row, _values(model, change.before), row.version)


def _mine(model: type[models.Model], here: Here) -> models.QuerySet[Any]:
    """The rows of the model that belong to the organisation."""
    path = "organisation" if model in (Estate, SavedPlan, Reading) else "estate__organisation"
    return model._default_manager.filter(**{path: here.organisation})


def _rebuilt(model: type[models.Model], here: Here, change: Change) -> models.Model:
    owner = {"organisation": here.organisation} if model is Reading else {"estate_id": change.estate}
    return model(pk=change.row, **owner, **_values(model, change.before))


def _values(model: type[models.Model], kept: dict[str, Any]) -> dict[str, Any]:
    """Fields as the history keeps them -> values for a row."""
    values: dict[str, Any] = {}
    for name in model.fields:  # type: ignore[attr-defined]
        column = model._meta.get_field(name)
        if column.is_relation:
            values[f"{name}_id"] = kept.get(f"{name}_id")
        else:
            values[name] = column.to_python(kept[name])
    return values
