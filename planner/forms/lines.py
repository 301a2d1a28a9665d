"""Rows of an estate as they are typed: one form for each row, and many rows pasted from a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from activation.rules.catalogue import Catalogue
from activation.rules.interchange import without_keys
from planner.forms.choices import Choices, Pairs
from planner.forms.rows import Field
from planner.tables import Column, Table

#: What is typed into a column of these kinds makes a row; the others hold something from the start.
SAYS = frozenset({"text", "number", "product", "key", "tail"})
TAIL = 5  #: characters of a product key that may be kept


@dataclass(slots=True)
class Entry:
    """One field of a form with its column. `choices`: what it offers; `texts`: one for each machine, else empty."""

    column: Column
    field: Field
    choices: Pairs = ()
    groups: tuple[tuple[str, Pairs], ...] = ()

    @property
    def texts(self) -> list[str]:
        return [*filter(None, self.field.text.split(",")), ""]


@dataclass(frozen=True)
class Offers:
    """What the lists of a form offer, beside what the table itself says."""

    networks: Pairs
    catalogue: Catalogue


class LineForm:
    """One row. `prefix` stands before the name of each field where a page has several rows."""

    def __init__(self, table: Table, typed: Mapping[str, str], offers: Offers, prefix: str = "") -> None:
        self.table, self.typed, self.prefix = table, typed, prefix
        self.entries = [_entry(column, typed, offers, prefix) for column in table.columns]
        self.title = ""

    def is_blank(self) -> bool:
        """True when nothing was typed that says what the row is about."""
        return not any(
            self.typed.get(column.name) not in (None, "", column.untouched)
            for column in self.table.columns
            if column.kind in SAYS
        )

    def entry(self, name: str) -> Entry:
        """The field of that name, the first one for a name that the form does not show."""
        return next((entry for entry in self.entries if entry.column.name == name), self.entries[0])

    def has_more_mistakes(self) -> bool:
        """True when something is to be mended in the part that is folded at first."""
        return any(entry.field.mistake for entry in self.entries if entry.column.more)


def typed_in(query: QueryDict, columns: Iterable[Column], prefix: str = "") -> dict[str, str]:
    """Field -> text of one row as it was sent. Product keys are cut as they are read."""
    return {column.name: typed_text(query.getlist(prefix + column.name), column) for column in columns}


def typed_text(texts: list[str], column: Column) -> str:
    """The text of one field; several machines are one text."""
    if column.kind == "systems":
        return ",".join(filter(None, map(without_keys, texts)))
    text = texts[-1] if texts else ""
    cut = without_keys(text)
    if column.kind == "tail" and cut != text:
        return "".join(filter(str.isalnum, text))[-TAIL:].upper()
    return cut.strip()


def blank_row(table: Table) -> dict[str, str]:
    """A row in which nothing was typed yet."""
    return {column.name: _untouched(column) for column in table.columns}


def _untouched(column: Column) -> str:
    if column.kind == "day":
        return timezone.localdate().isoformat()
    return column.untouched if column.kind not in SAYS else ""


def _entry(column: Column, typed: Mapping[str, str], offers: Offers, prefix: str) -> Entry:
    text = typed.get(column.name, "")
    field = Field(f"{prefix}{column.name}", column.label, text)
    return Entry(column, field, tuple(_choices(column, text, offers)), _groups(column, text, offers))


def _choices(column: Column, text: str, offers: Offers) -> Iterator[tuple[str, str]]:
    if column.kind == "network":
        yield ("", "Its own" if column.name == "kms_via" else "")
        yield from ((name, name) for _, name in offers.networks)
        if text and text not in [name for _, name in offers.networks]:
            yield (text, text)
    elif column.kind == "systems":
        yield ("", "")
        yield from Choices((), frozenset(), offers.catalogue).systems
    else:
        yield from column.choices


def _groups(column: Column, text: str, offers: Offers) -> tuple[tuple[str, Pairs], ...]:
    if column.kind != "key":
        return ()
    return tuple(Choices((), frozenset({text}), offers.catalogue).keys)
