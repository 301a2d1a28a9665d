"""A PostgreSQL server for the tests: private, on a port of its own, forgotten at the end."""

import contextlib
import glob
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.debian import install, may_install

HOW_TO_GET_POSTGRESQL = (
    "They need PostgreSQL's programs initdb and pg_ctl: install its server (Debian, as root: apt-get install "
    "postgresql), or put its bin folder in PATH."
)
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "C:/Program Files/PostgreSQL/*/bin",
)
USER = "planner"
# What is lost when the machine fails is only a test.
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class ServerError(Exception):
    """The server did not start; the message is what its programs said."""


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs: from PATH, else the newest that is installed."""
    found = shutil.which("pg_ctl")
    if found and shutil.which("initdb"):
        return Path(found).parent
    folders = [Path(folder) for place in PLACES for folder in glob.glob(place)]
    return max(folders, key=_version, default=None)


def _version(folder: Path) -> int:
    return int("".join(filter(str.isdigit, folder.parent.name)) or 0)


def get_programs() -> Path | None:
    """Return the programs; a CI run on Debian as root installs them, for there they must not be missing."""
    if not find_programs() and os.environ.get("CI") and may_install():
        install("PostgreSQL", "postgresql")
    return find_programs()


@contextlib.contextmanager
def server(programs: Path) -> Iterator[str]:
    """A server while the block runs. Gives its address. Raises ServerError when it does not start."""
    folder = Path(tempfile.mkdtemp(prefix="planner-postgresql-"))
    data = folder / "data"
    try:
        if _is_root():
            _give_away(folder)
        _run(programs / "initdb", "--pgdata", data, "--username", USER, "--auth", "trust", "--encoding", "UTF8",
             "--no-locale", "--no-sync")  # fmt: skip
        port = _free_port()
        _write_settings(data, f"port={port}", "listen_addresses='127.0.0.1'", "unix_socket_directories=''", *HASTY)
        _start(programs, data)
        try:
            yield f"postgresql://{USER}@127.0.0.1:{port}/postgres"
        finally:
            _stop(programs, data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def stopped(programs: Path, address: str) -> Iterator[None]:
    """The server of that address is stopped while the block runs, and started again."""
    with psycopg.connect(address) as connection:
        data = Path(connection.execute("SHOW data_directory").fetchone()[0])
    _stop(programs, data)
    try:
        yield
    finally:
        _start(programs, data)


def _write_settings(data: Path, *settings: str) -> None:
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\n".join(("", *settings, "")))


def _start(programs: Path, data: Path) -> None:
    _run(programs / "pg_ctl", "start", "--wait", "--pgdata", data, "--log", data.parent / "log")


def _stop(programs: Path, data: Path) -> None:
    _run(programs / "pg_ctl", "stop", "--pgdata", data, "--mode", "immediate")


def _run(program: Path, *arguments: str | Path) -> None:
    # Output goes to a file: the server inherits it, and a pipe would be open until the server ends.
    with tempfile.TemporaryFile() as output:
        try:
            subprocess.run(
                [program, *arguments], cwd=program.parent, user="postgres" if _is_root() else None,
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, check=True,
            )  # fmt: skip
        except subprocess.CalledProcessError as error:
            output.seek(0)
            raise ServerError(output.read().decode("utf-8", "replace").strip()) from error
        except OSError as error:
            raise ServerError(str(error)) from error


def _give_away(folder: Path) -> None:
    try:
        shutil.chown(folder, "postgres")
    except LookupError as error:
        raise ServerError("It refuses to run as root, and this machine has no user postgres to run it.") from error


def _is_root() -> bool:
    return os.name != "nt" and os.getuid() == 0


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
