#!/usr/bin/env python3
"""
Sets everything up and starts it. Needs Python 3.11 or later; the rest it gets itself.

  python3 run.py [--host 127.0.0.1] [--port 8000]   serve the site
  python3 run.py test [ARGUMENTS OF PYTEST]         run all tests, also in a real browser
  python3 run.py manage COMMAND ...                 Django's manage.py, for example: manage plan estate.json
  python3 run.py bench [ARGUMENTS]                  measure the speed
  python3 run.py requirements                       pin the packages of requirements.in anew in requirements.txt

What it makes is in .venv (packages) and var (database, secret key, static files; PLANNER_DATA names another folder).
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "The activation planner needs Python 3.11 or later; this is Python {}.{}. "
        "Install a newer Python, then start with it: python3.11 run.py".format(*sys.version_info)
    )

import argparse
import contextlib
import errno
import hashlib
import os
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
DATA = Path(os.environ.get("PLANNER_DATA") or ROOT / "var").absolute()
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
REQUIREMENTS = ROOT / "requirements.txt"
PATIENCE = 8  # seconds that a request under way has when the server is told to end


class SetUpError(Exception):
    """What keeps us from going on and what to do about it, in one line."""


def say(text: str) -> None:
    # Never on standard output: that belongs to the command that is run.
    print(text, file=sys.stderr, flush=True)


# --- Setting up ---


class Step(NamedTuple):
    name: str
    do: Callable[[], None]
    is_there: Callable[[], bool]
    folder: Path
    sources: list[Path]  # what it is made from: when one of them changes, it is made again
    place: str = ""  # where it is made, when that is not the folder

    def stamp(self) -> Path:
        """The file in the folder that says: done, from exactly these sources. It is there only after success."""
        content = hashlib.sha256(self.place.encode())
        for file in self.sources:
            content.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
        return self.folder / f"{self.name}-{content.hexdigest()[:16]}"

    def is_done(self) -> bool:
        return self.stamp().exists() and self.is_there()

    def take(self) -> None:
        for old in self.folder.glob(self.name + "-*"):
            old.unlink()
        self.do()
        self.stamp().touch()


def steps() -> list[Step]:
    of_database = [REQUIREMENTS, *files_of("activation/catalogue", "activation/migrations", "planner/migrations")]
    elsewhere = os.environ.get("DATABASE_URL", "")
    has_database = (DATA if elsewhere else DATA / "planner.sqlite3").exists
    return [
        # An upgrade of the system's Python leaves an environment with a Python but none of the packages put into it.
        Step("packages", install_packages, lambda: can_import("django"), VENV, [REQUIREMENTS]),
        Step("postgresql" if elsewhere else "database", fill_database, has_database, DATA, of_database, elsewhere),
        Step("static", collect_static_files, (DATA / "static").exists, DATA, [REQUIREMENTS, *files_of("static")]),
    ]


def files_of(*folders: str) -> list[Path]:
    found = (file for folder in folders for file in (ROOT / folder).rglob("*"))
    return sorted(file for file in found if file.is_file() and file.suffix != ".pyc")


def set_up(restoring: bool = False) -> None:
    """Make what is not there yet: the virtual environment, the database, the static files.

    `restoring`: the database comes from a backup.
    """
    os.environ["PLANNER_DATA"] = str(DATA)
    if not restoring:
        check_nothing_is_gone()
    wanted = [step for step in steps() if not (restoring and step.do is fill_database)]
    if all(step.is_done() for step in wanted):
        return
    with alone():
        for step in wanted:
            if not step.is_done():
                step.take()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold off a second start in this folder. A lock of SQLite: on every system, and gone when its process is."""
    lock = sqlite3.connect(ROOT / ".setup.lock", timeout=0.2, isolation_level=None)
    told = False
    while True:
        try:
            lock.execute("BEGIN EXCLUSIVE")
            break
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise SetUpError(f"The folder {ROOT} cannot be written. Start as its owner, or copy it.") from error
        if not told:
            say("Another start is setting up in this folder: waiting for it ...")
            told = True
    try:
        yield
    finally:
        lock.close()


def install_packages() -> None:
    say("Setting up the packages (once; about a minute) ...")
    if not can_import("pip"):
        make_environment()
    pip = attempt(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
                  "--requirement", REQUIREMENTS)  # fmt: skip
    if pip.returncode:
        say("\n".join(line for line in pip.stdout.splitlines() if line.startswith("ERROR")))
        raise SetUpError(
            "The packages could not be downloaded and installed. Check the connection (behind a proxy set HTTPS_PROXY) "
            "and the space on the disk, then start again."
        )


def make_environment() -> None:
    if VENV.exists():
        say("The environment in .venv does not work (Python was upgraded or removed?): making it anew ...")
    shutil.rmtree(VENV, ignore_errors=True)
    attempt(sys.executable, "-m", "venv", VENV)
    if not can_import("pip"):
        # A folder without pip is of no use, and would look as if it were.
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetUpError(
            "No virtual environment could be made: Python's venv module is missing or incomplete. On Debian and "
            "Ubuntu, as root: apt-get install python3-venv. Then start again."
        )


