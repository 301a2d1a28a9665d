"""Ids of another organisation in queries and bodies are as good as none; no page hangs on what others keep."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from planner.access import Here
from planner.models import ComputerLine, Network, Organisation, Role
from planner.organisations import found
from planner.recording import recorded
from tests.walls.addresses import door_of
from tests.walls.conftest import MARK, Address, Walled, _filled
from tests.walls.test_walls import INSIDE, ask, every, path_of

MISSING = 987_654_321
FABRIKAM = "/o/fabrikam/"


@pytest.fixture
def theirs(walled: Walled) -> Here:
    """Fabrikam with a line of its own; its owner is the stranger who tries."""
    stranger = walled.people["stranger"]
    here = Here(Organisation.objects.get(slug="fabrikam"), stranger, Role.OWNER, uuid4().hex)
    network = Network(estate=here.estate(), name="Office")
    with recorded(here, "Added") as act:
        act.add(network)
        act.add(ComputerLine(estate=network.estate, network=network, product="windows-7-enterprise", count=5))
    return here


def kept(organisation: Organisation) -> list[Any]:
    """All that the organisation keeps."""
    rows = [organisation.acts.count(), list(organisation.plans.values()), list(organisation.members.values())]
    for estate in organisation.estates.all():
        rows += [list(getattr(estate, table).values()) for table in ("networks", "computers", "licences", "keys")]
    return rows


def same(text: bytes) -> str:
    """The body without what differs from one request to the next."""
    body = re.sub(r'(name="csrfmiddlewaretoken" value|X-CSRFToken&quot;:|"X-CSRFToken":) ?=?"[^"]*"', "", text.decode())
    return re.sub(r"[0-9a-f]{32}", "", body)


def answers(client: Client, method: str, path: str, data: dict[str, Any], thing: int) -> tuple[int, str]:
    """Status and body for the data, where ID stands for the id of the thing."""
    filled = {name: str(value).replace("ID", str(thing)) for name, value in data.items()}
    response = getattr(client, method)(path, filled)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert MARK.lower().encode() not in body.lower(), f"{method} {path} {filled}"
    return response.status_code, same(body)


@pytest.mark.parametrize(
    ("method", "path", "data", "thing"),
    [
        ("get", "estate/computers/", {"network": "ID"}, "network"),
        ("get", "estate/computers/", {"done": "ID"}, "act"),
        ("get", "", {"done": "ID"}, "act"),
        ("get", "history/", {"kind": "computers", "row": "ID"}, "row"),
        ("get", "history/", {"kind": "plan", "row": "ID"}, "plan"),
        ("get", "history/", {"kind": "member", "row": "ID"}, "member"),
        ("get", "history.csv", {"kind": "computers", "row": "ID"}, "row"),
        ("get", "history.jsonl", {"kind": "member", "row": "ID"}, "member"),
        ("post", "estate/computers/chosen/", {"row": "ID:1", "do": "delete"}, "row"),
        ("post", "estate/networks/chosen/", {"row": "ID:1", "do": "delete", "with_lines": "yes"}, "network"),
        ("post", "estate/computers/chosen/", {"row": "ID:1", "do": "save", "field": "count", "count": "9"}, "row"),
        ("post", "scenarios/", {"name": "Copy", "plan": "ID"}, "plan"),
        ("post", "acts/ID/undo/", {}, "act"),
    ],
)
def test_an_id_of_another_organisation_is_answered_as_one_that_is_nowhere(
    method: str, path: str, data: dict[str, str], thing: str, walled: Walled, theirs: Here
) -> None:
    ids = walled.ids | {"network": walled.organisation.estates.get(scenario=False).networks.get().pk}
    before, client = kept(walled.organisation), Client(raise_request_exception=False)
    client.force_login(walled.people["stranger"])
    real, nowhere = (
        answers(client, method, FABRIKAM + path.replace("ID", str(number)), data, number)
        for number in (ids[thing], MISSING)
    )
    assert real == (nowhere[0], nowhere[1].replace(str(MISSING), str(ids[thing])))
    assert real[0] < 500
    assert kept(walled.organisation) == before


def test_a_network_of_another_organisation_cannot_be_named(walled: Walled, theirs: Here) -> None:
    client = Client()
    client.force_login(walled.people["stranger"])
    line = theirs.estate().computers.get()
    url, more = f"{FABRIKAM}estate/computers/{line.pk}/", {"version": 1, "do": "save"}
    for name in (f"{MARK} network", "Nowhere"):
        sent = {f"e{line.pk}-{field}": value for field, value in (("product", "windows-7-enterprise"), ("count", 7))}
        response = client.post(url, sent | more | {f"e{line.pk}-network": name})
        assert response.status_code == 422, name
        assert "Office" in response.content.decode(), name
    line.refresh_from_db()
    assert (line.count, line.network.name) == (5, "Office")


def test_ids_of_two_organisations_in_one_act_change_nothing_of_the_other_one(walled: Walled, theirs: Here) -> None:
    before, mine = kept(walled.organisation), theirs.estate().computers.get()
    client = Client()
    client.force_login(walled.people["stranger"])
    data = {"row": [f"{mine.pk}:1", f"{walled.ids['row']}:1"], "do": "delete"}
    response = client.post(f"{FABRIKAM}estate/computers/chosen/", data)
    assert MARK.encode() not in response.content
    assert kept(walled.organisation) == before


def test_an_organisation_in_the_body_moves_no_row(walled: Walled, theirs: Here) -> None:
    before, client = kept(walled.organisation), Client()
    client.force_login(walled.people["stranger"])
    there = dict.fromkeys(("organisation", "organisation_id", "id", "pk"), walled.organisation.pk)
    there["estate"] = walled.organisation.estates.get(scenario=False).pk
    client.post(f"{FABRIKAM}plans/", {"name": "Mine", **there})
    client.post(f"{FABRIKAM}scenarios/", {"name": "Mine", **there})
    client.post(f"{FABRIKAM}estate/computers/add/", {"text": "product,count\nwindows-7-enterprise,3", **there})
    assert kept(walled.organisation) == before
    assert theirs.organisation.plans.get().name == "Mine"
    assert theirs.organisation.estates.get(scenario=True).name == "Mine"
    assert sorted(theirs.estate().computers.values_list("count", flat=True)) == [3, 5]


@every([address for address in INSIDE if door_of(address.name).reads])
def test_a_page_is_the_same_whatever_others_keep(address: Address, walled: Walled) -> None:
    path = path_of(address, walled)
    before = same(ask(walled, "owner", "GET", path)[0].getvalue())
    others = walled.people["stranger"]
    here = Here(found("Tailspin", others, uuid4().hex), others, Role.OWNER, uuid4().hex)
    _filled(here, others)
    assert same(ask(walled, "owner", "GET", path)[0].getvalue()) == before


@every([address for address in INSIDE if door_of(address.name).writes])
@pytest.mark.parametrize("origin", ["https://evil.test", "null"])
def test_a_token_from_another_site_or_in_the_address_does_nothing(
    address: Address, origin: str, walled: Walled
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(walled.people["owner"])
    page = client.get(reverse("organisation", args=(walled.organisation.slug,))).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    path, before = path_of(address, walled), kept(walled.organisation)
    stolen = client.post(path, {"csrfmiddlewaretoken": token}, headers={"Origin": origin, "X-CSRFToken": token})
    assert stolen.status_code == 403
    assert client.post(f"{path}?csrfmiddlewaretoken={token}").status_code == 403
    assert kept(walled.organisation) == before
