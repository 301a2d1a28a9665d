"""Signing in, passwords, and links to set a new one."""

from __future__ import annotations

import re
import sys
import time
from datetime import datetime
from threading import Thread
from typing import Any
from unittest import mock
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client, override_settings

from planner.models import Organisation
from planner.throttle import attempt
from tests.organisations.conftest import PASSWORD, signed_in

NEW = "seven blue herons standing"
TWICE = {"new_password1": NEW, "new_password2": NEW}


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """E-mails are sent before the answer, so that a test can look at them."""
    monkeypatch.setattr(Thread, "start", Thread.run)


def entered(name: str, password: str = PASSWORD, **more: str) -> Any:
    return Client().post("/account/sign-in/", {"username": name, "password": password, **more})


def asked_for_link(email: str = "olga@contoso.com", **more: str) -> str:
    Client().post("/account/reset/", {"email": email}, **more)
    return re.search(r"https?://\S+", mail.outbox[-1].body)[0] if mail.outbox else ""


def path_of(link: str) -> str:
    return link.removeprefix("http://testserver")


def set_by(link: str, client: Client | None = None) -> Any:
    """Open the link and set the password on the page that it leads to."""
    client = client or Client()
    opened = client.get(path_of(link))
    return client.post(opened["Location"], TWICE) if opened.status_code == 302 else opened


# --- Signing in ---


@pytest.mark.parametrize("name", ["olga@contoso.com", "Olga@Contoso.COM"])
def test_a_person_signs_in_whatever_the_case_of_the_address(olga: User, name: str) -> None:
    assert entered(name)["Location"] == "/o/"


@pytest.mark.parametrize("name", ["olga@contoso.com", "nobody@contoso.com"])
def test_a_wrong_password_and_a_wrong_name_are_told_alike(olga: User, name: str) -> None:
    response = entered(name, "wrong")
    assert response.status_code == 200
    assert "The e-mail address and the password do not go together." in response.content.decode()


@pytest.mark.parametrize("name", ["olga@contoso.com", "nobody@contoso.com"])
def test_a_wrong_try_costs_one_hash_whether_or_not_there_is_the_name(olga: User, name: str) -> None:
    with mock.patch.object(PBKDF2PasswordHasher, "encode", autospec=True, return_value="wrong") as hashed:
        entered(name, "wrong")
    assert hashed.call_count == 1


def test_who_is_deactivated_does_not_get_in(olga: User) -> None:
    User.objects.update(is_active=False)
    assert "do not go together" in entered("olga@contoso.com").content.decode()


@pytest.mark.parametrize(
    "next_page",
    [
        "//evil.example",
        "https:evil.example",
        "https://evil.example/o/",
        "/\\evil.example",
        "javascript:alert(1)",
        "%0d%0aX: y",
        "x" * 10_000,
    ],
)
def test_the_sign_in_leads_to_pages_of_this_site_only(olga: User, next_page: str) -> None:
    where = entered("olga@contoso.com", next=next_page)["Location"]
    assert urlsplit(urljoin("http://testserver/account/sign-in/", where)).netloc == "testserver"


def test_the_sign_in_leads_back(olga: User) -> None:
    assert entered("olga@contoso.com", next="/o/contoso/members/")["Location"] == "/o/contoso/members/"


def test_the_form_of_the_sign_in_needs_its_token(olga: User) -> None:
    client = Client(enforce_csrf_checks=True)
    given = {"username": "olga@contoso.com", "password": PASSWORD}
    assert client.post("/account/sign-in/", given).status_code == 403


def test_the_fields_tell_password_managers_what_they_are(olga: User) -> None:
    page = Client().get("/account/sign-in/").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    page = signed_in(olga).get("/account/password/").content.decode()
    assert page.count('autocomplete="new-password"') == 2


def test_a_forged_host_gets_no_page(olga: User) -> None:
    assert Client().get("/account/sign-in/", headers={"Host": "evil.example"}).status_code == 400
    assert Client().post("/account/reset/", {"email": olga.email}, headers={"Host": "evil.example"}).status_code == 400
    assert mail.outbox == []


# --- Passwords ---


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("fourteen chars", "at least 15 characters"),
        ("Password12345678", "says more than"),
        ("contoso contoso", "says more than"),
        ("Olga Contoso 123", "says more than"),
        ("activation planner", "says more than"),
        ("olga@contoso.com", "similar to the"),
        ("1q2w3e4r5t6y7u8i", "too common"),
        ("1234567890123456", "says more than"),
    ],
)
def test_a_password_that_is_tried_first_is_refused(
    contoso: Organisation, olga: User, password: str, words: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, olga)
    assert words in " ".join(refused.value.messages)


