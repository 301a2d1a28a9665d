"""What the pages of the reference cost, and what a browser keeps of them."""

import pytest
from django.test import Client

from activation.catalogue import touch
from activation.models import Product
from tests.reference.pages import PAGES, seen, set_day

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_takes_one_query(client: Client, address: str, django_assert_num_queries) -> None:
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_an_unchanged_page_is_not_sent_again(client: Client, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_a_page_is_sent_again_after_a_change_of_the_catalogue(client: Client) -> None:
    address = PAGES["product"]
    before = client.get(address)["ETag"]
    Product.objects.filter(slug="windows-server-2016-standard").update(name="Ours")
    touch()
    after = client.get(address, headers={"if-none-match": before})
    assert after.status_code == 200
    assert "Ours" in seen(after)


def test_a_page_is_sent_again_on_another_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = client.get(PAGES["product"])["ETag"]
    set_day(monkeypatch, "2027-01-13")
    after = client.get(PAGES["product"], headers={"if-none-match": before})
    assert "support ended 2027-01-12" in seen(after)


@pytest.mark.parametrize("address", [PAGES["search"], PAGES["matrix"]])
def test_page_and_fragment_are_kept_apart(client: Client, address: str) -> None:
    page, fragment = client.get(address), client.get(address, headers={"hx-request": "true"})
    assert "HX-Request" in page["Vary"]
    assert page["ETag"] != fragment["ETag"]


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_nothing_can_be_sent_to_a_page(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
