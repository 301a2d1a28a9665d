"""The search of the reference."""

import re
import time

import pytest
from django.test import Client

from activation.catalogue import touch
from activation.models import Product
from planner.reference.search import fold
from tests.reference.pages import found, seen, slugs

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [
        "Windows 7 Enterprise", "windows-7-enterprise", "WINDOWS® 7 ENTERPRISE™", "Microsoft  Windows 7 Enterprise",
        "énterprise 7 windöws", "33PXH-7Y6KF-2VJC9-XBBR8-HVTHH", "\u200bwindows 7\u00a0enterprise",
    ],
)  # fmt: skip
def test_a_product_is_found_however_it_is_written(client: Client, query: str) -> None:
    assert "windows-7-enterprise" in found(client, query)


@pytest.mark.parametrize("query", ["ärger office", "A\u0308RGER", "ÄRGER Office", "arger"])
def test_umlauts_are_found_in_every_case_and_form(client: Client, query: str) -> None:
    Product.objects.filter(slug="windows-7-professional").update(name="ÄRGER Office")
    touch()
    assert "windows-7-professional" in found(client, query)


@pytest.mark.parametrize("query", ["%", "_", "\\", "%windows%", "windows_7", ".*", "(((((", "' OR 1=1 --", "\x00"])
def test_no_character_is_a_wildcard(client: Client, query: str) -> None:
    assert found(client, query) == []


@pytest.mark.parametrize("query", ["x" * 10_000, "a " * 5_000, "% " * 5_000, "é" * 10_000])
def test_a_query_of_ten_thousand_characters_is_answered_at_once(client: Client, query: str) -> None:
    client.get("/catalogue/?q=first")
    started = time.perf_counter()
    assert client.get("/catalogue/", {"q": query}).status_code == 200
    assert time.perf_counter() - started < 1


def test_the_entry_with_that_name_comes_first(client: Client) -> None:
    assert found(client, "windows 10")[0] == "windows-10"
    assert found(client, "Office 2016")[0] == "office-2016"
    assert found(client, "mak-windows-vista")[0] == "mak-windows-vista"


def test_many_hits_are_shown_in_part_with_a_way_to_all(client: Client) -> None:
    page = client.get("/catalogue/?q=windows")
    shown = slugs(page)
    total = len(found(client, "windows"))
    assert len(shown) == 60 < total
    assert f"{total} entries found, 60 shown." in seen(page)
    assert f"Show all {total}" in seen(page)


def test_without_hits_it_says_what_to_try(client: Client) -> None:
    page = seen(client.get("/catalogue/?q=OS/2"))
    assert "No product, product group or key has OS/2 in its names." in page
    assert "Clear the search" in page


def test_a_fragment_has_the_hits_the_count_to_announce_and_the_new_address(client: Client) -> None:
    answer = client.get("/catalogue/", {"q": "vista", "x": "1"}, headers={"hx-request": "true"})
    html = answer.content.decode()
    assert "<html" not in html
    assert re.search(r'<p id="announce" hx-swap-oob="innerHTML">\d+ entries found\.</p>', html)
    assert answer["HX-Replace-Url"] == "/catalogue/?q=vista"


def test_an_address_that_no_proxy_would_let_through_is_not_set(client: Client) -> None:
    answer = client.get("/catalogue/", {"q": "x" * 5_000}, headers={"hx-request": "true"})
    assert "HX-Replace-Url" not in answer


@pytest.mark.parametrize("text", ["Ärger", "ﬁn", "STRASSE", "Windows®  7"])
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