@pytest.mark.parametrize(
    "password",
    [
        "fifteen letters",
        "a" * 7 + " wörds of Tomás",
        "🦊🐻🐼🦁🐯🐨🐰🐸🐵🐔🐧🐦🐤🦆🦅",
        " leading blank and more",
        "x7" * 32,
        "y8" * 2_048,
    ],
)
def test_any_characters_and_any_length_will_do(contoso: Organisation, olga: User, password: str) -> None:
    begun = time.process_time()
    validate_password(password, olga)
    olga.set_password(password)
    assert olga.check_password(password)
    assert not olga.check_password(password[:-1])
    assert not olga.check_password(password.strip() + "x")
    assert time.process_time() - begun < 5


def test_a_password_of_4096_characters_is_checked_in_less_than_a_second(contoso: Organisation, olga: User) -> None:
    begun = time.process_time()
    validate_password("olga contoso " * 315, olga)
    assert time.process_time() - begun < 1


def test_the_old_password_must_be_right(olga: User) -> None:
    response = signed_in(olga).post("/account/password/", {"old_password": "wrong", **TWICE})
    assert "This is not your password of today." in response.content.decode()
    olga.refresh_from_db()
    assert olga.check_password(PASSWORD)


# --- A new password by e-mail ---


def test_a_link_sets_a_new_password_and_signs_in(olga: User) -> None:
    client = Client()
    response = set_by(asked_for_link(), client)
    assert response["Location"] == "/o/"
    assert client.get("/account/").status_code == 200
    olga.refresh_from_db()
    assert olga.check_password(NEW)


@pytest.mark.parametrize("email", ["olga@contoso.com", "nobody@contoso.com"])
def test_whether_there_is_an_account_is_not_told(olga: User, email: str) -> None:
    response = Client().post("/account/reset/", {"email": email})
    assert response["Location"] == "/account/reset/sent/"
    assert len(mail.outbox) == (email == "olga@contoso.com")


def calls_of(email: str) -> int:
    """How many functions run until the answer to who asks for a link: unlike the time, the same on any machine."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    client = Client()
    sys.setprofile(count)
    try:
        client.post("/account/reset/", {"email": email})
    finally:
        sys.setprofile(None)
    return calls


def test_who_asks_for_a_link_waits_as_long_with_and_without_an_account(
    olga: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Thread] = []
    monkeypatch.setattr(Thread, "start", lambda thread: started.append(thread))
    calls_of("first@contoso.com")  # what is done once in a process
    known, unknown = calls_of("olga@contoso.com"), calls_of("nobody@contoso.com")
    assert len(started) == 3
    assert unknown == pytest.approx(known, rel=0.005)


def test_a_link_works_once(olga: User) -> None:
    link = asked_for_link()
    set_by(link)
    assert "This link has ended" in set_by(link).content.decode()


def test_a_link_is_dead_after_a_change_of_the_password(olga: User) -> None:
    link = asked_for_link()
    signed_in(olga).post("/account/password/", {"old_password": PASSWORD, **TWICE})
    assert "This link has ended" in set_by(link).content.decode()


@pytest.mark.parametrize(("hours", "lives"), [(23, True), (25, False)])
def test_a_link_ends_after_24_hours(olga: User, hours: int, lives: bool) -> None:
    link = asked_for_link()
    from_now = time.time() + 3600 * hours
    with mock.patch("planner.passwords.ResetTokens._now", return_value=datetime.fromtimestamp(from_now)):
        opened = Client().get(path_of(link))
    assert (opened.status_code == 302) is lives


def test_a_link_does_not_fit_another_account(olga: User, stan: User) -> None:
    token = asked_for_link().rstrip("/").rpartition("/")[2]
    asked_for_link("stan@contoso.com")
    others = path_of(re.search(r"https?://\S+", mail.outbox[-1].body)[0]).split("/")[3]
    assert "This link has ended" in Client().get(f"/account/reset/{others}/{token}/").content.decode()


def test_a_link_of_who_was_deactivated_is_dead(olga: User) -> None:
    link = asked_for_link()
    User.objects.update(is_active=False)
    assert "This link has ended" in set_by(link).content.decode()


def test_a_link_lets_in_whose_name_is_locked(olga: User, rf: Any) -> None:
    for number in range(20):
        attempt(rf.post("/", REMOTE_ADDR=f"198.51.100.{number}"), "olga@contoso.com")
    assert entered("olga@contoso.com").status_code == 429
    assert set_by(asked_for_link()).status_code == 302
    assert entered("olga@contoso.com", NEW).status_code == 302


def test_links_are_asked_for_20_times_a_day_at_most(olga: User) -> None:
    answers = [Client().post("/account/reset/", {"email": olga.email}).status_code for _ in range(21)]
    assert answers == [302] * 20 + [429]


def test_a_link_begins_with_the_address_that_is_set(olga: User) -> None:
    with override_settings(ADDRESS="https://planner.contoso.com"):
        assert asked_for_link().startswith("https://planner.contoso.com/account/reset/")


def test_without_a_set_address_a_forwarded_host_gets_no_link(olga: User) -> None:
    forged = {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PROTO": "https"}
    assert asked_for_link(**forged).startswith("http://testserver/account/reset/")
