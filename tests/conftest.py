"""
What all tests share. The tests in a real browser are a run of their own: python3 run.py test tests/browser

A test that uses the database (`db`, `client` with `pytest.mark.django_db`) starts with the shipped catalogue loaded,
as every installation does. Such tests run on SQLite and once more on PostgreSQL: tests/__main__.py
"""

import os
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker

collect_ignore = ["browser"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, run what uses the database; the rest has nothing to do with it and was run already."""
    here = uses_database if os.environ.get("DATABASE_URL") else runs_without_postgresql
    config.hook.pytest_deselected(items=[item for item in items if not here(item)])
    items[:] = filter(here, items)


def uses_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    if item.get_closest_marker("sqlite"):
        return False
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgresql"))
    return marked or "db" in fixtures or "transactional_db" in fixtures


def runs_without_postgresql(item: pytest.Item) -> bool:
    return item.get_closest_marker("postgresql") is None


PLAIN = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@pytest.fixture(scope="session", autouse=True)
def plain_static_files() -> Iterator[None]:
    """Let unit tests name static files without collectstatic; the browser tests use the real storage."""
    with override_settings(STORAGES=PLAIN, WHITENOISE_AUTOREFRESH=True, WHITENOISE_USE_FINDERS=True):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Load the shipped catalogue once; each test's own changes are rolled back."""
    with django_db_blocker.unblock():
        call_command("loadcatalogue", stdout=StringIO())
