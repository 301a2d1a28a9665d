"""Many rows of an estate changed and removed at once: all of them or none, nobody else's unseen."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from planner.access import Here
from planner.models import Act, ComputerLine, Network
from planner.recording import recorded
from tests.organisations.conftest import here_as, signed_in
from tests.organisations.pages import (
    COMPUTERS,
    counts,
    seen,
    somebody_changes,
)


@pytest.fixture
def client(olga: User) -> Client:
    return signed_in(olga)


@pytest.fixture
def three(here: Here, office: Network) -> list[ComputerLine]:
    rows = [
        ComputerLine(estate=here.estate(), network=office, product="windows-11-enterprise", count=number)
        for number in (1, 2)
    ]
    with recorded(here, "Added") as act:
        act.add_all(rows)
    return list(here.estate().computers.order_by("pk"))


def ticked(rows: list[ComputerLine]) -> list[str]:
    return [f"{row.pk}:{row.version}" for row in rows]


def test_one_field_is_changed_in_all_ticked_rows(client: Client, here: Here, three: list[ComputerLine]) -> None:
    chosen = {"row": ticked(three[1:]), "field": "contact", "back": "q=11"}
    page = client.post(f"{COMPUTERS}chosen/", chosen | {"do": "change"})
    assert "Change 2 lines of computers" in seen(page)
    response = client.post(f"{COMPUTERS}chosen/", chosen | {"do": "save", "contact": "rare"})
    assert response["Location"].startswith(f"{COMPUTERS}?q=11&done=")
    assert list(here.estate().computers.values_list("contact", flat=True)) == ["regular", "rare", "rare"]


def test_a_change_of_many_rows_that_one_cannot_have_changes_none(
    client: Client, here: Here, three: list[ComputerLine]
) -> None:
    sent = {"row": ticked(three), "field": "virtual", "virtual": "2", "do": "save"}
    page = client.post(f"{COMPUTERS}chosen/", sent)
    assert page.status_code == 422
    assert "1 Windows 11 Enterprise in Head office, Virtual: Enter a whole number from 0 to 1" in seen(page)
    assert set(here.estate().computers.values_list("virtual", flat=True)) == {0}


def test_the_ticked_rows_are_removed_and_come_back(client: Client, here: Here, three: list[ComputerLine]) -> None:
    client.post(f"{COMPUTERS}chosen/", {"row": ticked(three[:2]), "do": "delete"})
    assert counts(here) == [2]
    client.post(f"/o/contoso/acts/{Act.objects.latest('pk').pk}/undo/")
    assert sorted(counts(here)) == [1, 2, 40]


@pytest.mark.parametrize("do", ["delete", "save"])
def test_of_many_rows_those_that_somebody_changed_are_chosen_one_by_one(
    client: Client, here: Here, three: list[ComputerLine], edgar: User, do: str
) -> None:
    sent = {"row": ticked(three), "field": "note", "note": "mine", "do": do}
    somebody_changes(edgar, here, 50)
    page = client.post(f"{COMPUTERS}chosen/", sent)
    assert page.status_code == 409
    assert "50 Windows 7 Enterprise in Head office" in seen(page)
    assert (counts(here), here.estate().computers.exclude(note="").count()) == ([50, 1, 2], 0)
    rest = re.findall(r'name="row" value="([^"]+)"', page.content.decode())
    client.post(f"{COMPUTERS}chosen/", sent | {"row": rest, f"row-{three[0].pk}": "", "decided": "yes"})
    left = {"delete": ([50], 0), "save": ([50, 1, 2], 2)}[do]
    assert (counts(here), here.estate().computers.exclude(note="").count()) == left


def test_rows_of_another_organisation_are_not_touched_and_not_named(
    client: Client, here: Here, three: list[ComputerLine], stan: User
) -> None:
    there = here_as(stan.memberships.get().organisation, stan)
    lab = Network(estate=there.estate(), name="Fabrikam lab")
    theirs = ComputerLine(estate=there.estate(), network=lab, product="windows-11-enterprise", count=9)
    with recorded(there, "Added") as act:
        act.add(lab)
        act.add(theirs)
    page = client.post(f"{COMPUTERS}chosen/", {"row": [*ticked(three), f"{theirs.pk}:1"], "do": "delete"})
    assert "Fabrikam" not in seen(page)
    assert there.estate().computers.count() == 1
    assert client.get(f"{COMPUTERS}{theirs.pk}/").status_code == 404


@pytest.mark.parametrize("row", [[], ["x"], ["1"], ["9" * 50 + ":1"], ["1:" + "9" * 50]])
def test_without_ticked_rows_the_list_says_what_to_do(
    client: Client, here: Here, office: Network, row: list[str]
) -> None:
    page = client.post(f"{COMPUTERS}chosen/", {"row": row, "do": "delete"})
    assert page.status_code == 422
    assert "Tick one or more rows first." in seen(page)
