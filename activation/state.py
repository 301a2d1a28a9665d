"""Which catalogue the tables hold, in one row that every request can read, and every state that there has been."""

from __future__ import annotations

import json
import zlib

from django.db import connection
from django.utils import timezone

from activation.build import build
from activation.models import CatalogueSnapshot, CatalogueState
from activation.rows import KINDS, Rows, canonical, catalogue_digest, complete
from activation.rules.catalogue import Catalogue
from activation.shipped import shipped

THE_ROW = 1


class UnknownStateError(LookupError):
    """There has been no catalogue with this digest here."""


def read_state() -> CatalogueState | None:
    """The state, in one query. None before the first load."""
    return CatalogueState.objects.filter(pk=THE_ROW).first()


def digest_in_use() -> str | None:
    """The digest of the state. Each request asks for it, so in plain SQL: building the query would take the longer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM activation_cataloguestate WHERE id = %s", [THE_ROW])
        row = cursor.fetchone()
    return row[0] if row else None


def lock_state() -> CatalogueState | None:
    """The state, held until the transaction ends, so that two changes are digested one after the other."""
    return CatalogueState.objects.select_for_update().filter(pk=THE_ROW).first()


def write_state(version: str, rows: Rows) -> str:
    """Record the version and these rows as the state; the time only when they differ. Returns the digest."""
    state = read_state() or CatalogueState(pk=THE_ROW)
    digest = catalogue_digest(version, rows)
    if (state.version, state.digest) != (version, digest):
        state.version, state.digest, state.changed = version, digest, timezone.now()
        state.save()
    _keep(digest, version, rows)
    return digest


def _keep(digest: str, version: str, rows: Rows) -> None:
    """Keep a state once, however often it comes back."""
    content = zlib.compress(canonical({"version": version, "rows": rows}).encode(), 9)
    CatalogueSnapshot.objects.get_or_create(digest=digest, defaults={"version": version, "content": content})


def rows_at(digest: str) -> Rows | None:
    """The rows of a state that there has been; None when there was no such state."""
    kept = CatalogueSnapshot.objects.filter(digest=digest).first()
    return None if kept is None else _rows(kept)


def _rows(kept: CatalogueSnapshot) -> Rows:
    rows = json.loads(zlib.decompress(kept.content))["rows"]
    return {kind: {name: complete(kind, content) for name, content in rows.get(kind, {}).items()} for kind in KINDS}


def state_of(digest: str) -> Catalogue:
    """The catalogue that this digest names, as it was. Raises UnknownStateError when there never was one."""
    kept = CatalogueSnapshot.objects.filter(digest=digest).first()
    if kept is not None:
        return build(kept.version, _rows(kept))
    if digest == shipped().digest:
        return shipped()
    raise UnknownStateError(digest)
