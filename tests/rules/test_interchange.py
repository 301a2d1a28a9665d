"""estate/1: what is read."""

import pytest

from activation.rules.estate import Estate, HeldKey, Licence, Line, Network, Settings
from tests.rules.documents import CATALOGUE, CONTOSO, TODAY, estate, networks, one_network


def test_every_field_of_a_document_is_read():
    assert estate(CONTOSO) == Estate(
        organisation="Contoso",
        as_of="2026-01-31",
        agreement="enterprise",
        settings=Settings(evidence="documented", count_old_virtual=True, mak_reserve_percent=1000),
        networks=(
            Network("Head office", kms_host_systems=("windows-server-2016", "windows-server-2016")),
            Network("Branch", kms_via="Head office", active_directory=True),
            Network("Plant", kms=False, microsoft="proxy", isolated=True),
        ),
        lines=(
            Line("Branch", "windows-7-enterprise", 40, virtual=5, contact="rare"),
            Line("Plant", "windows-server-2016-standard", 10_000_000, 9, "regular", False, True, 9),
        ),
        licences=(Licence("windows-server-2008-r2-datacenter", 0),),
        keys=(HeldKey("mak-windows-7", 30), HeldKey("kms-windows-server-2016", 1)),
    )


def test_the_shortest_document_gets_the_defaults_and_the_day_of_the_program():
    read = estate({"format": "estate/1", "licences": [{"product": "windows-7-enterprise", "quantity": 30}]})
    assert read == Estate(
        as_of=TODAY, networks=(Network("Main"),), lines=(), licences=(Licence("windows-7-enterprise", 30),)
    )


def test_with_one_network_a_line_need_not_name_it():
    document = networks({"name": "Contoso"})
    del document["computers"][0]["network"]
    assert estate(document).lines[0].network == "Contoso"


def test_an_empty_list_of_computers_counts_as_not_given():
    assert estate({**one_network(), "computers": [], "licences": CONTOSO["licences"]}).lines == ()


@pytest.mark.parametrize(
    "written",
    [
        "windows-server-2008-r2-standard",
        "  WINDOWS-Server-2008-R2-Standard\t",
        "Windows Server 2008 R2 Standard",
        "microsoft  windows(R) server® 2008 r2 standard",
        "Microsoft Windows Server(TM) 2008 R2 Standard™",
        "Windows\u00a0Server 2008\u200b R2  Standard",
    ],
)
def test_a_product_is_found_by_slug_and_by_name_however_it_is_spaced(written: str):
    assert estate(one_network(product=written)).lines[0].product == "windows-server-2008-r2-standard"


def test_a_name_that_itself_begins_with_microsoft_is_found_with_and_without_it():
    for written in ("Microsoft Hyper-V Server", "hyper-v server", "microsoft-hyper-v-server"):
        assert estate(one_network(product=written)).lines[0].product == "microsoft-hyper-v-server"


def test_no_two_products_of_the_catalogue_share_a_name():
    names = [product.name.lower() for product in CATALOGUE.products.values()]
    assert len(names) == len(set(names)) == 191


def test_a_way_through_two_networks_to_kms_hosts_is_right_whatever_their_kms_says():
    read = estate(networks({"name": "A", "kms_via": "B"}, {"name": "B", "kms": False, "kms_via": "C"}, {"name": "C"}))
    assert [network.kms_via for network in read.networks] == ["B", "C", None]


def test_twenty_thousand_networks_in_a_row_are_read():
    rows = [{"name": str(i), "kms_via": str(i + 1)} for i in range(20_000)]
    assert len(estate(networks(*rows, {"name": "20000"})).networks) == 20_001
