"""
A database that is full, that takes no changes, that another writer keeps busy, or that does not answer: 503 with what
to do, and nothing half done.

Each site runs in a process of its own with a database in a file: a test's own transaction would hide what is looked
for.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.site_data import filled

ROOT = Path(__file__).resolve().parent.parent

#: Save a product in the admin while the database has the fault that is named, then look at the site and save again.
SAVE = """
import json, os, sqlite3, sys, django
django.setup()
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import setup_test_environment
from activation.models import ChangeSet, Product
from tests.catalogue.admin_pages import address, form_of
from tests.conftest import PLAIN

other = sqlite3.connect(os.path.join(os.environ["PLANNER_DATA"], "planner.sqlite3"), isolation_level=None)

def pragma(words):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {words}").fetchone()

FAULTS = {
    "full": (
        lambda: pragma(f"max_page_count = {pragma('page_count')[0]}"),
        lambda: pragma("max_page_count = 1000000"),
    ),
    "read-only": (lambda: pragma("query_only = 1"), lambda: pragma("query_only = 0")),
    "busy": (
        lambda: (pragma("busy_timeout = 100"), other.execute("BEGIN IMMEDIATE")),
        lambda: other.execute("ROLLBACK"),
    ),
}

setup_test_environment()
override_settings(STORAGES=PLAIN).enable()
client = Client(raise_request_exception=False)
client.force_login(User.objects.create(username="alice", is_staff=True, is_superuser=True))
row = Product.objects.get(slug="windows-7-enterprise")
where = address(Product, "change", row.pk)
form = form_of(client.get(where)) | {"note": "Contoso " * 20_000, "reason": "A test"}
before = ChangeSet.objects.count()
begin, end = FAULTS[sys.argv[1]]
begin()
refused = client.post(where, form)
unchanged = (row.note, before) == (Product.objects.get(pk=row.pk).note, ChangeSet.objects.count())
read = client.get("/catalogue/").status_code
end()
then = client.post(where, form)
print(json.dumps({
    "status": refused.status_code,
    "wait": refused.headers.get("Retry-After"),
    "page": refused.content.decode(),
    "unchanged": unchanged,
    "read": read,
    "then": then.status_code,
    "saved": Product.objects.get(pk=row.pk).note.startswith("Contoso"),
}))
"""

#: Add lines to the estate of an organisation while another writer has the database, with and without htmx, then again.
ADD = """
import json, os, sqlite3, django
django.setup()
from uuid import uuid4
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import setup_test_environment
from planner.models import Act, ComputerLine
from planner.organisations import found
from tests.conftest import PLAIN

other = sqlite3.connect(os.path.join(os.environ["PLANNER_DATA"], "planner.sqlite3"), isolation_level=None)

def send(**headers):
    answer = client.post("/o/contoso/estate/computers/add/", form, headers=headers)
    kept = ComputerLine.objects.count(), Act.objects.count() - before
    told = "The planner is busy" in answer.content.decode()
    return [answer.status_code, answer.headers.get("Retry-After"), told, *kept]

setup_test_environment()
override_settings(STORAGES=PLAIN).enable()
olga = User.objects.create_user("olga@contoso.com")
found("Contoso", olga, uuid4().hex)
client = Client(raise_request_exception=False)
client.force_login(olga)
form = {"text": "windows-7-enterprise;3\\nwindows-7-enterprise;4", "once": "b" * 32}
before = Act.objects.count()
with connection.cursor() as cursor:
    cursor.execute("PRAGMA busy_timeout = 100")
other.execute("BEGIN IMMEDIATE")
plain, part, read = send(), send(**{"HX-Request": "true"}), client.get("/o/contoso/").status_code
other.execute("ROLLBACK")
print(json.dumps({"plain": plain, "part": part, "read": read, "then": send(), "again": send()}))
"""

#: Ask for an address of a site whose database does not answer.
ASK = """
import json, sys, django
django.setup()
from django.test import Client, override_settings
from django.test.utils import setup_test_environment
from tests.conftest import PLAIN

