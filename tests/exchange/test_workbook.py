"""The workbook: typed cells, no formulas, read back as it was; a wrong cell is named with its sheet, row and field."""

import copy
import io
import re
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activation.exchange import workbook
from activation.exchange.sheets import SHEETS, cells, columns, value_of
from activation.exchange.unpacking import members
from activation.exchange.workbook_reading import read_workbook
from activation.reading import CatalogueFilesError
from activation.rows import KINDS
from activation.shipped import rows_from_files, shipped
from tests.exchange.conftest import open_book, unzipped

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "{=1+1}",
    " =1+1",
    "\u00a0=1",
    "=cmd|' /C calc'!A0",
    '=1+2";=1+2',
    "x\n=cmd",
]
LITERALS = ["_x000D_", "_x0041_ and _", "http://contoso.com", "007", "1e3", "TRUE", "2026-01-01", "'a"]


def rows_with(**notes):
    """The shipped rows with notes on products."""
    rows = copy.deepcopy(rows_from_files().rows)
    for slug, note in notes.items():
        rows["product"][slug.replace("_", "-")]["note"] = note
    return rows


def written(rows):
    return workbook.written(shipped().version, shipped().digest, rows)


def read(data):
    return read_workbook(members(data))[1]


def errors_of(book):
    with pytest.raises(CatalogueFilesError) as caught:
        read(book.saved())
    return [str(error) for error in caught.value.errors]


def test_the_catalogue_is_read_back_as_it_was():
    facts, rows = read_workbook(members(written(rows_from_files().rows)))
    assert rows == rows_from_files().rows
    assert facts == {"version": shipped().version, "state": shipped().digest}


def test_it_is_read_back_after_a_spreadsheet_program_has_saved_it(shipped_book):
    assert read(shipped_book.saved()) == rows_from_files().rows


def test_the_same_catalogue_gives_the_same_bytes():
    assert written(rows_from_files().rows) == written(rows_from_files().rows)


def test_each_kind_has_a_sheet_with_a_frozen_heading_and_a_filter(shipped_book):
    assert shipped_book.book.sheetnames == ["About", *SHEETS.values()]
    for kind, name in SHEETS.items():
        sheet = shipped_book.sheet(name)
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert [cell.value for cell in sheet[1]] == [field.name.replace("_", " ") for field in KINDS[kind].fields]


def test_dates_are_dates_flags_are_flags_and_numbers_are_numbers(shipped_book):
    sheet = shipped_book.sheet("Ends of support")
    day = sheet.cell(shipped_book.row("Ends of support", "windows-7-sp1"), 5)
    assert (day.is_date, day.value.date()) == (True, date(2020, 1, 14))
    flag = shipped_book.sheet("Product groups").cell(2, shipped_book.column("Product groups", "adba"))
    assert flag.data_type == "b"
    place = shipped_book.sheet("Host systems").cell(2, shipped_book.column("Host systems", "position"))
    assert place.data_type == "n"
    version = shipped_book.sheet("Products").cell(2, shipped_book.column("Products", "os version"))
    assert (version.data_type, version.value) == ("s", "10.0")


def test_no_text_becomes_a_formula():
    slugs = list(rows_from_files().rows["product"])
    data = written(rows_with(**dict(zip(slugs, FORMULAS, strict=False))))
    sheets = [content for name, content in unzipped(data).items() if name.startswith("xl/worksheets/")]
    assert len(sheets) == len(SHEETS) + 1
    assert [content for content in sheets if re.search(rb"<f[ >]", content)] == []
    assert not re.search(rb"<hyperlink", b"".join(sheets))


@pytest.mark.parametrize("text", [*FORMULAS, *LITERALS])
def test_a_text_that_looks_like_something_else_is_read_back_as_text(text):
    rows = rows_with(windows_7_enterprise=text)
    assert read(written(rows)) == rows


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp"))), min_size=8, max_size=8))
def test_any_text_is_read_back_as_it_was(texts):
    rows = rows_with(**dict(zip(rows_from_files().rows["product"], texts, strict=False)))
    assert read(written(rows)) == rows


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_says_what_its_field_holds(kind):
    for content in rows_from_files().rows[kind].values():
        for field, cell in zip(KINDS[kind].fields, cells(kind, content), strict=True):
            assert cell is None or value_of(field, cell) == content[field.name]


def test_a_text_that_no_cell_can_hold_is_named():
    with pytest.raises(workbook.TooLongForSheetError, match="product windows-7-enterprise: note has more than 32767"):
        written(rows_with(windows_7_enterprise="x" * 32_768))


def test_the_order_of_columns_and_rows_does_not_matter_and_empty_rows_are_passed_over(shipped_book):
    sheet = shipped_book.sheet("Rules")
    sheet.move_range(f"A1:A{sheet.max_row}", cols=20)
    sheet.insert_rows(3, amount=2)
    assert read(shipped_book.saved())["rule"] == rows_from_files().rows["rule"]


