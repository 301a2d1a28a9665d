"""Contoso, where every text that people typed bears a mark, and the people who try its walls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.urls import URLPattern, get_resolver

from planner import plans, scenarios
from planner.access import Here
from planner.members import invite
from planner.models import ComputerLine, HeldKey, LicenceLine, Membership, Network, Organisation, Reading, Role, Scope
from planner.organisations import found
from planner.recording import recorded
from planner.tokens import make

MARK = "Qzx7"


@dataclass(frozen=True)
class Address:
    """A pattern of an address: its whole route, its name, and the names of its parameters."""

    route: str
    name: str
    parameters: tuple[str, ...]


@dataclass(frozen=True)
class Walled:
    """An organisation and, by parameter or thing, the ids of what it keeps."""

    organisation: Organisation
    ids: dict[str, int]
    people: dict[str, User | None]


def addresses(patterns: list[Any] | None = None, before: str = "", space: str = "") -> Iterator[Address]:
    """Every pattern of the site."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = f"{space}{pattern.name or _unnamed(route)}"
            yield Address(route, name, tuple(pattern.pattern.converters))
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, route, inner)


def _unnamed(route: str) -> str:
    return {"admin/login/": "admin-sign-in", "admin/logout/": "admin-sign-out"}.get(route, route)


@pytest.fixture
def walled(db: None) -> Walled:
    people = {name: User.objects.create_user(f"{name}@contoso.com") for name in ("owner", "editor", "viewer")}
    organisation = found("Contoso", people["owner"], uuid4().hex)
    organisation.name = f"{MARK} Contoso"
    organisation.save()
    for name in ("editor", "viewer"):
        Membership.objects.create(organisation=organisation, person=people[name], role=Role(name))
    stranger = User.objects.create_user("stranger@fabrikam.com")
    found("Fabrikam", stranger, uuid4().hex)
    staff = User.objects.create_user("staff@site.test", is_staff=True, is_superuser=True)
    here = Here(organisation, people["owner"], Role.OWNER, uuid4().hex)
    everybody = {**people, "stranger": stranger, "staff": staff, "anonymous": None}
    return Walled(organisation, _filled(here, everybody["viewer"]), everybody)


def _filled(here: Here, viewer: User) -> dict[str, int]:
    estate = here.estate()
    network = Network(estate=estate, name=f"{MARK} network")
    note = f"{MARK} note"
    line = ComputerLine(estate=estate, network=network, product="windows-7-enterprise", count=40, note=note)
    with recorded(here, f"{MARK} act", f"{MARK} why") as act:
        act.add(network)
        act.add(line)
        act.add(LicenceLine(estate=estate, product="windows-7-enterprise", quantity=40, note=note))
        act.add(HeldKey(estate=estate, key="mak-windows-7", used=50, last_five="QZX77", note=note))
        act.add(Reading(organisation=here.organisation, key="mak-windows-7", on=date(2026, 3, 1), used=50, note=note))
    invite(here, f"{MARK}@contoso.com", Role.VIEWER)
    make(here, f"{MARK} token", Scope.READ, 30)
    plan = plans.save(here, estate, f"{MARK} plan", note)
    scenario = scenarios.copy_inventory(here, f"{MARK} scenario")
    return {
        "row": line.pk,
        "copied row": scenario.computers.get().pk,
        "reading": here.organisation.readings.get().pk,
        "act": act.made.pk,
        "plan": plan.pk,
        "scenario": scenario.pk,
        "member": here.organisation.members.get(person=viewer).pk,
        "token": here.organisation.tokens.get().pk,
        "invitation": here.organisation.invitations.get().pk,
    }
