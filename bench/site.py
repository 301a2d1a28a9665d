"""The site on a free port of this machine, with a data folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import run
from bench.report import NotMeasuredError

HOST = "127.0.0.1"
LONGEST_START = 60.0  # seconds
PATIENCE = 5.0  # seconds that a server has to end by itself
SITE = "planner.settings"
#: The site's settings, and one view more: a page with nothing on it, to compare with.
SITE_AND_EMPTY_PAGE = "bench.settings"


def environment(data: Path, settings: str = SITE) -> dict[str, str]:
    """Variables for a site whose data is in `data`; settings of this shell do not get in."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PLANNER_", "DATABASE_URL"))}
    return own | {"PLANNER_DATA": str(data), "DJANGO_SETTINGS_MODULE": settings}


def set_up(data: Path) -> None:
    """Database, catalogue and static files in `data`, made by run.py itself. Done already: half a second."""
    command = [sys.executable, str(run.ROOT / "run.py"), "manage", "check"]
    done = subprocess.run(command, env=environment(data), capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise NotMeasuredError(f"The site could not be set up: {done.stderr.strip()[-500:]}")


def lines_of(module: str, data: Path, *arguments: str) -> list[str]:
    """What a module of the bench prints when it runs as a program with the site of this folder, line by line."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=run.ROOT,
        env=environment(data),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise NotMeasuredError(f"{module} ended with an error: {done.stderr.strip()[-500:]}")
    return done.stdout.splitlines()


def by_run(port: int) -> list[str]:
    """The command of a person who starts the site."""
    return [sys.executable, str(run.ROOT / "run.py"), "--port", str(port)]


def by_server(port: int) -> list[str]:
    """The server as run.py starts it, without run.py."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port), "--no-ws"),
        *("--workers", "2", "--workers-kill-timeout", str(run.PATIENCE), "--blocking-threads", "1"),
        *("--log-level", "warning", "planner.wsgi:application"),
    ]


@contextmanager
def started(command: Sequence[str], variables: Mapping[str, str], port: int) -> Iterator[float]:
    """Run the server until the end of the block; gives the seconds from its start to its first page."""
    log = Path(variables["PLANNER_DATA"], "server.log")
    with log.open("w", encoding="utf-8") as told:
        begun = time.perf_counter()
        server = subprocess.Popen(
            command,
            cwd=run.ROOT,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            start_new_session=True,
        )
        try:
            while not answers(port):
                if server.poll() is not None or time.perf_counter() - begun > LONGEST_START:
                    raise NotMeasuredError(f"The site did not start: {log.read_text('utf-8').strip()[-500:]}")
                time.sleep(0.005)
            yield time.perf_counter() - begun
        finally:
            stop(server)


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server and its workers.

    On a busy machine a worker was seen to miss, soon after its start, that it should end, and to outlive the server.
    So what is left of their group, which holds nothing else, is ended by force.
    """
    server.terminate()
    try:
        server.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)


def answers(port: int) -> bool:
    """Whether the site gives its page."""
    with closing(HTTPConnection(HOST, port, timeout=LONGEST_START)) as connection:
        try:
            connection.request("GET", "/")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return int(trial.getsockname()[1])
