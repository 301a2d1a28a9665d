"""An import that is killed or finds no room on the disk leaves all of it or nothing, and the site works on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError, connection

import run
from activation.catalogue import current
from planner.access import Here
from planner.imports.meaning import Amount, Meant
from planner.imports.merging import confirm
from planner.models import Network
from planner.recording import recorded
from tests.backups.sites import do
from tests.organisations.conftest import contoso, here, office, olga
from tests.site_data import filled, own_site

__all__ = ["contoso", "here", "office", "olga"]

CONTOSO = """
from uuid import uuid4
from django.contrib.auth.models import User
from planner.organisations import found
found("Contoso", User.objects.create_user("olga@contoso.com"), uuid4().hex)
"""
ROUNDS = 12


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with own_site(tmp_path_factory.mktemp("site")) as variables:
        do(filled(variables), CONTOSO)
        yield variables


@pytest.mark.django_db
@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_an_import_killed_at_any_moment_leaves_all_or_nothing(
    journal: str, site: dict[str, str], tmp_path: Path
) -> None:
    with own_site(tmp_path, site) as variables:
        done = subprocess.run(
            [sys.executable, "-m", "tests.imports.killed", journal, str(ROUNDS)],
            cwd=run.ROOT, env=variables, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert (done.stdout, done.stderr) == ("0 torn, whole: True, imports: some\n", "")


@pytest.mark.sqlite
def test_a_full_disk_leaves_nothing_of_an_import_and_a_small_write_works_again(here: Here, office: Network) -> None:
    found = Meant(0, {}, {(f"Site {number}", "windows-11-enterprise"): Amount(3) for number in range(2_000)})
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 20}")
        try:
            with pytest.raises(OperationalError, match="full"):
                confirm(here, "Imported", found, False, current(), here.estate().revision)
        finally:
            cursor.execute("PRAGMA max_page_count = 1000000000")
    assert list(here.estate().networks.values_list("name", flat=True)) == ["Head office"]
    assert not here.organisation.acts.filter(what="Imported").exists()
    with recorded(here, "Added a network") as act:
        act.add(Network(estate=office.estate, name="Branch"))
    assert here.estate().networks.count() == 2
