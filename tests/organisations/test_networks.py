"""The networks of an estate: their names, the ways to their KMS hosts, and what is on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from planner.access import Here
from planner.models import Act, ComputerLine, Network
from planner.recording import recorded
from tests.organisations.conftest import signed_in
from tests.organisations.pages import (
    NETWORKS,
    counts,
    seen,
)


@pytest.fixture
def client(olga: User) -> Client:
    return signed_in(olga)


def test_a_network_in_use_is_removed_only_with_its_lines(client: Client, here: Here, office: Network) -> None:
    sent = {"version": str(office.version), "do": "delete"}
    page = client.post(f"{NETWORKS}{office.pk}/", sent)
    assert page.status_code == 409
    assert "1 line with 40 computers is on Head office" in seen(page)
    assert here.estate().networks.count() == 1
    rows = re.findall(r'name="row" value="([^"]+)"', page.content.decode())
    client.post(f"{NETWORKS}chosen/", {"row": rows, "do": "delete", "with_lines": "yes"})
    assert (here.estate().networks.count(), counts(here)) == (0, [])
    client.post(f"/o/contoso/acts/{Act.objects.latest('pk').pk}/undo/")
    assert (here.estate().networks.count(), counts(here)) == (1, [40])


@pytest.mark.parametrize("many", [False, True], ids=["one row", "ticked rows"])
def test_a_network_that_gets_a_line_just_before_it_goes_is_in_use(
    many: bool, client: Client, here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant = Network(estate=here.estate(), name="Plant")
    with recorded(here, "Added") as act:
        act.add(plant)

    @contextmanager
    def after_somebody_added_a_line(*args: Any) -> Iterator[Any]:
        with recorded(here, "Added a line") as act:
            act.add(ComputerLine(estate=plant.estate, network=plant, product="windows-10-pro", count=7))
        with recorded(*args) as act:
            yield act

    monkeypatch.setattr(f"planner.views.estate.{'chosen' if many else 'row'}.recorded", after_somebody_added_a_line)
    sent = {"row": f"{plant.pk}:1", "version": "1", "do": "delete"}
    page = client.post(f"{NETWORKS}chosen/" if many else f"{NETWORKS}{plant.pk}/", sent)
    assert page.status_code == 409
    assert "1 line with 7 computers is on Plant" in seen(page)
    assert here.estate().networks.filter(name="Plant").exists()
    assert counts(here) == [7]


def test_a_network_whose_kms_hosts_others_use_is_not_removed(client: Client, here: Here, office: Network) -> None:
    with recorded(here, "Added") as act:
        act.add(Network(estate=here.estate(), name="Branch", kms_via=office))
    sent = {"row": f"{office.pk}:1", "do": "delete", "with_lines": "yes"}
    page = client.post(f"{NETWORKS}chosen/", sent)
    assert page.status_code == 409
    assert "Branch uses the KMS hosts of Head office." in seen(page)
    assert here.estate().networks.count() == 2


def test_networks_are_pasted_in_any_order(client: Client, here: Here) -> None:
    client.post(f"{NETWORKS}add/", {"text": "name,kms_via\nBranch,Head office\nHead office,\nShop,Branch"})
    assert dict(here.estate().networks.values_list("name", "kms_via__name")) == {
        "Head office": None,
        "Branch": "Head office",
        "Shop": "Branch",
    }


def test_a_way_that_leads_in_a_circle_is_told_at_its_field(client: Client, here: Here) -> None:
    page = client.post(f"{NETWORKS}add/", {"text": "name,kms_via\nA,B\nB,A"})
    assert "Pasted row 3, Uses the KMS hosts of: This way leads in a circle." in seen(page)
    assert "Pasted row 2, Uses the KMS hosts of: This way leads in a circle." in seen(page)
    assert here.estate().networks.count() == 0


def test_a_change_that_leaves_another_network_without_a_way_is_told(
    client: Client, here: Here, office: Network
) -> None:
    with recorded(here, "Added") as act:
        act.add(Network(estate=here.estate(), name="Branch", kms_via=office))
    before = f"e{office.pk}-"
    typed = {"name": "Head office", "kms": "no", "kms_via": "", "microsoft": "direct"}
    sent = {"version": "1", "do": "save"} | {before + name: text for name, text in typed.items()}
    page = client.post(f"{NETWORKS}{office.pk}/", sent)
    assert 'Branch: "Head office" has no KMS.' in seen(page)
    assert here.estate().networks.get(pk=office.pk).kms


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Head office", 'There is a network "Head office" already'),
        ("HEAD OFFICE", 'This looks like the network "Head office"'),
        (" Head  office", 'This looks like the network "Head office"'),
        ("\uff28ead office", 'This looks like the network "Head office"'),
        ("Head\u00a0office", 'This looks like the network "Head office"'),
    ],
)
def test_a_name_that_a_reader_takes_for_another_one_is_told(
    client: Client, here: Here, office: Network, name: str, words: str
) -> None:
    page = client.post(f"{NETWORKS}add/", {"rows": "1", "r1-name": name})
    assert page.status_code == 422
    assert words in seen(page)


def test_the_row_that_is_renamed_is_told_whichever_is_first(client: Client, here: Here, office: Network) -> None:
    client.post(f"{NETWORKS}add/", {"rows": "1", "r1-name": "Branch"})
    page = client.post(f"{NETWORKS}{office.pk}/", {"version": office.version, f"e{office.pk}-name": "Branch"})
    assert 'There is a network "Branch" already' in seen(page)


def led(network: Network, via: str) -> dict[str, str]:
    """What the form of a network sends that takes the KMS hosts of another."""
    typed = {"name": network.name, "kms": "yes", "kms_via": via, "microsoft": "direct"}
    return {"version": str(network.version), "do": "save"} | {
        f"e{network.pk}-{name}": text for name, text in typed.items()
    }


@pytest.fixture
def branch(here: Here, office: Network) -> Network:
    """A second network."""
    row = Network(estate=here.estate(), name="Branch")
    with recorded(here, "Added") as act:
        act.add(row)
    return row


def before_it_is_saved(monkeypatch: pytest.MonkeyPatch, view: str, here: Here, change: Any) -> None:
    """Let somebody else act once what was typed was read and found right."""
    others = [change]

    @contextmanager
    def after_somebody(*args: Any) -> Iterator[Any]:
        if others:
            with recorded(here, "Somebody else") as act:
                others.pop()(act)
        with recorded(*args) as act:
            yield act

    monkeypatch.setattr(f"planner.views.estate.{view}.recorded", after_somebody)


def test_a_way_that_makes_a_circle_with_what_was_saved_just_before_is_told_at_its_field(
    client: Client, here: Here, office: Network, branch: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_it_is_saved(monkeypatch, "row", here, lambda act: act.change(office, {"kms_via": branch}, office.version))
    page = client.post(f"{NETWORKS}{branch.pk}/", led(branch, "Head office"))
    assert page.status_code == 422
    assert "Uses the KMS hosts of: This way leads in a circle." in seen(page)
    assert dict(here.estate().networks.values_list("name", "kms_via__name")) == {
        "Head office": "Branch",
        "Branch": None,
    }


def test_a_name_that_was_taken_just_before_is_told_at_its_field(
    client: Client, here: Here, office: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = Network(estate=here.estate(), name="Branch")
    before_it_is_saved(monkeypatch, "row", here, lambda act: act.add(new))
    page = client.post(f"{NETWORKS}{office.pk}/", led(office, "") | {f"e{office.pk}-name": "Branch"})
    assert page.status_code == 422
    assert 'There is a network "Branch" already' in seen(page)
    assert sorted(here.estate().networks.values_list("name", flat=True)) == ["Branch", "Head office"]


def test_ticked_networks_of_which_one_was_led_elsewhere_just_before_are_not_led_in_a_circle(
    client: Client, here: Here, office: Network, branch: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_it_is_saved(monkeypatch, "chosen", here, lambda act: act.change(office, {"kms_via": branch}, 1))
    sent = {"row": f"{branch.pk}:1", "do": "save", "field": "kms_via", "kms_via": "Head office"}
    page = client.post(f"{NETWORKS}chosen/", sent)
    assert page.status_code == 422
    assert "This way leads in a circle." in seen(page)
    assert here.estate().networks.get(name="Branch").kms_via is None


def test_an_undo_does_not_lead_networks_in_a_circle(
    client: Client, here: Here, office: Network, branch: Network
) -> None:
    with recorded(here, "Led") as act:
        act.change(branch, {"kms_via": office}, 1)
    with recorded(here, "Freed") as freed:
        freed.change(branch, {"kms_via": None}, 2)
    with recorded(here, "Led the other way") as act:
        act.change(office, {"kms_via": branch}, 1)
    page = client.post(f"/o/contoso/acts/{freed.made.pk}/undo/")
    assert page.status_code == 409
    assert "Nothing was undone." in seen(page)
    assert here.estate().networks.get(name="Branch").kms_via is None


@pytest.mark.parametrize("many", [False, True], ids=["one row", "ticked rows"])
def test_a_way_to_a_network_that_goes_at_the_same_moment_is_told_and_nothing_is_saved(
    many: bool, client: Client, here: Here, office: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant = Network(estate=here.estate(), name="Plant")
    with recorded(here, "Added") as act:
        act.add(plant)

    @contextmanager
    def after_somebody_removed_the_plant(*args: Any) -> Iterator[Any]:
        Network.objects.filter(pk=plant.pk).delete()
        with recorded(*args) as act:
            yield act

    module = f"planner.views.estate.{'chosen' if many else 'row'}"
    monkeypatch.setattr(f"{module}.recorded", after_somebody_removed_the_plant)
    typed = {"name": office.name, "kms": "yes", "kms_via": "Plant", "microsoft": "direct"}
    one = {"version": "1"} | {f"e{office.pk}-{name}": text for name, text in typed.items()}
    ticked = {"row": f"{office.pk}:1", "do": "save", "field": "kms_via", "kms_via": "Plant"}
    page = client.post(f"{NETWORKS}chosen/" if many else f"{NETWORKS}{office.pk}/", ticked if many else one)
    assert page.status_code == 422
    assert "Plant" in seen(page)
    office.refresh_from_db()
    assert (office.kms_via, office.version) == (None, 1)