def test_a_flag_may_be_written_in_words_and_a_list_with_commas(shipped_book):
    shipped_book.put("Product groups", "windows-7", "adba", "No")
    shipped_book.put("Product groups", "windows-7", "sources", "EOL, WSD-KEYS")
    shipped_book.put("Ends of support", "windows-7-sp1", "esu end", "2023-01-10")
    rows = read(shipped_book.saved())
    assert rows["group"]["windows-7"]["sources"] == ["EOL", "WSD-KEYS"]
    assert rows["group"]["windows-7"]["adba"] is False
    assert rows["support"]["windows-7-sp1"]["esu_end"] == "2023-01-10"


@pytest.mark.parametrize(
    ("sheet", "slug", "heading", "value", "words"),
    [
        ("Products", "windows-7-enterprise", "family", "desktop", "family: must be one of client, server, office"),
        ("Products", "windows-7-enterprise", "name", None, "name: is missing"),
        ("Products", "windows-7-enterprise", "name", "=A1", "name: holds a formula: type its value"),
        ("Products", "windows-7-enterprise", "builds", "7600\nseven", 'builds: "seven" is not a whole number'),
        ("Products", "windows-7-enterprise", "can host", "perhaps", "can_host: must be TRUE or FALSE"),
        ("Products", "windows-7-enterprise", "name", True, "name: must be text: format the cell as text"),
        ("Products", "windows-7-enterprise", "group", "windows-77", 'group: there is no product group "windows-77"'),
        ("Ends of support", "windows-7-sp1", "extended end", "soon", "extended_end: must be a day in quotes"),
        ("Rules", "R-THRESH", "params", "client = many", 'params: "many" is not a whole number'),
        ("Host systems", "windows-7", "position", -1, 'position: "-1" is not a whole number'),
        ("Sources", "EOL", "where", "javascript:alert(1)", "where: must be a web address"),
    ],
)
def test_a_wrong_cell_is_named_with_its_sheet_row_and_field(shipped_book, sheet, slug, heading, value, words):
    row = shipped_book.row(sheet, slug)
    shipped_book.put(sheet, slug, heading, value)
    (error,) = errors_of(shipped_book)
    assert error.startswith(f"sheet {sheet}: row {row}, ")
    assert words in error


def test_all_wrong_cells_are_named_at_once(shipped_book):
    shipped_book.put("Products", "windows-7-enterprise", "builds", "seven")
    shipped_book.put("Product groups", "windows-7", "family", "desktop")
    shipped_book.put("Keys", "mak-windows-7", "group", "windows-77")
    assert [error.split(":")[0] for error in errors_of(shipped_book)] == [
        "sheet Product groups",
        "sheet Products",
        "sheet Keys",
    ]


def test_a_row_that_stands_there_twice_is_named(shipped_book):
    shipped_book.add("Host systems", slug="windows-7", name="Again", family="client", position=5)
    assert "slug: stands in the file twice" in errors_of(shipped_book)[0]


@pytest.mark.parametrize("sheet", SHEETS.values())
def test_a_sheet_that_is_gone_is_an_error_and_not_the_end_of_its_rows(shipped_book, sheet):
    del shipped_book.book[sheet]
    (error,) = errors_of(shipped_book)
    assert error.startswith(f"sheet {sheet}: the sheet is missing")


def test_a_column_that_is_gone_twice_there_or_unknown_is_named(shipped_book):
    sheet = shipped_book.sheet("Rules")
    sheet.cell(1, shipped_book.column("Rules", "status")).value = "text"
    sheet.cell(1, 30).value = "colour"
    assert errors_of(shipped_book) == [
        "sheet Rules: text: the column is there twice",
        "sheet Rules: colour: there is no such column",
        "sheet Rules: status: the column is missing",
        *(f"sheet Rules: row {n}, rule {slug}: status: is missing" for n, slug in enumerate(columns_of_rules(), 2)),
    ]


def columns_of_rules():
    return list(rows_from_files().rows["rule"])


def test_headings_are_read_in_any_case_with_blanks_or_underscores():
    assert set(columns("product")) >= {"can host", "gvlk source"}
    book = open_book(written(rows_from_files().rows))
    for cell in book.sheet("Products")[1]:
        cell.value = str(cell.value).upper().replace(" ", "_")
    assert read(book.saved())["product"] == rows_from_files().rows["product"]


def test_the_about_sheet_is_not_needed(shipped_book):
    del shipped_book.book["About"]
    facts, rows = read_workbook(members(shipped_book.saved()))
    assert (facts, rows) == ({}, rows_from_files().rows)


def test_an_export_opens_without_a_warning():
    assert openpyxl.load_workbook(io.BytesIO(written(rows_from_files().rows)))
