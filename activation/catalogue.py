"""The catalogue in use: `current` from the tables, `shipped` from the data files."""

from __future__ import annotations

from django.db import transaction

from activation.build import build
from activation.consistency import Problem, problems
from activation.load import Change, Changes, load
from activation.models import CatalogueState
from activation.recording import recorded, settle
from activation.rules.catalogue import Catalogue
from activation.shipped import rows_from_files, shipped
from activation.state import UnknownStateError, digest_in_use, state_of
from activation.tables import read_tables

__all__ = [
    "Change",
    "Changes",
    "UnknownStateError",
    "current",
    "load",
    "recorded",
    "rows_from_files",
    "shipped",
    "state_of",
    "touch",
]

_kept: Catalogue | None = None  #: of this process, good as long as its digest is the one in the database


def current() -> Catalogue:
    """The catalogue as it was last recorded; before the first load, the shipped one. One query unless it has changed.

    It is read from the state that is kept under its digest, so a plan never rests on a catalogue that cannot be shown
    again.
    """
    global _kept
    digest = digest_in_use()
    if digest is None:
        return shipped()
    if _kept is None or _kept.digest != digest:
        _kept = _read(digest)
    return _kept


def _read(digest: str) -> Catalogue:
    """The kept state; of tables that are older than the history and were not loaded since, the tables."""
    try:
        return state_of(digest)
    except UnknownStateError:
        return build(CatalogueState.objects.get(digest=digest).version, read_tables()[0])


def touch() -> list[Problem]:
    """Bring edits past the site (a shell, another program) into use and into the history. Returns what is inconsistent.

    Code of the site writes inside `recorded` instead, which knows who and why.
    """
    with transaction.atomic():
        return problems(settle()[0])
