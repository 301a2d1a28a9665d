"""What an organisation keeps is written here, and only here: every write is one act of the history.

    with recorded(here, "Changed computers") as act:
        act.change(line, {"count": 12}, version=3)

An act is one transaction. It raises the version of each row that it changes and the revision of its estate, and it
refuses rows that somebody else has changed since they were read: nothing is overwritten unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from activation.rules.routes import in_a_circle
from activation.values import CONTROL
from planner.access import Here
from planner.models import Act, Change, Estate, EstateRow, Network, Organisation
from planner.models.folded import followers

AT_ONCE = 500  #: rows in one statement; SQLite takes about 32,000 values in one
LONGEST_LABEL = 250  #: characters


class ConflictError(Exception):
    """Rows are no longer as they were read. `changed`: as they are now; `gone`: the ids of those that are no more."""

    def __init__(self, changed: Sequence[models.Model], gone: Sequence[int] = ()) -> None:
        super().__init__(f"{len(changed)} changed, {len(gone)} gone")
        self.changed, self.gone = tuple(changed), tuple(gone)


class CircleError(IntegrityError):
    """The ways of networks to their KMS hosts would lead in a circle: what no constraint of a table can refuse."""


class DoneAlreadyError(Exception):
    """The same form came before. `act`: what was done then."""

    def __init__(self, act: Act) -> None:
        super().__init__(str(act))
        self.act = act


@dataclass(slots=True)
class Writer:
    """An act while it happens. `made` is the act after its end; None when nothing was changed."""

    here: Here
    what: str
    note: str = ""
    undoes: Act | None = None
    once: str | None = None
    changes: list[Change] = field(default_factory=list)
    made: Act | None = None

    def add(self, row: models.Model) -> None:
        """Add a row. Raises ValidationError when a field is not as its table wants it, IntegrityError when the row is
        not."""
        _check(row)
        row.save(force_insert=True)
        self._note(row, None, content(row))

    def add_all(self, rows: Sequence[models.Model]) -> None:
        """Add many rows of one table, which were checked before."""
        for row in type(rows[0])._default_manager.bulk_create(rows, batch_size=AT_ONCE) if rows else ():
            self._note(row, None, content(row))

    def change(self, row: models.Model, values: Mapping[str, Any], version: int) -> None:
        """Give the row these values. Raises ConflictError when its version is another one, and what `add`
        does."""
        before = content(row)
        for name, value in values.items():
            setattr(row, name, value)
        _check(row)
        after = content(row)
        if after != before or _version(row) != version:
            self._update(row, values, version)
            self._note(row, before, after)

    def change_all(self, changes: Sequence[tuple[models.Model, Mapping[str, Any]]]) -> None:
        """Give many rows of one table other values, which were checked before, in few statements. Raises ConflictError
        when one is not of the version that it was read with."""
        _refuse_changed([row for row, _ in changes])
        for row, values in changes:
            before = content(row)
            for name, value in {**values, "version": _version(row) + 1}.items():
                setattr(row, name, value)
            self._note(row, before, content(row))
        if changes:
            # Rows that are there all meet their own id: what Django writes with bulk_update takes seven times as long.
            rows = [row for row, _ in changes]
            names = {name for row, values in changes for name in (*values, *followers(row), "version")}
            type(rows[0])._default_manager.bulk_create(
                rows, AT_ONCE, update_conflicts=True, unique_fields=("pk",), update_fields=names
            )

    def remove_all(self, rows: Sequence[models.Model]) -> None:
        """Delete rows of one table; each must still be of the version that it was read with."""
        _refuse_changed(rows)
        for batch in _batches(rows):
            type(batch[0])._default_manager.filter(pk__in=[row.pk for row in batch]).delete()
        for row in rows:
            self._note(row, content(row), None)

    def _update(self, row: models.Model, values: Mapping[str, Any], version: int) -> None:
        mine = type(row)._default_manager.filter(pk=row.pk, version=version)
        if not mine.update(**{**values, **followers(row)}, version=F("version") + 1):
            raise _conflict([row])
        row.version = version + 1

    def _note(self, row: models.Model, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        estate = row.estate_id if isinstance(row, EstateRow) else row.pk if isinstance(row, Estate) else None
        label = str(row)[:LONGEST_LABEL]
        kind: str = row.kind
        self.changes.append(Change(kind=kind, row=row.pk, estate=estate, label=label, before=before, after=after))


@contextmanager
def recorded(
    here: Here, what: str, note: str = "", undoes: Act | None = None, once: str | None = None
) -> Iterator[Writer]:
    """All that is written inside is one act, in one transaction; an exception undoes it and leaves no trace.

    What rows must hold together is looked at last, whatever was saved meanwhile: IntegrityError.

    `once`: 32 characters that a form which creates rows was made with. Raises DoneAlreadyError when it came before.
    """
    refuse_again(here, once)
    try:
        with transaction.atomic():
            _wait_for_turn(here)
            writer = Writer(here, what, note, undoes, once)
            yield writer
            if writer.changes:
                _refuse_circles(writer.changes)
                _raise_revisions({change.estate for change in writer.changes if change.estate})
                writer.made = _record(writer)
    except IntegrityError:
        refuse_again(here, once)
        raise


def refuse_again(here: Here, once: str | None) -> None:
    """Raises DoneAlreadyError when the form came before."""
    before = here.organisation.acts.filter(once=once).first() if once else None
    if before is not None:
        raise DoneAlreadyError(before)


def _wait_for_turn(here: Here) -> None:
    """Acts of one organisation follow each other, as on SQLite those of all do. On PostgreSQL two acts that change the
    same rows in different orders would wait for each other, and the server would end one of them."""
    turn = Organisation._default_manager.select_for_update(no_key=True).filter(pk=here.organisation.pk)
    turn.values_list("pk").first()


def content(row: models.Model) -> dict[str, Any]:
    """What the history keeps of a row: its `fields` as JSON. A relation is kept by id and by name."""
    kept: dict[str, Any] = {}
    for name in row.fields:
        value = getattr(row, name)
        if isinstance(value, models.Model):
            kept |= {name: str(value), f"{name}_id": value.pk}
        else:
            kept[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return kept


def _check(row: models.Model) -> None:
    """Check the fields. Relations are rows that were read in the same organisation, so not asked again; constraints
    are the database's, which would be asked once for each of them here and once more when it writes."""
    row.clean_fields(exclude={each.name for each in row._meta.fields if each.is_relation})


