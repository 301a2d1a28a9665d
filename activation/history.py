"""The history of the catalogue, to read: who changed what and when, with every field before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from activation.differences import FieldDifference, RowDifference, field_differences, row_differences
from activation.models import RowChange
from activation.state import UnknownStateError, rows_at
from activation.tables import MODELS

PARTS = {"key": ("coverage", "host")}  #: rows that stand inside another one


def history_of(kind: str, identity: str) -> list[RowChange]:
    """What happened to a row, the latest first, each with its act (`change_set`); of a key also to its coverage and
    hosts."""
    return list(_read().filter(_of(kind, identity)))


def latest_mark() -> int:
    """The number of the latest change of any row, 0 before the first. What is read after it is at least that new."""
    return RowChange.objects.values_list("pk", flat=True).first() or 0


def changed_since(mark: int, kind: str, identities: Iterable[str]) -> RowChange | None:
    """The latest change of any of these rows after a mark, of keys also of their coverage and hosts."""
    wanted = set(identities)
    since = _read().filter(pk__gt=mark, kind__in=(kind, *PARTS.get(kind, ()))).defer("before", "after").iterator()
    return next((row for row in since if {row.identity, row.identity.partition("/")[0]} & wanted), None)


def _of(kind: str, identity: str) -> Q:
    mine = Q(kind=kind, identity=identity)
    if kind in PARTS:
        mine |= Q(kind__in=PARTS[kind], identity__startswith=f"{identity}/")
    return mine


def changes(since: datetime | None = None) -> QuerySet[RowChange]:
    """Every change of a row, the latest first, from a time on or from the beginning. Not read yet: cut it to a page."""
    return _read() if since is None else _read().filter(change_set__at__gte=since)


def fields_of(change: RowChange) -> list[FieldDifference]:
    """What a change did, field by field."""
    return field_differences(change.kind, change.before, change.after)


def compare_versions(earlier: RowChange, later: RowChange) -> list[FieldDifference]:
    """What differs between two versions of one row: the contents that two of its changes left."""
    return field_differences(later.kind, earlier.after, later.after)


def compare_states(earlier: str, later: str) -> Iterator[RowDifference]:
    """The rows that differ between two states, by their digests. Raises UnknownStateError."""
    before, after = rows_at(earlier), rows_at(later)
    if before is None or after is None:
        raise UnknownStateError(earlier if before is None else later)
    return row_differences(before, after)


def label_of(kind: str, field: str) -> str:
    """A field's name for people."""
    return str(getattr(MODELS[kind]._meta.get_field(field), "verbose_name", field))


def _read() -> QuerySet[RowChange]:
    return RowChange.objects.select_related("change_set")
