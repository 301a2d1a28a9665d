"""Tables of plain values -> rows of the catalogue, whatever file they stood in, with everything that is wrong named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from activation.consistency import Problem, problems, references
from activation.rows import KINDS, Content, Field, Kind, Rows
from activation.values import checked

Table = Mapping[str, Any]  #: one row as a file holds it: field -> value
NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class FileError:
    """What is wrong in one place. `row` and `field` are empty when the file as a whole is meant."""

    file: str
    row: str
    field: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.row, self.field, self.message) if part)


class CatalogueFilesError(Exception):
    """The data files are wrong; `errors` has everything that is."""

    def __init__(self, errors: tuple[FileError, ...]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


@dataclass(slots=True)
class Reading:
    """Rows while they are read.

    `files`: which file, or sheet of one, holds a kind. `numbered`: messages tell where in it a row stands.
    """

    files: Mapping[str, str]
    numbered: bool = False
    rows: Rows = field(default_factory=lambda: {kind: {} for kind in KINDS})
    errors: list[FileError] = field(default_factory=list)
    places: dict[tuple[str, str], str] = field(default_factory=dict)  #: kind and identity -> where the row stands
    unclear: set[tuple[str, str]] = field(default_factory=set)  #: rows with an error of their own
    nameless: set[str] = field(default_factory=set)  #: kinds with rows whose identity cannot be told

    def wrong(self, kind: str, message: str, row: str = "", field: str = "") -> None:
        self.errors.append(FileError(self.files[kind], row, field, message))

    def unreadable(self, kind: str, message: str, field: str = "") -> None:
        """Rows of a kind cannot be read at all: whoever names one is not to blame."""
        self.wrong(kind, message, field=field)
        self.nameless.add(kind)

    def add(self, kind: str, table: Table, place: str, position: int, unread: Mapping[str, str] = NONE) -> str | None:
        """Add one row. Returns its identity, or None when that cannot be told.

        `place`: where it stands. `position`: its place in the order, when it gives none. `unread`: fields whose value
        could not be made out, and why.
        """
        spec = KINDS[kind]
        content, wrong = _content(spec, table, position, unread)
        row = self._row(_named(kind, table), place)
        for name, message in wrong:
            self.wrong(kind, message, row, name)
        if {name for name, _ in wrong} & set(spec.identity):
            self.nameless.add(kind)
            return None
        identity = spec.identify(content)
        if identity in self.rows[kind]:
            self.wrong(kind, "stands in the file twice", row, spec.identity[-1])
        if wrong:
            self.unclear.add((kind, identity))
        self.rows[kind][identity] = content
        self.places[kind, identity] = place
        return identity

    def finish(self) -> Rows:
        """The rows, consistent in themselves. Raises CatalogueFilesError with all that is wrong."""
        found = list(self._references()) if self.errors else problems(self.rows)
        for problem in found:
            place = self.places.get((problem.kind, problem.identity), "")
            self.wrong(
                problem.kind, problem.message, self._row(f"{problem.kind} {problem.identity}", place), problem.field
            )
        if self.errors:
            raise CatalogueFilesError(tuple(self.errors))
        return self.rows

    def _row(self, name: str, place: str) -> str:
        """What a row is called in a message."""
        return f"{place}, {name}" if self.numbered and name and place else name or place

    def _references(self) -> Iterator[Problem]:
        """What can be said for sure about references when some rows could not be read."""
        for problem in references(self.rows):
            to = field_of(problem.kind, problem.field).to
            if to not in self.nameless and (problem.kind, problem.identity) not in self.unclear:
                yield problem


def _named(kind: str, table: Table) -> str:
    """What a row is called in a message, "" when it has no name."""
    name = "/".join(str(table.get(part, "?")) for part in KINDS[kind].identity)
    return f"{kind} {name}" if name.strip("?/") else ""


def _content(
    spec: Kind, table: Table, position: int, unread: Mapping[str, str]
) -> tuple[Content, list[tuple[str, str]]]:
    wrong = [(name, "there is no such field") for name in sorted(table.keys() - {field.name for field in spec.fields})]
    wrong += unread.items()
    content: Content = {}
    for own in spec.fields:
        content[own.name] = position if own.type == "position" else own.absent()
        try:
            if own.name in table:
                content[own.name] = checked(table[own.name], own)
            elif own.needed and own.name not in unread:
                raise ValueError("is missing")
        except ValueError as error:
            wrong.append((own.name, str(error)))
    return content, wrong


def field_of(kind: str, name: str) -> Field:
    """The field of a kind that has this name. Raises KeyError when there is none."""
    return {field.name: field for field in KINDS[kind].fields}[name]
