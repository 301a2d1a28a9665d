"""A file into the catalogue: first what it would change, then all of it or nothing, as one act of the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import OperationalError

from activation.consistency import Problem
from activation.exchange.comparing import Difference, Digests, Row, Side, compare, digests, outcome
from activation.exchange.uploaded import Uploaded
from activation.exchange.writing import obstacles, write
from activation.models import ShippedRow
from activation.outages import outage
from activation.recording import Act, User, recorded
from activation.rows import Rows
from activation.state import read_state, rows_at
from activation.tables import read_tables

Chosen = Mapping[Row, Side]


class StaleError(Exception):
    """The catalogue has changed since the preview that was confirmed."""


class NoRoomError(Exception):
    """The disk of the database is full."""


class UndecidedError(Exception):
    """Rows in conflict for which nobody chose a side; `rows` has them."""

    def __init__(self, rows: list[Difference]) -> None:
        super().__init__(", ".join(f"{row.word} {row.identity}" for row in rows))
        self.rows = rows


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. `digest`: the catalogue that it was compared with.

    `since`: whether the file tells which state it comes from, so that what changed here since is known for sure.
    `problems`: what would be wrong with the sides that are chosen; rows in conflict without a choice stay as here.
    """

    digest: str
    since: bool
    differences: list[Difference]
    problems: list[Problem]

    def of(self, *verdicts: str) -> list[Difference]:
        """The rows with one of these verdicts."""
        return [row for row in self.differences if row.verdict in verdicts]

    @property
    def to_decide(self) -> list[Difference]:
        """The rows in conflict that need a choice of their own."""
        return [row for row in self.of("conflicting") if not row.follows]

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to import."""
        return not self.of("add", "update", "remove", "conflicting")


def preview(uploaded: Uploaded, chosen: Chosen | None = None) -> Preview:
    """Compare a file with the tables as they are. Nothing is written."""
    rows, ids = read_tables()
    base, since = _base(uploaded.state)
    differences = compare(base, rows, uploaded.rows)
    state = read_state()
    after = outcome(rows, differences, chosen or {})
    return Preview(state.digest if state else "", since, differences, obstacles(rows, after, ids))


def run(uploaded: Uploaded, seen: str, chosen: Chosen, user: User, reason: str) -> Act:
    """Import a file, with the sides that were chosen for rows in conflict. `seen`: the digest of the preview.

    Raises StaleError, UndecidedError, CannotWriteError or NoRoomError, with nothing changed.
    """
    try:
        return _run(uploaded, seen, chosen, user, reason)
    except OperationalError as error:
        if outage(error) == "full":
            raise NoRoomError from error
        raise


def _run(uploaded: Uploaded, seen: str, chosen: Chosen, user: User, reason: str) -> Act:
    with recorded("import", user, reason) as act:
        state = read_state()
        if seen != (state.digest if state else ""):
            raise StaleError
        differences = compare(_base(uploaded.state)[0], act.rows, uploaded.rows)
        undecided = [row for row in differences if row.verdict == "conflicting" and not row.follows]
        undecided = [row for row in undecided if row.row not in chosen]
        if undecided:
            raise UndecidedError(undecided)
        write(outcome(act.rows, differences, chosen), act)
    return act


def _base(state: str) -> tuple[Digests, bool]:
    """What the file and the catalogue both come from: the state that was exported, else what was shipped last."""
    exported: Rows | None = rows_at(state) if state else None
    if exported is not None:
        return digests(exported), True
    return {(row.kind, row.identity): row.digest for row in ShippedRow.objects.all()}, False
