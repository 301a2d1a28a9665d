"""What is kept of an import: the file on the disk under a generated name, and what an organisation decided before."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadhandler import StopUpload
from django.http import HttpRequest
from django.test import RequestFactory

from planner.access import Here
from planner.imports.meaning import NOT_IN_PLAN, NetworkRule
from planner.imports.remembered import answers, remember, rules
from planner.imports.stored import Store, path_of, remove
from planner.imports.tally import Said
from planner.models import Organisation, Role
from tests.organisations.conftest import contoso, here, office, olga, stan

__all__ = ["contoso", "here", "office", "olga", "stan"]

RIDDLE, LINUX = Said("Thing 5", version="1"), Said("Ubuntu 22.04")
BERLIN = NetworkRule("ou", "OU=Berlin,DC=contoso,DC=com", "Berlin")


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "imports"


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def sent(name: bytes, content: bytes, limit: int) -> tuple[HttpRequest, Store]:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="' + name + b'"\r\n\r\n'
    body = head + content + b"\r\n--x--\r\n"
    request = RequestFactory().post("/", body, content_type="multipart/form-data; boundary=x")
    store = Store(request, limit)
    request.upload_handlers = [store]
    return request, store


@pytest.mark.parametrize(
    "name", [b"../../x.csv", b"C:\\x.csv", b"con.csv", b".csv", b"x" * 300, "\u202egnp.csv".encode()]
)
def test_a_file_is_stored_under_a_generated_name_whatever_it_is_called(name: bytes, folder: Path) -> None:
    request, _ = sent(name, b"Name,OperatingSystem\r\n", 1_000)
    file = request.FILES["file"]
    assert left(folder) == [file.stored]
    assert (len(file.stored), file.stored.isalnum()) == (32, True)
    assert path_of(file.stored).read_bytes() == b"Name,OperatingSystem\r\n"
    assert path_of(file.stored).stat().st_mode & 0o777 == 0o600
    remove(file.stored)
    remove(file.stored)
    assert left(folder) == []


def test_two_files_at_once_do_not_mix(folder: Path) -> None:
    first, second = (sent(b"computers.csv", content, 1_000)[0].FILES["file"] for content in (b"one", b"two"))
    assert [path_of(file.stored).read_bytes() for file in (first, second)] == [b"one", b"two"]


def test_a_file_over_the_limit_is_told_and_nothing_of_it_stays(folder: Path) -> None:
    request, store = sent(b"computers.csv", b"x" * 200_001, 200_000)
    assert "file" not in request.FILES
    assert (store.exceeded, left(folder)) == (True, [])
    request, store = sent(b"computers.csv", b"x" * 200_000, 200_000)
    assert (request.FILES["file"].size, store.exceeded) == (200_000, False)


def test_a_large_file_takes_no_memory(folder: Path) -> None:
    store = Store(HttpRequest(), 10**9)
    piece = b"x" * 65_536
    tracemalloc.start()
    store.new_file("file", "computers.csv", "text/csv", None)
    for number in range(800):
        store.receive_data_chunk(piece, number * len(piece))
    file = store.file_complete(800 * len(piece))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path_of(file.stored).stat().st_size == 52_428_800
    assert peak < 1_000_000


def test_a_disk_without_room_is_told_and_nothing_of_the_file_stays(folder: Path) -> None:
    store = Store(HttpRequest(), 10**9)
    store.new_file("file", "computers.csv", "text/csv", None)
    store.part.close()
    with Path("/dev/full").open("wb", buffering=0) as store.part, pytest.raises(StopUpload):
        store.receive_data_chunk(b"x" * 65_536, 0)
    assert (store.full, left(folder)) == (True, [])


def test_what_was_answered_once_is_known_the_next_time_and_can_be_changed(here: Here) -> None:
    remember(here, {RIDDLE: "windows-7-enterprise", LINUX: NOT_IN_PLAN}, [BERLIN])
    assert answers(here) == {RIDDLE: "windows-7-enterprise", LINUX: NOT_IN_PLAN}
    second = NetworkRule("site", "Paris", "Paris")
    remember(here, {RIDDLE: "windows-10-enterprise"}, [second, BERLIN, second])
    assert answers(here) == {RIDDLE: "windows-10-enterprise", LINUX: NOT_IN_PLAN}
    assert rules(here) == [second, BERLIN]


def test_what_one_organisation_decided_is_nothing_to_another(here: Here, stan: User) -> None:
    remember(here, {RIDDLE: "windows-7-enterprise"}, [BERLIN])
    theirs = Here(Organisation.objects.get(slug="fabrikam"), stan, Role.OWNER, "0" * 32)
    assert (answers(theirs), rules(theirs)) == ({}, [])
    remember(theirs, {}, [])
    assert (len(answers(here)), rules(here)) == (1, [BERLIN])
