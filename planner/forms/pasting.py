"""Rows pasted from a spreadsheet or a CSV file -> rows as they would be typed."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from activation.rules.lookup import folded
from activation.rules.reading import shown
from planner.forms.lines import typed_text
from planner.tables import Table

DELIMITERS = ("\t", ";", ",")
#: Other names that a header may say: those of estate/1.
ALIASES = {"remaining": "used", "hosts_used": "used"}
MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Pasted:
    """Rows with the number of their line, counted from 1, and what could not be read: (line or 0, words)."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)


def pasted(text: str, table: Table) -> Pasted:
    """The rows of a text whose cells tabs, semicolons or commas separate, with a header or in the table's order."""
    found = Pasted()
    lines = list(_records(text.removeprefix("\ufeff"), table, found))
    if not lines:
        return found
    if len(lines) > MOST_ROWS:
        found.wrong.append((0, f"Enter at most {MOST_ROWS:,} rows at once, not {len(lines):,}."))
        return found
    names = _header(lines[0][1], table)
    for number, cells in lines[1:] if names else lines:
        _row(number, cells, names or [column.name for column in table.columns], table, found)
    if names:
        _check_header(*lines[0], names, found)
    return found


def _records(text: str, table: Table, found: Pasted) -> Iterator[tuple[int, list[str]]]:
    rows = text.splitlines(keepends=True)
    reader, start = csv.reader(rows, delimiter=_delimiter(rows, table), strict=True), 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, [cell.strip() for cell in cells]
            start = reader.line_num + 1
    except csv.Error:
        found.wrong.append((start, "A quote that opens here is not closed, or a cell is far too long. Mend this row."))


def _delimiter(rows: Sequence[str], table: Table) -> str:
    """The sign that gives most cells with a known name in the first row, else the first one that stands there."""
    first = next((row for row in rows if row.strip()), "")
    known = {mark: sum(map(bool, _header(first.strip().split(mark), table))) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: known[mark])
    return best if known[best] > 1 else next((mark for mark in DELIMITERS if mark in first), ",")


def _header(cells: Sequence[str], table: Table) -> list[str]:
    """The column that each cell names, empty where it names none; no list when the row is no header."""
    known = {word: column.name for column in table.columns for word in (column.name, folded(column.label))}
    words = [folded(cell.strip().strip('"')) for cell in cells]
    names = [known.get(ALIASES.get(word, word), "") for word in words]
    return names if any(names) else []


def _check_header(number: int, cells: Sequence[str], names: Sequence[str], found: Pasted) -> None:
    for cell, name in zip(cells, names, strict=False):
        if not name:
            found.wrong.append((number, f"There is no column {shown(cell)}. Take it out, or give it another name."))
        elif names.count(name) > 1:
            found.wrong.append((number, f"The column {shown(cell)} stands here more than once. Keep one of them."))


def _row(number: int, cells: Sequence[str], names: Sequence[str], table: Table, found: Pasted) -> None:
    if any(cells[len(names) :]):
        found.wrong.append((number, f"Enter at most {len(names)} cells, not {len(cells):,}."))
        return
    columns = ((name, table.column(name), cell) for name, cell in zip(names, cells, strict=False))
    found.rows.append((number, {name: typed_text([cell], column) for name, column, cell in columns if column}))
