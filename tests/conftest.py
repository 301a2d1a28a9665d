"""
What all tests share. The tests in a real browser are a run of their own: python3 run.py test tests/browser

A test that uses the database (`db`, `client` with `pytest.mark.django_db`) starts with the shipped catalogue loaded,
as every installation does.
"""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker

collect_ignore = ["browser"]

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
