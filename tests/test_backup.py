"""The copy of the database that is made while the site runs, and the warning of a SQLite that could damage it."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from planner.backups import on_postgresql
from planner.backups.faults import BackupError
from planner.sqlite import has_wal_reset_bug, sqlite_release
from tests.site_data import filled, manage

ROOT = Path(__file__).resolve().parent.parent
NOWHERE = {"DATABASE_URL": "postgresql://planner@127.0.0.1:1/planner"}


@pytest.fixture
def site(tmp_path: Path) -> dict[str, str]:
    data = tmp_path / "data"
    data.mkdir()
    return os.environ | {"PLANNER_DATA": str(data)}


def test_a_backup_made_between_writes_is_a_whole_database_for_its_owner_only(
    site: dict[str, str], tmp_path: Path
) -> None:
    filled(site)
    command = [sys.executable, "-m", "tests.catalogue.writer", "windows-7", "30"]
    writer = subprocess.Popen(command, cwd=ROOT, env=site, stdin=subprocess.DEVNULL)
    copies = [tmp_path / f"{number}.sqlite3" for number in range(3)]
    for copy in copies:
        assert manage(site, "backup", copy).stdout == f"Wrote {copy}.\n"
    assert writer.wait(timeout=300) == 0
    for copy in copies:
        acts, states = whole(copy)
        assert acts == states
        assert os.name == "nt" or stat.S_IMODE(copy.stat().st_mode) == 0o600


def whole(copy: Path) -> tuple[int, int]:
    """How many acts the history of the copy has, and how many its row tells of: it was shipped as 20 by the first."""
    with sqlite3.connect(copy) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        acts = database.execute("SELECT count(*) FROM activation_changeset").fetchone()[0]
        position = database.execute("SELECT position FROM activation_hostsystem WHERE slug = 'windows-7'").fetchone()[0]
    return acts, position - 19


def test_a_backup_never_overwrites(site: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("kept")
    done = manage(site, "backup", file)
    assert (done.returncode, done.stderr) == (1, f"CommandError: {file} cannot be made: File exists.\n")
    assert file.read_text() == "kept"


def test_a_backup_that_fails_leaves_no_file(site: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "data" / "planner.sqlite3").write_bytes(b"no database" * 1000)
    done = manage(site, "backup", tmp_path / "copy")
    assert done.returncode == 1
    assert done.stderr == "CommandError: The backup could not be written: file is not a database.\n"
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_postgresql_that_does_not_answer_is_told_in_one_line_and_leaves_no_file(
    site: dict[str, str], tmp_path: Path, command: str
) -> None:
    file = tmp_path / "copy"
    if command == "restore":
        file.write_bytes(b"PGDMP")
    done = manage(site | NOWHERE, command, file)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert done.stderr.startswith("CommandError: ")
    assert file.exists() == (command == "restore")


def test_programs_of_postgresql_that_are_missing_are_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(on_postgresql, "PLACES", ())
    with pytest.raises(BackupError, match=r"program pg_dump is not on this machine\. Install .*postgresql-client"):
        on_postgresql.program("pg_dump")


def test_of_several_releases_of_postgresql_the_newest_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for release in ("9", "15", "14"):
        folder = tmp_path / release / "bin"
        folder.mkdir(parents=True)
        (folder / "pg_dump").touch(mode=0o755)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(on_postgresql, "PLACES", (f"{tmp_path}/*/bin",))
    assert on_postgresql.program("pg_dump") == str(tmp_path / "15" / "bin" / "pg_dump")


# --- The release of SQLite ---


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
    ],
)
def test_the_releases_that_can_damage_a_database_are_known(release: tuple[int, int, int], expected: bool) -> None:
    assert has_wal_reset_bug(release) is expected


def check(site: dict[str, str], release: str) -> str:
    """What Django's check for deployment says when SQLite has this release."""
    as_if = f"import runpy, sqlite3\nsqlite3.sqlite_version_info = {release}\n"
    as_if += "runpy.run_path('manage.py', run_name='__main__')"
    command = [sys.executable, "-c", as_if, "check", "--deploy", "--database", "default"]
    return subprocess.run(command, cwd=ROOT, env=site, capture_output=True, text=True, check=True).stderr


def test_the_check_for_deployment_warns_of_such_a_release(site: dict[str, str]) -> None:
    Path(site["PLANNER_DATA"], "planner.sqlite3").touch()
    assert "(planner.W001)" in check(site, "(3, 40, 1)")
    assert "(planner.W001)" not in check(site, "(3, 51, 3)")


@pytest.mark.parametrize(("vendor", "expected"), [("sqlite", ["planner.W001"]), ("postgresql", [])])
def test_only_a_site_on_sqlite_is_warned(vendor: str, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.sqlite.connections", {"default": SimpleNamespace(vendor=vendor)})
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 40, 1))
    assert [warning.id for warning in sqlite_release(["default"])] == expected
