"""Proposals: what they are for estates by hand, and that each is true when it is computed again from the start."""

from __future__ import annotations

from copy import deepcopy

from hypothesis import given

from activation.rules.edits import edited
from activation.rules.interchange import read_estate
from activation.rules.proposals import MOST, RUNS, Proposal, proposals
from activation.rules.recommend import recommend
from activation.shipped import shipped
from tests.rules.strategies import Document, small_estates

DAY = "2026-11-24"


def proposed(document: Document) -> tuple[Proposal, ...]:
    estate = read_estate(document, shipped(), DAY)
    return proposals(estate, recommend(estate, shipped()), shipped())


def estate(networks: list[Document], *computers: tuple[str, str, int]) -> Document:
    lines = [{"network": network, "product": product, "count": count} for network, product, count in computers]
    return {"format": "estate/1", "networks": networks, "computers": lines}


def test_three_more_servers_reach_the_threshold() -> None:
    found = proposed(estate([{"name": "Plant"}], ("Plant", "windows-server-2019-standard", 3)))
    more = next(each for each in found if each.idea.kind == "more")
    assert (more.idea.network, more.idea.product, more.idea.number) == ("Plant", "windows-server-2019-standard", 3)
    assert (more.saved, more.gained, more.gone) == (3, ("kms-windows-server-2019",), ())


def test_a_way_to_the_hosts_of_the_head_office_spares_the_maks_of_the_plant() -> None:
    networks = [{"name": "Head office"}, {"name": "Plant", "kms": False}]
    product = "windows-10-enterprise"
    found = proposed(estate(networks, ("Head office", product, 40), ("Plant", product, 12)))
    assert (found[0].idea.kind, found[0].idea.network, found[0].idea.via) == ("way", "Plant", "Head office")
    assert (found[0].saved, found[0].gained, found[0].gone) == (12, (), ())


def test_laptops_that_come_to_the_office_need_no_mak() -> None:
    document = estate([{"name": "Main"}], ("Main", "windows-7-enterprise", 40), ("Main", "windows-7-enterprise", 5))
    document["computers"][1]["contact"] = "none"
    found = proposed(document)
    assert [(each.idea.kind, each.idea.number, each.saved) for each in found] == [("contact", 5, 5)]


def test_nothing_is_proposed_where_nothing_can_be_spared() -> None:
    assert proposed(estate([{"name": "Main"}], ("Main", "windows-7-enterprise", 40))) == ()


def test_licences_alone_get_no_proposal() -> None:
    licences = [{"product": "windows-7-enterprise", "quantity": 3}]
    assert proposed({"format": "estate/1", "licences": licences}) == ()


@given(small_estates)
def test_each_proposal_is_true_when_it_is_computed_again(document: Document) -> None:
    given_estate = read_estate(deepcopy(document), shipped(), DAY)
    before = recommend(given_estate, shipped())
    found = proposals(given_estate, before, shipped())
    assert len(found) <= MOST <= RUNS
    for each in found:
        after = recommend(edited(given_estate, each.idea.edit), shipped())
        keys_before, keys_after = ({key.key for key in plan.kms_host_keys} for plan in (before, after))
        saved = sum(mak.activations for mak in before.maks) - sum(mak.activations for mak in after.maks)
        assert each.saved == saved
        assert each.saved >= 0
        assert (set(each.gained), set(each.gone)) == (keys_after - keys_before, keys_before - keys_after)
        assert each.saved > 0 or len(keys_after) < len(keys_before)
