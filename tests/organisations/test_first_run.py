"""A fresh site: one link makes the first account with its organisation, once."""

from __future__ import annotations

import re
import time
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.core.management import call_command
from django.test import Client

from planner.accounts import make_first_account
from planner.models import Membership, Organisation

pytestmark = pytest.mark.django_db
WORDS = "green kettles whistle at noon"
GIVEN = {"email": "Olga@Contoso.com", "organisation": "Contoso", "password1": WORDS, "password2": WORDS}


def link() -> str:
    out = StringIO()
    call_command("firstaccount", "--address", "http://planner.contoso.com:8000", stdout=out)
    return out.getvalue().strip()


def path() -> str:
    return link().partition("http://planner.contoso.com:8000")[2]


def test_no_account_is_there_at_first() -> None:
    assert User.objects.count() == 0


def test_the_link_makes_an_account_that_may_do_everything_and_owns_an_organisation(client: Client) -> None:
    response = client.post(path(), GIVEN)
    assert (response.status_code, response["Location"]) == (302, "/o/contoso/")
    person = User.objects.get()
    assert (person.username, person.email) == ("olga@contoso.com", "olga@contoso.com")
    assert person.is_superuser
    assert person.check_password(WORDS)
    assert Membership.objects.get(person=person).role == "owner"
    assert client.get("/o/contoso/").status_code == 200


def test_the_link_works_once(client: Client) -> None:
    address = path()
    client.post(address, GIVEN)
    assert Client().get(address).status_code == 404
    assert Client().post(address, GIVEN | {"email": "eve@contoso.com"}).status_code == 404
    assert User.objects.count() == 1
    assert link() == ""


def test_the_link_is_dead_once_an_account_was_made_another_way(client: Client) -> None:
    address = path()
    call_command("createsuperuser", "--noinput", "--username=adam", "--email=adam@contoso.com", stdout=StringIO())
    assert client.get(address).status_code == 404


def test_the_sign_in_of_a_fresh_site_leads_to_the_link_and_not_to_an_owner_whom_nobody_is(client: Client) -> None:
    fresh = client.get("/account/sign-in/").content.decode()
    assert "This site has no account yet." in fresh
    assert "run.py manage firstaccount" in fresh
    client.post(path(), GIVEN)
    later = Client().get("/account/sign-in/").content.decode()
    assert "This site has no account yet." not in later
    assert "ask an owner of your organisation" in later


def test_who_was_made_by_createsuperuser_signs_in_and_makes_an_organisation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", WORDS)
    call_command("createsuperuser", "--noinput", "--username=Adam", "--email=adam@contoso.com", stdout=StringIO())
    client = Client()
    page = client.post("/account/sign-in/", {"username": "Adam", "password": WORDS}, follow=True).content.decode()
    assert "You belong to no organisation." in page
    form = client.get("/account/new-organisation/").content.decode()
    once = re.search('name="once" value="([^"]+)"', form)[1]
    client.post("/account/new-organisation/", {"name": "Contoso", "once": once})
    assert Membership.objects.get(person__username="Adam").role == "owner"
    assert client.get("/o/contoso/").status_code == 200


def test_a_second_post_at_the_same_moment_finds_the_first(client: Client) -> None:
    first = make_first_account(User(username="olga@contoso.com", password="x"), "Contoso", "0" * 32)
    assert first is not None
    assert make_first_account(User(username="eve@contoso.com", password="x"), "Eve", "1" * 32) is None
    assert list(User.objects.values_list("username", flat=True)) == ["olga@contoso.com"]
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    "token",
    ["first", "x" * 5000, signing.dumps("first"), signing.dumps("first", key="other")],
    ids=["a word", "5,000 letters", "signed for something else", "signed with another key"],
)
def test_a_link_that_is_not_ours_leads_nowhere(client: Client, token: str) -> None:
    assert client.get(f"/account/first/{token}/").status_code == 404


def test_the_link_ends_after_24_hours(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address, now = path(), time.time()
    assert client.get(address).status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + 24 * 60 * 60 + 2)
    assert client.get(address).status_code == 404


def test_all_mistakes_are_told_at_once_and_what_was_typed_stays(client: Client) -> None:
    wrong = {"email": "olga", "organisation": "", "password1": "short", "password2": "other"}
    response = client.post(path(), wrong)
    page = response.content.decode()
    assert "<title>Error: " in page
    for words in (
        "Enter an e-mail address, such as olga@contoso.com.",
        "Enter the name of your organisation.",
        "Enter the same password twice: these two differ.",
        "at least 15 characters",
    ):
        assert words in page
    assert 'value="olga"' in page
    assert 'value="short"' not in page
    assert User.objects.count() == 0


def test_a_password_of_the_name_of_the_organisation_is_refused(client: Client) -> None:
    words = "Contoso Pharma 2026"
    given = GIVEN | {"organisation": "Contoso Pharma", "password1": words, "password2": words}
    assert "says more than the names of this site" in client.post(path(), given).content.decode()
