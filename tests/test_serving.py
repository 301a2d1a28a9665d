"""The server as run.py starts it: told to end during a request, and with a database that goes away and comes back."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple

import pytest

import run
from bench.site import HOST, by_server, environment, free_port, stop
from tests.postgresql import find_programs, server, stopped
from tests.site_data import filled, manage

#: Make an organisation with the example, and print the secret of a token that may change it.
MAKE_TOKEN = """
from uuid import uuid4
from django.contrib.auth.models import User
from planner.access import Here
from planner.keeping import fill_with_example
from planner.models import Role, Scope
from planner.organisations import found
from planner.tokens import make
olga = User.objects.create_user("olga@contoso.com")
here = Here(found("Contoso", olga, uuid4().hex), olga, Role.OWNER, uuid4().hex)
fill_with_example(here)
print(make(here, "Nightly", Scope.WRITE, 30))
"""
ESTATE = "/api/v1/organisations/contoso/estate"
NEW = {"format": "estate/1", "computers": [{"product": "windows-11-enterprise", "count": 40}]}


class Site(NamedTuple):
    data: Path
    port: int
    token: str
    process: subprocess.Popen[bytes]

    def asked(self, method: str = "GET", document: object = None) -> tuple[int, str | None]:
        """The status and how long to wait; (0, None) when the server does not answer or ends the connection."""
        headers = {"Authorization": f"Bearer {self.token}", "If-Match": "*", "Content-Type": "application/json"}
        with closing(HTTPConnection(HOST, self.port, timeout=30)) as connection:
            try:
                connection.request(method, ESTATE, json.dumps(document) if document else None, headers)
                answer = connection.getresponse()
                return answer.status, answer.headers["Retry-After"]
            except (OSError, HTTPException):
                return 0, None

    def has(self) -> str:
        """Which estate is kept."""
        with closing(sqlite3.connect(self.data / "planner.sqlite3")) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            counts = [count for (count,) in database.execute("SELECT count FROM planner_computerline")]
        return "new" if counts == [40] else f"{len(counts)} lines"


def made(data: Path, **variables: str) -> str:
    """Fill the database. Returns the token."""
    data.mkdir()
    own = filled(environment(data) | variables)
    return manage(own, "shell", "--no-imports", "--command", MAKE_TOKEN).stdout.strip()


@contextmanager
def serving(data: Path, token: str, **variables: str) -> Iterator[Site]:
    own, port = environment(data) | variables, free_port()
    with (data / "log").open("wb") as log:
        process = subprocess.Popen(
            by_server(port), cwd=run.ROOT, env=own, stdout=log, stderr=log, start_new_session=True
        )
    site = Site(data, port, token, process)
    try:
        until(site, (200, None))
        yield site
    finally:
        stop(process)


def until(site: Site, expected: tuple[int, str | None]) -> None:
    """Ask until the answer is this one, 20 seconds at most."""
    end = time.monotonic() + 20
    while (answer := site.asked()) != expected:
        assert time.monotonic() < end, answer
        time.sleep(0.1)


@contextmanager
def told_to_end_while_it_writes(site: Site) -> Iterator[tuple[sqlite3.Connection, Future[tuple[int, str | None]]]]:
    """Replace the estate while another writer has the database, and tell the server to end."""
    other = sqlite3.connect(site.data / "planner.sqlite3", isolation_level=None)
    with closing(other), ThreadPoolExecutor() as threads:
        other.execute("BEGIN IMMEDIATE")
        answer = threads.submit(site.asked, "PUT", NEW)
        time.sleep(1)  # so that the request is under way
        assert not answer.done()
        site.process.send_signal(signal.SIGTERM)
        yield other, answer


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder to be copied, and its token."""
    data = tmp_path_factory.mktemp("kept") / "data"
    return data, made(data)


@pytest.fixture
def site(kept: tuple[Path, str], tmp_path: Path) -> Iterator[Site]:
    data, token = kept
    with serving(Path(shutil.copytree(data, tmp_path / "data")), token) as site:
        yield site


def test_a_request_under_way_is_finished_when_the_server_is_told_to_end(site: Site) -> None:
    with told_to_end_while_it_writes(site) as (other, answer):
        time.sleep(0.5)
        other.execute("ROLLBACK")
    assert (answer.result(), site.has()) == ((200, None), "new")
    assert site.process.wait(10) == 0


def test_a_request_that_cannot_be_finished_does_not_keep_the_server_and_writes_nothing(site: Site) -> None:
    before = site.has()
    with told_to_end_while_it_writes(site) as (_, answer):
        site.process.wait(10)
        assert answer.result() == (0, None)
    assert site.has() == before != "new"


@pytest.mark.postgresql
def test_postgresql_stops_and_comes_back_and_the_running_site_with_it(tmp_path: Path) -> None:
    programs = find_programs()
    assert programs
    with server(programs) as address:
        token = made(tmp_path / "data", DATABASE_URL=address)
        with serving(tmp_path / "data", token, DATABASE_URL=address) as site:
            for _ in range(4):  # each of the two workers has a connection that it keeps
                assert site.asked() == (200, None)
            with stopped(programs, address):
                for _ in range(4):
                    assert site.asked() == (503, "60")
            for _ in range(4):
                assert site.asked() == (200, None)
            assert site.process.poll() is None