def _version(row: models.Model) -> int:
    return int(row.version)


def _batches(rows: Sequence[models.Model]) -> Iterator[Sequence[models.Model]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


def _refuse_changed(rows: Sequence[models.Model]) -> None:
    """Raises ConflictError when rows of one table are not as they were read. Nobody else changes them until the act
    ends: its organisation has its turn."""
    now: dict[Any, int] = {}
    for batch in _batches(rows):
        found = type(batch[0])._default_manager.filter(pk__in=[row.pk for row in batch])
        now |= dict(found.values_list("pk", "version"))
    conflicts = [row for row in rows if now.get(row.pk) != _version(row)]
    if conflicts:
        raise _conflict(conflicts)


def _conflict(rows: Sequence[models.Model]) -> ConflictError:
    now = {row.pk: row for row in type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows])}
    return ConflictError([now[row.pk] for row in rows if row.pk in now], [row.pk for row in rows if row.pk not in now])


def _refuse_circles(changes: Iterable[Change]) -> None:
    """Two acts that are right for themselves can make a circle together."""
    led = {change.estate for change in changes if change.kind == Network.kind and (change.after or {}).get("kms_via")}
    if led and in_a_circle(dict(Network._default_manager.filter(estate__in=led).values_list("pk", "kms_via"))):
        raise CircleError("The ways of these networks lead in a circle.")


def _raise_revisions(estates: Iterable[int | None]) -> None:
    Estate._default_manager.filter(pk__in=estates).update(revision=F("revision") + 1, changed=timezone.now())


def _record(writer: Writer) -> Act:
    here = writer.here
    act = Act._default_manager.create(
        organisation=here.organisation,
        organisation_name=here.organisation.name,
        person=here.person,
        person_name=here.person.get_username(),
        request_id=here.request_id,
        what=writer.what,
        note=" ".join(CONTROL.sub(" ", writer.note).split())[:200],
        undoes=writer.undoes,
        once=writer.once or None,
    )
    for change in writer.changes:
        change.act = act
    Change._default_manager.bulk_create(writer.changes, batch_size=AT_ONCE)
    return act
