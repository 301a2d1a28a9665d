"""Delimiters, blanks, headings and types that are not what a program expects."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from planner.imports.limits import Limits
from planner.imports.looking import Look, look
from planner.imports.reading import Question, read
from planner.imports.shapes import Shape, UnreadableFileError
from planner.imports.tally import Tally


def reading(path: Path, data: bytes, shape: Shape | None = None) -> tuple[Look, Tally]:
    path.write_bytes(data)
    seen = look(path, Limits(), shape)
    known, question = seen.recognised, Question(date(2026, 11, 24))
    return seen, read(path, seen.shape, known.format, known.columns, question, Limits(), path.with_suffix(".refused"))


def test_of_two_delimiters_the_one_that_the_headings_have_is_taken_and_another_can_be_chosen(tmp_path: Path) -> None:
    data = b"Name;OperatingSystem;Location\nPC1;Windows 10 Enterprise;Berlin, Mitte\nPC2;Windows 7 Enterprise;a,b,c\n"
    seen, tally = reading(tmp_path / "upload", data)
    assert seen.shape.delimiter == ";"
    assert sorted(group.where.site for group in tally.groups) == ["Berlin, Mitte", "a,b,c"]
    chosen = look(tmp_path / "upload", Limits(), Shape("text", "utf-8", ","))
    assert chosen.headings == ("Name;OperatingSystem;Location",)


def test_a_table_of_one_column_needs_no_delimiter(tmp_path: Path) -> None:
    seen, tally = reading(tmp_path / "upload", b"OperatingSystem\nWindows 10 Enterprise\nWindows 10 Enterprise\n")
    assert seen.shape.delimiter == ""
    assert [(group.said.system, group.count) for group in tally.groups] == [("Windows 10 Enterprise", 2)]


def test_the_delimiter_of_one_file_does_not_stay_for_the_next(tmp_path: Path) -> None:
    for delimiter in (";", ",", ";"):
        data = f"Name{delimiter}OperatingSystem\nPC1{delimiter}Windows 7 Enterprise\n".encode()
        seen, tally = reading(tmp_path / "upload", data)
        assert seen.shape.delimiter == delimiter
        assert tally.groups[0].said.system == "Windows 7 Enterprise"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('"a ""b"" c"', 'a "b" c'),
        ("O'Neill's", "O'Neill's"),
        ("\u201cWindows\u201d", "\u201cWindows\u201d"),
        ("  Windows 10 Enterprise  ", "Windows 10 Enterprise"),
        ("\u00a0Windows 10 Enterprise\u00a0", "Windows 10 Enterprise"),
        ("Windows\u00a010", "Windows\u00a010"),
        ("Windows\u200b10", "Windows\u200b10"),
    ],
)
def test_blanks_at_the_ends_do_not_count_and_everything_else_is_kept(tmp_path: Path, written: str, kept: str) -> None:
    _, tally = reading(tmp_path / "upload", f"Name,OperatingSystem\nPC1,{written}\n".encode())
    assert tally.groups[0].said.system == kept


def test_columns_may_stand_in_any_order_with_others_among_them(tmp_path: Path) -> None:
    data = b"Owner,OPERATINGSYSTEM,Note,Enabled,Name\nx,Windows 7 Enterprise,y,False,PC1\n"
    seen, tally = reading(tmp_path / "upload", data)
    assert seen.recognised.format.slug == "active-directory"
    assert [(group.said.system, group.enabled) for group in tally.groups] == [("Windows 7 Enterprise", False)]


@pytest.mark.parametrize("first", ["Rechner,Betriebssystem", "PC1,Windows 10 Enterprise"])
def test_headings_that_are_not_known_or_missing_lead_to_the_choice_of_columns(tmp_path: Path, first: str) -> None:
    seen, _ = reading(tmp_path / "upload", f"{first}\nPC2,Windows 7 Enterprise\n".encode())
    assert (seen.recognised.format.slug, seen.recognised.sure) == ("other", False)
    assert seen.recognised.columns == {}


def test_a_file_without_headings_has_numbered_columns_when_that_is_chosen(tmp_path: Path) -> None:
    (tmp_path / "upload").write_bytes(b"PC1,Windows 10 Enterprise\nPC2,Windows 7 Enterprise\n")
    seen = look(tmp_path / "upload", Limits(), Shape("text", "utf-8", ",", has_headings=False))
    assert (seen.headings, len(seen.rows)) == (("Column 1", "Column 2"), 2)


@pytest.mark.parametrize("document_type", ["<!DOCTYPE x>", '<!DOCTYPE x [<!ENTITY a "b">]>', "<!doctype x>"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"])
def test_a_workbook_with_a_document_type_in_it_is_refused(tmp_path: Path, document_type: str, part: str) -> None:
    book, packed = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Product", "Quantity"])
    book.active.append(["Windows 10 Enterprise", 12])
    book.save(packed)
    spoilt = io.BytesIO()
    with zipfile.ZipFile(packed) as whole, zipfile.ZipFile(spoilt, "w") as target:
        for name in whole.namelist():
            text = whole.read(name)
            target.writestr(name, document_type.encode() + text if name == part else text)
    with pytest.raises(UnreadableFileError, match="not a workbook"):
        reading(tmp_path / "upload", spoilt.getvalue())


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("count", True, "type"),
        ("count", "40", "type"),
        ("count", 1.5, "type"),
        ("count", [40], "type"),
        ("count", {"a": 1}, "type"),
        ("virtual", "1", "type"),
        ("network", 5, "type"),
        ("product", ["windows-7-enterprise"], "type"),
        ("count", None, "quantity"),
        ("count", -1, "quantity"),
        ("count", 10_000_001, "quantity"),
    ],
)
def test_a_computer_of_an_estate_with_a_value_that_cannot_be_is_refused_and_the_others_count(
    tmp_path: Path, field: str, value: object, code: str
) -> None:
    sound = {"product": "windows-7-enterprise", "count": 2}
    estate = {"format": "estate/1", "computers": [sound | {field: value}, sound]}
    _, tally = reading(tmp_path / "upload", json.dumps(estate).encode())
    assert [refusal.code for refusal in tally.refused] == [code]
    assert tally.examples[0].row == 2
    assert sum(group.count for group in tally.groups) == 2
