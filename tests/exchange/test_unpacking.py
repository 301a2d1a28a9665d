"""Files that nobody should send: each is refused with words, soon, and without taking the machine's memory."""

import io
import struct
import time
import tracemalloc
import zipfile

import pytest
import xlsxwriter

from activation.exchange import unpacking
from activation.exchange.unpacking import LIMITS, Limits, UnreadableFileError, members
from activation.exchange.uploaded import read_upload, shown_name
from activation.exchange.workbook_reading import read_workbook
from activation.reading import CatalogueFilesError
from tests.exchange.conftest import unzipped, zipped

SMALL = Limits(packed=10_000, unpacked=50_000, ratio=100, members=3)


def refused(data, limits=LIMITS):
    with pytest.raises(UnreadableFileError) as caught:
        members(data, limits)
    return str(caught.value)


def upload_refused(name, data):
    with pytest.raises(UnreadableFileError) as caught:
        read_upload(name, data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The selected file is empty."),
        (b"\xef\xbb\xbf", "must be a ZIP of the data files or a workbook"),
        (b"slug,name\nwindows-7,Windows 7\n", "must be a ZIP of the data files or a workbook"),
        (b"MZ\x90\0program", "must be a ZIP of the data files or a workbook"),
        (b"\x89PNG\r\n\x1a\n<html>", "must be a ZIP of the data files or a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "password protected or an old workbook (.xls)"),
        (b"PK\x03\x04" + bytes(100), "must be a ZIP or XLSX that was exported here"),
        (zipped({"readme.txt": b"x"}), "holds none of the catalogue's data files"),
        (zipped({}), "holds none of the catalogue's data files"),
    ],
)
def test_a_file_of_another_kind_is_refused_by_its_content(data, words):
    assert words in upload_refused("catalogue.xlsx", data)


def test_a_file_over_the_limit_is_refused():
    assert refused(b"PK" + bytes(9_999), SMALL) == "The selected file must be smaller than 0 MB."
    assert LIMITS.packed == 10 * 1024 * 1024


def test_a_bomb_is_refused_soon_and_never_unpacked():
    bomb = zipped({"keys.toml": bytes(200 * 1024 * 1024)})
    assert len(bomb) < 250_000
    tracemalloc.start()
    began = time.monotonic()
    assert "too large when it is unpacked" in refused(bomb)
    took, peak = time.monotonic() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert took < 5
    assert peak < 60 * 1024 * 1024


def test_the_ratio_counts_also_for_a_small_file():
    assert "too large when it is unpacked" in refused(zipped({"keys.toml": bytes(45_000)}), SMALL)
    assert members(zipped({"keys.toml": b"ab" * 100}), SMALL)


def test_many_members_together_are_no_way_around_the_limit():
    halves = {name: bytes(range(256)) * 120 for name in ("a", "b")}
    assert "too large when it is unpacked" in refused(zipped(halves), SMALL)
    assert "more than 3 files" in refused(zipped(dict.fromkeys("abcd", b"x")), SMALL)


def test_a_member_that_hides_its_size_is_refused():
    """The archive says 10 bytes where a megabyte is packed: what is read is what it says, and that does not add up."""
    data = bytearray(zipped({"a.toml": bytes(1024 * 1024)}))
    size = struct.pack("<I", 1024 * 1024)
    assert data.count(size) == 2
    assert "must be a ZIP or XLSX" in refused(bytes(data.replace(size, struct.pack("<I", 10))))


