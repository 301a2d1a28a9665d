"""The files of a plan, read back by programs that did not write them: the same figures in each, typed in by hand."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import openpyxl
import pypdf
import pytest

from planner.exports.export import Export
from planner.exports.formats import FORMATS, content
from tests.exports.plans import CATALOGUE, EXPORT, TO_BUY, nasty_plan, plan

TITLES = [
    *("Summary", "KMS host keys", "KMS hosts", "MAKs", "To buy and to request", "Licences", "Worksheet"),
    *("Computers", "Warnings", "Sources"),
]


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content(EXPORT, "xlsx")))


def archive(kind: str, export: Export = EXPORT) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content(export, kind))) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def rows(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True))


def pages(kind: str, export: Export = EXPORT) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content(export, kind)))


def as_money(cell: object) -> object:
    return Decimal(str(cell)).quantize(Decimal("0.01")) if isinstance(cell, float) else cell


def test_the_workbook_has_its_sheets_each_with_a_fixed_head_a_filter_and_an_area_to_print(book: openpyxl.Workbook):
    assert book.sheetnames == TITLES
    for sheet in book:
        assert sheet.freeze_panes == "A2", sheet.title
        assert sheet.auto_filter.ref, sheet.title
        assert sheet.print_area, sheet.title
        assert sheet.print_title_rows == "$1:$1", sheet.title
    assert [len(sheet._charts) for sheet in book if sheet.title == "Worksheet"] == [1]


def test_the_workbook_says_what_to_buy_in_numbers(book: openpyxl.Workbook):
    found = [row[:9] for row in book["To buy and to request"].iter_rows(min_row=2, values_only=True)]
    wanted = [tuple(float(cell) if isinstance(cell, Decimal) else cell for cell in row) for row in TO_BUY]
    assert found == wanted


def test_days_numbers_and_amounts_are_typed(book: openpyxl.Workbook):
    summary = {row[0]: row[1] for row in book["Summary"].iter_rows(values_only=True)}
    assert summary["Day"] == datetime(2026, 11, 24)
    assert (summary["Computers"], summary["MAK activations"], summary["Licences to buy"]) == (39, 3, 3)
    assert as_money(float(summary["Cost in EUR"])) == Decimal("2469.10")


def test_the_archive_has_a_table_in_each_file_with_the_same_figures():
    files = archive("zip")
    assert list(files) == [
        *("summary.csv", "kms-host-keys.csv", "kms-hosts.csv", "maks.csv", "to-buy.csv", "licences.csv"),
        *("worksheet.csv", "computers.csv", "warnings.csv", "sources.csv"),
    ]
    assert rows(files["to-buy.csv"])[1:] == [["" if cell is None else str(cell) for cell in row] for row in TO_BUY]
    for text in files.values():
        assert text.startswith("\ufeff")
        assert text.count("\n") == text.count("\r\n")


def test_where_semicolons_separate_the_decimals_have_a_comma():
    assert rows(archive("semicolon.zip")["to-buy.csv"], ";")[1][6:] == ["1234,50", "EUR", "2469,00"]
    assert rows(content(EXPORT, "semicolon.csv").decode(), ";")[0][:3] == ["section", "where", "item"]
    assert rows(content(EXPORT, "tab.csv").decode(), "\t")[0][:3] == ["section", "where", "item"]


def test_workbook_and_archive_say_the_same_cell_by_cell(book: openpyxl.Workbook):
    for sheet, text in zip(book, archive("zip").values(), strict=True):
        table = rows(text)
        width = len(table[0])
        cells = [row[:width] for row in sheet.iter_rows(max_row=len(table), values_only=True)]
        assert [[as_text(cell) for cell in row] for row in cells] == [[plainly(cell) for cell in row] for row in table]


def as_text(cell: object) -> str:
    return plainly(str(cell.date() if isinstance(cell, datetime) else "" if cell is None else cell))


def plainly(text: str) -> str:
    """A number without the noughts that a workbook does not keep."""
    return f"{Decimal(text):f}".rstrip("0").rstrip(".") if re.fullmatch(r"\d+(\.\d+)?", text) else text


@pytest.mark.parametrize(("kind", "size"), [("pdf", (595, 842)), ("letter.pdf", (612, 792))])
def test_the_pdf_is_tagged_has_a_language_and_a_text_to_take_out(kind: str, size: tuple[int, int]):
    reader = pages(kind)
    root = reader.trailer["/Root"]
    assert (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)) == size
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert reader.metadata.title == "Activation plan for Contoso: Budget 2027"
    text = " ".join("\n".join(page.extract_text() for page in reader.pages).split())
    for words in ("Windows 7 Enterprise 33 31 2 1,234.50 EUR 2,469.00", "Total EUR 2,469.10", "In total 39"):
        assert words in text


def test_markdown_and_text_name_the_same_cost():
    assert "| Total |  |  |  |  |  |  | EUR | 2,469.10 |" in content(EXPORT, "md").decode()
    assert "Cost in total: 2,469.10 EUR." in content(EXPORT, "txt").decode()
    assert "Cost,,Licences to buy,,2469.10,EUR," in content(EXPORT, "csv").decode()


def test_json_is_plan_1_byte_for_byte_as_it_was_kept():
    assert json.loads(content(EXPORT, "json"))["format"] == "plan/1"
    assert content(Export(plan(), CATALOGUE, document='{"kept": 1}\n'), "json") == b'{"kept": 1}\n'


@pytest.mark.parametrize("kind", list(FORMATS))
def test_the_same_plan_gives_the_same_bytes(kind: str):
    assert content(EXPORT, kind) == content(EXPORT, kind)


HOSTILE = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>", '" onmouseover="x', "{{7*7}}", "{% debug %}"),
    *("javascript:alert(1)", '<b hx-get="/x">', '<img src="file:///etc/passwd">', '#read("/etc/passwd")', "| x |"),
    *("@import url(http://169.254.169.254/)", "*bold*", "$x$", "\u00a0=1"),
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_text_in_every_file(name: str):
    export = Export(plan(name, f"N {name}"), CATALOGUE, name)
    sheets = workbook_parts(export)
    assert not any("<f>" in part or "<hyperlink" in part for part in sheets)
    found = openpyxl.load_workbook(io.BytesIO(content(export, "xlsx")))["Summary"]["B2"]
    assert (found.value, found.data_type) == (name, "s")
    reader = pages("pdf", export)
    assert not any("/AA" in page or "/Annots" in page for page in reader.pages)
    assert "/OpenAction" not in reader.trailer["/Root"]
    assert "".join(name.split()) in "".join("".join(page.extract_text() for page in reader.pages).split())
    markdown = content(export, "md").decode()
    assert not re.search(r"(?<!\\)<(script|b|img)", markdown)


def workbook_parts(export: Export) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content(export, "xlsx"))) as file:
        return [file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/sheet")]


def test_of_ten_thousand_names_none_is_a_formula_in_the_workbook_or_in_csv():
    export, names = nasty_plan()
    assert len(names) == 10_000
    assert not any("<f>" in part for part in workbook_parts(export))
    book = openpyxl.load_workbook(io.BytesIO(content(export, "xlsx")), read_only=True)
    assert [row[0] for row in book["Computers"].iter_rows(min_row=2, max_col=1, values_only=True)] == names
    runs = re.compile(r"""(^|[,;\t|])["\s\u00a0\u200b]*[=+\-@\uff1d]""", re.MULTILINE)
    assert not runs.search(archive("zip", export)["computers.csv"].removeprefix("\ufeff"))


def test_of_a_table_on_paper_only_the_first_5_000_rows_stand_and_it_says_so():
    made = plan()
    line = made.computers[0]
    many = tuple(replace(line, network=f"Network {number:05}") for number in range(5_001))
    text = "".join(each.extract_text() for each in pages("pdf", Export(replace(made, computers=many), CATALOGUE)).pages)
    assert "Only the first 5,000 rows are printed." in " ".join(text.split())
    assert "Network 04999" in text
    assert "Network 05000" not in text
