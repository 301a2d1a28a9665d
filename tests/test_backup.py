"""The copy of the database that is made while the site runs, and the warning of a SQLite that could damage it."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from planner.sqlite import has_wal_reset_bug, sqlite_release
from tests.site_data import filled, manage

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL = {"DATABASE_URL": "postgresql://planner@db.contoso.com/planner"}


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


def test_a_restored_backup_is_the_site_as_it_was(site: dict[str, str], tmp_path: Path) -> None:
    ask = ("shell", "--no-imports", "-c", "from activation.catalogue import current; print(current().digest)")
    filled(site)
    copy = tmp_path / "copy.sqlite3"
    assert manage(site, "backup", copy).returncode == 0
    restored = tmp_path / "restored"
    restored.mkdir()
    copy.rename(restored / "planner.sqlite3")
    digests = [manage(site | {"PLANNER_DATA": str(folder)}, *ask).stdout for folder in (tmp_path / "data", restored)]
    assert digests[0].startswith("sha256:")
    assert digests[0] == digests[1]


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
    assert done.stderr == f"CommandError: {tmp_path / 'copy'} could not be written: file is not a database.\n"
    assert not (tmp_path / "copy").exists()


def test_on_postgresql_the_way_to_a_backup_is_named(site: dict[str, str], tmp_path: Path) -> None:
    done = manage(site | POSTGRESQL, "backup", tmp_path / "copy")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "CommandError: The data is on PostgreSQL. Copy it with pg_dump, as docs/deploy.md shows.\n"


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
    assert "(planner.W001)" in check(site, "(3, 40, 1)")
    assert "(planner.W001)" not in check(site, "(3, 51, 3)")


@pytest.mark.parametrize(("vendor", "expected"), [("sqlite", ["planner.W001"]), ("postgresql", [])])
def test_only_a_site_on_sqlite_is_warned(vendor: str, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.sqlite.connections", {"default": SimpleNamespace(vendor=vendor)})
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 40, 1))
    assert [warning.id for warning in sqlite_release(["default"])] == expected
