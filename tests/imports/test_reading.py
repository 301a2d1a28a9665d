"""Bytes on disk -> what is in them, counted: encodings and shapes as programs of all kinds write them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from planner.imports.limits import Limits
from planner.imports.looking import Look, look
from planner.imports.packing import packed, unpacked
from planner.imports.reading import Question, read
from planner.imports.shapes import Shape, UnreadableFileError
from planner.imports.tally import Refusal, Said, Tally

TODAY = date(2026, 11, 24)
COMPUTERS = (
    '"Name","Enabled","OperatingSystem","OperatingSystemVersion","LastLogonDate","DistinguishedName"\r\n'
    '"BER-001","True","Windows 10 Enterprise","10.0 (19045)","2026-11-20","CN=BER-001,OU=Berlin,DC=contoso,DC=com"\r\n'
    '"BER-002","True","Windows 10 Enterprise","10.0 (19045)","2026-11-21","CN=BER-002,OU=Berlin,DC=contoso,DC=com"\r\n'
    '"MUC-001","False","Windows Server 2019 Standard","10.0 (17763)","2025-01-01",'
    '"CN=MUC-001,OU=M\u00fcnchen,DC=contoso,DC=com"\r\n'
)
ReadBytes = Callable[..., tuple[Look, Tally]]


@pytest.fixture
def read_bytes(tmp_path: Path) -> ReadBytes:
    """Looks at a file of these bytes and reads it as it was recognised."""

    def reading(
        data: bytes, limits: Limits | None = None, shape: Shape | None = None, **question: object
    ) -> tuple[Look, Tally]:
        path = tmp_path / "upload"
        path.write_bytes(data)
        limits = limits or Limits()
        seen = look(path, limits, shape)
        asked = Question(TODAY, **question)
        found = seen.recognised
        return seen, read(path, seen.shape, found.format, found.columns, asked, limits, tmp_path / "refused.csv")

    return reading


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-le", b""),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\0\0"),
        ("cp1252", b""),
        ("cp850", b""),
    ],
)
def test_the_same_computers_are_found_in_each_encoding(read_bytes: ReadBytes, encoding: str, mark: bytes) -> None:
    seen, tally = read_bytes(mark + COMPUTERS.encode(encoding))
    assert seen.recognised.format.slug == "active-directory"
    assert seen.headings[0] == "Name"
    assert [(group.said.system, group.where.ou, group.count) for group in tally.groups] == [
        ("Windows 10 Enterprise", "OU=Berlin,DC=contoso,DC=com", 2),
        ("Windows Server 2019 Standard", "OU=M\u00fcnchen,DC=contoso,DC=com", 1),
    ]


def test_accounts_and_logons_are_told_so_that_they_can_be_left_out_afterwards(read_bytes: ReadBytes) -> None:
    _, tally = read_bytes(COMPUTERS.encode())
    assert [(group.enabled, group.idle_days, group.where.domain) for group in tally.groups] == [
        (True, 0, "contoso.com"),
        (False, 365, "contoso.com"),
    ]


def test_names_are_matched_while_reading_and_kept_nowhere(read_bytes: ReadBytes) -> None:
    _, tally = read_bytes(COMPUTERS.encode(), patterns=("muc-*", "ber-00?"))
    assert [group.pattern for group in tally.groups] == [1, 0]
    assert "BER-001" not in repr(tally)


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_lines_may_end_in_each_way(read_bytes: ReadBytes, ends: str) -> None:
    _, tally = read_bytes(COMPUTERS.replace("\r\n", ends).encode())
    assert (tally.rows, tally.refused) == (3, {})


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_each_delimiter_is_recognised(read_bytes: ReadBytes, delimiter: str) -> None:
    seen, tally = read_bytes(COMPUTERS.replace('","', f'"{delimiter}"').encode())
    assert seen.shape.delimiter == delimiter
    assert tally.groups[0].count == 2


@pytest.mark.parametrize("above", ["#TYPE Selected.Microsoft.ActiveDirectory.Management.ADComputer", "sep=,"])
def test_a_line_above_the_headings_is_skipped_and_told(read_bytes: ReadBytes, above: str) -> None:
    seen, tally = read_bytes(f"{above}\r\n{COMPUTERS}".encode())
    assert seen.notes[0].text == f"Row 1 is skipped: {above}"
    assert tally.rows == 3


def test_lost_letters_are_told(read_bytes: ReadBytes) -> None:
    _, tally = read_bytes(COMPUTERS.encode("ascii", "replace"))
    assert [note.code for note in tally.notes] == ["lost"]


@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        (b"BER-003,True,Windows 10 Enterprise\r\n", Refusal("cells")),
        (b"BER-003,True,Windows 10 Enterprise,10.0,2026-11-20,OU=Berlin,more\r\n", Refusal("cells")),
        (b"BER-003,True,Windows\0 10 Enterprise,10.0,2026-11-20,OU=Berlin\r\n", Refusal("null", "OperatingSystem")),
        (b"BER-003,True,Windows \xff Enterprise,10.0,2026-11-20,OU=Berlin\r\n", Refusal("letters", "OperatingSystem")),
        (b'BER-003,True,"Windows"10,10.0,2026-11-20,OU=Berlin\r\n', Refusal("quote")),
        (b"BER-003,True," + b"x" * 32_768 + b",10.0,2026-11-20,OU=Berlin\r\n", Refusal("long", "OperatingSystem")),
        (b"BER-003,True," + b"x" * 200_000 + b",10.0,2026-11-20,OU=Berlin\r\n", Refusal("long")),
        (b"," * 1_000_000 + b"x\r\n", Refusal("cells")),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_its_reason_and_the_others_count(
    read_bytes: ReadBytes, row: bytes, refusal: Refusal
) -> None:
    plain = COMPUTERS.encode() * 1
    padding = COMPUTERS.splitlines(keepends=True)[1].encode() * 1_000  # the wrong row is beyond the first look
    _, tally = read_bytes(plain + padding + row + padding)
    assert tally.refused == {refusal: 1}
    assert tally.examples[0].row == 1_005
    assert (tally.rows, sum(group.rows for group in tally.groups)) == (2_004, 2_003)


def test_refused_rows_can_be_corrected_in_their_file_and_read_again(read_bytes: ReadBytes, tmp_path: Path) -> None:
    read_bytes(b"Product,Quantity\r\nWindows 10 Enterprise,many\r\nWindows 7 Enterprise,3\r\n")
    text = (tmp_path / "refused.csv").read_text("utf-8-sig")
    assert next(csv.reader(text.splitlines()[1:]))[:1] == ["2"]
    seen, tally = read_bytes(text.replace("many", "12").encode())
    assert seen.recognised.format.slug == "licence-list"
    assert [(group.said.product, group.count) for group in tally.groups] == [("Windows 10 Enterprise", 12)]


def test_a_cell_that_a_spreadsheet_would_compute_is_text_in_the_file_of_refused_rows(
    read_bytes: ReadBytes, tmp_path: Path
) -> None:
    read_bytes(b"Product,Quantity\r\n=1+1,many\r\n")
    assert ",'=1+1,many" in (tmp_path / "refused.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"Name,OperatingSystem\r\n", "no rows below"),
        (b"MZ\x90\0\x03", "a program"),
        (b"\x89PNG\r\n\x1a\n<html>", "a picture"),
        (b"<!doctype html><p>", "HTML or XML"),
        (b"<?php echo 1;", "HTML or XML"),
        (b"\xd0\xcf\x11\xe0 old", "old workbook"),
        (b"PK\x03\x04 no zip", "not a workbook"),
        (b"Name,name\r\na,b\r\n", "more than once"),
        (b"x," * 201 + b"y\r\n1\r\n", "Keep 200"),
        (b'Name,OperatingSystem\r\n"a,b\r\n', "row 2 is not closed"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(read_bytes: ReadBytes, data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words):
        read_bytes(data)


def test_the_limits_end_the_reading_with_words(read_bytes: ReadBytes) -> None:
    with pytest.raises(UnreadableFileError, match="more than 2 rows"):
        read_bytes(COMPUTERS.encode(), Limits(rows=2))
    with pytest.raises(UnreadableFileError, match="smaller than 0 MB"):
        read_bytes(COMPUTERS.encode(), Limits(size=10))
    with pytest.raises(UnreadableFileError, match="say different things"):
        read_bytes(COMPUTERS.encode(), Limits(groups=1))


def test_product_keys_are_cut_as_they_are_read(read_bytes: ReadBytes, tmp_path: Path) -> None:
    key = "BCDFG-HJKMP-QRTVW-XY234-6789B"
    table = f"License ID\tProduct\tProduct Key\tType\n1\tWindows 10\t{key}\tMAK\n2\tOffice\t{key}\n"
    seen, tally = read_bytes(table.encode())
    assert seen.recognised.format.slug == "admin-centre-keys"
    assert [(group.said.product, group.last_five) for group in tally.groups] == [("Windows 10", "6789B")]
    assert tally.refused == {Refusal("cells"): 1}
    assert key not in repr((seen, tally))
    assert key not in (tmp_path / "refused.csv").read_text("utf-8")


def test_a_workbook_is_read_as_its_table(read_bytes: ReadBytes, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Product", "Quantity"])
    book.active.append(["Windows 10 Enterprise", 12])
    book.save(tmp_path / "book.xlsx")
    seen, tally = read_bytes((tmp_path / "book.xlsx").read_bytes())
    assert (seen.shape.kind, seen.sheets) == ("workbook", ("Sheet",))
    assert [(group.said, group.count) for group in tally.groups] == [(Said(product="Windows 10 Enterprise"), 12)]
    with pytest.raises(UnreadableFileError, match="larger than 0 MB"):
        read_bytes((tmp_path / "book.xlsx").read_bytes(), Limits(unpacked=1_000))


def test_an_estate_in_json_is_read_as_its_computers(read_bytes: ReadBytes) -> None:
    estate = {"format": "estate/1", "computers": [{"network": "Plant", "product": "windows-7-enterprise", "count": 40}]}
    seen, tally = read_bytes(json.dumps(estate).encode())
    assert seen.recognised.format.slug == "estate"
    assert [(g.said.product, g.where.network, g.count) for g in tally.groups] == [("windows-7-enterprise", "Plant", 40)]


@pytest.mark.parametrize(
    ("written", "order", "idle"),
    [
        ("11/20/2026 8:00:00 AM", "mdy", 0),
        ("20.11.2026 08:00:00", "dmy", 0),
        ("2026-08-26T08:11:22", "ymd", 90),
        ("", "ymd", None),
    ],
)
def test_days_are_read_as_they_are_written(read_bytes: ReadBytes, written: str, order: str, idle: int | None) -> None:
    seen, tally = read_bytes(f"OperatingSystem,LastLogonDate\nWindows 10 Enterprise,{written}\n".encode())
    assert (seen.shape.day_order, tally.groups[0].idle_days) == (order, idle)


def test_days_that_can_be_meant_in_two_ways_are_asked_about(read_bytes: ReadBytes) -> None:
    seen, _ = read_bytes(b"OperatingSystem,LastLogonDate\nWindows 10 Enterprise,03/04/2026\n")
    assert [note.code for note in seen.notes] == ["days"]


def test_a_tally_comes_back_as_it_was_kept(read_bytes: ReadBytes) -> None:
    _, tally = read_bytes(COMPUTERS.encode() + b"short\r\n", patterns=("BER-*",))
    assert unpacked(packed(tally)) == tally
