"""A backup comes back whole or not at all, on each of the two databases."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import run
from tests.backups.sites import ANSWER, CHANGE, do, look, serve
from tests.site_data import filled, manage, own_site

Tables = dict[str, list[Any]]
Refuse = Callable[[Path], str]

pytestmark = pytest.mark.django_db  # so that they run on both

NEWER = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('planner', '9999_later', '2026-11-24 12:00:00+00')"
    )
"""
#: As an older version left it: without the last migration's table, which nothing else leads to.
OLDER = "from django.core.management import call_command; call_command('migrate', 'planner', '0002', verbosity=0)"


@pytest.fixture
def backup(site: dict[str, str], tmp_path: Path) -> Path:
    """A backup of the site as it was filled."""
    return backed_up(site, tmp_path / "contoso.backup")


def backed_up(site: dict[str, str], file: Path) -> Path:
    done = manage(site, "backup", file)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"Wrote {file}.\n", "")
    return file


@pytest.fixture(scope="session")
def as_filled(contoso: dict[str, str]) -> Tables:
    return look(contoso)


@pytest.fixture
def refused(site: dict[str, str], as_filled: Tables) -> Refuse:
    """What `restore` says of a file that it refuses, having changed nothing and left nothing behind."""

    def refuse(file: Path) -> str:
        files = kept_in(site)
        done = manage(site, "restore", file)
        assert (done.returncode, done.stdout) == (1, "")
        assert (look(site), kept_in(site)) == (as_filled, files)
        assert done.stderr.startswith("CommandError: ")
        assert len(done.stderr.splitlines()) == 1
        return done.stderr.removeprefix("CommandError: ").strip()

    return refuse


def kept_in(site: dict[str, str]) -> set[str]:
    """The files of a site, but for those that SQLite makes while somebody reads."""
    return {file.name for file in Path(site["PLANNER_DATA"]).iterdir() if not file.name.endswith(("-wal", "-shm"))}


def test_a_restored_site_has_every_row_that_it_had_and_answers(site: dict[str, str], backup: Path) -> None:
    then = look(site)
    assert then["planner_computerline"][0] == 1
    do(site, CHANGE)
    changed = look(site)
    assert {name for name in then if then[name] != changed[name]} == {"planner_computerline", "planner_organisation"}
    done = manage(site, "restore", backup)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Restored {backup}.\n")
    assert look(site) == then
    assert json.loads(do(site, ANSWER)) == [True, 200, True]


@pytest.mark.parametrize("seconds", [0.6, 1.0, 1.4, 1.8, 2.4])
def test_a_restore_that_is_killed_leaves_the_site_as_it_was_or_as_the_backup_has_it(
    site: dict[str, str], backup: Path, as_filled: Tables, seconds: float
) -> None:
    do(site, CHANGE)
    changed = look(site)
    command = [sys.executable, "manage.py", "restore", str(backup)]
    process = subprocess.Popen(command, cwd=run.ROOT, env=site, process_group=0)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # with the programs that it started
        process.wait()
    assert look(site) in (changed, as_filled)
    assert manage(site, "restore", backup).returncode == 0
    assert look(site) == as_filled
    assert not list(Path(site["PLANNER_DATA"]).glob("restoring-*"))


def test_what_was_there_before_a_restore_is_kept_for_its_owner_and_comes_back_the_same_way(
    site: dict[str, str], backup: Path
) -> None:
    do(site, CHANGE)
    changed = look(site)
    assert manage(site, "restore", backup).returncode == 0
    (kept,) = Path(site["PLANNER_DATA"]).glob("replaced-*")
    assert os.name == "nt" or kept.suffix == ".sqlite3" or stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert manage(site, "restore", kept).returncode == 0
    assert look(site) == changed


def test_a_backup_comes_back_on_an_empty_machine(site: dict[str, str], backup: Path, tmp_path: Path) -> None:
    with own_site(tmp_path / "elsewhere") as other:
        assert manage(filled(other), "restore", backup).returncode == 0
        assert look(other) == look(site)
        assert json.loads(do(other, ANSWER)) == [True, 200, True]


def test_a_backup_is_for_its_owner_only(backup: Path) -> None:
    assert os.name == "nt" or stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_backup_of_an_older_version_is_brought_to_this_one(site: dict[str, str], tmp_path: Path) -> None:
    with own_site(tmp_path / "older") as older:
        do(filled(older), OLDER)
        old = backed_up(older, tmp_path / "old.backup")
    done = manage(site, "restore", old)
    assert (done.returncode, done.stderr) == (0, "")
    assert manage(site, "migrate", "--check").returncode == 0
    assert look(site)["planner_organisation"][0] == 0


def test_a_backup_of_a_newer_version_is_refused(refused: Refuse, tmp_path: Path) -> None:
    with own_site(tmp_path / "newer") as newer:
        do(filled(newer), NEWER)
        file = backed_up(newer, tmp_path / "new.backup")
    assert refused(file) == (
        f"{file} was written by a newer version of the planner: this one does not know planner.9999_later. "
        "Install that version, then try again."
    )


def test_a_backup_that_was_cut_off_is_refused(refused: Refuse, backup: Path) -> None:
    content = backup.read_bytes()
    backup.write_bytes(content[: len(content) // 2])
    assert str(backup) in refused(backup)


def test_a_backup_with_damage_inside_is_refused(refused: Refuse, backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 30_000] = bytes(range(250)) * 120
    backup.write_bytes(content)
    assert str(backup) in refused(backup)


@pytest.mark.parametrize("content", [b"", b"# Notes\n" * 1000], ids=["an empty file", "a text"])
def test_a_file_that_is_no_backup_is_refused(refused: Refuse, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "notes.md"
    file.write_bytes(content)
    assert refused(file).startswith(f"{file} ")


def test_a_file_that_is_not_there_is_named(refused: Refuse, tmp_path: Path) -> None:
    assert refused(tmp_path / "none") == f"{tmp_path / 'none'} cannot be read: No such file or directory."


def test_a_running_site_keeps_its_database(site: dict[str, str], backup: Path, refused: Refuse) -> None:
    running = serve(site)
    try:
        assert refused(backup).endswith("Stop the site, then try again.")
    finally:
        running.communicate(timeout=60)
    assert manage(site, "restore", backup).returncode == 0