def test_two_members_of_one_name_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("keys.toml", b"one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("keys.toml", b"two")
    assert "two files of one name" in refused(stream.getvalue())


def test_a_password_is_named():
    data = bytearray(zipped({"keys.toml": b"x"}))
    for at in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1
    assert refused(bytes(data)) == "The selected file is password protected."


@pytest.mark.parametrize("cut", [1, 20, 2000, 20_000])
def test_a_file_that_was_cut_off_is_refused(shipped_zip, cut):
    data = shipped_zip()
    assert "must be a ZIP or XLSX" in upload_refused("catalogue.zip", data[:-cut])


def test_a_cell_in_the_last_row_and_column_takes_no_memory():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("Rules")
    sheet.write_string(0, 0, "slug")
    sheet.write_string(1_048_575, 16_383, "far")
    book.close()
    tracemalloc.start()
    with pytest.raises((UnreadableFileError, CatalogueFilesError)):
        read_upload("far.xlsx", stream.getvalue())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50 * 1024 * 1024


def big_book(rows, columns):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("Rules")
    for row in range(rows):
        for column in range(columns):
            sheet.write_number(row, column, 1)
    book.close()
    return stream.getvalue()


def test_too_many_rows_or_columns_are_refused(monkeypatch):
    assert "The sheet Rules has more than 60 columns." in upload_refused("wide.xlsx", big_book(1, 61))
    monkeypatch.setattr("activation.exchange.workbook_reading.TOO_FAR", 12)
    assert "The sheet Rules has more than" in upload_refused("long.xlsx", big_book(12, 1))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_with_a_document_type_is_refused(shipped_xlsx, encoding):
    contents = unzipped(shipped_xlsx)
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><sst>&b;</sst>'
    contents["xl/sharedStrings.xml"] = bomb.encode(encoding)
    assert "not a workbook that can be read" in upload_refused("entities.xlsx", zipped(contents))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet3.xml"]
)
@pytest.mark.parametrize("content", [b"", b"<", b"<a/>", b"\0" * 50, b"<x>" * 5_000])
def test_a_spoilt_workbook_is_an_error_in_words(shipped_xlsx, part, content):
    contents = unzipped(shipped_xlsx)
    assert part in contents
    contents[part] = content
    with pytest.raises((UnreadableFileError, CatalogueFilesError)):
        read_workbook(contents)


def test_the_archive_for_the_reader_of_workbooks_says_the_truth():
    contents = {"a": b"x" * 1000, "b/c": b""}
    assert unzipped(unpacking.repacked(contents)) == contents


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../catalogue.zip", "catalogue.zip"),
        ("C:\\Users\\alice\\catalogue.zip", "catalogue.zip"),
        ("a\r\nSet-Cookie: b.zip", "aSet-Cookie: b.zip"),
        ("x" * 300 + ".zip", "x" * 100),
        ("\u202egpj.zip", "gpj.zip"),
        ("nul\0.zip", "nul.zip"),
        ("", "without a name"),
        ("<script>.zip", "<script>.zip"),
    ],
)
def test_a_file_name_is_only_shown(name, shown):
    assert shown_name(name) == shown


def test_a_zip_of_a_folder_is_read_too(shipped_zip):
    inside = zipped({f"catalogue/{name}": content for name, content in unzipped(shipped_zip()).items()})
    assert read_upload("c.zip", inside).rows == read_upload("c.zip", shipped_zip()).rows


def test_what_is_no_table_here_is_said_to_be_left_out(shipped_zip):
    assert read_upload("c.zip", shipped_zip()).notes == ()
    (note,) = read_upload(
        "c.zip", shipped_zip(("avma.toml", 'guest = "2025"\nedition = "Standard"', 'guest = "2028"'))
    ).notes
    assert note.startswith("avma.toml differs")


def test_a_file_tells_which_state_it_comes_from(shipped_zip, shipped_book):
    assert read_upload("c.zip", shipped_zip()).state.startswith("sha256:")
    assert read_upload("c.xlsx", shipped_book.saved()).state == read_upload("c.zip", shipped_zip()).state
    without = {name: content for name, content in unzipped(shipped_zip()).items() if name != "state.toml"}
    assert read_upload("c.zip", zipped(without)).state == ""


def test_wrong_data_files_in_a_zip_are_all_named(shipped_zip):
    data = shipped_zip(
        ("systems.toml", 'name = "Windows 8.1"\n', ""), ("rules.toml", "params = {remaining = 0}", "params = 30")
    )
    with pytest.raises(CatalogueFilesError) as caught:
        read_upload("c.zip", data)
    assert [str(error) for error in caught.value.errors] == [
        "systems.toml: system windows-8-1: name: is missing",
        "rules.toml: rule L.decision_8: params: must be a table of figures",
    ]
