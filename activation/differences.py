"""What differs between two catalogues or two contents of a row. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from activation.rows import KINDS, Content, Rows, complete


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row before and after; None where there is no row."""

    kind: str
    identity: str
    before: Content | None
    after: Content | None


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field before and after. Of a list also what came and what went; of a row that is new or gone, None beside."""

    name: str
    before: Any
    after: Any

    @property
    def came(self) -> list[Any]:
        """The entries of a list that are only in the later one."""
        return _only(self.after, self.before)

    @property
    def went(self) -> list[Any]:
        """The entries of a list that are only in the earlier one."""
        return _only(self.before, self.after)


def row_differences(before: Rows, after: Rows) -> Iterator[RowDifference]:
    """The rows that differ, kind by kind, each kind in alphabetical order. A kind that is missing has no rows."""
    for kind in KINDS:
        old, new = before.get(kind, {}), after.get(kind, {})
        for identity in sorted(old.keys() | new.keys()):
            if old.get(identity) != new.get(identity):
                yield RowDifference(kind, identity, old.get(identity), new.get(identity))


def field_differences(kind: str, before: Content | None, after: Content | None) -> list[FieldDifference]:
    """The fields that differ, in the order of the kind. Of a row that is new or gone, those that say something."""
    old = complete(kind, before) if before is not None else None
    new = complete(kind, after) if after is not None else None
    found = []
    for field in KINDS[kind].fields:
        here = old[field.name] if old else None
        there = new[field.name] if new else None
        if (here if old else field.absent()) != (there if new else field.absent()):
            found.append(FieldDifference(field.name, here, there))
    return found


def _only(wanted: Any, other: Any) -> list[Any]:
    if not isinstance(wanted, list):
        return []
    return [entry for entry in wanted if not isinstance(other, list) or entry not in other]
