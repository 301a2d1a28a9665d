"""Who may open which address: one line for each name of an address. A name without a line fails the tests.

A line says the least role that may read and that may write; None where the view does not offer it. Below
`/o/<organisation>/` these are roles of that organisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch

from planner.models import Role

ANYBODY, SIGNED_IN, STAFF = "anybody", "signed in", "staff"
Least = Role | str | None


@dataclass(frozen=True)
class Door:
    """Least role to read and to write, and which thing of the organisation `<int:number>` names."""

    reads: Least
    writes: Least = None
    number: str = ""


VIEWER, EDITOR, OWNER = Role.VIEWER, Role.EDITOR, Role.OWNER

DOORS = {
    "quick-planner": Door(ANYBODY),
    "runbook": Door(ANYBODY),
    "runbook-file": Door(ANYBODY),
    "quick-plan-file": Door(ANYBODY),
    "estate-json": Door(ANYBODY),
    "reference": Door(ANYBODY),
    "reference-product": Door(ANYBODY),
    "reference-group": Door(ANYBODY),
    "reference-key": Door(ANYBODY),
    "reference-matrix": Door(ANYBODY),
    "reference-disputes": Door(ANYBODY),
    "reference-sources": Door(ANYBODY),
    "first-account": Door(ANYBODY, ANYBODY),
    "sign-in": Door(ANYBODY, ANYBODY),
    "sign-out": Door(None, ANYBODY),
    "reset": Door(ANYBODY, ANYBODY),
    "reset-sent": Door(ANYBODY),
    "reset-password": Door(ANYBODY, ANYBODY),
    "invitation": Door(ANYBODY, ANYBODY),
    "keep": Door(SIGNED_IN, SIGNED_IN),
    "account": Door(SIGNED_IN),
    "change-password": Door(SIGNED_IN, SIGNED_IN),
    "new-organisation": Door(SIGNED_IN, SIGNED_IN),
    "organisations": Door(SIGNED_IN),
    "organisation": Door(VIEWER),
    "fill-with-example": Door(None, EDITOR),
    "plan-file": Door(VIEWER),
    "plan-runbook": Door(VIEWER),
    "plan-runbook-file": Door(VIEWER),
    "saved-runbook": Door(VIEWER, number="plan"),
    "saved-runbook-file": Door(VIEWER, number="plan"),
    "plans": Door(VIEWER, EDITOR),
    "saved-plan": Door(VIEWER, number="plan"),
    "edit-plan": Door(None, EDITOR, number="plan"),
    "remove-plan": Door(None, EDITOR, number="plan"),
    "saved-plan-file": Door(VIEWER, number="plan"),
    "proposals": Door(VIEWER),
    "scenarios": Door(VIEWER, EDITOR),
    "scenario": Door(VIEWER),
    "rename-scenario": Door(None, EDITOR),
    "apply-scenario": Door(None, EDITOR),
    "remove-scenario": Door(None, EDITOR),
    "ledger": Door(VIEWER),
    "ledger-file": Door(VIEWER),
    "take-reading": Door(None, EDITOR, number="reading"),
    "members": Door(VIEWER, OWNER),
    "set-role": Door(None, OWNER, number="member"),
    "remove-member": Door(None, OWNER, number="member"),
    "leave": Door(None, VIEWER),
    "end-invitation": Door(None, OWNER, number="invitation"),
    "tokens": Door(VIEWER, VIEWER),
    "revoke-token": Door(None, OWNER, number="token"),
    "organisation-settings": Door(OWNER, OWNER),
    "delete-organisation": Door(None, OWNER),
    "history": Door(VIEWER),
    "history-file": Door(VIEWER),
    "act": Door(VIEWER),
    "undo": Door(None, EDITOR),
    "estate": Door(VIEWER),
    "estate-settings": Door(VIEWER, EDITOR),
    "estate-answer": Door(VIEWER),
    "estate-file": Door(VIEWER),
    "estate-rows": Door(VIEWER),
    "estate-add": Door(EDITOR, EDITOR),
    "estate-chosen": Door(None, EDITOR),
    "estate-row": Door(EDITOR, EDITOR),
    "api-page": Door(ANYBODY),
    "api-document": Door(ANYBODY),
    # A token lets in, which tests/api/test_walls.py tries; without one these show nothing of an organisation.
    "api:*": Door(ANYBODY),
    "admin-sign-in": Door(ANYBODY),
    "admin-sign-out": Door(None, ANYBODY),
    "catalogue-*": Door(STAFF, STAFF),
    "admin:*": Door(STAFF, STAFF),
}


def door_of(name: str) -> Door | None:
    """The line of an address, by its name or by the first pattern that fits."""
    return DOORS.get(name) or next((door for pattern, door in DOORS.items() if fnmatch(name, pattern)), None)
