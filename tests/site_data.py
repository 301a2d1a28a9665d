"""A data folder and a database for a site that a test starts."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

import run


def reuse_static_files(data: Path) -> None:
    """Copy what the last set-up collected; run.py collects again by itself if that is no longer what it needs."""
    collected = run.ROOT / "var" / "static"
    if collected.is_dir():
        shutil.copytree(collected, data / "static")
        for stamp in collected.parent.glob("static-*"):
            shutil.copy(stamp, data)


@contextmanager
def own_site(data: Path, like: dict[str, str] | None = None) -> Iterator[dict[str, str]]:
    """The variables of a site with a database of its own: on PostgreSQL in a run on PostgreSQL, else on SQLite.

    It has no tables, or is a copy of the site `like`. Processes cannot share the database of the other tests.
    """
    if like:
        shutil.copytree(like["PLANNER_DATA"], data, dirs_exist_ok=True)
    variables = os.environ | {"PLANNER_DATA": str(data)}
    address = os.environ.get("DATABASE_URL")
    if not address:
        yield variables
        return
    with own_postgresql(address, like["DATABASE_URL"] if like else "") as own:
        yield variables | {"DATABASE_URL": own}


@contextmanager
def own_postgresql(server: str, like: str = "") -> Iterator[str]:
    """The address of a new database of a server of PostgreSQL, empty or a copy; gone when the block ends."""
    name = f"own_{uuid4().hex}"
    template = conninfo_to_dict(like)["dbname"] if like else "template0"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield make_conninfo(server, dbname=name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def filled(variables: dict[str, str]) -> dict[str, str]:
    """Make the tables of the site with these variables and load the shipped catalogue. Returns the variables."""
    for command in (["migrate", "--verbosity=0"], ["loadcatalogue"]):
        manage(variables, *command).check_returncode()
    return variables


def manage(variables: dict[str, str], *command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, run.ROOT / "manage.py", *command], env=variables, capture_output=True, text=True, check=False
    )
