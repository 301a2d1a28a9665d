"""The pages of products, groups, keys, disputed points and sources, by requests alone."""

import re
from html import unescape

import pytest
from django.test import Client

from activation.catalogue import shipped
from tests.reference.pages import FORBIDDEN, PAGES, seen, table

pytestmark = pytest.mark.django_db


# Products, groups and keys


def test_a_product_says_what_activates_it(client: Client) -> None:
    page = client.get("/catalogue/products/windows-server-2016-standard/")
    keys = table(page, "KMS host keys that activate it")
    assert list(keys) == [f"Volume License for Windows Server {year}" for year in (2025, 2022, 2019, 2016)]
    assert "documented by Microsoft" in keys["Volume License for Windows Server 2016"]
    assert "MAK: MAK for Windows Server 2016 (all editions) , which activates only this product group." in seen(page)


def test_a_product_shows_its_client_setup_key_with_the_source(client: Client) -> None:
    page = client.get("/catalogue/products/windows-7-enterprise/")
    assert '<code id="gvlk"' in page.content.decode()
    assert "33PXH-7Y6KF-2VJC9-XBBR8-HVTHH" in seen(page)
    assert "KMS client activation and product keys (GVLK tables)" in seen(page)


def test_a_product_says_for_which_keys_it_can_be_a_host_and_with_which_update(client: Client) -> None:
    page = client.get("/catalogue/products/windows-server-2012-r2-standard/")
    keys = table(page, "KMS host keys it may carry")
    assert "yes" in keys["Volume License for Windows Server 2016"]
    assert "KB3172614" in keys["Volume License for Windows Server 2016"]


@pytest.mark.parametrize(
    ("product", "why"),
    [
        ("windows-server-2022-datacenter-azure-edition", "A KMS host cannot run on this edition."),
        ("office-professional-plus-2016", "Office is no system: its KMS host key is installed on Windows."),
    ],
)
def test_a_product_that_can_be_no_host_says_why(client: Client, product: str, why: str) -> None:
    assert why in seen(client.get(f"/catalogue/products/{product}/"))


def test_a_key_says_what_it_activates_its_own_group_first(client: Client) -> None:
    groups = table(client.get("/catalogue/keys/kms-windows-server-2008-r2-c/"), "What it activates")
    assert list(groups) == [
        "Windows Server 2008 R2 Group C", "Windows Server 2008 R2 Group B", "Windows Server 2008 R2 Group A",
        "Windows Server 2008 Group C", "Windows Server 2008 Group B", "Windows Server 2008 Group A",
        "Windows 7", "Windows Vista",
    ]  # fmt: skip


def test_coverage_that_no_plan_rests_on_is_told_apart(client: Client) -> None:
    groups = table(client.get("/catalogue/keys/kms-windows-server-2016/"), "What it activates")
    assert "? left open by the sources No plan rests on it." in groups["Windows Server SAC 1809-20H2"]
    assert "No plan rests on it." not in groups["Windows Server 2012 (all editions)"]


def test_a_key_says_where_it_can_be_installed_and_where_not(client: Client) -> None:
    systems = table(client.get("/catalogue/keys/kms-windows-server-2008-r2-c/"), "Where it can be installed")
    assert "■ yes" in systems["Windows Server 2008 R2"]
    assert "\N{EN DASH} no" in systems["Windows 7"]


def test_an_office_key_shows_its_activation_id_and_volume_licence_pack(client: Client) -> None:
    page = client.get("/catalogue/keys/kms-office-2013/")
    assert "2E28138A-847F-42BC-9752-61B03FFF33CD" in seen(page)
    assert 'href="https://www.microsoft.com/download/details.aspx?id=35584"' in page.content.decode()


def test_a_group_lists_its_products_and_the_keys_it_brings(client: Client) -> None:
    page = client.get("/catalogue/groups/windows-server-2012-r2/")
    assert "Windows Server 2012 R2 Datacenter" in seen(page)
    brings = 'Its volume licences come with: Volume license for Windows Server 2012 R2 , Volume license for "Windows'
    assert brings in seen(page)
    assert "KMS activates it once the host counts 5." in seen(page)


