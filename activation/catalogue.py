"""The catalogue in use: `current` from the tables, `shipped` from the data files."""

from __future__ import annotations

from django.db import transaction

from activation.build import build
from activation.consistency import Problem, problems
from activation.load import Change, Changes, load
from activation.rules.catalogue import Catalogue
from activation.shipped import rows_from_files, shipped
from activation.state import lock_state, read_state, write_state
from activation.tables import read_tables

__all__ = ["Change", "Changes", "current", "load", "rows_from_files", "shipped", "touch"]

_kept: Catalogue | None = None  #: of this process, good as long as its digest is the one in the database


def current() -> Catalogue:
    """The catalogue of the tables; before the first load, the shipped one. One query unless it has changed."""
    global _kept
    state = read_state()
    if state is None:
        return shipped()
    catalogue = _kept
    if catalogue is None or catalogue.digest != state.digest:
        catalogue = _kept = build(state.version, read_tables())
    return catalogue


def touch() -> list[Problem]:
    """To be called after every edit of the tables: records their new digest. Returns what is now inconsistent."""
    with transaction.atomic():
        state = lock_state()
        rows = read_tables()
        write_state(state.version if state else rows_from_files().version, rows)
        return problems(rows)
