"""Sessions: how long they last, what ends them, and what becomes of input when they have ended."""

from __future__ import annotations

import re
import time

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from planner.models import Organisation
from planner.sessions import BEGAN, SEEN
from tests.organisations.conftest import PASSWORD, signed_in

HX = {"HX-Request": "true"}
FULL_KEY = "ABCDE-FGHIJ-KLMNO-PQRST-VWXYZ"


def entered(who: User, client: Client | None = None) -> Client:
    client = client or Client()
    response = client.post("/account/sign-in/", {"username": who.username, "password": PASSWORD})
    assert response.status_code == 302
    return client


def moved_back(client: Client, **seconds: int) -> None:
    session = client.session
    for name, amount in seconds.items():
        session[name] -= amount
    session.save()


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_the_limits_are_eight_hours_and_sixty_minutes() -> None:
    assert (settings.SESSION_COOKIE_AGE, settings.SESSION_IDLE) == (28_800, 3_600)


@pytest.mark.parametrize(("minutes", "lasts"), [(59, True), (61, False)])
def test_a_session_ends_an_hour_after_the_last_request(olga: User, minutes: int, lasts: bool) -> None:
    client = entered(olga)
    moved_back(client, **{SEEN: 60 * minutes})
    assert is_in(client) is lasts


@pytest.mark.parametrize(("minutes", "lasts"), [(479, True), (481, False)])
def test_a_session_ends_eight_hours_after_the_sign_in_however_busy(olga: User, minutes: int, lasts: bool) -> None:
    client = entered(olga)
    moved_back(client, **{BEGAN: 60 * minutes})
    assert is_in(client) is lasts


def test_a_session_that_is_over_is_deleted(olga: User) -> None:
    client = entered(olga)
    moved_back(client, **{SEEN: 3_700})
    client.get("/account/")
    assert Session.objects.count() == 0


def test_the_last_request_is_noted_at_most_once_a_minute(olga: User) -> None:
    client = entered(olga)
    before = client.session[SEEN]
    moved_back(client, **{SEEN: 30})
    client.get("/catalogue/disputes/")
    assert client.session[SEEN] == before - 30
    moved_back(client, **{SEEN: 40})
    client.get("/catalogue/disputes/")
    assert client.session[SEEN] >= int(time.time()) - 5


def test_a_session_that_was_set_before_the_sign_in_is_dead_after_it(olga: User) -> None:
    client = Client()
    client.cookies["sessionid"] = "a" * 32
    entered(olga, client)
    assert client.cookies["sessionid"].value != "a" * 32
    assert not Session.objects.filter(session_key="a" * 32).exists()


def test_a_session_that_somebody_began_and_handed_over_does_not_become_the_one_of_who_signs_in(olga: User) -> None:
    client, attacker = Client(), Client()
    session = client.session
    session["mark"] = "of the attacker"
    session.save()
    handed_over = client.cookies["sessionid"].value
    assert Session.objects.filter(session_key=handed_over).exists()
    attacker.cookies["sessionid"] = handed_over
    entered(olga, client)
    assert client.cookies["sessionid"].value != handed_over
    assert is_in(client)
    assert not is_in(attacker)
    assert not Session.objects.filter(session_key=handed_over).exists()


def test_after_the_sign_out_the_old_cookie_is_refused_and_the_browser_forgets(olga: User) -> None:
    client = entered(olga)
    cookie = client.cookies["sessionid"].value
    response = client.post("/account/sign-out/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    replay = Client()
    replay.cookies["sessionid"] = cookie
    assert not is_in(replay)


def test_a_link_does_not_sign_out(olga: User) -> None:
    client = entered(olga)
    assert client.get("/account/sign-out/").status_code == 405
    assert client.get("/admin/logout/").status_code == 405
    assert is_in(client)


def test_a_change_of_the_password_ends_the_other_sessions(olga: User) -> None:
    here, elsewhere = entered(olga), entered(olga)
    words = "seven blue herons standing"
    given = {"old_password": PASSWORD, "new_password1": words, "new_password2": words}
    assert here.post("/account/password/", given).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)


def test_who_is_deactivated_is_out_at_once(olga: User) -> None:
    client = entered(olga)
    User.objects.filter(pk=olga.pk).update(is_active=False)
    assert not is_in(client)


def test_a_page_leads_to_the_sign_in_and_back(contoso: Organisation) -> None:
    response = Client().get("/o/contoso/members/?page=2")
    assert response["Location"] == "/account/sign-in/?next=/o/contoso/members/%3Fpage%3D2"


