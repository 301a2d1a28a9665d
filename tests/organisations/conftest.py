"""Contoso and its people: Olga owns it, Edgar edits, Vera views. Stan is a stranger, Adam is staff of the site."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from planner.access import Here
from planner.models import ComputerLine, Membership, Network, Organisation, Role
from planner.organisations import found
from planner.recording import recorded

PASSWORD = "a long sentence for tests"


def person(name: str, **more: bool) -> User:
    return User.objects.create_user(f"{name}@contoso.com", f"{name}@contoso.com", PASSWORD, **more)


def here_as(organisation: Organisation, who: User) -> Here:
    role = Role(Membership.objects.get(organisation=organisation, person=who).role)
    return Here(organisation, who, role, uuid4().hex)


@pytest.fixture
def olga(db: None) -> User:
    return person("olga")


@pytest.fixture
def contoso(olga: User) -> Organisation:
    return found("Contoso", olga, uuid4().hex)


@pytest.fixture
def edgar(contoso: Organisation) -> User:
    return _member(contoso, "edgar", Role.EDITOR)


@pytest.fixture
def vera(contoso: Organisation) -> User:
    return _member(contoso, "vera", Role.VIEWER)


@pytest.fixture
def stan(db: None) -> User:
    """A stranger: owner of an organisation of his own."""
    stranger = person("stan")
    found("Fabrikam", stranger, uuid4().hex)
    return stranger


@pytest.fixture
def adam(db: None) -> User:
    """Staff of the site, a member of nothing."""
    return person("adam", is_staff=True, is_superuser=True)


@pytest.fixture
def here(contoso: Organisation, olga: User) -> Here:
    return here_as(contoso, olga)


@pytest.fixture
def office(here: Here) -> Network:
    """A network with 40 Windows 7 computers."""
    network = Network(estate=here.estate(), name="Head office")
    with recorded(here, "Added a network") as act:
        act.add(network)
        act.add(ComputerLine(estate=network.estate, network=network, product="windows-7-enterprise", count=40))
    return network


def signed_in(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def _member(organisation: Organisation, name: str, role: Role) -> User:
    who = person(name)
    Membership.objects.create(organisation=organisation, person=who, role=role)
    return who
