"""The plan as a workbook (XLSX), written row by row: however long the plan is, it takes no more memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

from planner.exports.contents import sheets
from planner.exports.export import Export
from planner.exports.sheets import Cell, Kind, Row, Sheet
from planner.wording import WORKSHEET_ROWS

A4 = 9  #: as the format counts papers
LONGEST = 32_767  #: characters of a cell
WRAPPED = 30  #: columns of texts wider than this break their lines
FORMATS: Mapping[Kind, str] = {"number": "#,##0", "money": "#,##0.00", "day": "yyyy-mm-dd"}
CHART = 20  #: rows that the chart takes, below the table
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
#: Rows of the worksheet that are no methods.
ENDS = (WORKSHEET_ROWS["total"], WORKSHEET_ROWS["remaining"])


def write_workbook(export: Export, file: BinaryIO) -> None:
    """Write the workbook into the file: a sheet for each table. The same plan gives the same bytes."""
    book = xlsxwriter.Workbook(file, OPTIONS)
    day = datetime.fromisoformat(export.plan.as_of)
    book.set_properties({"title": export.title, "created": day})
    styles = _Styles(book)
    for each in sheets(export):
        sheet = book.add_worksheet(each.title)
        last = _write(sheet, each, styles)
        if each.slug == "worksheet":
            last = _chart(book, sheet, each, last)
        _print(sheet, last, len(each.columns))
    book.close()


class _Styles:
    """The formats of cells, one for each kind."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "text_wrap": True})
        self.quiet = book.add_format({"italic": True, "font_color": "#595959"})
        top = {"valign": "top"}
        self.of: dict[Kind, Any] = {
            kind: book.add_format({"num_format": form, **top}) for kind, form in FORMATS.items()
        }
        self.of["text"] = book.add_format(top)
        self.wrapped = book.add_format({"text_wrap": True, **top})
        self.texts = (self.of["text"], self.wrapped)
        self.foot = {
            kind: book.add_format({"num_format": FORMATS.get(kind, "@"), "bold": True, "top": 1}) for kind in self.of
        }


def _write(sheet: Any, each: Sheet, styles: _Styles) -> int:
    """Head, rows and foot. Returns the number of the last row."""
    formats = []
    for number, column in enumerate(each.columns):
        # Thousands of rows with broken lines open slowly: those of computers stay one line high.
        wraps = column.kind == "text" and column.width > WRAPPED and each.slug != "computers"
        formats.append(styles.wrapped if wraps else styles.of[column.kind])
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.label, styles.head)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(each.rows(), start=1):
        _cells(sheet, last, row, formats, styles)
    sheet.autofilter(0, 0, max(last, 1), len(each.columns) - 1)
    if not last:
        last = 1
        sheet.write_string(last, 0, each.none, styles.quiet)
    for row in each.foot:
        last += 1
        _cells(sheet, last, row, [styles.foot[column.kind] for column in each.columns], styles)
    return last


def _cells(sheet: Any, number: int, row: Row, formats: list[Any], styles: _Styles) -> None:
    """Each cell by its type. A text is written as text, whatever it looks like."""
    for column, cell in enumerate(row):
        if type(cell) is str:
            if cell:
                sheet.write_string(
                    number, column, cell if len(cell) <= LONGEST else cell[: LONGEST - 1] + "…", formats[column]
                )
        elif cell is not None:
            _other(sheet, number, column, cell, formats[column], styles)


def _other(sheet: Any, number: int, column: int, cell: Cell, style: Any, styles: _Styles) -> None:
    """A number, an amount or a day. In a column of texts, it looks as its kind does."""
    kind: Kind = "day" if isinstance(cell, date) else "money" if isinstance(cell, Decimal) else "number"
    if style in styles.texts:
        style = styles.of[kind]
    write = sheet.write_datetime if kind == "day" else sheet.write_number
    write(number, column, cell, style)


def _chart(book: Any, sheet: Any, each: Sheet, last: int) -> int:
    """How many computers each method activates, below the worksheet. Returns the last row that it covers."""
    rows = [row[0] for row in each.rows()]
    first, end = 2, 1 + sum(1 for words in rows if words not in ENDS)
    if len(each.columns) < 2 or end < first:
        return last
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for column in range(1, len(each.columns)):
        chart.add_series(
            {
                "name": [each.title, 0, column],
                "categories": [each.title, first, 0, end, 0],
                "values": [each.title, first, column, end, column],
            }
        )
    chart.set_title({"name": "Computers by method", "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 760, "height": 20 * CHART})
    about = {"description": "Bars: how many computers each method activates, as in the table above."}
    sheet.insert_chart(last + 2, 0, chart, about)
    return last + 2 + CHART


def _print(sheet: Any, last: int, columns: int) -> None:
    """On A4 across, as wide as the page, the head on each page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, last, columns - 1)
    sheet.set_footer("&L&A&R&P / &N")
