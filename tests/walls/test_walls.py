"""Every address, with every method, as everybody: nothing of an organisation is seen or done from outside."""

from __future__ import annotations

import re

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from planner.models import Role
from tests.walls.addresses import ANYBODY, STAFF, Door, door_of
from tests.walls.conftest import MARK, Address, Walled, addresses

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OUTSIDERS = ("stranger", "staff")
ALL = sorted(set(addresses()), key=lambda address: address.route)
INSIDE = [address for address in ALL if address.route.startswith("o/<slug:organisation>/")]
OUTSIDE = [address for address in ALL if address not in INSIDE and not address.name.startswith("admin:")]
NUMBERS = ("number", "scenario", "row", "act")


def path_of(address: Address, walled: Walled, **other: str | int) -> str:
    """The address with the ids of the organisation, or with others in their place."""
    door = door_of(address.name) or Door(None)
    row = "reading" if "/ledger/" in address.route else "copied row" if "<int:scenario>" in address.route else "row"
    ids = walled.ids | {"row": walled.ids[row]}
    words = {"organisation": walled.organisation.slug, "table": "computers", "kind": "json"}
    values = {**words, **ids, "number": ids.get(door.number, 0), **other}
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values.get(found[1], "x")), address.route)


def ask(walled: Walled, who: str, method: str, path: str, **headers: str) -> tuple[HttpResponse, bytes]:
    """What that person gets, with its whole body; the database is as before afterwards."""
    client = Client(raise_request_exception=False)
    with transaction.atomic():
        if walled.people[who]:
            client.force_login(walled.people[who])
        response = client.generic(method, path, headers=headers)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    return response, body + str(response.headers).encode()


def every(chosen: list[Address]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("address", chosen, ids=lambda address: address.route or "(first page)")


@every(ALL)
def test_each_address_has_its_line(address: Address) -> None:
    assert door_of(address.name), (
        f'The address "{address.name}" ({address.route}) has no line. Write in tests/walls/addresses.py: '
        f'"{address.name}": Door(<least role that reads>, <least role that writes>)'
    )


@every(INSIDE)
@pytest.mark.parametrize("who", ["anonymous", "stranger", "staff", "viewer", "editor", "owner"])
def test_each_method_is_answered_by_the_role(address: Address, who: str, walled: Walled) -> None:
    door, path = door_of(address.name), path_of(address, walled)
    for method in METHODS:
        least = door.reads if method in ("GET", "HEAD") else door.writes if method == "POST" else None
        response, body = ask(walled, who, method, path)
        assert response.status_code in expected(least, who, method) or (
            least is not None and who not in ("anonymous", *OUTSIDERS) and may(who, least) and done(response)
        ), f"{who} {method} {path}: {response.status_code}"
        if who in ("anonymous", *OUTSIDERS):
            assert MARK.lower().encode() not in body.lower(), f"{who} {method} {path}"


def may(who: str, least: Role | str) -> bool:
    return Role(who).includes(Role(least))


def done(response: HttpResponse) -> bool:
    return response.status_code < 500 and response.status_code not in (403, 404, 405)


def expected(least: Role | str | None, who: str, method: str) -> tuple[int, ...]:
    """The answers that refuse; none for who may do it."""
    if who == "anonymous":
        return (302,) if method in ("GET", "HEAD") else (401,)
    if least is None:
        return (403, 404, 405)
    if who in OUTSIDERS:
        return (404,)
    return () if may(who, least) else (403,)


@every(INSIDE)
def test_htmx_of_somebody_signed_out_is_answered_401(address: Address, walled: Walled) -> None:
    response, _ = ask(walled, "anonymous", "GET", path_of(address, walled), **{"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"].split("?")[0]) == (401, "/account/sign-in/")


@every(OUTSIDE)
@pytest.mark.parametrize("who", ["anonymous", "stranger", "staff"])
def test_addresses_outside_show_nothing_of_an_organisation(address: Address, who: str, walled: Walled) -> None:
    door, path = door_of(address.name), path_of(address, walled)
    for method in METHODS:
        response, body = ask(walled, who, method, path)
        assert response.status_code < 500, f"{who} {method} {path}"
        assert MARK.lower().encode() not in body.lower(), f"{who} {method} {path}"
        if door.reads != ANYBODY and door.writes != ANYBODY and who == "anonymous":
            assert response.status_code in (302, 401), f"{method} {path}"
        if door.reads == STAFF and who == "stranger":
            assert response.status_code in (302, 403, 404, 405), f"{method} {path}"


@every([address for address in INSIDE if set(NUMBERS) & set(re.findall(r":(\w+)>", address.route))])
def test_what_another_organisation_keeps_is_not_under_ones_own(address: Address, walled: Walled) -> None:
    least = door_of(address.name).reads
    for method in ("GET", "POST"):
        path = path_of(address, walled, organisation="fabrikam")
        response, body = ask(walled, "stranger", method, path)
        nothing, _ = ask(walled, "stranger", method, path_of(address, walled, organisation="fabrikam", **missing()))
        assert MARK.lower().encode() not in body.lower(), f"{method} {path}"
        assert response.status_code == nothing.status_code, f"{method} {path}"
        assert method == "POST" or response.status_code == (404 if least else 405), f"{method} {path}"


def missing() -> dict[str, int]:
    return dict.fromkeys(NUMBERS, 987_654_321)


@every([address for address in INSIDE if set(NUMBERS) & set(re.findall(r":(\w+)>", address.route))])
@pytest.mark.parametrize("number", [0, -1, 2**63, "9" * 5000], ids=["0", "-1", "2^63", "5,000 digits"])
def test_no_number_in_an_address_is_an_error_of_the_site(address: Address, number: int, walled: Walled) -> None:
    path = path_of(address, walled, **dict.fromkeys(NUMBERS, number))
    for method in ("GET", "POST"):
        response, _ = ask(walled, "owner", method, path)
        assert 400 <= response.status_code < 500, f"{method} {path[:60]}"


@every(INSIDE)
def test_what_is_inside_stays_in_no_cache_and_reading_writes_nothing(address: Address, walled: Walled) -> None:
    if not door_of(address.name).reads:
        return
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response, _ = ask(walled, "owner", "GET", path_of(address, walled))
    assert "no-store" in response["Cache-Control"]
    writes = [query["sql"] for query in queries if re.match(r"INSERT|UPDATE|DELETE", query["sql"])]
    assert [sql for sql in writes if "django_session" not in sql and "last_login" not in sql] == []


@every([address for address in ALL if not address.route.startswith("api/")])
def test_nothing_unsafe_is_done_without_the_token(address: Address, walled: Walled) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(walled.people["staff" if door_of(address.name).reads == STAFF else "owner"])
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert client.generic(method, path_of(address, walled)).status_code in (403, 404), method
