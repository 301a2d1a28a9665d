"""A row of an estate changed and removed in its place: nothing lost, nothing overwritten unseen."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from planner.access import Here
from planner.models import Act, Network
from planner.recording import recorded
from tests.organisations.conftest import here_as, signed_in
from tests.organisations.pages import (
    COMPUTERS,
    ESTATE,
    HTMX,
    counts,
    fields,
    line,
    seen,
    somebody_changes,
    value_of,
)


@pytest.fixture
def client(olga: User) -> Client:
    return signed_in(olga)


def test_a_line_is_changed_and_the_list_says_so(client: Client, here: Here, office: Network) -> None:
    back = {"back": "q=windows&sort=-count"}
    response = client.post(f"{COMPUTERS}{line(here).pk}/", fields(line(here), count="41") | back)
    act = Act.objects.latest("pk")
    assert response["Location"] == f"{COMPUTERS}?q=windows&sort=-count&done={act.pk}"
    assert act.what == "Changed 40 Windows 7 Enterprise in Head office"
    assert counts(here) == [41]


def test_htmx_gets_the_changed_row_with_totals_undo_and_the_focus(client: Client, here: Here, office: Network) -> None:
    fragment = client.post(f"{COMPUTERS}{line(here).pk}/", fields(line(here), count="41"), headers=HTMX)
    html = fragment.content.decode()
    assert html.startswith(f'<tr id="r{line(here).pk}">')
    assert "autofocus" in html
    assert '<span id="sum-count" hx-swap-oob="innerHTML">41</span>' in html
    assert fragment["HX-Trigger"] == "estate-changed"


def test_a_mistake_in_a_row_keeps_what_was_typed(client: Client, here: Here, office: Network) -> None:
    sent = fields(line(here), count="10", virtual="11", note="as typed")
    page = client.post(f"{COMPUTERS}{line(here).pk}/", sent)
    assert page.status_code == 422
    assert 'Virtual: Enter a whole number from 0 to 10 (the computers of this line), not "11".' in seen(page)
    assert value_of(page, f"e{line(here).pk}-note") == "as typed"
    assert counts(here) == [40]


def test_extra_fields_change_nothing(client: Client, here: Here, office: Network, stan: User) -> None:
    theirs = stan.memberships.get().organisation
    more = {"organisation": str(theirs.pk), "estate": str(theirs.estates.get().pk), "id": "1", "note_folded": "x"}
    before = line(here)
    prefixed = {f"e{before.pk}-{name}": text for name, text in more.items()}
    client.post(f"{COMPUTERS}{before.pk}/", fields(before, count="41") | more | prefixed)
    after = line(here)
    assert (after.pk, after.estate_id, after.count, after.note_folded) == (before.pk, before.estate_id, 41, "")


def test_a_network_of_another_organisation_cannot_be_chosen(
    client: Client, here: Here, office: Network, stan: User
) -> None:
    there = here_as(stan.memberships.get().organisation, stan)
    with recorded(there, "Added") as act:
        act.add(Network(estate=there.estate(), name="Fabrikam lab"))
    elsewhere = client.post(f"{COMPUTERS}{line(here).pk}/", fields(line(here), network="Fabrikam lab"))
    nowhere = client.post(f"{COMPUTERS}{line(here).pk}/", fields(line(here), network="Fabrikam lap"))
    assert 'Network: There is no network "Fabrikam lab". There is "Head office".' in seen(elsewhere)
    assert 'Network: There is no network "Fabrikam lap". There is "Head office".' in seen(nowhere)


def test_who_saves_second_sees_both_versions_and_chooses(
    client: Client, here: Here, office: Network, edgar: User
) -> None:
    old = fields(line(here), count="41", note="mine")
    somebody_changes(edgar, here, 50)
    page = client.post(f"{COMPUTERS}{line(here).pk}/", old)
    assert page.status_code == 409
    assert "Somebody changed this meanwhile" in seen(page)
    assert "edgar@contoso.com changed it at" in seen(page)
    assert "Computers (differs) 50 41" in seen(page)
    assert counts(here) == [50]
    client.post(f"{COMPUTERS}{line(here).pk}/", old | {"version": value_of(page, "version")})
    assert (line(here).count, line(here).note) == (41, "mine")


def test_who_changes_a_row_that_was_removed_may_add_it_again(
    client: Client, here: Here, office: Network, edgar: User
) -> None:
    old, pk = fields(line(here), count="41"), line(here).pk
    with recorded(here_as(here.organisation, edgar), "Removed") as act:
        act.remove_all([line(here)])
    page = client.post(f"{COMPUTERS}{pk}/", old)
    assert page.status_code == 409
    assert "edgar@contoso.com removed it at" in seen(page)
    names = re.findall(r'name="(r1-\w+)"', page.content.decode())
    client.post(f"{COMPUTERS}add/", {"rows": "1"} | {name: value_of(page, name) for name in names})
    assert counts(here) == [41]


def test_a_row_that_somebody_changed_is_not_removed_unseen(
    client: Client, here: Here, office: Network, edgar: User
) -> None:
    old = {"version": str(line(here).version), "do": "delete"}
    somebody_changes(edgar, here, 50)
    page = client.post(f"{COMPUTERS}{line(here).pk}/", old)
    assert page.status_code == 409
    assert counts(here) == [50]
    client.post(f"{COMPUTERS}{line(here).pk}/", old | {"version": value_of(page, "version")})
    assert counts(here) == []


def test_a_removed_row_comes_back_by_undo(client: Client, here: Here, office: Network) -> None:
    before = line(here)
    fragment = client.post(
        f"{COMPUTERS}{before.pk}/", {"version": str(before.version), "do": "delete"}, headers=HTMX
    ).content.decode()
    assert "Removed 40 Windows 7 Enterprise in Head office." in fragment
    assert counts(here) == []
    undo = re.search(r'action="(/o/contoso/acts/\d+/undo/)"', fragment)[1]
    response = client.post(undo, {"next": f"{COMPUTERS}?q=windows"})
    assert response["Location"].startswith(f"{COMPUTERS}?q=windows&done=")
    assert (line(here).pk, line(here).count) == (before.pk, 40)


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example/o/contoso/", "/o/contoso/\r\nX: y", "/o/other/"]
)
def test_an_undo_leads_nowhere_else(client: Client, here: Here, office: Network, wanted: str) -> None:
    response = client.post(f"/o/contoso/acts/{Act.objects.latest('pk').pk}/undo/", {"next": wanted})
    assert response["Location"].startswith("/o/contoso/?done=")


def test_what_somebody_changed_since_is_not_undone(client: Client, here: Here, office: Network, edgar: User) -> None:
    added = Act.objects.latest("pk")
    somebody_changes(edgar, here, 50)
    page = client.post(f"/o/contoso/acts/{added.pk}/undo/")
    assert page.status_code == 409
    assert "Somebody changed some of it since. Nothing was undone." in seen(page)
    assert counts(here) == [50]


def test_an_act_of_another_organisation_is_neither_shown_nor_undone(client: Client, here: Here, stan: User) -> None:
    theirs = stan.memberships.get().organisation.acts.first()
    assert client.post(f"/o/contoso/acts/{theirs.pk}/undo/").status_code == 404
    assert theirs.what not in seen(client.get(COMPUTERS, {"done": theirs.pk})) or theirs.what == "Made the organisation"
    assert 'class="done"' not in client.get(COMPUTERS, {"done": theirs.pk}).content.decode()


def test_the_settings_are_changed_and_undone(client: Client, here: Here) -> None:
    page, pk = client.get(f"{ESTATE}settings/"), here.estate().pk
    typed = {"agreement": "select", "evidence": "documented", "mak_reserve_percent": "10", "count_old_virtual": "yes"}
    sent = {"version": value_of(page, "version")} | {f"e{pk}-{name}": text for name, text in typed.items()}
    response = client.post(f"{ESTATE}settings/", sent)
    assert (here.estate().agreement, here.estate().mak_reserve_percent) == ("select", 10)
    assert "Changed the settings. Undo" in seen(client.get(response["Location"]))
    again = client.post(f"{ESTATE}settings/", sent | {f"e{pk}-mak_reserve_percent": "20"})
    assert again.status_code == 409
    assert here.estate().mak_reserve_percent == 10


def test_a_scenario_has_the_same_tables_and_leaves_the_inventory_alone(
    client: Client, here: Here, office: Network
) -> None:
    scenario = here.organisation.estates.create(name="With a new lab", scenario=True)
    at = f"/o/contoso/scenarios/{scenario.pk}/estate/computers/"
    client.post(f"{at}add/", {"text": "windows-11-enterprise,5"})
    assert "With a new lab" in seen(client.get(at))
    assert list(scenario.computers.values_list("count", flat=True)) == [5]
    assert counts(here) == [40]
