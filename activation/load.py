"""Data files -> tables. Loading again changes nothing; what was edited here stays and is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from activation.files import FOLDER, Files, read_files
from activation.merge import Verdict, verdict
from activation.models import ShippedRow
from activation.recording import Act, User, recorded
from activation.rows import KINDS, Rows, row_digest
from activation.tables import add, delete, update

Digests = dict[tuple[str, str], str]  #: (kind, identity) -> digest of the content


@dataclass(frozen=True, slots=True)
class Change:
    """One row that was changed, or that was not and why."""

    kind: str
    identity: str
    reason: str = ""


@dataclass(slots=True)
class Changes:
    """What a load did. `kept` and `conflicting` rows stay as administrators made them."""

    version: str
    digest: str = ""
    added: list[Change] = field(default_factory=list)
    updated: list[Change] = field(default_factory=list)
    removed: list[Change] = field(default_factory=list)
    kept: list[Change] = field(default_factory=list)
    conflicting: list[Change] = field(default_factory=list)

    @property
    def written(self) -> bool:
        """Whether any row of the tables changed."""
        return bool(self.added or self.updated or self.removed)


def load(folder: Path = FOLDER, user: User = None) -> Changes:
    """Load the data files in one transaction, as one act of the history. `user`: who asked for it, if known.

    Raises CatalogueFilesError, with nothing loaded, when the files are wrong.
    """
    files = read_files(folder)
    with recorded("load", user, f"The data files of {files.version}.") as act:
        act.version = files.version
        changes = _Load(files, act).run()
        act.wrote = changes.written
    changes.digest = act.digest
    return changes


def _digests(rows: Rows) -> Digests:
    return {(kind, name): row_digest(kind, row) for kind in KINDS for name, row in rows[kind].items()}


class _Load:
    """One load: three sets of digests are compared, then kind by kind the tables follow."""

    def __init__(self, files: Files, act: Act) -> None:
        self.rows, self.ids = files.rows, act.ids
        self.files, self.here = _digests(files.rows), _digests(act.rows)
        self.shipped: Digests = {(row.kind, row.identity): row.digest for row in ShippedRow.objects.all()}
        self.refused: set[tuple[str, str]] = set()
        self.changes = Changes(files.version)

    def run(self) -> Changes:
        for kind in reversed(KINDS):
            self._remove(kind)
        for kind in KINDS:
            self._add(kind)
            self._update(kind)
            self._report_edited(kind)
        self._remember()
        return self.changes

    def _named(self, kind: str, wanted: Verdict) -> list[str]:
        """The rows of a kind that get this verdict, in alphabetical order."""
        rows = sorted({row for row in self.files.keys() | self.here.keys() | self.shipped.keys() if row[0] == kind})
        compared = ((row[1], verdict(self.files.get(row), self.here.get(row), self.shipped.get(row))) for row in rows)
        return [name for name, what in compared if what == wanted]

    def _remove(self, kind: str) -> None:
        for name in self._named(kind, "remove"):
            self._attempt(kind, name, self.changes.removed, delete, name)

    def _add(self, kind: str) -> None:
        names = [name for name in self._named(kind, "add") if not self._lacks(kind, name)]
        contents = self.rows[kind]
        if not names:
            return
        try:
            with transaction.atomic():
                add(kind, [contents[name] for name in names], self.ids)
            self.changes.added += [Change(kind, name) for name in names]
        except IntegrityError:
            for name in names:
                self._attempt(kind, name, self.changes.added, add, [contents[name]])

    def _update(self, kind: str) -> None:
        for name in self._named(kind, "update"):
            if not self._lacks(kind, name):
                self._attempt(kind, name, self.changes.updated, update, self.rows[kind][name])

    def _attempt(self, kind: str, name: str, done: list[Change], act: Callable[..., None], what: object) -> None:
        """Do one thing, or undo it alone and report why it does not go."""
        try:
            with transaction.atomic():
                act(kind, what, self.ids)
            done.append(Change(kind, name))
        except ProtectedError:
            self._refuse(kind, name, "no longer shipped, but other rows here need it")
        except IntegrityError:
            self._refuse(kind, name, "another row here has what must be its own, a name for example")

    def _lacks(self, kind: str, name: str) -> bool:
        """Whether the row names one that was deleted here; then it is reported."""
        for field_ in KINDS[kind].fields:
            value = self.rows[kind][name][field_.name] if field_.to else None
            for named in value if isinstance(value, list) else [value]:
                if named is not None and named not in self.ids[field_.to]:
                    self._refuse(kind, name, f'needs the {KINDS[field_.to].word} "{named}", which was deleted here')
                    return True
        return False

    def _refuse(self, kind: str, name: str, reason: str) -> None:
        self.refused.add((kind, name))
        self.changes.conflicting.append(Change(kind, name, reason))

    def _report_edited(self, kind: str) -> None:
        for name in self._named(kind, "kept"):
            self.changes.kept.append(Change(kind, name, self._how(kind, name)))
        for name in self._named(kind, "conflicting"):
            files = "changed in the data files" if name in self.rows[kind] else "no longer in the data files"
            self.changes.conflicting.append(Change(kind, name, f"{self._how(kind, name)}, and {files}"))

    def _how(self, kind: str, name: str) -> str:
        return "edited here" if (kind, name) in self.here else "deleted here"

    def _remember(self) -> None:
        """Record what was shipped now. A refused row keeps its old record, so that the next load tries again."""
        known = self.shipped
        wanted = {row: digest for row, digest in self.files.items() if row not in self.refused}
        wanted |= {row: known[row] for row in self.refused if row in known}
        for kind, name in known.keys() - wanted.keys():
            ShippedRow.objects.filter(kind=kind, identity=name).delete()
        ShippedRow.objects.bulk_create(
            (
                ShippedRow(kind=kind, identity=name, digest=digest)
                for (kind, name), digest in wanted.items()
                if known.get((kind, name)) != digest
            ),
            update_conflicts=True,
            unique_fields=["kind", "identity"],
            update_fields=["digest"],
        )
