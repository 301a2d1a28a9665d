"""What only reads writes nothing, at every address; what writes needs a token of one's own from a page of this site."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.walls import test_staff as staff
from tests.walls.addresses import STAFF, door_of
from tests.walls.conftest import Address, Walled
from tests.walls.test_bodies import kept
from tests.walls.test_walls import ALL, INSIDE, ask, every, path_of

#: The session notes the last request, and the sign-in when it was: neither is kept for anybody.
OF_EVERY_REQUEST = re.compile(r'"django_session"|"last_login"')
WRITING = [address for address in INSIDE if door_of(address.name).writes]


@every(ALL)
def test_no_address_writes_when_it_is_only_read(address: Address, walled: Walled) -> None:
    of_staff = door_of(address.name).reads == STAFF
    path = staff.path_of(address, walled) if of_staff else path_of(address, walled)
    for who in ("anonymous", "staff" if of_staff else "owner"):
        for method in ("GET", "HEAD", "OPTIONS"):
            with CaptureQueriesContext(connection) as queries:
                ask(walled, who, method, path)
            writes = [query["sql"] for query in queries if re.match(r"INSERT|UPDATE|DELETE", query["sql"])]
            assert [sql for sql in writes if not OF_EVERY_REQUEST.search(sql)] == [], f"{who} {method} {path}"


def token_in(client: Client, walled: Walled) -> str:
    page = client.get(reverse("organisation", args=(walled.organisation.slug,))).content.decode()
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]


def owner(walled: Walled) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(walled.people["owner"])
    return client


@every(WRITING)
def test_a_token_of_another_session_does_nothing(address: Address, walled: Walled) -> None:
    client, other = owner(walled), owner(walled)
    assert token_in(client, walled)
    path, before = path_of(address, walled), kept(walled.organisation)
    assert client.post(path, {"csrfmiddlewaretoken": token_in(other, walled)}).status_code == 403
    assert kept(walled.organisation) == before


@every(WRITING)
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_sends_does_nothing_even_with_the_token(address: Address, site: str, walled: Walled) -> None:
    client = owner(walled)
    given = {"csrfmiddlewaretoken": token_in(client, walled)}
    path, before = path_of(address, walled), kept(walled.organisation)
    assert client.post(path, given, headers={"Sec-Fetch-Site": site}).status_code == 403
    assert kept(walled.organisation) == before


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_form_of_this_site_is_taken(site: str, walled: Walled) -> None:
    client = owner(walled)
    given = {"csrfmiddlewaretoken": token_in(client, walled), "name": "Ours"}
    path = f"/o/{walled.organisation.slug}/plans/"
    assert client.post(path, given, headers={"Sec-Fetch-Site": site}).status_code == 302
    assert walled.organisation.plans.filter(name="Ours").exists()
