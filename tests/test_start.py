"""What the site says and does when its database is gone, damaged, or of another version of the planner."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.site_data import filled, manage

ROOT = Path(__file__).resolve().parent.parent
Site = dict[str, str]

#: Ask before and after the file of the database is deleted.
DELETED = """
from django.conf import settings
from django.test import Client, override_settings
from django.test.utils import setup_test_environment
from tests.conftest import PLAIN
import planner.wsgi

setup_test_environment()
override_settings(STORAGES=PLAIN).enable()
client = Client(raise_request_exception=False)
before = client.get("/catalogue/").status_code
settings.SQLITE_FILE.unlink()
after = client.get("/catalogue/")
told = "The database does not answer" in after.content.decode()
print(before, after.status_code, told, settings.SQLITE_FILE.exists())
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """To be copied."""
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    data = str(tmp_path_factory.mktemp("made"))
    return filled(own | {"PLANNER_DATA": data, "DJANGO_SETTINGS_MODULE": "planner.settings"})


@pytest.fixture
def site(made: Site, tmp_path: Path) -> Site:
    shutil.copytree(made["PLANNER_DATA"], tmp_path / "data")
    return made | {"PLANNER_DATA": str(tmp_path / "data")}


def file_of(site: Site) -> Path:
    return Path(site["PLANNER_DATA"], "planner.sqlite3")


def python(site: Site, script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=site, capture_output=True, text=True, check=False
    )


def change(site: Site, statement: str) -> None:
    with closing(sqlite3.connect(file_of(site))) as database:
        database.execute(statement)
        database.commit()


def take_away(site: Site) -> None:
    file_of(site).unlink()


def take_folder_away(site: Site) -> None:
    shutil.rmtree(site["PLANNER_DATA"])


def damage(site: Site) -> None:
    content = file_of(site).read_bytes()
    file_of(site).write_bytes(b"\0" * 100 + content[100:])


def make_older(site: Site) -> None:
    change(site, "DELETE FROM django_migrations WHERE name = '0004_scenarios'")


def make_newer(site: Site) -> None:
    change(site, "INSERT INTO django_migrations (app, name, applied) VALUES ('planner', '9999_later', '2026-11-24')")


def test_a_database_of_this_version_is_served(site: Site) -> None:
    done = python(site, "import planner.wsgi; print('served')")
    assert (done.returncode, done.stdout) == (0, "served\n")


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (take_away, ("There is no database", "Restore a backup")),
        (take_folder_away, ("There is no database", "Restore a backup")),
        (damage, ("cannot be read", "Restore a backup")),
        (make_older, ("older version", "run.py manage migrate")),
        (make_newer, ("newer version", "planner.9999_later")),
    ],
)
def test_the_site_does_not_start_and_says_why(site: Site, fault: Callable[[Site], None], says: tuple[str, ...]) -> None:
    fault(site)
    there = file_of(site).exists()
    done = python(site, "import planner.wsgi")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for words in (*says, str(file_of(site))):
        assert words in done.stderr
    assert file_of(site).exists() == there


def test_a_database_that_is_deleted_under_the_running_site_is_told_and_no_empty_one_takes_its_place(site: Site) -> None:
    done = python(site, DELETED)
    assert (done.returncode, done.stdout) == (0, "200 503 True False\n"), done.stderr
    assert "was deleted or replaced while the site runs" in done.stderr


@pytest.mark.parametrize("command", [("loadcatalogue",), ("check", "--database", "default")])
def test_a_command_makes_no_empty_database_in_the_place_of_one_that_is_gone_and_says_so(
    site: Site, command: tuple[str, ...]
) -> None:
    take_away(site)
    done = manage(site, *command)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"There is no database {file_of(site)}. Restore a backup")
    assert "Traceback" not in done.stderr
    assert not file_of(site).exists()
