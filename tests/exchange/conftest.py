"""Exported files that a test changes as a person would: a cell of a sheet, a line of a data file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.test import Client
from openpyxl.worksheet.worksheet import Worksheet

from activation.exchange import workbook, zip_file
from activation.roles import EDITOR, READER, set_up_roles
from activation.shipped import rows_from_files, shipped


@dataclass
class Book:
    """A workbook that is open for changes."""

    book: openpyxl.Workbook

    def sheet(self, name: str) -> Worksheet:
        return self.book[name]

    def row(self, sheet: str, slug: str) -> int:
        """The number of the row whose first cell is this."""
        return next(row[0].row for row in self.book[sheet].iter_rows(max_col=1) if row[0].value == slug)

    def column(self, sheet: str, heading: str) -> int:
        return next(cell.column for cell in self.book[sheet][1] if cell.value == heading)

    def put(self, sheet: str, slug: str, heading: str, value: Any) -> None:
        self.book[sheet].cell(self.row(sheet, slug), self.column(sheet, heading)).value = value

    def cut(self, sheet: str, slug: str) -> None:
        self.book[sheet].delete_rows(self.row(sheet, slug))

    def add(self, sheet: str, **values: Any) -> None:
        """Add a row; `values` by heading, `_` for a blank."""
        where = self.book[sheet].max_row + 1
        for name, value in values.items():
            self.book[sheet].cell(where, self.column(sheet, name.replace("_", " "))).value = value

    def saved(self) -> bytes:
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


def open_book(data: bytes) -> Book:
    return Book(openpyxl.load_workbook(io.BytesIO(data)))


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(contents: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def shipped_xlsx() -> bytes:
    """The shipped catalogue as a workbook."""
    return workbook.written(shipped().version, shipped().digest, rows_from_files().rows)


@pytest.fixture
def shipped_book(shipped_xlsx: bytes) -> Book:
    """The same, open for changes."""
    return open_book(shipped_xlsx)


@pytest.fixture
def shipped_zip() -> Callable[..., bytes]:
    """Make the ZIP of the shipped catalogue with texts replaced: `shipped_zip(("keys.toml", "old", "new"))`."""

    def make(*replaced: tuple[str, str, str]) -> bytes:
        contents = unzipped(zip_file.packed(shipped().version, shipped().digest, rows_from_files().rows))
        for file, old, new in replaced:
            assert contents[file].decode().count(old) == 1
            contents[file] = contents[file].decode().replace(old, new).encode()
        return zipped(contents)

    return make


def signed_in(user_model, name, role):
    set_up_roles()
    user = user_model.objects.create(username=name, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(django_user_model):
    return signed_in(django_user_model, "alice", EDITOR)


@pytest.fixture
def reader(django_user_model):
    return signed_in(django_user_model, "bob", READER)
