"""Invitations: a link, shown once, that makes who has it a member, once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db.models import F
from django.test import Client

from planner.access import Here
from planner.members import InvitationEndedError, invitation_of, invite, join
from planner.models import Act, Invitation, Membership, Organisation, Role
from tests.organisations.conftest import signed_in

NEW = "seven blue herons standing"
TWICE = {"password1": NEW, "password2": NEW}


def invited(by: User, email: str = "Nora@Contoso.com", role: str = "editor") -> Any:
    return signed_in(by).post("/o/contoso/members/", {"email": email, "role": role})


def path_in(response: Any) -> str:
    return re.search("<code>http://testserver(/account/invitation/[^<]+)</code>", response.content.decode())[1]


def roles(organisation: Organisation) -> dict[str, str]:
    return dict(organisation.members.values_list("person__username", "role"))


def test_the_link_is_shown_once_and_sent_and_only_its_hash_is_kept(olga: User, contoso: Organisation) -> None:
    path = path_in(invited(olga))
    secret = path.split("/")[3]
    assert f"http://testserver{path}" in mail.outbox[0].body
    assert mail.outbox[0].to == ["nora@contoso.com"]
    assert secret not in str(Invitation.objects.values().get())
    assert secret not in signed_in(olga).get("/o/contoso/members/").content.decode()
    assert secret not in str(list(Act.objects.values()))


def test_a_new_person_makes_an_account_for_the_address_of_the_invitation_and_is_in(
    olga: User, contoso: Organisation, client: Client
) -> None:
    path = path_in(invited(olga))
    assert 'value="nora@contoso.com" readonly' in client.get(path).content.decode()
    response = client.post(path, TWICE | {"username": "eve@contoso.com", "role": "owner", "is_staff": "on"})
    assert response["Location"] == "/o/contoso/"
    nora = User.objects.get(username="nora@contoso.com")
    assert (nora.email, nora.is_staff, nora.is_superuser) == ("nora@contoso.com", False, False)
    assert roles(contoso)["nora@contoso.com"] == "editor"
    assert client.get("/o/contoso/").status_code == 200
    act = Act.objects.get(what="Joined by invitation")
    assert act.person == nora
    assert sorted(act.changes.values_list("kind", flat=True)) == ["invitation", "member"]


def test_who_is_signed_in_joins_with_the_own_account(olga: User, stan: User, contoso: Organisation) -> None:
    path = path_in(invited(olga))
    client = signed_in(stan)
    assert "Join as stan@contoso.com" in client.get(path).content.decode()
    assert client.post(path)["Location"] == "/o/contoso/"
    assert roles(contoso)["stan@contoso.com"] == "editor"


def test_opening_the_link_changes_nothing(olga: User, stan: User, contoso: Organisation) -> None:
    path = path_in(invited(olga))
    signed_in(stan).get(path)
    Client().get(path)
    assert set(roles(contoso)) == {"olga@contoso.com"}


def test_who_has_an_account_signs_in_and_comes_back(olga: User, stan: User, contoso: Organisation) -> None:
    path = path_in(invited(olga, "stan@contoso.com"))
    page = Client().get(path).content.decode()
    assert f"/account/sign-in/?next={path}" in page
    Client().post(path, TWICE)
    assert set(roles(contoso)) == {"olga@contoso.com"}


def test_a_link_works_once(olga: User, stan: User, contoso: Organisation, client: Client) -> None:
    path = path_in(invited(olga))
    signed_in(stan).post(path)
    response = client.post(path, TWICE)
    assert response.status_code == 404
    assert "This invitation has ended" in response.content.decode()
    assert not User.objects.filter(username="nora@contoso.com").exists()


def test_of_two_who_use_a_link_at_once_one_gets_in(here: Here, stan: User, adam: User) -> None:
    secret = invite(here, "nora@contoso.com", Role.VIEWER)
    first, second = invitation_of(secret), invitation_of(secret)
    join(first, stan, "0" * 32)
    with pytest.raises(InvitationEndedError):
        join(second, adam, "1" * 32)
    assert not Membership.objects.filter(person=adam).exists()


def test_a_link_ends_after_seven_days(olga: User, contoso: Organisation, client: Client) -> None:
    path = path_in(invited(olga))
    Invitation.objects.update(at=F("at") - timedelta(days=6, hours=23))
    assert client.get(path).status_code == 200
    Invitation.objects.update(at=F("at") - timedelta(hours=2))
    assert client.get(path).status_code == 404


def test_an_invitation_is_taken_back(olga: User, contoso: Organisation, client: Client) -> None:
    path = path_in(invited(olga))
    number = Invitation.objects.get().pk
    assert signed_in(olga).post(f"/o/contoso/invitations/{number}/end/").status_code == 302
    assert client.get(path).status_code == 404
    assert Act.objects.filter(what="Took back the invitation of nora@contoso.com").exists()


def test_a_new_invitation_takes_the_place_of_the_open_one(olga: User, contoso: Organisation, client: Client) -> None:
    first, second = path_in(invited(olga)), path_in(invited(olga, "NORA@contoso.com", "viewer"))
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert Invitation.objects.get().role == "viewer"


def test_who_is_a_member_already_keeps_the_role(olga: User, vera: User, contoso: Organisation) -> None:
    path = path_in(invited(olga, role="owner"))
    assert signed_in(vera).post(path)["Location"] == "/o/contoso/"
    assert roles(contoso)["vera@contoso.com"] == "viewer"


def test_a_link_that_nobody_made_has_ended(client: Client, db: None) -> None:
    for secret in ("a", "a" * 43, "x" * 5_000):
        assert client.get(f"/account/invitation/{secret}/").status_code == 404


def test_only_owners_invite_and_see_invitations(edgar: User, vera: User, olga: User, contoso: Organisation) -> None:
    invited(olga)
    for who in (edgar, vera):
        assert invited(who).status_code == 403
        assert "nora@contoso.com" not in signed_in(who).get("/o/contoso/members/").content.decode()


def test_the_mistakes_are_told_and_nobody_is_invited(olga: User, contoso: Organisation) -> None:
    page = invited(olga, "nora", "king").content.decode()
    assert "Enter an e-mail address, such as olga@contoso.com." in page
    assert 'value="nora"' in page
    assert Invitation.objects.count() == 0


def test_nobody_who_is_a_member_already_is_invited(olga: User, vera: User, contoso: Organisation) -> None:
    page = invited(olga, "VERA@contoso.com").content.decode()
    assert "vera@contoso.com is a member already." in page
    assert Invitation.objects.count() == 0
