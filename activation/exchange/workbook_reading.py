"""A workbook (XLSX) -> rows. Its members are unpacked already; what it holds is not trusted.

openpyxl reads it row by row. A reader that keeps a sheet as one block (python-calamine) asks for 512 GB of memory when
a 5 kB file has a cell in the last row and column, and ends the process.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import openpyxl

from activation.exchange.sheets import ABOUT, SHEETS, columns, folded_heading, value_of
from activation.exchange.unpacking import LIMITS, UnreadableFileError, repacked
from activation.files import STEP
from activation.reading import Reading
from activation.rows import Field, Rows

SPOILT = "The selected file is not a workbook that can be read. Export a new one."
SHARED_TEXTS = "xl/sharedStrings.xml"
ESCAPED = re.compile(
    "_x([0-9A-Fa-f]{4})_"
)  #: how a workbook writes a letter that XML cannot hold, or such a text itself
TOO_FAR = LIMITS.rows + 2  #: a heading and one row more than there may be


def read_workbook(contents: dict[str, bytes]) -> tuple[Mapping[str, str], Rows]:
    """The facts of the About sheet and the rows. Raises UnreadableFileError or CatalogueFilesError."""
    _refuse_entities(contents)
    try:
        sheets = _sheets(repacked(_whole_escapes(contents)))
    except UnreadableFileError:
        raise
    except Exception as error:  # a spoilt workbook fails in as many ways as there are parts to spoil
        raise UnreadableFileError(SPOILT) from error
    reading = Reading({kind: f"sheet {name}" for kind, name in SHEETS.items()}, numbered=True)
    for kind, name in SHEETS.items():
        _read_sheet(reading, kind, sheets.get(name))
    return _facts(sheets.get(ABOUT, [])), reading.finish()


def _refuse_entities(contents: Mapping[str, bytes]) -> None:
    """No workbook needs a document type, and with one a small file can grow without end."""
    for name, content in contents.items():
        if name.lower().endswith((".xml", ".rels")) and b"<!DOCTYPE" in content.replace(b"\0", b"").upper():
            raise UnreadableFileError(SPOILT)


def _whole_escapes(contents: dict[str, bytes]) -> dict[str, bytes]:
    """openpyxl undoes one kind of escape by itself, and only that one; in small letters it leaves it to `ESCAPED`."""
    return {
        name: content.replace(b"x005F_", b"x005f_") if name == SHARED_TEXTS else content
        for name, content in contents.items()
    }


def _sheets(data: bytes) -> dict[str, list[list[Any]]]:
    """The rows of each of our sheets, each a list of values; a formula is a `Wrong`."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    return {name: list(_rows(book[name])) for name in (ABOUT, *SHEETS.values()) if name in book.sheetnames}


class Wrong(str):
    """A cell that says nothing by itself: why, in words."""


def _rows(sheet: Any) -> Iterator[list[Any]]:
    sheet.reset_dimensions()  # what the file says of its size is not believed
    for number, row in enumerate(sheet.iter_rows(max_row=TOO_FAR, max_col=LIMITS.columns + 1), start=1):
        if number == TOO_FAR:
            raise UnreadableFileError(f"The sheet {sheet.title} has more than {LIMITS.rows} rows.")
        if len(row) > LIMITS.columns and row[LIMITS.columns].value is not None:
            raise UnreadableFileError(f"The sheet {sheet.title} has more than {LIMITS.columns} columns.")
        yield [_value(cell) for cell in row]


def _value(cell: Any) -> Any:
    if cell.data_type == "f":
        return Wrong("holds a formula: type its value")
    if cell.data_type == "e":
        return Wrong(f"holds an error of the spreadsheet: {cell.value}")
    return ESCAPED.sub(_letter, cell.value) if isinstance(cell.value, str) else cell.value


def _letter(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))


def _facts(rows: list[list[Any]]) -> dict[str, str]:
    """What the About sheet says: name -> text."""
    return {str(row[0]): row[1] for row in rows if len(row) > 1 and row[0] and isinstance(row[1], str)}


def _read_sheet(reading: Reading, kind: str, rows: list[list[Any]] | None) -> None:
    """Add the rows of a sheet. Empty rows and columns are passed over; a sheet or column that is gone is an error."""
    if not rows:
        message = "the sheet is missing" if rows is None else "the sheet has no headings"
        reading.unreadable(kind, f"{message}; export a new file to see how it begins")
        return
    fields = _columns(reading, kind, rows[0])
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell not in (None, "") for cell in cells):
            _read_row(reading, kind, fields, cells, number)


def _columns(reading: Reading, kind: str, headings: list[Any]) -> dict[int, Field]:
    """Which column holds which field."""
    known, found = columns(kind), {}
    for number, text in enumerate(headings):
        field = known.get(folded_heading("" if text is None else text))
        if text not in (None, "") and field is None:
            reading.wrong(kind, "there is no such column", field=str(text)[:80])
        if field and field in found.values():
            reading.wrong(kind, "the column is there twice", field=field.name)
        elif field:
            found[number] = field
    for field in known.values():
        if field not in found.values():
            reading.unreadable(kind, "the column is missing", field.name)
    return found


def _read_row(reading: Reading, kind: str, fields: Mapping[int, Field], cells: list[Any], number: int) -> None:
    table: dict[str, Any] = {}
    unread: dict[str, str] = {}
    for column, field in fields.items():
        cell = cells[column] if column < len(cells) else None
        try:
            if cell not in (None, ""):
                table[field.name] = _said(field, cell)
        except ValueError as error:
            unread[field.name] = str(error)
    reading.add(kind, table, f"row {number}", (number - 1) * STEP, unread)


def _said(field: Field, cell: Any) -> Any:
    if isinstance(cell, Wrong):
        raise ValueError(str(cell))
    return value_of(field, cell)
