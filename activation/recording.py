"""The history of the catalogue is written here, and only here.

An act changes the tables by whatever way; then the tables are compared with the last state that was recorded, and
every row that differs is written down with its content before and after. So nothing escapes: bulk writes, lists of
sources, rows that go with another one. What was edited past the site is recorded apart, before the next act.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from activation.consistency import Problem, problems
from activation.differences import RowDifference, row_differences
from activation.models import CatalogueState, ChangeSet, RowChange
from activation.models.history import MESSAGE_LENGTH
from activation.rows import Rows
from activation.shipped import rows_from_files
from activation.state import lock_state, read_state, rows_at, write_state
from activation.tables import Ids, read_tables
from activation.values import CONTROL

User = AbstractBaseUser | AnonymousUser | None

FOUND = "What was there when the history began."
PAST_THE_SITE = "Edited past the site; who did it is not known."


@dataclass(slots=True)
class Act:
    """One act while it happens: the catalogue as it found it, and after its end what came of it.

    `message` is the reason, up to 200 characters. `noted`: kind and identity of rows that somebody decided to leave as
    they are; they stand in the history with their content on both sides. `version` is set by an act that brings a new
    one. `wrote` may be set to False by an act that knows that it left the tables alone. `change_set` stays None when
    nothing changed.
    """

    origin: str
    user: User = None
    message: str = ""
    takes_back: ChangeSet | None = None
    rows: Rows = field(default_factory=dict)
    ids: Ids = field(default_factory=dict)
    noted: list[tuple[str, str]] = field(default_factory=list)
    version: str = ""
    wrote: bool = True
    digest: str = ""
    change_set: ChangeSet | None = None
    problems: list[Problem] = field(default_factory=list)


@contextmanager
def recorded(origin: str, user: User = None, message: str = "", takes_back: ChangeSet | None = None) -> Iterator[Act]:
    """All that happens to the tables inside is one act of the history, in one transaction.

    `origin` is one of `ORIGINS`. An exception undoes the act and leaves no history of it.
    """
    with transaction.atomic():
        rows, ids = settle()
        act = Act(origin, user, message, takes_back, rows, ids)
        yield act
        after = read_tables()[0] if act.wrote else rows
        _record(act, after)
        act.problems = problems(after)


def settle() -> tuple[Rows, Ids]:
    """Record what was edited past the site since the last act. Returns the tables. Only inside a transaction."""
    lock_state()
    rows, ids = read_tables()
    _record(Act("outside", message=PAST_THE_SITE), rows)
    return rows, ids


def unrecorded() -> list[tuple[str, str]]:
    """Kind and identity of the rows that were edited past the site and are not in use yet."""
    known = _known(read_state())
    return [] if known is None else [(row.kind, row.identity) for row in row_differences(known, read_tables()[0])]


def _known(state: CatalogueState | None) -> Rows | None:
    """The rows that were recorded last. None when the tables are older than the history."""
    return {} if state is None else rows_at(state.digest)


def _record(act: Act, after: Rows) -> None:
    """Write down what differs from the last recorded state, and make `after` the state."""
    state = read_state()
    known = _known(state)
    differences = list(row_differences(known or {}, after))
    version = act.version or (state.version if state else rows_from_files().version)
    if not differences and not act.noted and (state is None or state.version == version):
        act.digest = state.digest if state else ""
        return
    act.digest = write_state(version, after)
    act.change_set = ChangeSet.objects.create(
        **_who(act.user),
        origin=act.origin,
        message=_one_line(act.message if known is not None else FOUND),
        before=state.digest if state else "",
        after=act.digest,
        takes_back=act.takes_back,
    )
    RowChange.objects.bulk_create(
        RowChange(change_set=act.change_set, kind=row.kind, identity=row.identity, before=row.before, after=row.after)
        for row in [*differences, *_left(act, after, differences)]
    )


def _left(act: Act, rows: Rows, differences: list[RowDifference]) -> Iterator[RowDifference]:
    """The rows that the act noted and left as they are."""
    changed = {(row.kind, row.identity) for row in differences}
    for kind, identity in act.noted:
        content = rows[kind].get(identity)
        if content is not None and (kind, identity) not in changed:
            yield RowDifference(kind, identity, content, content)


def _one_line(message: str) -> str:
    return " ".join(CONTROL.sub(" ", message).split())[:MESSAGE_LENGTH]


def _who(user: User) -> dict[str, Any]:
    if user is None or user.pk is None:
        return {"user": None, "user_name": ""}
    return {"user": user, "user_name": user.get_username()}