def can_import(package: str) -> bool:
    # A venv that could not be finished has a Python but no pip, and that of a removed Python cannot even start.
    try:
        return attempt(PYTHON, "-I", "-c", f"import {package}").returncode == 0
    except OSError:
        return False


def fill_database() -> None:
    say(f"Setting up the database in {DATA} ...")
    make_data_folder()
    manage_quietly("migrate", "--noinput", "--verbosity=0")
    manage_quietly("loadcatalogue")


def check_nothing_is_gone() -> None:
    """A new, empty database must not stand in the place of one that was deleted: its stamp says that there was one."""
    file, made = DATA / "planner.sqlite3", next(DATA.glob("database-*"), None)
    if made and not file.exists() and not os.environ.get("DATABASE_URL"):
        raise SetUpError(
            f"The database {file} is gone. Restore a backup: python3 run.py manage restore FILE. "
            f"To begin anew, delete {made} too."
        )


def collect_static_files() -> None:
    say("Setting up the static files ...")
    make_data_folder()
    manage_quietly("collectstatic", "--noinput", "--verbosity=0")


def make_data_folder() -> None:
    with contextlib.suppress(OSError):
        DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(DATA, os.W_OK):
        raise SetUpError(f"The folder {DATA} cannot be written. Set PLANNER_DATA to a folder of your own.")


def manage_quietly(*command: str) -> None:
    done = attempt(PYTHON, ROOT / "manage.py", *command)
    told = done.stdout.strip()
    if done.returncode:
        say(told.splitlines()[-1] if "Traceback" in told else told)
        raise SetUpError(f"This step did not work: manage.py {command[0]}. The line above says why.")
    if told:
        say(told)


def attempt(*command: object) -> "subprocess.CompletedProcess[str]":
    """Run a step without standard input, which may hold an estate for the command that follows."""
    return subprocess.run(
        [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip


def become(*command: object) -> int:
    """Let this process be that program, with its signals and exit status. Windows knows no such thing: wait for it."""
    words = [str(part) for part in command]
    if os.name != "nt":
        os.execv(words[0], words)
    return subprocess.call(words)


# --- The commands ---


def serve(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(prog="run.py", description="Serve the site. Other commands: run.py --help")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=port_number, default=8000, metavar="1-65535")
    chosen = options.parse_args(arguments)
    address = check_address(chosen.host, chosen.port)
    set_up()
    if chosen.host not in ("127.0.0.1", "localhost", "::1") and not os.environ.get("PLANNER_HOSTS"):
        say("Other machines get no answer before PLANNER_HOSTS names this one: see docs/deploy.md.")
    host = f"[{chosen.host}]" if ":" in chosen.host else chosen.host
    say(f"The activation planner is at http://{host}:{chosen.port}/ (stop it with Ctrl+C)")
    first_account = attempt(PYTHON, ROOT / "manage.py", "firstaccount", "--address", f"http://{host}:{chosen.port}")
    if first_account.stdout:
        say(first_account.stdout.strip())
    os.chdir(ROOT)
    workers = 1 if os.name == "nt" else 2  # granian has but one on Windows
    return become(
        PYTHON, "-m", "granian", "--interface", "wsgi", "--host", address, "--port", chosen.port, "--no-ws",
        "--workers", workers, "--workers-kill-timeout", PATIENCE, "--blocking-threads", 1, "--log-level", "warning",
        "planner.wsgi:application",
    )  # fmt: skip


def port_number(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"there is no port {text}. Choose a number from 1 to 65535")


def check_address(host: str, port: int) -> str:
    """Tell before anything else that the address cannot be had: the server would share it or fail without words.

    Returns it as numbers, for the server knows no names.
    """
    why = {
        errno.EADDRINUSE: f"Port {port} is taken. Choose another: python3 run.py --port {port % 65535 + 1}",
        errno.EACCES: f"Port {port} is not for ordinary users. Choose one above 1023: python3 run.py --port 8000",
    }
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            if os.name != "nt":  # there it would let two servers have one port
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
        return str(address[0])
    except OSError as error:
        other = f"This machine has no address {host}. Choose one that it has: python3 run.py --host 127.0.0.1"
        raise SetUpError(why.get(error.errno or 0, other)) from error


PROGRAMS = {
    "test": ("-m", "tests"),
    "manage": (ROOT / "manage.py",),
    "bench": ("-m", "bench"),
    "requirements": (ROOT / ".ci" / "requirements.py",),
}


def start(name: str, arguments: list[str]) -> int:
    if name == "serve":
        return serve(arguments)
    if name not in PROGRAMS:
        raise SetUpError(f"There is no command {name}. There are: {', '.join(['serve', *PROGRAMS])}.")
    set_up(restoring=name == "manage" and arguments[:1] == ["restore"])
    if name != "manage":  # its arguments may name files, from where it was called
        os.chdir(ROOT)
    return become(PYTHON, *PROGRAMS[name], *arguments)


def main(arguments: list[str]) -> int:
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        print((__doc__ or "").strip())
        return 0
    name, *rest = ["serve", *arguments] if not arguments or arguments[0].startswith("-") else arguments
    try:
        return start(name, rest)
    except SetUpError as error:
        say(str(error))
    except OSError as error:
        say(f"{error.filename or ROOT}: {error.strerror or error}")
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
