"""Tries are counted: by address and hour, by name and day."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db.models import F
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from planner.models import Try
from planner.throttle import address_of
from tests.organisations.conftest import PASSWORD

OLGA = "olga@contoso.com"


def tried(name: str, password: str = "wrong", address: str = "192.0.2.1", **headers: str) -> HttpResponse:
    given = {"username": name, "password": password}
    return Client().post("/account/sign-in/", given, REMOTE_ADDR=address, **headers)


@pytest.fixture
def quick(settings: object) -> None:
    """The tests are of the counting, not of the hash."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def olga(quick: None, db: None) -> User:
    return User.objects.create_user(OLGA, OLGA, PASSWORD)


def test_after_20_wrong_tries_from_an_address_nobody_gets_in_from_there_for_an_hour(olga: User) -> None:
    for number in range(20):
        assert tried(f"person{number}").status_code == 200
    refused = tried(OLGA, PASSWORD)
    assert refused.status_code == 429
    assert "Wait 60 minutes" in refused.content.decode()
    assert 3500 < int(refused["Retry-After"]) <= 3600
    assert tried(OLGA, PASSWORD, address="192.0.2.2").status_code == 302
    Try.objects.update(at=F("at") - timedelta(minutes=61))
    assert tried(OLGA, PASSWORD).status_code == 302


def test_after_20_wrong_tries_on_a_name_from_many_addresses_the_name_waits_and_others_do_not(olga: User) -> None:
    User.objects.create_user("edgar", password=PASSWORD)
    for number in range(20):
        assert tried(OLGA, address=f"198.51.100.{number}").status_code == 200
    assert tried(OLGA, PASSWORD).status_code == 429
    assert tried("Olga@Contoso.COM", PASSWORD).status_code == 429
    assert tried("edgar", PASSWORD).status_code == 302
    Try.objects.update(at=F("at") - timedelta(hours=25))
    assert tried(OLGA, PASSWORD).status_code == 302


def test_tries_that_are_refused_do_not_lengthen_the_wait(olga: User) -> None:
    for number in range(20):
        tried(OLGA, address=f"198.51.100.{number}")
    for _ in range(3):
        tried(OLGA)
    assert Try.objects.count() == 20


def test_right_passwords_are_not_counted(olga: User) -> None:
    for _ in range(25):
        assert tried(OLGA, PASSWORD).status_code == 302
    assert Try.objects.count() == 0


def test_a_name_that_nobody_has_waits_like_one_that_somebody_has(olga: User) -> None:
    for number in range(20):
        tried("nobody@contoso.com", address=f"198.51.100.{number}")
    assert tried("nobody@contoso.com").status_code == 429


def test_a_command_lets_a_name_in_again(olga: User) -> None:
    for number in range(20):
        tried(OLGA, address=f"198.51.100.{number}")
    out = StringIO()
    call_command("forgivetries", OLGA, stdout=out)
    assert out.getvalue() == "20 tries forgotten.\n"
    assert tried(OLGA, PASSWORD).status_code == 302


def test_a_command_forgets_all_tries(olga: User) -> None:
    tried("a")
    call_command("forgivetries", "--all", stdout=StringIO())
    assert Try.objects.count() == 0


def test_a_forged_header_gives_no_new_address(olga: User) -> None:
    for number in range(20):
        tried(f"person{number}", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert tried(OLGA, PASSWORD, HTTP_X_FORWARDED_FOR="203.0.113.99").status_code == 429


@pytest.mark.parametrize(
    ("proxy", "headers", "address"),
    [
        (False, {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, "192.0.2.1"),
        (True, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, "203.0.113.9"),
        (True, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "1.1.1.1, 203.0.113.9"}, "203.0.113.9"),
        (True, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "nonsense"}, "127.0.0.1"),
        (False, {"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::/64"),
        (False, {"REMOTE_ADDR": ""}, "unknown"),
    ],
)
def test_the_address_is_the_nearest_that_is_known_to_be_true(
    proxy: bool, headers: dict[str, str], address: str
) -> None:
    with override_settings(PROXY=proxy):
        assert address_of(RequestFactory().get("/", **headers)) == address


def test_what_was_typed_as_a_name_is_not_kept(olga: User) -> None:
    tried("my secret password typed into the wrong field")
    assert "secret" not in str(Try.objects.values().get())


def test_old_tries_are_deleted(olga: User) -> None:
    tried("somebody")
    Try.objects.update(at=F("at") - timedelta(days=2))
    tried("somebody else")
    assert Try.objects.count() == 1


def test_the_sign_in_of_the_admin_is_this_one(client: Client, db: None) -> None:
    response = client.get("/admin/login/?next=/admin/")
    assert (response.status_code, response["Location"]) == (302, "/account/sign-in/?next=/admin/")
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 302


def test_tries_with_the_old_password_of_a_session_are_counted_too(olga: User) -> None:
    client = Client()
    client.force_login(olga)
    wrong = {"old_password": "wrong", "new_password1": "a" * 20, "new_password2": "a" * 20}
    for _ in range(20):
        assert client.post("/account/password/", wrong).status_code == 200
    assert client.post("/account/password/", wrong | {"old_password": PASSWORD}).status_code == 429
