"""What the tests of backups do on a site, each in a process of its own, and what they look at."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import run
from tests.site_data import manage

#: Olga founds Contoso: a network, computers, a licence, a key, and a plan that is saved.
FILL = """
from uuid import uuid4
from django.contrib.auth.models import User
from planner.access import Here
from planner.models import ComputerLine, HeldKey, LicenceLine, Network, Role
from planner.organisations import found
from planner.plans import save
from planner.recording import recorded

olga = User.objects.create_user("olga@contoso.com", password="a long sentence for tests")
here = Here(found("Contoso", olga, uuid4().hex), olga, Role.OWNER, uuid4().hex)
estate = here.estate()
network = Network(estate=estate, name="Zürich")
with recorded(here, "Filled the estate") as act:
    act.add(network)
    act.add(ComputerLine(estate=estate, network=network, product="windows-7-enterprise", count=40, note="Ärger"))
    act.add(LicenceLine(estate=estate, product="windows-7-enterprise", quantity=40))
    act.add(HeldKey(estate=estate, key="mak-windows-7", used=12, last_five="AB2CD"))
estate.refresh_from_db()
save(here, estate, "Before the change", "")
"""

#: What somebody does after the backup.
CHANGE = """
from planner.models import ComputerLine, Organisation
ComputerLine.objects.update(count=7)
Organisation.objects.create(name="Fabrikam", slug="fabrikam")
"""

#: Each table's rows and a digest of them.
LOOK = """
import json
from planner.backups.moving import content, tables
found = [content(table, "default") for table in tables()]
print(json.dumps({each.table: [each.rows, each.digest] for each in found}))
"""

#: Whether Olga signs in and sees her organisation.
ANSWER = """
import json
from django.test import Client, override_settings
from django.test.utils import setup_test_environment
from tests.conftest import PLAIN

setup_test_environment()
override_settings(STORAGES=PLAIN).enable()
client = Client()
signed_in = client.login(username="olga@contoso.com", password="a long sentence for tests")
answer = client.get("/o/contoso/")
print(json.dumps([signed_in, answer.status_code, "Contoso" in answer.content.decode()]))
"""


def do(site: dict[str, str], script: str) -> str:
    """What a script prints in that site."""
    done = manage(site, "shell", "--no-imports", "-c", script)
    assert done.returncode == 0, done.stderr
    return done.stdout


def look(site: dict[str, str]) -> dict[str, list[Any]]:
    """Table -> how many rows it has, and a digest of them; but for what every visit writes."""
    tables: dict[str, list[Any]] = json.loads(do(site, LOOK))
    return {name: found for name, found in tables.items() if name != "django_session"}


def serve(site: dict[str, str]) -> subprocess.Popen[str]:
    """A process that has loaded the site as the web server's workers do; it ends with its standard input."""
    script = "import sys, warnings; warnings.simplefilter('ignore'); import planner.wsgi; print('ready', flush=True)"
    process = subprocess.Popen(
        [sys.executable, "-c", f"{script}; sys.stdin.read()"],
        cwd=run.ROOT, env=site, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process
