"""Contoso with 32 actors, on a database of its own: SQLite, and PostgreSQL in the run on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backups.sites import do
from tests.site_data import filled, own_site

CONTOSO = """
from uuid import uuid4
from django.contrib.auth.models import User
from planner.access import Here
from planner.models import ComputerLine, Membership, Network, Role
from planner.organisations import found
from planner.recording import recorded

olga = User.objects.create_user("olga@contoso.com")
here = Here(found("Contoso", olga, uuid4().hex), olga, Role.OWNER, uuid4().hex)
for number in range(32):
    actor = User.objects.create_user(f"actor-{number}@contoso.com")
    Membership.objects.create(organisation=here.organisation, person=actor, role="editor")
network = Network(estate=here.estate(), name="Head office")
with recorded(here, "Made the estate") as act:
    act.add(network)
    act.add(ComputerLine(estate=network.estate, network=network, product="windows-7-enterprise", count=40))
"""


@pytest.fixture(scope="session")
def contoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """To be copied."""
    with own_site(tmp_path_factory.mktemp("contoso")) as variables:
        do(filled(variables), CONTOSO)
        yield variables


@pytest.fixture
def site(contoso: dict[str, str], tmp_path: Path) -> Iterator[dict[str, str]]:
    """A site with an estate of one network and one line of 40 computers; Olga and 32 editors."""
    with own_site(tmp_path / "data", contoso) as variables:
        yield variables
