"""Scenarios: a copy that changes nothing, beside the inventory, and back into it in one act."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from activation.catalogue import current
from planner.access import Here
from planner.estates import document_of, planned
from planner.filling import fill
from planner.models import ComputerLine, Estate, HeldKey, Network
from planner.plans import save
from planner.recording import DoneAlreadyError, recorded
from planner.scenarios import InventoryChangedError, apply, copy_inventory, copy_plan
from planner.undoing import undo
from planner.wording.proposals import effect_words, idea_words
from tests.organisations.conftest import signed_in

DAY = "2026-11-24"
SITES = {
    "format": "estate/1",
    "agreement": "select",
    "networks": [
        {"name": "Head office"},
        {"name": "Plant", "kms": False},
        {"name": "Branch", "kms_via": "Head office"},
    ],
    "computers": [
        {"network": "Head office", "product": "windows-7-enterprise", "count": 40},
        {"network": "Plant", "product": "windows-7-enterprise", "count": 12},
        {"network": "Branch", "product": "windows-7-enterprise", "count": 3, "contact": "none"},
    ],
    "licences": [{"product": "windows-7-enterprise", "quantity": 50}],
    "keys": [{"key": "mak-windows-7", "remaining": 4}],
}


@pytest.fixture
def sites(here: Here) -> Estate:
    with recorded(here, "Filled") as act:
        fill(act, here.estate(), SITES, current())
        act.add(
            ComputerLine(
                estate=here.estate(),
                network=Network._default_manager.get(name="Plant"),
                product="windows-10-enterprise",
                count=1,
                note="Kiosk",
            )
        )
    return here.estate()


def address(name: str, *args: object) -> str:
    return reverse(name, args=("contoso", *args))


def content(estate: Estate) -> dict[str, Any]:
    return document_of(Estate._default_manager.get(pk=estate.pk), DAY)


def drop_the_branch(here: Here, scenario: Estate) -> None:
    with recorded(here, "Dropped the branch") as act:
        act.remove_all(list(scenario.computers.filter(network__name="Branch")))
        act.remove_all(list(scenario.networks.filter(name="Branch")))


def test_a_scenario_holds_what_the_inventory_does_with_notes_and_five_characters(here: Here, sites: Estate) -> None:
    with recorded(here, "Noted") as act:
        act.change(sites.keys.get(), {"last_five": "ABC12"}, 1)
    scenario = copy_inventory(here, "Trial")
    assert content(scenario) == content(sites)
    assert scenario.computers.get(count=1).note == "Kiosk"
    assert scenario.keys.get().last_five == "ABC12"


def test_what_is_tried_in_a_scenario_leaves_the_inventory_as_it_is(here: Here, sites: Estate) -> None:
    before = content(sites)
    drop_the_branch(here, copy_inventory(here, "Without the branch"))
    assert content(sites) == before


def test_the_same_form_makes_one_scenario(here: Here, sites: Estate) -> None:
    once = uuid4().hex
    copy_inventory(here, "Trial", once)
    with pytest.raises(DoneAlreadyError):
        copy_inventory(here, "Trial", once)
    assert here.organisation.estates.filter(scenario=True).count() == 1


def test_an_applied_scenario_is_the_inventory_and_one_undo_takes_it_back(here: Here, sites: Estate) -> None:
    before, scenario = content(sites), copy_inventory(here, "Without the branch")
    drop_the_branch(here, scenario)
    act = apply(here, scenario, here.estate().revision)
    assert content(sites) == content(scenario)
    assert {change.label for change in act.changes.all()} == {"3 windows-7-enterprise", "Branch"}
    undo(here, act)
    after = content(sites)
    assert sorted(after["computers"], key=str) == sorted(before["computers"], key=str)
    assert sorted(after["networks"], key=str) == sorted(before["networks"], key=str)


def test_a_way_and_a_key_reach_the_inventory(here: Here, sites: Estate) -> None:
    scenario = copy_inventory(here, "VPN")
    with recorded(here, "VPN") as act:
        plant = scenario.networks.get(name="Plant")
        act.change(plant, {"kms_via": scenario.networks.get(name="Head office")}, plant.version)
        act.add(HeldKey(estate=scenario, key="kms-windows-server-2019", used=1))
    apply(here, scenario, here.estate().revision)
    assert sites.networks.get(name="Plant").kms_via == sites.networks.get(name="Head office")
    assert sites.keys.filter(key="kms-windows-server-2019").exists()


def test_an_inventory_that_changed_meanwhile_is_not_overwritten(edgar: User, here: Here, sites: Estate) -> None:
    scenario, seen = copy_inventory(here, "Trial"), here.estate().revision
    with recorded(here, "Added") as act:
        act.add(Network(estate=sites, name="Lab"))
    with pytest.raises(InventoryChangedError):
        apply(here, scenario, seen)
    response = signed_in(edgar).post(address("apply-scenario", scenario.pk), {"seen": str(seen)})
    assert response.status_code == 409
    assert "Nothing was applied." in response.content.decode()
    assert sites.networks.filter(name="Lab").exists()


def test_a_saved_plan_becomes_a_scenario(here: Here, sites: Estate) -> None:
    plan = save(here, sites, "Plan", "")
    assert content(copy_plan(here, plan, "Trial")) == content(sites)


def test_the_page_tells_the_differences_in_words(vera: User, here: Here, sites: Estate) -> None:
    scenario = copy_inventory(here, "Without the branch")
    drop_the_branch(here, scenario)
    text = signed_in(vera).get(address("scenario", scenario.pk)).content.decode()
    assert "MAK activations" in text
    assert "3 less" in text
    assert "Apply to the inventory" not in text


def test_a_removed_scenario_comes_back_by_undo(edgar: User, here: Here, sites: Estate) -> None:
    scenario, client = copy_inventory(here, "Trial"), signed_in(edgar)
    client.post(address("remove-scenario", scenario.pk))
    assert client.get(address("scenario", scenario.pk)).status_code == 404
    client.post(address("undo", here.organisation.acts.first().pk))
    assert client.get(address("scenario", scenario.pk)).status_code == 200


def test_each_proposal_becomes_a_scenario_that_saves_what_it_says(edgar: User, here: Here, sites: Estate) -> None:
    client, before = signed_in(edgar), planned(sites)
    assert before.proposals
    for each in before.proposals:
        client.post(address("scenarios"), {"name": "Trial", "proposal": each.idea.name})
        made = here.organisation.estates.filter(scenario=True).last()
        after = planned(made)
        saved = sum(mak.activations for mak in before.plan.maks) - sum(mak.activations for mak in after.plan.maks)
        assert saved == each.saved


def test_the_proposal_says_what_to_do_and_what_it_saves(sites: Estate) -> None:
    answer = planned(sites)
    said = [
        (idea_words(each.idea, answer.catalogue), effect_words(each, answer.catalogue)) for each in answer.proposals
    ]
    assert ("A way from Plant to the KMS hosts of Head office", "Saves 12 MAK activations.") in said


def test_a_proposal_that_no_longer_holds_makes_no_scenario(edgar: User, here: Here, sites: Estate) -> None:
    response = signed_in(edgar).post(address("scenarios"), {"name": "Trial", "proposal": "way/Nowhere//0//"})
    assert response.status_code == 409
    assert not here.organisation.estates.filter(scenario=True).exists()


def test_a_scenario_is_renamed_and_the_undo_gives_its_old_name(here: Here, sites: Estate) -> None:
    scenario, client = copy_inventory(here, "Plant with VPN"), signed_in(here.person)
    sent = {"name": "Plant with a VPN", "version": scenario.version}
    page = client.post(address("rename-scenario", scenario.pk), sent, follow=True).content.decode()
    assert "<h1>Plant with a VPN</h1>" in page
    assert "Renamed the scenario Plant with VPN." in page
    undo(here, here.organisation.acts.first())
    scenario.refresh_from_db()
    assert scenario.name == "Plant with VPN"


def test_a_name_given_meanwhile_is_not_overwritten(here: Here, sites: Estate) -> None:
    scenario, client = copy_inventory(here, "Plant"), signed_in(here.person)
    with recorded(here, "Renamed") as act:
        act.change(scenario, {"name": "Plant with a VPN"}, scenario.version)
    page = client.post(address("rename-scenario", scenario.pk), {"name": "Other", "version": 1})
    assert page.status_code == 409
    assert "You typed “Other”; it was not saved." in page.content.decode()
    scenario.refresh_from_db()
    assert scenario.name == "Plant with a VPN"


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_scenario_keeps_its_name_when_the_new_one_is_none(here: Here, sites: Estate, name: str) -> None:
    scenario = copy_inventory(here, "Plant")
    sent = {"name": name, "version": scenario.version}
    page = signed_in(here.person).post(address("rename-scenario", scenario.pk), sent)
    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()
    scenario.refresh_from_db()
    assert scenario.name == "Plant"
