"""Rows typed and pasted: everything wrong said at once, nothing lost, and product keys cut."""

from __future__ import annotations

from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client

from planner.access import Here
from planner.models import Act, ComputerLine, HeldKey, Network
from tests.organisations.conftest import signed_in
from tests.organisations.pages import (
    COMPUTERS,
    KEYS,
    NETWORKS,
    counts,
    seen,
    value_of,
)

KEY = "ABCDE-FGHIJ-KLMNO-PQRST-VWXYZ"


@pytest.fixture
def client(olga: User) -> Client:
    return signed_in(olga)


def test_typed_and_pasted_rows_are_added_in_one_act(client: Client, here: Here, office: Network) -> None:
    sent = {
        "rows": "2",
        "r1-product": "windows 11 enterprise",
        "r1-count": "5",
        "r1-network": "Head office",
        "r2-product": "",
        "r2-count": "",
        "text": "Product;Computers;Note\nMicrosoft® Windows 11 Enterprise;6;first\nwindows-10-enterprise;7;second",
    }
    response = client.post(f"{COMPUTERS}add/", sent)
    act = Act.objects.latest("pk")
    assert response["Location"] == f"{COMPUTERS}?done={act.pk}"
    assert (act.what, act.changes.count()) == ("Added 3 lines of computers", 3)
    assert counts(here) == [40, 5, 6, 7]
    assert "Added 3 lines of computers. Undo" in seen(client.get(response["Location"]))


@pytest.mark.parametrize(
    "text",
    [
        "windows-11-enterprise\t5\nwindows-10-enterprise\t6",
        "windows-11-enterprise;5\r\nwindows-10-enterprise;6",
        "windows-11-enterprise,5\rwindows-10-enterprise,6\r\r",
        "count,product\n5,windows-11-enterprise\n6,windows-10-enterprise",
        '\ufeffProduct\tComputers\n"windows-11-enterprise"\t5\n\nwindows-10-enterprise\t 6 \n',
        "network;product;count;virtual\nHead office;windows-11-enterprise;5;\n;windows-10-enterprise;6;0",
    ],
)
def test_rows_are_pasted_with_any_separator_with_and_without_a_header(
    client: Client, here: Here, office: Network, text: str
) -> None:
    client.post(f"{COMPUTERS}add/", {"text": text})
    added = here.estate().computers.order_by("pk").values_list("product", "count")[1:]
    assert list(added) == [("windows-11-enterprise", 5), ("windows-10-enterprise", 6)]


def test_everything_wrong_is_said_at_once_with_row_and_column_and_nothing_is_added(
    client: Client, here: Here, office: Network
) -> None:
    pasted = "windows-10-enterprise;12\nwindows-10-enterprise;1,000\nWindows 12;3\nwindows-11-enterprise;4;Nowhere"
    page = client.post(
        f"{COMPUTERS}add/",
        {"rows": "1", "r1-product": "Windows 11 Enterprise", "r1-count": "-1", "r1-virtual": "x", "text": pasted},
    )
    assert page.status_code == 422
    text = seen(page)
    assert 'Row 1, Computers: Enter a whole number from 1 to 10,000,000, not "-1".' in text
    assert "Row 1, Virtual: Enter a whole number from 0 to 10,000,000 in digits only" in text
    assert "Pasted row 2, Computers: Enter a whole number from 1 to 10,000,000 in digits only" in text
    assert 'Pasted row 3, Product: There is no product "Windows 12".' in text
    assert 'Pasted row 4, Network: There is no network "Nowhere".' in text
    assert "<title>Error: " in page.content.decode()
    assert pasted in unescape(page.content.decode())
    assert value_of(page, "r1-count") == "-1"
    assert counts(here) == [40]


@pytest.mark.parametrize(
    "number", ["0", "-1", "1e3", "1.5", "1,000", "1_000", "NaN", "\u0663", "\uff11\uff12", "9" * 5000, str(2**80)]
)
def test_what_is_no_number_of_computers_is_told_beside_its_field(
    client: Client, here: Here, office: Network, number: str
) -> None:
    page = client.post(f"{COMPUTERS}add/", {"rows": "1", "r1-product": "Windows 11 Enterprise", "r1-count": number})
    assert page.status_code == 422
    assert 'id="r1-count_error"' in page.content.decode()
    assert counts(here) == [40]


def test_an_unclosed_quote_and_an_unknown_column_are_told(client: Client, here: Here, office: Network) -> None:
    page = client.post(f"{COMPUTERS}add/", {"text": 'product,count,colour\nwindows-11-enterprise,1,red\n"windows,2'})
    assert 'Pasted row 1: There is no column "colour".' in seen(page)
    assert "Pasted row 3: A quote that opens here is not closed" in seen(page)
    assert counts(here) == [40]


def test_the_first_computers_make_a_network_named_main(client: Client, here: Here) -> None:
    client.post(f"{COMPUTERS}add/", {"text": "windows-11-enterprise,5"})
    assert [network.name for network in here.estate().networks.all()] == ["Main"]


def test_a_form_that_is_sent_twice_adds_once(client: Client, here: Here, office: Network) -> None:
    sent = {"once": value_of(client.get(f"{COMPUTERS}add/"), "once"), "text": "windows-11-enterprise,5"}
    first, second = client.post(f"{COMPUTERS}add/", sent), client.post(f"{COMPUTERS}add/", sent)
    assert first["Location"] == second["Location"]
    assert counts(here) == [40, 5]


def test_more_rows_come_without_losing_what_was_typed(client: Client, here: Here) -> None:
    page = client.post(f"{COMPUTERS}add/", {"do": "more", "rows": "1", "r1-product": "abc", "text": "kept"})
    assert value_of(page, "rows") == "6"
    assert value_of(page, "r1-product") == "abc"
    assert ">kept</textarea>" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "table"), [("r1-note", COMPUTERS), ("text", COMPUTERS), ("r1-key", KEYS), ("r1-name", NETWORKS)]
)
def test_a_full_product_key_is_cut_wherever_it_is_typed(
    client: Client, here: Here, caplog: pytest.LogCaptureFixture, field: str, table: str
) -> None:
    page = client.post(
        f"{table}add/", {"rows": "1", "r1-product": "windows-11-enterprise", "r1-count": "1", field: KEY}
    )
    assert b"FGHIJ" not in page.content
    assert "FGHIJ" not in caplog.text
    kept = [str(row) for model in (ComputerLine, Network, HeldKey) for row in model.objects.values()]
    assert not [row for row in kept if "FGHIJ" in row]


def test_of_a_full_key_in_its_own_field_the_last_five_characters_stay(client: Client, here: Here) -> None:
    client.post(f"{KEYS}add/", {"rows": "1", "r1-key": "mak-windows-7", "r1-used": "30", "r1-last_five": KEY})
    assert here.estate().keys.get().last_five == "VWXYZ"


def test_a_key_is_held_once(client: Client, here: Here) -> None:
    page = client.post(f"{KEYS}add/", {"text": "mak-windows-7,3\nmak-windows-7,4"})
    assert "Pasted row 2, Key:" in seen(page)
    assert "is in the list already" in seen(page)
    assert here.estate().keys.count() == 0
