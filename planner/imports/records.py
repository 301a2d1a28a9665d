"""The records of a text or a sheet, one by one: a file is never in memory as a whole, whatever is in it."""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from activation.rules.estate_document import LINE
from activation.rules.interchange import EstateErrors, decoded, parsed
from planner.imports.limits import MEGABYTE, Limits
from planner.imports.shapes import Shape, UnreadableFileError

#: Stands in no text: the delimiter of a table of one column.
_NO_DELIMITER = "\x1f"
#: Of the fields of an estate's computers that become part of another one. A quoted number is no number.
_TYPES = {"network": str, "product": str, "count": int, "virtual": int}
_CHUNK = 256 * 1024
#: A spoilt workbook fails in as many ways as there are parts to spoil.
_SPOILT = (
    *(zipfile.BadZipFile, zlib.error, ElementTree.ParseError, InvalidFileException, NotImplementedError, EOFError),
    *(OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError),
)
_NO_WORKBOOK = "The file is not a workbook that can be read. Save it again as XLSX, or as CSV UTF-8."


class Record(NamedTuple):
    """A record: the row of the file on which it begins, from 1; its cells; `fault`: a code of REASONS, or empty."""

    row: int
    cells: list[str]
    fault: str = ""
    done: int = 0


def records(path: Path, shape: Shape, limits: Limits) -> Iterator[Record]:
    """All records below what the shape skips, headings included, blank ones left out. Raises UnreadableFileError."""
    found = {"workbook": _of_sheet, "json": _of_json, "text": _of_text}[shape.kind](path, shape, limits)
    return (record for record in found if record.fault or any(cell and not cell.isspace() for cell in record.cells))


class _Lines:
    """The lines of a text. `row`: of the last one; `record`: those since it was emptied."""

    def __init__(self, file: Any, limits: Limits) -> None:
        self.file, self.limits, self.row, self.record = file, limits, 0, [""]

    def __iter__(self) -> Iterator[str]:
        while line := self.file.readline(self.limits.row + 1):
            self.row += 1
            if len(line) > self.limits.row:
                raise UnreadableFileError(f"Row {self.row:,} has more than {self.limits.row:,} characters.", self.row)
            self.record.append(line)
            yield line.removeprefix("\ufeff") if self.row == 1 else line


def _of_text(path: Path, shape: Shape, limits: Limits) -> Iterator[Record]:
    with (
        path.open("rb") as raw,
        open(raw.fileno(), encoding=shape.encoding, errors="surrogateescape", newline="", closefd=False) as file,
    ):
        lines = _Lines(file, limits)
        each = iter(lines)
        for _ in range(shape.skipped):
            next(each, None)
        reader = csv.reader(each, delimiter=shape.delimiter or _NO_DELIMITER, strict=True)
        while True:
            row, lines.record = lines.row + 1, []
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                _stop_at_an_open_quote(str(error), row, lines)
                yield Record(row, ["".join(lines.record).rstrip("\r\n")], _fault(str(error)), raw.tell())
            except UnicodeError as error:
                raise UnreadableFileError(
                    f"From row {row:,} on there are bytes that are no letters in this encoding. Choose another one.",
                    row,
                ) from error
            else:
                yield Record(row, cells, "", raw.tell())


def _stop_at_an_open_quote(error: str, row: int, lines: _Lines) -> None:
    if "end of data" in error or ("larger" in error and len(lines.record) > 1):
        raise UnreadableFileError(f"A quote that opens on row {row:,} is not closed. Close it, or write it twice.", row)


def _fault(error: str) -> str:
    return "long" if "larger" in error else "null" if "NUL" in error else "quote"


def _of_json(path: Path, shape: Shape, limits: Limits) -> Iterator[Record]:
    """The computers of an estate, their fields as cells. `row` is the place in the list, the headings are the first."""
    if path.stat().st_size > limits.unpacked:
        raise UnreadableFileError(f"A JSON file must be smaller than {limits.unpacked // MEGABYTE} MB.")
    try:
        document = parsed(decoded(path.read_bytes()))
    except EstateErrors as error:
        raise UnreadableFileError(error.errors[0].message) from error
    lines = document.get("computers") if isinstance(document, dict) else None
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise UnreadableFileError("Write the computers as docs/formats.md says: an object with a list named computers.")
    yield Record(1, list(LINE))
    for number, line in enumerate(lines, start=2):
        fault = "" if all(type(line.get(name)) in (kind, type(None)) for name, kind in _TYPES.items()) else "type"
        yield Record(number, [_text(line.get(name)) for name in LINE], fault)


def sheets(path: Path, limits: Limits) -> tuple[str, ...]:
    """The names of the sheets of a workbook. Raises UnreadableFileError."""
    with _book(path, limits) as book:
        return tuple(book.sheetnames)


def _of_sheet(path: Path, shape: Shape, limits: Limits) -> Iterator[Record]:
    with _book(path, limits) as book:
        sheet = book[shape.sheet] if shape.sheet in book.sheetnames else book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size is not believed
        rows = sheet.iter_rows(max_row=limits.rows + 2, max_col=limits.columns + 1, values_only=True)
        for number, values in enumerate(rows, start=1):
            if number > shape.skipped:
                yield Record(number, [_text(value) for value in values])


@contextmanager
def _book(path: Path, limits: Limits) -> Iterator[Any]:
    """The workbook, read row by row. Raises UnreadableFileError, also for what is found to be spoilt on the way."""
    try:
        with path.open("rb") as file:
            with zipfile.ZipFile(file) as archive:
                _refuse_bombs(archive, path.stat().st_size, limits)
            with closing(openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)) as book:
                yield book
    except _SPOILT as error:
        raise UnreadableFileError(_NO_WORKBOOK) from error


def _refuse_bombs(archive: zipfile.ZipFile, size: int, limits: Limits) -> None:
    """By what the archive says of itself: a reader of it is given no more than that."""
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFileError("The workbook is password protected. Save it without a password.")
    if sum(entry.file_size for entry in entries) > min(limits.unpacked, size * limits.ratio):
        raise UnreadableFileError(
            f"The workbook is larger than {limits.unpacked // MEGABYTE} MB, or {limits.ratio} times its size, when "
            "it is unpacked. Save the sheet as CSV UTF-8."
        )
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels")) and _has_document_type(archive, entry):
            raise UnreadableFileError(_NO_WORKBOOK)


def _has_document_type(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """No workbook needs one, and with one a small file can grow without end."""
    kept = b""
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            if b"<!DOCTYPE" in (kept + piece).replace(b"\0", b"").upper():
                return True
            kept = piece[-40:]
    return False


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), str(value))
