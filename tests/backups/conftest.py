"""Contoso's site with a database of its own: SQLite, and PostgreSQL in the run on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backups.sites import FILL, do
from tests.site_data import filled, own_site


@pytest.fixture(scope="session")
def contoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The shipped catalogue, and Olga's Contoso: to be copied."""
    with own_site(tmp_path_factory.mktemp("contoso")) as variables:
        do(filled(variables), FILL)
        yield variables


@pytest.fixture
def site(contoso: dict[str, str], tmp_path: Path) -> Iterator[dict[str, str]]:
    """A copy of it."""
    with own_site(tmp_path / "data", contoso) as variables:
        yield variables
