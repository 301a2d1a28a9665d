"""From SQLite to PostgreSQL: every row comes along, or nothing does."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.backups.sites import ANSWER, FILL, do, look, serve
from tests.site_data import filled, manage, own_postgresql

Site = dict[str, str]

#: One row more in three tables of which each counts its own ids.
ADD = """
from django.contrib.auth.models import User
from planner.models import Network, Organisation
User.objects.create_user("edgar@contoso.com")
fabrikam = Organisation.objects.create(name="Fabrikam", slug="fabrikam")
Network.objects.create(estate=fabrikam.estates.create(), name="Lab")
print(User.objects.count(), Organisation.objects.count(), Network.objects.count())
"""


pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def filled_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Contoso's site on SQLite: to be copied."""
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    site = filled(own | {"PLANNER_DATA": str(tmp_path_factory.mktemp("sqlite"))})
    do(site, FILL)
    return site


@pytest.fixture(scope="module")
def set_up(filled_sqlite: Site) -> Iterator[str]:
    """A database of PostgreSQL as the first start leaves it: to be copied."""
    with own_postgresql(os.environ["DATABASE_URL"]) as address:
        filled(filled_sqlite | {"DATABASE_URL": address})
        yield address


@pytest.fixture
def old(filled_sqlite: Site, tmp_path: Path) -> Site:
    """The site on SQLite."""
    data = tmp_path / "data"
    data.mkdir()
    with closing(sqlite3.connect(Path(filled_sqlite["PLANNER_DATA"], "planner.sqlite3"))) as source:
        source.execute("VACUUM INTO ?", [str(data / "planner.sqlite3")])
    return filled_sqlite | {"PLANNER_DATA": str(data)}


@pytest.fixture
def new(old: Site, set_up: str) -> Iterator[Site]:
    """The same site with a new database of PostgreSQL, as the first start leaves it."""
    with own_postgresql(os.environ["DATABASE_URL"], set_up) as address:
        yield old | {"DATABASE_URL": address}


def refused(new: Site, *arguments: str) -> str:
    """What the command says when it copies nothing."""
    before = look(new)
    done = manage(new, "movesqlite", *arguments)
    assert (done.returncode, done.stdout, look(new)) == (1, "", before)
    assert done.stderr.startswith("CommandError: ")
    return done.stderr.removeprefix("CommandError: ").strip()


def change(old: Site, statement: str) -> None:
    """Past the site, as a fault would."""
    with closing(sqlite3.connect(Path(old["PLANNER_DATA"], "planner.sqlite3"))) as database:
        database.execute("PRAGMA ignore_check_constraints = 1")
        database.execute(statement)
        database.commit()


def test_every_table_comes_along_row_for_row_and_the_site_answers(old: Site, new: Site) -> None:
    there = look(old)
    assert {there[name][0] for name in ("auth_user", "planner_organisation", "planner_savedplan")} == {1}
    done = manage(new, "movesqlite")
    assert (done.returncode, done.stderr) == (0, "")
    assert look(new) == there
    assert json.loads(do(new, ANSWER)) == [True, 200, True]


def test_the_rows_and_a_digest_of_each_table_are_printed(old: Site, new: Site) -> None:
    there = look(old)
    *lines, last = manage(new, "movesqlite").stdout.splitlines()
    printed = {name: [int(rows), digest] for name, rows, _, digest in (line.split() for line in lines)}
    printed.pop("django_session")
    assert printed == {name: [rows, f"sha256:{digest}"] for name, (rows, digest) in there.items()}
    assert last.endswith(f"both sides hold the same. {old['PLANNER_DATA']}/planner.sqlite3 stays.")


def test_new_rows_get_ids_after_those_that_came_along(new: Site) -> None:
    manage(new, "movesqlite").check_returncode()
    assert do(new, ADD) == "2 2 2\n"


def test_a_database_in_use_is_not_written_over(new: Site) -> None:
    do(new, FILL)
    assert refused(new) == "The database that DATABASE_URL names is in use already. Make a new, empty one."


def test_without_a_new_database_it_says_what_to_set(old: Site) -> None:
    done = manage(old, "movesqlite")
    assert (done.returncode, done.stderr) == (
        1,
        "CommandError: Name the new database, of PostgreSQL, in DATABASE_URL.\n",
    )


def test_a_running_site_is_not_moved(old: Site, new: Site) -> None:
    running = serve(old)
    try:
        assert refused(new).endswith("Stop the site, then try again.")
    finally:
        running.communicate(timeout=60)


def test_all_that_postgresql_cannot_hold_is_named_before_anything_is_copied(old: Site, new: Site) -> None:
    change(old, f"UPDATE planner_computerline SET note = '{'x' * 500}', count = {2**40}")
    change(old, "UPDATE planner_network SET name = 'Z' || char(0) || 'h'")
    assert refused(new).splitlines() == [
        "PostgreSQL cannot hold these. Correct them on the old site first:",
        "planner_network 1, name: a null character, which no text may have.",
        "planner_computerline 1, count: 1099511627776; the most is 2147483647.",
        "planner_computerline 1, note: 500 characters; there is room for 200.",
    ]


def test_a_row_that_breaks_a_rule_of_its_table_keeps_everything_from_being_copied(old: Site, new: Site) -> None:
    change(old, "UPDATE planner_computerline SET virtual = 41")  # of 40
    assert "computers_virtual" in refused(new)


def test_a_row_that_leads_nowhere_keeps_everything_from_being_copied(old: Site, new: Site) -> None:
    change(old, "UPDATE planner_computerline SET network_id = 99")
    assert "planner_computerline" in refused(new)


def test_a_database_of_an_older_version_is_started_first(old: Site, new: Site) -> None:
    change(old, "DELETE FROM django_migrations WHERE name = '0004_scenarios'")
    assert refused(new).endswith("is of an older version of the planner. Start this version with it once.")


def test_a_file_that_is_none_of_the_planners_is_refused(new: Site, tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    file.write_text("# Notes\n" * 1000)
    assert refused(new, str(file)) == f"{file} holds no data of the planner."
