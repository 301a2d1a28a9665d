"""Backup and restore of a site that keeps its data in PostgreSQL, by PostgreSQL's own programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from glob import glob
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.backends.postgresql.client import DatabaseClient

from planner.backups.faults import BackupError
from planner.backups.releases import Migrations, check_known

SUFFIX = ".dump"
PLACES = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql*/bin", "C:/Program Files/PostgreSQL/*/bin")
SESSION = "-c lock_timeout=10s -c client_min_messages=warning"  #: how long to wait for a table in use; no chatter
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
APPLIED = re.compile(r"^\d+\t(\w+)\t(\w+)\t", re.MULTILINE)


def program(name: str) -> str:
    """Path of one of PostgreSQL's programs: of PATH, else of the newest release installed. Raises BackupError."""
    folders = sorted((Path(folder) for place in PLACES for folder in glob(place)), key=_release)
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, reversed(folders))])
    found = shutil.which(name, path=path)
    if found is None:
        raise BackupError(
            f"PostgreSQL's program {name} is not on this machine. Install the programs of your server's release "
            "(Debian, as root: apt-get install postgresql-client), or put their folder in PATH."
        )
    return found


def write(target: Path) -> None:
    """Copy the database as it is at one moment into a file. Raises BackupError."""
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", connected=True)


def restore(file: Path, aside: Path) -> None:
    """Put a backup in the place of what the database holds, which is kept as `aside`. Raises BackupError, with nothing
    changed."""
    with TemporaryDirectory(dir=aside.parent, prefix="restoring-") as folder:
        script = Path(folder, "restore.sql")
        check_known(_migrations(file, script), str(file))
        _unpack(file, script)
        _check_unused()
        _keep(aside)
        try:
            _take_the_place(script)
        except BackupError:
            aside.unlink()
            raise
        try:
            _bring_to_this_version()
        except (DatabaseError, CommandError) as error:
            _unpack(aside, script)
            _take_the_place(script)
            raise BackupError(f"{file} cannot be brought to this version: {error}.") from error


def _migrations(file: Path, script: Path) -> Migrations:
    _unpack(file, script, "--data-only", "--table=django_migrations")
    return set(APPLIED.findall(script.read_text("utf-8")))


def _unpack(file: Path, script: Path, *options: str) -> None:
    """As SQL. Reads the whole file, so that a damaged one is found here."""
    options = options or ("--clean", "--if-exists")
    try:
        _run("pg_restore", "--no-owner", "--no-privileges", *options, f"--file={script}", str(file))
    except ProgramError as error:
        raise BackupError(f"{file} is no whole backup of the planner. {error}") from error


def _check_unused() -> None:
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        if cursor.fetchone()[0]:
            raise BackupError("Another program is connected to the database. Stop the site, then try again.")


def _keep(aside: Path) -> None:
    aside.touch(mode=0o600, exist_ok=False)  # before PostgreSQL's program, which would let others read it
    try:
        write(aside)
    except BackupError:
        aside.unlink()
        raise


def _take_the_place(script: Path) -> None:
    """Drop what is there and run the script, in one transaction."""
    with connection.cursor() as cursor:
        tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names(cursor)]
    connection.close()
    # A table that the backup does not have yet may lead to one that it has, which could not be dropped alone.
    drop = f"DROP TABLE IF EXISTS {', '.join(tables)} CASCADE" if tables else "SELECT 1"
    _run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--command={drop}",
         f"--file={script}", connected=True)  # fmt: skip


def _bring_to_this_version() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()


class ProgramError(BackupError):
    """One of PostgreSQL's programs ended with an error; the text is what it said."""


def _run(name: str, *arguments: str, connected: bool = False) -> None:
    """Run one of the programs; `connected`: to the site's database, with its password out of sight of others."""
    command, environment = [program(name), *arguments], os.environ.copy()
    if connected:
        (_, *where), own = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
        command, environment = [*command, *where], environment | (own or {}) | {"PGOPTIONS": SESSION}
    done = subprocess.run(  # noqa: S603  the program is PostgreSQL's, the arguments are ours
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"{name} ended with {done.returncode}"]
        raise ProgramError(f"PostgreSQL says: {said[0]}")


def _release(folder: Path) -> int:
    return int("".join(filter(str.isdigit, folder.parent.name)) or 0)