def test_a_fragment_without_a_session_sends_the_whole_page_to_the_sign_in(contoso: Organisation) -> None:
    headers = HX | {"HX-Current-URL": "http://testserver/o/contoso/estate/?q=a"}
    response = Client().get("/o/contoso/members/", headers=headers)
    assert (response.status_code, response.content) == (401, b"")
    assert response["HX-Redirect"] == "/account/sign-in/?next=/o/contoso/estate/%3Fq%3Da"


@pytest.mark.parametrize("page", ["https://evil.example/o/", "//evil.example", "javascript:alert(1)", "\r\nX: y"])
def test_a_fragment_leads_back_only_to_this_site(contoso: Organisation, page: str) -> None:
    response = Client().get("/o/contoso/members/", headers=HX | {"HX-Current-URL": page})
    assert response["HX-Redirect"] == "/account/sign-in/?next=/o/"


def test_a_form_of_htmx_stays_in_its_page_when_the_session_has_ended(contoso: Organisation) -> None:
    response = Client().post("/o/contoso/members/", {"email": "vera@contoso.com"}, headers=HX)
    assert response.status_code == 401
    assert "HX-Redirect" not in response


def test_a_form_of_htmx_gets_the_new_token_after_a_new_sign_in(olga: User, contoso: Organisation) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(olga)
    old = client.post("/o/contoso/members/", {"email": "vera@contoso.com"}, headers=HX)
    assert old.status_code == 403
    given = {"email": "vera@contoso.com", "role": "viewer"}
    again = client.post("/o/contoso/members/", given, headers=HX | {"X-CSRFToken": old["X-CSRFToken"]})
    assert again.status_code == 200
    assert contoso.invitations.count() == 1


def test_a_form_of_htmx_whose_cookies_are_gone_hears_that_the_session_ended(contoso: Organisation) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/o/contoso/members/", {"email": "v@contoso.com"}, headers=HX).status_code == 401


def test_a_form_without_scripts_comes_along_through_the_sign_in(olga: User, contoso: Organisation) -> None:
    client = Client()
    ended = client.post("/o/contoso/members/", {"email": "vera@contoso.com", "role": "viewer"})
    page = ended.content.decode()
    assert ended.status_code == 401
    assert "Sign in: your input is still here" in page
    kept = re.search('name="kept" value="([^"]+)"', page)[1]
    wrong = client.post("/account/sign-in/", {"username": olga.username, "password": "wrong", "kept": kept})
    assert f'name="kept" value="{kept}"' in wrong.content.decode()
    right = client.post("/account/sign-in/", {"username": olga.username, "password": PASSWORD, "kept": kept})
    page = right.content.decode()
    assert 'action="/o/contoso/members/"' in page
    assert '<input type="hidden" name="email" value="vera@contoso.com">' in page
    assert contoso.invitations.count() == 0


def test_passwords_do_not_come_along(olga: User) -> None:
    ended = Client().post("/account/password/", {"old_password": "abc", "new_password1": "def", "note": "kept"})
    kept = re.search('name="kept" value="([^"]+)"', ended.content.decode())[1]
    page = Client().post("/account/sign-in/", {"username": olga.username, "password": PASSWORD, "kept": kept})
    text = page.content.decode()
    assert 'name="note" value="kept"' in text
    assert "abc" not in text
    assert "old_password" not in text


def test_of_a_product_key_the_last_five_characters_come_along(olga: User) -> None:
    sent = {"text": f"mak-windows-7,30,{FULL_KEY}", "r1-last_five": FULL_KEY}
    ended = Client().post("/o/contoso/estate/keys/add/", sent)
    kept = re.search('name="kept" value="([^"]+)"', ended.content.decode())[1]
    page = Client().post("/account/sign-in/", {"username": olga.username, "password": PASSWORD, "kept": kept})
    text = page.content.decode()
    assert "FGHIJ" not in text
    assert text.count("VWXYZ") == 4  # of two fields, to be sent and to be read


def test_input_that_somebody_else_made_up_does_not_come_along(olga: User) -> None:
    given = {"username": olga.username, "password": PASSWORD, "kept": '["/o/", [["a", "b"]]]'}
    assert Client().post("/account/sign-in/", given)["Location"] == "/o/"


def test_a_page_for_somebody_is_kept_by_no_shared_cache(olga: User) -> None:
    assert "private" in signed_in(olga).get("/catalogue/disputes/")["Cache-Control"]
