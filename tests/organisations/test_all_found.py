"""One act for all lines that a list finds, on all its pages: only those, and only as they were seen."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from planner.access import Here
from planner.models import Act, ComputerLine, Network
from planner.recording import recorded
from tests.organisations.conftest import signed_in

COMPUTERS = "/o/contoso/estate/computers/"
MEANWHILE = "Somebody changed this list meanwhile. Nothing was done"


@pytest.fixture
def client(here: Here) -> Client:
    return signed_in(here.person)


@pytest.fixture
def many(here: Here, office: Network) -> list[ComputerLine]:
    """120 lines of Windows 11 beside the one of Windows 7."""
    product = "windows-11-enterprise"
    rows = [ComputerLine(estate=here.estate(), network=office, product=product, count=n + 1) for n in range(120)]
    with recorded(here, "Added") as act:
        act.add_all(rows)
    return rows


def text_of(response: HttpResponse) -> str:
    return html.unescape(response.content.decode())


def all_of(page: str) -> str:
    """What the tick for all lines found sends."""
    return re.search(r'name="all" value="([^"]+)"', page)[1]


def test_all_lines_found_are_changed_and_no_other(client: Client, here: Here, many: list[ComputerLine]) -> None:
    page = text_of(client.get(COMPUTERS, {"q": "windows 11"}))
    assert "all 120 lines found" in page
    sent = {"all": all_of(page), "field": "contact", "back": "q=windows+11"}
    asked = text_of(client.post(f"{COMPUTERS}chosen/", sent | {"do": "change"}))
    assert "Change 120 lines of computers" in asked
    sent["all"] = all_of(asked)
    there = client.post(f"{COMPUTERS}chosen/", sent | {"do": "save", "contact": "rare"})
    assert there["Location"].startswith(f"{COMPUTERS}?q=windows+11&done=")
    assert here.estate().computers.filter(contact="rare").count() == 120
    assert here.estate().computers.get(contact="regular").product == "windows-7-enterprise"


def test_all_lines_found_are_removed_and_come_back(client: Client, here: Here, many: list[ComputerLine]) -> None:
    page = text_of(client.get(COMPUTERS, {"q": "windows 11", "page": "2"}))
    client.post(f"{COMPUTERS}chosen/", {"all": all_of(page), "do": "delete", "back": "q=windows+11&page=2"})
    assert here.estate().computers.count() == 1
    client.post(f"/o/contoso/acts/{Act.objects.latest('pk').pk}/undo/")
    assert here.estate().computers.count() == 121


def test_without_a_filter_all_lines_are_all(client: Client, many: list[ComputerLine]) -> None:
    page = text_of(client.get(COMPUTERS))
    assert "all 121 lines</label>" in page


def test_a_list_of_one_page_offers_no_other_tick(client: Client, here: Here, office: Network) -> None:
    assert 'name="all"' not in text_of(client.get(COMPUTERS))


@pytest.mark.parametrize("meanwhile", ["changed", "added", "removed"])
def test_a_list_that_somebody_changed_meanwhile_is_seen_again_first(
    client: Client, here: Here, office: Network, many: list[ComputerLine], meanwhile: str
) -> None:
    seen = all_of(text_of(client.get(COMPUTERS)))
    with recorded(here, "Meanwhile") as act:
        if meanwhile == "changed":
            act.change(many[0], {"count": 5_000}, 1)
        elif meanwhile == "added":
            act.add(ComputerLine(estate=here.estate(), network=office, product="windows-10-pro", count=1))
        else:
            act.remove_all(many[:1])
    before = here.estate().computers.count()
    page = client.post(f"{COMPUTERS}chosen/", {"all": seen, "do": "delete"})
    assert page.status_code == 422
    assert MEANWHILE in text_of(page)
    assert here.estate().computers.count() == before


def test_what_changed_outside_the_filter_is_no_matter(client: Client, here: Here, many: list[ComputerLine]) -> None:
    seen = all_of(text_of(client.get(COMPUTERS, {"q": "windows 11"})))
    seven = here.estate().computers.get(product="windows-7-enterprise")
    with recorded(here, "Meanwhile") as act:
        act.change(seven, {"count": 41}, seven.version)
    client.post(f"{COMPUTERS}chosen/", {"all": seen, "do": "delete", "back": "q=windows+11"})
    assert list(here.estate().computers.values_list("count", flat=True)) == [41]


@pytest.mark.parametrize("sent", ["", "1.2", "x", "120.1.1"])
def test_a_tick_of_another_making_does_nothing(client: Client, here: Here, many: list[ComputerLine], sent: str) -> None:
    assert client.post(f"{COMPUTERS}chosen/", {"all": sent, "do": "delete"}).status_code == 422
    assert here.estate().computers.count() == 121


def test_more_than_one_act_takes_are_to_be_narrowed_first(client: Client, here: Here, many: list[ComputerLine]) -> None:
    more = [
        ComputerLine(estate=here.estate(), network=many[0].network, product="windows-10-pro", count=1)
        for _ in range(1_900)
    ]
    with recorded(here, "Added") as act:
        act.add_all(more)
    page = text_of(client.get(COMPUTERS))
    assert "To tick all, search or filter to 2,000 or fewer." in page
    assert 'name="all"' not in page
    assert "all 1,900 lines found" in text_of(client.get(COMPUTERS, {"q": "windows 10 pro"}))


def test_an_act_on_many_lines_and_its_undo_ask_the_database_once_for_each(
    client: Client, here: Here, many: list[ComputerLine]
) -> None:
    sent = {"all": all_of(text_of(client.get(COMPUTERS, {"q": "windows 11"}))), "back": "q=windows+11"}
    with CaptureQueriesContext(connection) as asked:
        client.post(f"{COMPUTERS}chosen/", sent | {"do": "save", "field": "contact", "contact": "rare"})
    assert here.estate().computers.filter(contact="rare").count() == 120
    assert len(asked) < 120 + 30
    act = Act.objects.latest("pk")
    with CaptureQueriesContext(connection) as asked:
        client.post(f"/o/contoso/acts/{act.pk}/undo/")
    assert here.estate().computers.filter(contact="rare").count() == 0
    assert len(asked) < 120 + 30
