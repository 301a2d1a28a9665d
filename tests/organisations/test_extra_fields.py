"""A form takes its own fields and no other: typing more brings nobody a right, a role or the row of somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode

from planner.access import Here
from planner.accounts import first_account_path
from planner.models import Network
from planner.passwords import reset_tokens
from tests.organisations.acts import ACTS, kept, things
from tests.organisations.conftest import PASSWORD, signed_in

NEW = "seven blue herons standing"
TWICE = {"new_password1": NEW, "new_password2": NEW}
FIRST = {"email": "olga@contoso.com", "organisation": "Contoso", "password1": NEW, "password2": NEW}
#: Of the moment, not of what was typed.
OF_THE_MOMENT = {"at", "since", "created", "changed", "removed", "accepted", "date_joined", "request_id"}
SECRETS = {"secret_hash", "password"}


def more(other: User) -> dict[str, str]:
    """Fields that no form here has; the ids are of another person and another organisation."""
    there = str(other.memberships.get().organisation.pk)
    ids = dict.fromkeys(("id", "pk", "person", "user", "person_id", "groups", "user_permissions"), str(other.pk))
    return {
        **ids,
        **dict.fromkeys(("organisation_id", "estate", "estate_id", "of", "of_id", "based_on"), there),
        **dict.fromkeys(("is_staff", "is_superuser", "count_old_virtual", "isolated"), "on"),
        **dict.fromkeys(("by", "created_by", "accepted", "slug", "secret_hash", "note_folded", "last_name"), "forged"),
        **dict.fromkeys(("at", "since", "created", "removed", "last_login", "date_joined"), "2000-01-01"),
    }


def what_came_of(act: Callable[[], HttpResponse], before: dict[str, list[dict[str, Any]]]) -> Any:
    """The status and all rows after the act, which is taken back. An id of a new row is "new"."""
    known = {model: {row["id"] for row in rows} for model, rows in before.items()}
    with transaction.atomic():
        status, after = act().status_code, kept()
        transaction.set_rollback(True)
    return status, {model: [without_the_moment(row, known[model]) for row in rows] for model, rows in after.items()}


def without_the_moment(row: dict[str, Any], known: set[int]) -> dict[str, Any]:
    if row["id"] in known:
        return {name: value for name, value in row.items() if name not in OF_THE_MOMENT | SECRETS}
    ids = {"id", "row", "estate", "before", "after"} | {name for name in row if name.endswith("_id")}
    return {name: "new" if name in ids else value for name, value in row.items() if name not in OF_THE_MOMENT | SECRETS}


@pytest.mark.parametrize("name", ACTS)
def test_more_fields_than_a_form_has_change_nothing(
    name: str, here: Here, office: Network, vera: User, stan: User, olga: User
) -> None:
    ids = things(here, office, vera)
    address, given = ACTS[name]
    sent = {field: text.format(**ids) for field, text in given.items()}
    path, client, before = address.format(**ids), signed_in(olga), kept()
    alone, among_more = (
        what_came_of(lambda data=data: client.post(path, data), before) for data in (sent, more(stan) | sent)
    )
    assert alone[0] < 400
    assert among_more == alone


def account(who: User) -> dict[str, Any]:
    """The account but for its password and the time of its last sign-in."""
    row: dict[str, Any] = User.objects.filter(pk=who.pk).values().get()
    return row | {"password": "", "last_login": "", "rights": (who.user_permissions.count(), who.groups.count())}


def test_a_change_of_the_password_changes_nothing_else(vera: User, stan: User) -> None:
    before, others = account(vera), User.objects.get(pk=stan.pk).password
    given = {"old_password": PASSWORD, **TWICE, "username": "eve", "email": "eve@contoso.com", "role": "owner"}
    assert signed_in(vera).post("/account/password/", more(stan) | given).status_code == 302
    assert User.objects.get(pk=vera.pk).check_password(NEW)
    assert account(vera) == before
    assert User.objects.get(pk=stan.pk).password == others
    assert vera.memberships.get().role == "viewer"


def test_a_password_by_link_changes_nothing_else(vera: User, stan: User) -> None:
    before, others = account(vera), User.objects.get(pk=stan.pk).password
    of_vera = urlsafe_base64_encode(str(vera.pk).encode())
    client = Client()
    page = client.get(reverse("reset-password", args=(of_vera, reset_tokens.make_token(vera))))["Location"]
    given = {**TWICE, "username": "eve", "uidb64": urlsafe_base64_encode(str(stan.pk).encode())}
    assert client.post(page, more(stan) | given).status_code == 302
    assert User.objects.get(pk=vera.pk).check_password(NEW)
    assert account(vera) == before
    assert User.objects.get(pk=stan.pk).password == others


def test_the_first_account_is_made_of_its_four_fields(db: None) -> None:
    given = {"username": "eve", "is_active": "", "role": "viewer", "id": "77", "last_name": "x", "slug": "forged"}
    assert Client().post(first_account_path(), FIRST | given)["Location"] == "/o/contoso/"
    olga = User.objects.get()
    assert (olga.username, olga.is_active, olga.last_name, olga.pk == 77) == ("olga@contoso.com", True, "", False)
    assert olga.memberships.get().role == "owner"
