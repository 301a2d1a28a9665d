"""Which catalogue the tables hold: its version and digest, in one row that every request can read."""

from __future__ import annotations

from django.utils import timezone

from activation.models import CatalogueState
from activation.rows import Rows, catalogue_digest

THE_ROW = 1


def read_state() -> CatalogueState | None:
    """The state, in one query. None before the first load."""
    return CatalogueState.objects.filter(pk=THE_ROW).first()


def lock_state() -> CatalogueState | None:
    """The state, held until the transaction ends, so that two changes are digested one after the other."""
    return CatalogueState.objects.select_for_update().filter(pk=THE_ROW).first()


def write_state(version: str, rows: Rows) -> str:
    """Record the version and the digest of these rows; the time only when they differ. Returns the digest."""
    state = read_state() or CatalogueState(pk=THE_ROW)
    digest = catalogue_digest(version, rows)
    if (state.version, state.digest) != (version, digest):
        state.version, state.digest, state.changed = version, digest, timezone.now()
        state.save()
    return digest