setup_test_environment()
override_settings(STORAGES=PLAIN).enable()
client = Client(raise_request_exception=False)
client.cookies["sessionid"] = "0123456789abcdefghijklmnopqrstuv"
answers = {}
for name, (method, address, headers) in json.loads(sys.argv[1]).items():
    answer = getattr(client, method)(address, {"username": "alice", "password": "x"}, headers=headers)
    answers[name] = [answer.status_code, answer.headers.get("Retry-After"), answer.content.decode()]
print(json.dumps(answers))
"""

SCREENS = {
    "the quick planner": ("get", "/", {}),
    "its fragment": ("get", "/", {"HX-Request": "true"}),
    "a download": ("get", "/plan.json", {}),
    "the reference": ("get", "/catalogue/", {}),
    "a page of a product": ("get", "/catalogue/products/windows-7-enterprise/", {}),
    "the matrix": ("get", "/catalogue/matrix/", {}),
    "the admin": ("get", "/admin/", {}),
    "the matrix of the admin": ("get", "/admin/catalogue/matrix/", {}),
    "signing in": ("post", "/admin/login/", {}),
}


def variables(folder: Path, **more: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PLANNER_", "DATABASE_URL"))}
    return own | {"PLANNER_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "planner.settings"} | more


def run(site: dict[str, str], script: str, argument: str) -> tuple[Any, str]:
    """What the script tells on its last line, and the log."""
    done = subprocess.run(
        [sys.executable, "-c", script, argument], cwd=ROOT, env=site, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]), done.stderr


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    """Save with that fault, on a site of its own."""

    def with_fault(fault: str) -> Any:
        return run(filled(variables(tmp_path_factory.mktemp(fault) / "data")), SAVE, fault)

    return with_fault


@pytest.mark.parametrize(
    ("fault", "says", "log"),
    [
        ("full", ("The disk is full", "needs room on the disk"), "database or disk is full"),
        ("read-only", ("Nothing can be saved at present", "takes no changes"), "attempt to write a readonly database"),
        ("busy", ("The planner is busy", "Try again in a minute"), "database is locked"),
    ],
)
def test_a_save_that_the_database_refuses_says_why_and_changes_nothing(
    save: Callable[[str], Any], fault: str, says: tuple[str, ...], log: str
) -> None:
    told, logged = save(fault)
    page = text(told.pop("page"))
    assert told == {"status": 503, "wait": "60", "unchanged": True, "read": 200, "then": 302, "saved": True}
    for words in (*says, "Nothing was saved", "go back"):
        assert words in page
    assert log in logged


def test_an_estate_is_saved_whole_or_not_at_all_when_another_writer_takes_too_long_and_then_by_the_same_form(
    tmp_path: Path,
) -> None:
    told, logged = run(filled(variables(tmp_path)), ADD, "")
    busy = [503, "60", True, 0, 0]
    assert told == {
        "plain": busy,
        "part": busy,
        "read": 200,
        "then": [302, None, False, 2, 1],
        "again": [302, None, False, 2, 1],  # the form came before
    }
    assert "database is locked" in logged


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The answers of all screens with PostgreSQL stopped: nothing listens on its port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"postgresql://planner@127.0.0.1:{taken.getsockname()[1]}/planner"
        site = variables(tmp_path_factory.mktemp("stopped"), DATABASE_URL=address)
        return run(site, ASK, json.dumps(SCREENS))[0]


@pytest.mark.parametrize("screen", SCREENS)
def test_without_its_database_a_screen_says_so_and_when_to_try_again(asked: Any, screen: str) -> None:
    status, wait, page = asked[screen]
    assert (status, wait) == (503, "60")
    assert "The database does not answer" in text(page)
    assert "Try again in a minute" in text(page)
    assert "127.0.0.1" not in page
