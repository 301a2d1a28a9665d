"""Rows -> a workbook (XLSX) with a sheet a kind, and an About sheet that names the state it was made from."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import xlsxwriter

from activation.exchange.sheets import ABOUT, SHEETS, Cell, cells, heading
from activation.exchange.toml_text import in_order
from activation.exchange.unpacking import LIMITS
from activation.rows import KINDS, Field, Rows
from activation.shipped import rows_from_files

MADE = datetime(2000, 1, 1)  #: written as the time of making, so that the same catalogue gives the same bytes
WIDTHS = {"flag": 12, "maybe": 12, "date": 14, "position": 12, "numbers": 16, "texts": 40, "many": 28}
PLAIN = {"flag", "maybe", "position"}  #: types whose cells need no format
WIDE = 50  #: characters of a column of texts without a limit
HELP = (
    "Change, add or delete rows of the sheets, then import the file: what would change is shown before anything does.",
    "The first column names a row for good: files and saved plans use it. To rename a row, change its name instead.",
    "A list has one entry a line in its cell. Figures: name = number, one a line. Flags: TRUE, FALSE, or empty.",
    "Keep every sheet and every column. A formula is refused: type its value.",
)


class TooLongForSheetError(Exception):
    """A text that no cell of a workbook can hold; the message names it."""


def written(version: str, digest: str, rows: Rows) -> bytes:
    """The workbook. The same catalogue gives the same bytes. Raises TooLongForSheetError."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Catalogue of volume activation", "created": MADE})
    styles = _Styles(book)
    _about(book.add_worksheet(ABOUT), styles, (("version", version), ("state", digest)))
    for kind, name in SHEETS.items():
        _sheet(book.add_worksheet(name), styles, kind, rows)
    book.close()
    return stream.getvalue()


class _Styles:
    """The formats of cells. Text columns are text even where they are still empty, so that 10.0 stays 10.0."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        top = {"valign": "top"}
        self.heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4", **top})
        self.text = book.add_format({"num_format": "@", "text_wrap": True, **top})
        self.date = book.add_format({"num_format": "yyyy-mm-dd", **top})
        self.plain = book.add_format(top)

    def of(self, field: Field) -> Any:
        """The format of a column."""
        return self.date if field.type == "date" else self.plain if field.type in PLAIN else self.text


def _about(sheet: Any, styles: _Styles, facts: Iterable[tuple[str, str]]) -> None:
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 110)
    row = 0
    for row, (name, value) in enumerate(facts):
        sheet.write_string(row, 0, name, styles.heading)
        sheet.write_string(row, 1, value, styles.text)
    for number, line in enumerate(HELP, start=row + 2):
        sheet.write_string(number, 1, line, styles.text)


def _sheet(sheet: Any, styles: _Styles, kind: str, rows: Rows) -> None:
    fields = KINDS[kind].fields
    ordered = in_order(kind, rows[kind], rows_from_files().rows[kind])
    for column, field in enumerate(fields):
        sheet.set_column(column, column, WIDTHS.get(field.type, min(WIDE, field.limit or WIDE)), styles.of(field))
        sheet.write_string(0, column, heading(field), styles.heading)
        if field.choices:
            allowed = {"validate": "list", "source": list(field.choices), "ignore_blank": not field.needed}
            sheet.data_validation(1, column, LIMITS.rows, column, allowed)
    for number, identity in enumerate(ordered, start=1):
        for column, cell in enumerate(cells(kind, rows[kind][identity])):
            _write(sheet, number, column, cell, styles.of(fields[column]), f"{kind} {identity}: {fields[column].name}")
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(ordered)), len(fields) - 1)


def _write(sheet: Any, row: int, column: int, cell: Cell, style: Any, place: str) -> None:
    """Write a cell by its type. Text is written as text: what looks like a formula is none."""
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, style)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell, style)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, style)
    elif cell is not None and sheet.write_string(row, column, cell, style):
        raise TooLongForSheetError(f"{place} has more than {LIMITS.cell} characters, which no cell can hold.")
