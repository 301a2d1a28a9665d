"""An estate of the quick planner kept in an organisation, and the example of Contoso in one click or one command."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client

from planner.access import Here
from planner.estates import document_of
from planner.models import Act, ComputerLine, Network, Organisation
from tests.organisations.conftest import PASSWORD, here_as, signed_in

DAY = "2026-11-24"
TYPED = {"c1-product": "windows-11-enterprise", "c1-count": "30", "n1-name": "Branch"}
LONG = {f"c{n}-product": "windows-server-2022-datacenter" for n in range(1, 81)} | {
    f"c{n}-count": str(n) for n in range(1, 81)
}
SITES = {"Head office", "Data centre", "Branch", "Plant", "Lab"}


def text_of(response: HttpResponse) -> str:
    return html.unescape(response.content.decode())


def sent_by(page: str) -> dict[str, str]:
    """What the form that keeps sends when nothing in it is touched."""
    form = page[page.index('action="/keep/"') :]
    form = form[: form.index("</form>")]
    inputs = [each for each in form.split("<input")[1:] if 'type="radio"' not in each or " checked" in each]
    fields = [dict(re.findall(r'([\w-]+)="([^"]*)"', each)) for each in inputs]
    return {field["name"]: field.get("value", "") for field in fields}


def test_the_plan_of_the_quick_planner_offers_to_keep_it(client: Client, olga: User) -> None:
    page = text_of(client.get("/", TYPED | {"c1-virtual": ""}, follow=True))
    assert 'href="/account/sign-in/?next=/keep/%3Fn1-name%3DBranch%26c1-product%3Dwindows-11-enterprise' in page
    assert 'href="/keep/?n1-name=Branch&c1-product=windows-11-enterprise' in text_of(
        signed_in(olga).get("/", TYPED, follow=True)
    )


def test_what_was_typed_comes_through_the_sign_in_into_the_organisation(client: Client, here: Here) -> None:
    plan = text_of(client.get("/", TYPED, follow=True))
    sign_in = re.search('href="(/account/sign-in/[^"]*keep[^"]*)"', plan)[1]
    wanted = dict(parse_qsl(urlsplit(sign_in).query))["next"]
    given = {"username": "olga@contoso.com", "password": PASSWORD, "next": wanted}
    page = client.post("/account/sign-in/", given, follow=True)
    assert page.status_code == 200
    kept = client.post("/keep/", sent_by(text_of(page)), follow=True)
    assert "Kept an estate of the quick planner." in text_of(kept)
    lines = here.estate().computers.values_list("network__name", "product", "count")
    assert list(lines) == [("Branch", "windows-11-enterprise", 30)]


def test_an_estate_too_long_for_an_address_comes_through_the_sign_in_too(client: Client, here: Here) -> None:
    page = text_of(client.post("/", LONG))
    assert '<button form="estate" formaction="/keep/">' in page
    asked = client.post("/keep/", LONG)
    assert asked.status_code == 401
    kept = re.search('name="kept" value="([^"]+)"', asked.content.decode())[1]
    again = client.post("/account/sign-in/", {"username": "olga@contoso.com", "password": PASSWORD, "kept": kept})
    fields = dict(re.findall('<input type="hidden" name="(c[0-9][^"]+)" value="([^"]*)">', again.content.decode()))
    assert fields == LONG
    choice = client.post("/keep/", fields)
    client.post("/keep/", sent_by(text_of(choice)))
    assert list(here.estate().computers.values_list("count", flat=True)) == list(range(1, 81))


def test_what_an_organisation_holds_is_told_and_what_is_kept_is_added_to_it(here: Here, office: Network) -> None:
    client = signed_in(here.person)
    page = text_of(client.get("/keep/", TYPED | {"n1-name": "HEAD  OFFICE"}))
    assert "Contoso, which holds 1 network and 1 line of computers: yours is added" in page
    client.post("/keep/", sent_by(page))
    assert list(here.estate().networks.values_list("name", flat=True)) == ["Head office"]
    lines = here.estate().computers.values_list("network__name", "product", "count")
    assert list(lines) == [
        ("Head office", "windows-7-enterprise", 40),
        ("Head office", "windows-11-enterprise", 30),
    ]


def test_one_undo_takes_out_what_was_kept(here: Here, office: Network) -> None:
    client, before = signed_in(here.person), document_of(here.estate(), DAY)
    there = client.post("/keep/", sent_by(text_of(client.get("/keep/", TYPED))))
    act = there["Location"].rpartition("=")[2]
    client.post(f"/o/contoso/acts/{act}/undo/")
    assert document_of(here.estate(), DAY) == before


def test_a_form_that_comes_twice_keeps_once(here: Here) -> None:
    client = signed_in(here.person)
    sent = sent_by(text_of(client.get("/keep/", TYPED)))
    first, second = client.post("/keep/", sent), client.post("/keep/", sent)
    assert first["Location"] == second["Location"]
    assert here.estate().computers.count() == 1


def test_who_belongs_to_nothing_makes_an_organisation_for_it(adam: User) -> None:
    client = signed_in(adam)
    page = text_of(client.get("/keep/", TYPED | {"organisation": "Fabrikam"}))
    assert 'type="radio"' not in page
    sent = sent_by(page)
    assert sent["name"] == "Fabrikam"
    for _ in range(2):
        there = client.post("/keep/", sent)
    assert there["Location"].startswith("/o/fabrikam/?done=")
    made = Organisation.objects.get()
    assert made.estates.get().computers.get().count == 30
    assert made.members.get().person == adam


def test_a_viewer_is_not_offered_and_a_strangers_organisation_is_no_choice(vera: User, stan: User, here: Here) -> None:
    assert "Contoso" not in text_of(signed_in(vera).get("/keep/", TYPED))
    for who in (vera, stan):
        client = signed_in(who)
        refused = client.post("/keep/", sent_by(text_of(client.get("/keep/", TYPED))) | {"to": "contoso"})
        assert refused.status_code == 422
        assert "Choose an organisation, or a new one." in text_of(refused)
    assert not here.estate().computers.exists()


def test_without_a_name_a_new_organisation_is_not_made_and_what_was_typed_stays(adam: User) -> None:
    client = signed_in(adam)
    page = client.post("/keep/", sent_by(text_of(client.get("/keep/", TYPED))) | {"name": ""})
    assert page.status_code == 422
    assert "Enter a name for the organisation." in text_of(page)
    assert sent_by(text_of(page))["c1-count"] == "30"
    assert not Organisation.objects.exists()


def test_what_gives_no_plan_is_mended_first(olga: User) -> None:
    page = signed_in(olga).get("/keep/", TYPED | {"c1-count": "many"})
    assert page.status_code == 422
    assert "There is a problem" in text_of(page)
    assert 'value="many"' in text_of(page)


def test_nothing_typed_leads_back_to_the_planner(olga: User) -> None:
    assert signed_in(olga).get("/keep/")["Location"] == "/"


@pytest.mark.parametrize("once", ["", "x" * 32, "0" * 33])
def test_a_form_of_another_making_is_no_error_of_the_site(once: str, olga: User, here: Here) -> None:
    page = signed_in(olga).post("/keep/", TYPED | {"once": once, "to": "contoso"})
    assert page.status_code == 422
    assert not here.estate().computers.exists()


def test_the_longest_name_of_a_network_is_kept(here: Here) -> None:
    client = signed_in(here.person)
    name = ("Hall " * 40).strip()
    client.post("/keep/", sent_by(text_of(client.get("/keep/", TYPED | {"n1-name": name}))))
    assert here.estate().networks.get().name == name


def test_an_empty_inventory_is_filled_with_the_example_by_one_click_and_emptied_by_another(here: Here) -> None:
    client = signed_in(here.person)
    assert "Fill with the example of Contoso" in text_of(client.get("/o/contoso/"))
    page = client.post("/o/contoso/example/", follow=True)
    assert "Filled with the example of Contoso." in text_of(page)
    assert set(here.estate().networks.values_list("name", flat=True)) == SITES
    act = Act.objects.get(what="Filled with the example of Contoso")
    client.post(f"/o/contoso/acts/{act.pk}/undo/")
    assert not here.estate().networks.exists()


def test_the_example_is_not_added_to_what_is_there(here: Here, office: Network) -> None:
    page = signed_in(here.person).post("/o/contoso/example/", follow=True)
    assert "The example was not added: the inventory holds something by now." in text_of(page)
    assert here.estate().computers.get() == ComputerLine.objects.get()


def test_the_command_makes_contoso_for_the_account(adam: User, capsys: Any) -> None:
    call_command("demo", "ADAM@contoso.com")
    assert capsys.readouterr().out == "adam@contoso.com owns Contoso now. Sign in and open /o/contoso/.\n"
    estate = here_as(Organisation.objects.get(), adam).estate()
    assert set(estate.networks.values_list("name", flat=True)) == SITES
    assert list(estate.networks.filter(isolated=True).values_list("name", flat=True)) == ["Plant"]
    assert sum(estate.computers.filter(contact="none").values_list("count", flat=True)) == 35
    assert sum(estate.computers.filter(activate=False).values_list("count", flat=True)) == 14


def test_the_command_makes_it_once_and_says_where_it_is(adam: User) -> None:
    call_command("demo", "adam@contoso.com")
    with pytest.raises(CommandError, match=r"adam@contoso\.com belongs to Contoso already, at /o/contoso/"):
        call_command("demo", "adam@contoso.com")
    assert Organisation.objects.count() == 1


def test_the_command_wants_an_account_that_there_is(db: None) -> None:
    with pytest.raises(CommandError, match=r"There is no account olga@contoso\.com"):
        call_command("demo", "olga@contoso.com")


def test_the_address_of_what_is_kept_is_the_typed_one(olga: User) -> None:
    page = text_of(signed_in(olga).get("/keep/?" + urlencode(TYPED)))
    assert 'href="/?n1-name=Branch&c1-product=windows-11-enterprise&c1-count=30"' in page
