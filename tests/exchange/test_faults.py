"""An import when the machine fails: killed at any moment, or with no room on the disk. All of it is in, or nothing.

Each runs in a process of its own with a database in a file: a test's own transaction would hide what is looked for.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MANY = 400  #: products of the file
ROUNDS = 25

#: Say when the import begins, and then import.
IMPORT = """
import sys, django
django.setup()
from pathlib import Path
from activation.exchange.importing import preview, run
from activation.exchange.uploaded import read_upload
file = read_upload("many.zip", Path(sys.argv[1]).read_bytes())
seen = preview(file).digest
print("begins", flush=True)
run(file, seen, {}, None, "Many products of Contoso")
print("done", flush=True)
"""

#: Write a ZIP of data files with many products more.
MAKE_FILE = """
import sys, django
django.setup()
from pathlib import Path
from activation.exchange import zip_file
from activation.state import read_state, rows_at
state = read_state()
rows = rows_at(state.digest)
model = rows["product"]["windows-7-enterprise"]
for number in range(int(sys.argv[2])):
    slug = f"contoso-{number}"
    rows["product"][slug] = model | {"slug": slug, "name": f"Contoso edition {number}", "note": "x" * 500}
Path(sys.argv[1]).write_bytes(zip_file.packed(state.version, state.digest, rows))
"""

#: Confirm an import in the admin with no page of the database left, then look whether the site is alive.
FULL_DISK = """
import json, sys, django
django.setup()
from pathlib import Path
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import setup_test_environment
from activation.models import ChangeSet, Product

def limit(pages):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count = {pages}")

def pages():
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA page_count").fetchone()[0]

def confirm():
    seen = client.get(where).context["preview"].digest
    return client.post(where, {"seen": seen, "reason": "Many products of Contoso"})

from tests.conftest import PLAIN

setup_test_environment()
override_settings(STORAGES=PLAIN).enable()
client = Client()
client.force_login(User.objects.create(username="alice", is_staff=True, is_superuser=True))
sent = SimpleUploadedFile("many.zip", Path(sys.argv[1]).read_bytes())
where = client.post("/admin/catalogue/exchange/", {"file": sent})["Location"]
before = Product.objects.count(), ChangeSet.objects.count()
limit(pages() + 8)
refused = confirm()
after = Product.objects.count(), ChangeSet.objects.count()
alive = client.get("/").status_code
limit(10**9)
imported = confirm()
print(json.dumps({
    "status": refused.status_code,
    "words": [text for _, text in refused.context["wrong"]],
    "unchanged": before == after,
    "alive": alive,
    "then": imported.status_code,
    "more": Product.objects.count() - before[0],
}))
"""


def variables(folder: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PLANNER_", "DATABASE_URL"))}
    return own | {"PLANNER_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "planner.settings"}


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=variables(folder), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as after the first start, with the file that is to be imported beside it."""
    folder = tmp_path_factory.mktemp("faults") / "data"
    folder.mkdir()
    run(folder, "manage.py", "migrate", "--verbosity", "0")
    run(folder, "manage.py", "loadcatalogue", "--verbosity", "0")
    run(folder, "-c", MAKE_FILE, str(folder.parent / "many.zip"), str(MANY))
    return folder


@pytest.fixture
def folder(fresh: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(fresh, tmp_path / "data"))


def importing(fresh: Path, folder: Path) -> subprocess.Popen[str]:
    """A process that has just begun to import."""
    child = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(fresh.parent / "many.zip")],
        cwd=ROOT,
        env=variables(folder),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "begins\n"
    return child


def state_of(folder: Path) -> tuple[str, int, int, int]:
    """Whether the file is whole, and how many products, acts and changed rows it has."""
    with closing(sqlite3.connect(folder / "planner.sqlite3")) as database:
        return tuple(
            database.execute(query).fetchone()[0]
            for query in (
                "PRAGMA integrity_check",
                "SELECT count(*) FROM activation_product WHERE slug LIKE 'contoso-%'",
                "SELECT count(*) FROM activation_changeset WHERE origin = 'import'",
                "SELECT count(*) FROM activation_rowchange WHERE identity LIKE 'contoso-%'",
            )
        )


def moments(duration: float) -> Iterator[float]:
    """Seconds after the beginning, spread over the whole import."""
    return (duration * number / ROUNDS for number in range(ROUNDS))


def test_an_import_that_is_killed_at_any_moment_is_in_whole_or_not_at_all(fresh: Path, tmp_path: Path) -> None:
    nothing, everything = ("ok", 0, 0, 0), ("ok", MANY, 1, MANY)
    whole = Path(shutil.copytree(fresh, tmp_path / "whole"))
    child, begun = importing(fresh, whole), time.monotonic()
    assert child.communicate()[0] == "done\n"
    duration = time.monotonic() - begun
    assert state_of(whole) == everything
    found = []
    for number, moment in enumerate(moments(duration)):
        folder = Path(shutil.copytree(fresh, tmp_path / str(number)))
        with importing(fresh, folder) as child:
            time.sleep(moment)
            child.kill()
        found.append(state_of(folder))
    assert set(found) <= {nothing, everything}
    assert nothing in found
    run(folder, "manage.py", "checkcatalogue")


def test_a_full_disk_stops_an_import_with_words_and_nothing_else(fresh: Path, folder: Path) -> None:
    told = json.loads(run(folder, "-c", FULL_DISK, str(fresh.parent / "many.zip")).splitlines()[-1])
    assert told == {
        "status": 507,
        "words": ["The disk is full. Nothing was imported. Make room and import again: the file still waits."],
        "unchanged": True,
        "alive": 200,
        "then": 302,
        "more": MANY,
    }
    assert state_of(folder)[0] == "ok"
