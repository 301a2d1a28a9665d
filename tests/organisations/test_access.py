"""The door of an organisation: strangers find nothing, members do what their role may."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from planner.access import Here, member
from planner.models import Organisation, Role
from tests.organisations.conftest import signed_in


@member(writes=Role.EDITOR)
def view(request: object, here: Here) -> HttpResponse:
    return HttpResponse(here.role)


def asked(method: str, who: User) -> HttpResponse:
    request = getattr(RequestFactory(), method)("/")
    request.user, request.request_id = who, "0" * 32
    return view(request, "contoso")


def test_a_member_comes_in_with_the_own_role(contoso: Organisation, olga: User, vera: User) -> None:
    assert (asked("get", olga).content, asked("get", vera).content) == (b"owner", b"viewer")


def test_a_viewer_may_read_and_not_write(contoso: Organisation, vera: User, edgar: User) -> None:
    assert asked("post", edgar).status_code == 200
    with pytest.raises(PermissionDenied):
        asked("post", vera)


@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_for_strangers_and_staff_the_organisation_does_not_exist(
    contoso: Organisation, stan: User, adam: User, method: str
) -> None:
    for who in (stan, adam):
        with pytest.raises(Http404):
            asked(method, who)


def test_a_fragment_that_nobody_is_signed_in_for_leads_to_the_sign_in(contoso: Organisation, client: object) -> None:
    response = client.get("/o/contoso/")
    assert response.status_code == 302
    assert response["Location"].startswith("/account/sign-in/?next=")


def test_a_page_of_an_organisation_is_kept_by_no_cache(contoso: Organisation, olga: User) -> None:
    response = signed_in(olga).get("/o/contoso/")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
