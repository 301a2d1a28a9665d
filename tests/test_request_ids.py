"""Each page of an error names its request, and so does each line of the log about it; neither names an organisation."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from planner.logs import OneLine
from planner.models import Membership, Role
from planner.organisations import found
from planner.requests import of_this_request

NAME = "Qzx7 Contoso"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the log of the site would get, written as the settings say."""
    line = settings.LOGGING["formatters"]["line"]
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(OneLine(line["format"], style=line["style"]))
    logging.getLogger("django").addHandler(handler)
    yield text
    logging.getLogger("django").removeHandler(handler)


@pytest.fixture
def viewer(db: None) -> Client:
    """A viewer of an organisation whose name and address bear a mark."""
    owner, viewer = (User.objects.create_user(name) for name in ("olga@contoso.com", "vera@contoso.com"))
    organisation = found(NAME, owner, uuid4().hex)
    Membership.objects.create(organisation=organisation, person=viewer, role=Role.VIEWER)
    client = Client(raise_request_exception=False)
    client.force_login(viewer)
    return client


def shown_id(response: HttpResponse) -> str:
    shown = re.search(r"<code>([0-9a-f]{32})</code>", response.content.decode())
    assert shown, response.content.decode()
    return shown[1]


def check(response: HttpResponse, status: int) -> None:
    assert response.status_code == status
    assert shown_id(response) == response["X-Request-ID"]
    assert NAME not in response.content.decode()


def test_a_page_that_is_not_there_names_its_request(viewer: Client, log: io.StringIO) -> None:
    response = viewer.get("/o/somebody-elses/")
    check(response, 404)
    assert response["X-Request-ID"] in log.getvalue()


def test_a_page_that_one_may_not_open_names_its_request(viewer: Client, log: io.StringIO) -> None:
    response = viewer.post("/o/qzx7-contoso/plans/", {"name": "Spring"})
    check(response, 403)
    assert response["X-Request-ID"] in log.getvalue()


def test_a_page_without_its_token_names_its_request(viewer: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = viewer.cookies
    check(strict.post("/o/qzx7-contoso/plans/", {"name": "Spring"}), 403)


def test_a_request_that_cannot_be_read_names_itself(viewer: Client) -> None:
    check(viewer.post("/account/sign-in/", {"username": ["olga"] * 1001}), 400)


def test_a_sign_in_in_between_names_its_request(viewer: Client) -> None:
    check(Client().post("/o/qzx7-contoso/plans/", {"name": "Spring"}), 401)


def broken(*args: Any) -> None:
    raise RuntimeError(NAME)


def test_a_fault_of_the_program_names_its_request(
    viewer: Client, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.views.home.planned", broken)
    response = viewer.get("/o/qzx7-contoso/")
    check(response, 500)
    first = next(line for line in log.getvalue().splitlines() if "Internal Server Error" in line)
    assert response["X-Request-ID"] in first


def silent(*args: Any) -> None:
    raise OperationalError("database is locked")


def test_a_busy_database_names_the_request(viewer: Client, log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.views.home.planned", silent)
    response = viewer.get("/o/qzx7-contoso/")
    check(response, 503)
    assert response["X-Request-ID"] in log.getvalue()


def test_a_line_of_the_log_outside_of_a_request_names_none(log: io.StringIO, viewer: Client) -> None:
    viewer.get("/")
    logging.getLogger("django").warning("The site starts")
    assert of_this_request() == "-"
    assert re.search(r"WARNING - django: The site starts", log.getvalue())


@pytest.mark.parametrize("name", ["invitation", "first-account"])
def test_a_link_that_lets_somebody_in_stands_in_no_line_of_the_log(name: str, log: io.StringIO, db: None) -> None:
    secret = "abcdefghijklmnopqrstuvwxyz-012345"
    address = reverse(name, args=(secret,))
    assert Client().put(address).status_code in (401, 404, 405)
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
    assert address.replace(secret, "***") in log.getvalue()
    assert secret not in log.getvalue()
