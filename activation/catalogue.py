"""The catalogue in use: `current` from the tables, `shipped` from the data files."""

from __future__ import annotations

from django.db import transaction

from activation.build import build
from activation.consistency import Problem, problems
from activation.load import Change, Changes, load
from activation.models import CatalogueState
from activation.rules.catalogue import Catalogue
from activation.shipped import rows_from_files, shipped
from activation.state import lock_state, read_state, write_state
from activation.tables import read_tables

__all__ = ["Change", "Changes", "current", "load", "rows_from_files", "shipped", "touch"]

_kept: Catalogue | None = None  #: of this process, good as long as its digest is the one in the database


def current() -> Catalogue:
    """The catalogue of the tables; before the first load, the shipped one. One query unless it has changed."""
    global _kept
    state, catalogue = read_state(), _kept
    if state is None:
        return shipped()
    if catalogue is None or catalogue.digest != state.digest:
        catalogue = _kept = _from_tables(state)
    return catalogue


def _from_tables(state: CatalogueState) -> Catalogue:
    """The catalogue of the tables, read once more when an edit came between two queries."""
    catalogue = build(state.version, read_tables()[0])
    if catalogue.digest == state.digest:
        return catalogue
    return build((read_state() or state).version, read_tables()[0])


def touch() -> list[Problem]:
    """To be called after every edit of the tables: records their new digest. Returns what is now inconsistent."""
    with transaction.atomic():
        state = lock_state()
        rows, _ = read_tables()
        write_state(state.version if state else rows_from_files().version, rows)
        return problems(rows)