def test_a_disputed_point_shows_both_sides_on_the_pages_that_it_is_about(client: Client) -> None:
    for address in ("/catalogue/products/windows-vista-business/", "/catalogue/groups/windows-vista/"):
        page = seen(client.get(address))
        assert "? Are virtual machines counted One side FF434" in page
        assert "Other side MSP_MCSE" in page


def test_a_point_that_a_key_s_host_names_stands_on_the_page_of_the_key(client: Client) -> None:
    assert "Can a Vista KMS host serve Windows 7" in seen(client.get("/catalogue/keys/kms-windows-7/"))


def test_every_entry_of_the_catalogue_has_its_page(client: Client) -> None:
    catalogue = shipped()
    addresses = [
        *(f"/catalogue/products/{slug}/" for slug in catalogue.products),
        *(f"/catalogue/groups/{slug}/" for slug in catalogue.groups),
        *(f"/catalogue/keys/{slug}/" for slug in catalogue.keys),
    ]
    assert [address for address in addresses if client.get(address).status_code != 200] == []


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("disputes", "sources")])
def test_the_words_are_those_of_administrators(client: Client, name: str) -> None:
    """Documents keep their own words."""
    assert FORBIDDEN.findall(seen(client.get(PAGES[name]))) == []


def test_every_link_and_form_of_a_page_stays_in_the_reference_and_leads_somewhere(client: Client) -> None:
    led_to = set()
    for address in PAGES.values():
        led_to |= set(re.findall(r'(?:href|action|hx-get)="(/[^"#]*)', client.get(address).content.decode()))
    ours = {"/", "/account/sign-in/"}  # the head of each page
    addresses = {unescape(address) for address in led_to if not address.startswith("/static/")} - ours
    assert [address for address in addresses if not address.startswith("/catalogue/")] == []
    assert [address for address in addresses if client.get(address).status_code != 200] == []


# Disputed points and sources


def test_all_disputed_points_and_all_sources_have_a_place_to_link_to(client: Client) -> None:
    disputes, sources = (client.get(PAGES[name]).content.decode() for name in ("disputes", "sources"))
    assert [slug for slug in shipped().disputes if f'id="{slug}"' not in disputes] == []
    assert [slug for slug in shipped().sources if f'id="{slug}"' not in sources] == []


def test_a_source_says_what_rests_on_it(client: Client) -> None:
    entry = re.search(r'<li id="NEWS-VISTA">.*?</li>', client.get("/catalogue/sources/").content.decode(), re.DOTALL)
    assert entry
    assert "1 date of support" in entry[0]
    assert 'href="/catalogue/groups/windows-vista/"' in entry[0]


# Unknown addresses


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/catalogue/products/windows-7-enterprse/", "windows-7-enterprise"),
        ("/catalogue/products/Windows 7 Enterprise/", "windows-7-enterprise"),
        ("/catalogue/groups/windows-server-2012r2/", "windows-server-2012-r2"),
        ("/catalogue/keys/kms-office2016/", "kms-office-2016"),
    ],
)
def test_an_unknown_slug_is_answered_with_what_may_have_been_meant(client: Client, address: str, near: str) -> None:
    page = client.get(address)
    assert page.status_code == 404
    assert "The catalogue has no such" in seen(page)
    assert f"/{near}/" in page.content.decode()
    answer = client.get(address, {"format": "json"})
    assert answer.status_code == 404
    assert near in [entry["slug"] for entry in answer.json()["near"]]


@pytest.mark.parametrize("slug", ["0", "-1", str(2**63), "9" * 5_000, "1%00", "<script>", "..", "é", "😀" * 50])
@pytest.mark.parametrize("kind", ["products", "groups", "keys"])
def test_any_other_slug_is_not_found(client: Client, kind: str, slug: str) -> None:
    page = client.get(f"/catalogue/{kind}/{slug}/")
    assert page.status_code == 404
    assert "<script>alert" not in page.content.decode()
