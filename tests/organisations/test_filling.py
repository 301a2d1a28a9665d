"""An estate/1 document becomes rows of an estate, and the estate gives the document back."""

from __future__ import annotations

from typing import Any

import pytest

from activation.catalogue import current
from activation.rules.interchange import EstateErrors
from planner.access import Here
from planner.estates import document_of
from planner.filling import empty, fill, is_empty
from planner.models import Act
from planner.recording import recorded
from planner.undoing import undo

DAY = "2026-11-24"


def document(**parts: Any) -> dict[str, Any]:
    computers = [{"network": "Head office", "product": "windows-7-enterprise", "count": 40}]
    return {"format": "estate/1", "networks": [{"name": "Head office"}], "computers": computers} | parts


def filled(here: Here, given: dict[str, Any]) -> dict[str, Any]:
    with recorded(here, "Filled") as act:
        fill(act, here.estate(), given, current())
    return document_of(here.estate(), DAY)


def test_what_was_filled_in_comes_out_again(here: Here) -> None:
    given = {
        "format": "estate/1",
        "organisation": "Contoso",
        "as_of": DAY,
        "agreement": "select",
        "settings": {"evidence": "documented", "count_old_virtual": True, "mak_reserve_percent": 10},
        "networks": [
            {
                "name": "Head office",
                "kms": True,
                "kms_via": None,
                "microsoft": "direct",
                "isolated": False,
                "kms_host_systems": ["windows-server-2019"],
                "active_directory": True,
            },
            {
                "name": "Plant",
                "kms": False,
                "kms_via": None,
                "microsoft": "proxy",
                "isolated": True,
                "kms_host_systems": [],
                "active_directory": False,
            },
        ],
        "computers": [
            {
                "network": "Head office",
                "product": "windows-10-enterprise",
                "count": 60,
                "virtual": 10,
                "contact": "rare",
                "activate": True,
                "domain_joined": True,
                "avma": 0,
            }
        ],
        "licences": [{"product": "windows-10-enterprise", "quantity": 70}],
        "keys": [{"key": "mak-windows-10", "remaining": 3}],
    }
    assert filled(here, given) == given


def test_a_network_may_lead_to_one_that_comes_after_it(here: Here) -> None:
    networks = [
        {"name": "Kiosk", "kms_via": "Branch"},
        {"name": "Branch", "kms_via": "Head office"},
        {"name": "Head office"},
    ]
    found = filled(here, document(networks=networks))
    assert {network["name"]: network["kms_via"] for network in found["networks"]} == {
        "Head office": None,
        "Branch": "Head office",
        "Kiosk": "Branch",
    }


def test_what_is_there_stays_and_a_network_of_the_same_name_is_the_network(here: Here) -> None:
    filled(here, document(agreement="select", keys=[{"key": "mak-windows-10", "remaining": 3}]))
    more = document(agreement="open", keys=[{"key": "mak-windows-10", "remaining": 9}])
    found = filled(here, more)
    assert [network["name"] for network in found["networks"]] == ["Head office"]
    assert [line["count"] for line in found["computers"]] == [40, 40]
    assert found["keys"] == [{"key": "mak-windows-10", "remaining": 9}]
    assert found["agreement"] == "select"


def test_licences_alone_bring_no_network(here: Here) -> None:
    filled(here, {"format": "estate/1", "licences": [{"product": "windows-7-enterprise", "quantity": 2}]})
    assert not here.estate().networks.exists()


def test_a_document_with_errors_writes_nothing_and_tells_them_all(here: Here) -> None:
    wrong = document(computers=[{"product": "windows-7-enterprise", "count": 0}, {"product": "Windows 77", "count": 1}])
    with pytest.raises(EstateErrors) as told:
        filled(here, wrong)
    assert [error.path for error in told.value.errors] == ["computers[0].count", "computers[1].product"]
    assert is_empty(here.estate())
    assert not Act.objects.filter(what="Filled").exists()


def test_an_estate_is_emptied_and_one_undo_brings_all_back(here: Here) -> None:
    networks = [{"name": "Head office"}, {"name": "Branch", "kms_via": "Head office"}]
    before = filled(here, document(networks=networks, keys=[{"key": "mak-windows-10", "remaining": 3}]))
    with recorded(here, "Emptied") as act:
        empty(act, here.estate())
    assert is_empty(here.estate())
    undo(here, act.made)
    assert document_of(here.estate(), DAY) == before
