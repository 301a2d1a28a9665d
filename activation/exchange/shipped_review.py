"""The shipped catalogue beside the one here: what differs, and for each row which of the two stands."""

from __future__ import annotations

from collections.abc import Mapping

from activation.exchange.comparing import Difference, Row, Side, compare, outcome
from activation.exchange.writing import write
from activation.models import ShippedRow
from activation.recording import Act, User, recorded
from activation.rows import Rows, content_digest, row_digest
from activation.shipped import rows_from_files
from activation.tables import read_tables


def differing() -> list[Difference]:
    """The rows that differ from the shipped ones, those to be looked at (`conflicting`) told from those that are not.

    `kept`: decided, or edited here while the shipped row did not change. `add`, `update`, `remove`: not loaded yet.
    """
    return _compared(read_tables()[0])


class StaleRowsError(Exception):
    """A row has changed since it was shown."""


def settle_rows(chosen: Mapping[Row, Side], seen: Mapping[Row, str], user: User, reason: str) -> Act:
    """Take the shipped version of rows (`file`) or keep the one here (`here`), as one act with its reason.

    `seen`: what was shown of each row, from `seen_of`. Raises StaleRowsError when it is something else by now, and
    CannotWriteError when the rows would not fit together.
    """
    with recorded("load", user, reason) as act:
        differences = _compared(act.rows)
        shown = {row.row: seen_of(row) for row in differences}
        if any(row not in shown or shown[row] != seen.get(row) for row in chosen):
            raise StaleRowsError
        decided = [row for row in differences if side_of(row, chosen)]
        write(outcome(act.rows, decided, chosen), act)
        act.noted = [row.row for row in decided if side_of(row, chosen) == "here"]
        _remember(decided)
    return act


def side_of(difference: Difference, chosen: Mapping[Row, Side]) -> Side | None:
    """What was chosen for a row, or for the key that it follows."""
    return chosen.get(("key", difference.follows) if difference.follows else difference.row)


def seen_of(difference: Difference) -> str:
    """A short text that stands for both versions of a row."""
    return content_digest([difference.here, difference.file])[7:23]


def _compared(here: Rows) -> list[Difference]:
    return compare(_shipped_last(), here, rows_from_files().rows)


def _shipped_last() -> dict[Row, str]:
    return {(row.kind, row.identity): row.digest for row in ShippedRow.objects.all()}


def _remember(decided: list[Difference]) -> None:
    """What was decided on is the version that was shipped last: it is no conflict until the next one is shipped."""
    for row in decided:
        if row.file is None:
            ShippedRow.objects.filter(kind=row.kind, identity=row.identity).delete()
        else:
            digest = row_digest(row.kind, row.file)
            ShippedRow.objects.update_or_create(kind=row.kind, identity=row.identity, defaults={"digest": digest})
