"""A fault at any write of what somebody does leaves everything as it was: all of it happens, or nothing."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from planner.access import Here
from planner.accounts import first_account_path
from planner.models import Network, Try
from tests.organisations.acts import ACTS, kept, things
from tests.organisations.conftest import signed_in

WORDS = "green kettles whistle at noon"
TWICE = {"password1": WORDS, "password2": WORDS}
WRITE = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "(?P<table>\w+)"')
#: Of the visit, not of what is kept: the session, the last sign-in, the tries that are counted.
OF_THE_VISIT = ("django_session", Try._meta.db_table)


class BrokenError(Exception):
    """The fault that is made."""


@contextmanager
def broken_at(number: int) -> Iterator[list[str]]:
    """The write of that number, counted from 1, fails. Gives the writes that were begun."""
    begun: list[str] = []

    def execute(run: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        write = WRITE.match(sql)
        if write and write["table"] not in OF_THE_VISIT and '"last_login"' not in sql.partition("WHERE")[0][:60]:
            begun.append(sql)
            if len(begun) == number:
                raise BrokenError
        return run(sql, parameters, many, context)

    with connection.execute_wrapper(execute):
        yield begun


@pytest.fixture
def ids(here: Here, office: Network, vera: User) -> dict[str, Any]:
    return things(here, office, vera)


def tried_at_every_write(act: Callable[[], HttpResponse]) -> None:
    """The act fails at its first write, then at its second, ...; at last it is done, and only then is anything new."""
    logging.disable(logging.CRITICAL)
    before, number = kept(), 0
    while True:
        number += 1
        with broken_at(number) as begun, transaction.atomic():
            status = act().status_code
            after = kept()
            transaction.set_rollback(True)
        if len(begun) < number:
            break
        assert (status, after == before) == (500, True), f"after a fault in {begun[-1]}"
    assert (number > 2, status < 400, after != before) == (True, True, True), status


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("name", ACTS)
def test_a_fault_at_any_write_leaves_everything_as_it_was(name: str, ids: dict[str, Any], olga: User) -> None:
    address, given = ACTS[name]
    client = signed_in(olga)
    client.raise_request_exception = False
    sent = {field: text.format(**ids) for field, text in given.items()}
    tried_at_every_write(lambda: client.post(address.format(**ids), sent))


def test_a_fault_while_a_new_person_joins_leaves_no_account(ids: dict[str, Any]) -> None:
    path = f"/account/invitation/{ids['secret']}/"
    tried_at_every_write(lambda: Client(raise_request_exception=False).post(path, TWICE))


def test_a_fault_while_the_first_account_is_made_leaves_a_fresh_site(db: None) -> None:
    path = first_account_path()
    given = TWICE | {"email": "olga@contoso.com", "organisation": "Contoso"}
    tried_at_every_write(lambda: Client(raise_request_exception=False).post(path, given))
