"""The files of a plan, opened in LibreOffice: the same figures are there, and no text has become a formula."""

import zipfile
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from planner.exports.formats import content
from tests.exports.plans import EXPORT, TO_BUY, nasty_plan
from tests.libreoffice import opened

pytestmark = pytest.mark.libreoffice


def in_libreoffice(folder: Path, name: str, data: bytes) -> Workbook:
    file = folder / name
    file.write_bytes(data)
    return openpyxl.load_workbook(opened(file))


def test_libreoffice_reads_the_same_values_from_each_sheet_of_the_workbook(tmp_path: Path):
    data = content(EXPORT, "xlsx")
    found, written = in_libreoffice(tmp_path, "plan.xlsx", data), openpyxl.load_workbook(BytesIO(data))
    assert found.sheetnames == written.sheetnames
    for sheet in written:
        for row in sheet.iter_rows():
            for cell in row:
                assert found[sheet.title][cell.coordinate].value == cell.value, (sheet.title, cell.coordinate)
    to_buy = list(found["To buy and to request"].iter_rows(min_row=2, max_col=9, values_only=True))
    assert to_buy == [tuple(float(cell) if isinstance(cell, Decimal) else cell for cell in row) for row in TO_BUY]
    assert found["Summary"]["B4"].value == datetime(2026, 11, 24)


def test_of_ten_thousand_cells_of_the_workbook_none_is_evaluated_or_changed(tmp_path: Path):
    export, names = nasty_plan()
    sheet = in_libreoffice(tmp_path, "plan.xlsx", content(export, "xlsx"))["Computers"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2, max_col=1)]
    assert [cell.value for cell in cells] == names
    assert {cell.data_type for cell in cells} == {"s"}


def test_of_ten_thousand_cells_of_csv_none_is_evaluated(tmp_path: Path):
    export, names = nasty_plan()
    with zipfile.ZipFile(BytesIO(content(export, "zip"))) as archive:
        data = archive.read("computers.csv")
    sheet = in_libreoffice(tmp_path, "computers.csv", data).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2, max_col=1)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [bare(cell.value) for cell in cells] == [bare(name) for name in names]


def bare(text: str) -> str:
    """The text without what makes a cell harmless: apostrophes, and blanks for breaks."""
    return text.replace("'", "").replace("\t", " ")


def test_a_cell_that_nothing_makes_harmless_is_evaluated(tmp_path: Path):
    """So that the tests above would see it."""
    cell = in_libreoffice(tmp_path, "raw.csv", b"name\r\n=1+1\r\n").active["A2"]
    assert (cell.data_type, cell.value) == ("f", "=1+1")
