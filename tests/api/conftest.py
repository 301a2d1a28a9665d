"""Two organisations with tokens, and a client that calls the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from planner.access import Here
from planner.keeping import fill_with_example
from planner.models import Membership, Role, Scope
from planner.organisations import found
from planner.tokens import make

SMALL = {
    "format": "estate/1",
    "computers": [{"product": "windows-11-enterprise", "count": 40}],
    "licences": [{"product": "windows-11-enterprise", "quantity": 40}],
}
Call = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def uncounted() -> None:
    """No calls of another test count."""
    cache.clear()


@pytest.fixture
def contoso(db: None) -> Here:
    """Olga's Contoso, filled with the example."""
    owner = User.objects.create_user("olga@contoso.com")
    here = Here(found("Contoso", owner, uuid4().hex), owner, Role.OWNER, uuid4().hex)
    fill_with_example(here)
    return here


@pytest.fixture
def fabrikam(db: None) -> Here:
    """Another organisation, of somebody else."""
    owner = User.objects.create_user("sam@fabrikam.com")
    return Here(found("Fabrikam", owner, uuid4().hex), owner, Role.OWNER, uuid4().hex)


def token(here: Here, scope: Scope = Scope.WRITE, role: Role = Role.OWNER) -> str:
    """The secret of a new token of the owner, or of a new member of that role."""
    if role is Role.OWNER:
        return make(here, "Nightly", scope, 30)
    person = User.objects.create_user(f"{role.value}-{uuid4().hex}@contoso.com")
    Membership.objects.create(organisation=here.organisation, person=person, role=role)
    return make(Here(here.organisation, person, role, uuid4().hex), "Nightly", scope, 30)


@pytest.fixture
def call() -> Call:
    """Call the API: method, path below /api/v1/, token, body, headers."""

    def send(method: str, path: str, secret: str = "", body: Any = None, **headers: str) -> HttpResponse:
        if secret:
            headers["Authorization"] = f"Bearer {secret}"
        more = {"data": body, "content_type": "application/json"} if body is not None else {}
        client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        return getattr(client, method)(f"/api/v1/{path}", headers=headers, **more)

    return send
