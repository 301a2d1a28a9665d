"""Several processes that write at once, on each of the two databases."""

import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from tests.at_once import at_once
from tests.site_data import filled, manage, own_site

WRITERS, TIMES = 8, 5
SLUG = "windows-7"
STATE = """\
from activation.models import ChangeSet, HostSystem
acts = list(ChangeSet.objects.order_by("pk").values_list("before", "after"))
gaps = [pair for pair, following in zip(acts, acts[1:]) if pair[1] != following[0]]
print(HostSystem.objects.get(slug="windows-7").position, len(acts), len(gaps))
"""


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The variables of a site with a database of its own, filled."""
    with own_site(tmp_path) as variables:
        yield filled(variables)


@pytest.mark.django_db
def test_eight_writers_at_once_lose_no_change_and_none_is_turned_away(environment: dict[str, str]) -> None:
    assert at_once(environment, *[("tests.catalogue.writer", SLUG, str(TIMES))] * WRITERS) == [("", "")] * WRITERS
    # It was shipped as 20. One act for the load, one for each change, and each begins with what the last one left.
    assert manage(environment, "shell", "--no-imports", "-c", STATE).stdout == "60 41 0\n"


@pytest.mark.django_db
def test_of_eight_who_save_the_same_form_at_once_one_is_saved_and_seven_are_told(environment: dict[str, str]) -> None:
    said = [told for told, _ in at_once(environment, *[("tests.catalogue.editor", SLUG)] * WRITERS)]
    assert sorted(said) == ["302\n", *["409\n"] * 7]
    position, acts, gaps = manage(environment, "shell", "--no-imports", "-c", STATE).stdout.split()
    assert int(position) >= 1000
    assert (acts, gaps) == ("2", "0")


@pytest.mark.django_db
def test_the_models_and_the_migrations_say_the_same() -> None:
    told = StringIO()
    call_command("makemigrations", check_changes=True, dry_run=True, stdout=told)
    assert told.getvalue() == "No changes detected\n"


@pytest.mark.django_db
def test_the_run_on_postgresql_is_on_postgresql() -> None:
    assert connection.vendor == ("postgresql" if os.environ.get("DATABASE_URL") else "sqlite")
