"""A fault at any write of what somebody does leaves everything as it was: all of it happens, or nothing."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from planner import plans, scenarios
from planner.access import Here
from planner.accounts import first_account_path
from planner.members import invite
from planner.models import HeldKey, Network, Reading, Role, Try
from planner.recording import recorded
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


def kept() -> dict[str, list[dict[str, Any]]]:
    """All rows of accounts and organisations."""
    models = [User, *apps.get_app_config("planner").get_models()]
    rows = {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models if model != Try}
    for user in rows["User"]:
        user["last_login"] = None
    return rows


@pytest.fixture
def ids(here: Here, office: Network, vera: User) -> dict[str, Any]:
    """What the addresses name: a network with a line, a key, a reading, a plan, a scenario, an invitation, an act."""
    estate = here.estate()
    with recorded(here, "Added a key") as act:
        act.add(HeldKey(estate=estate, key="mak-windows-7", used=50))
        act.add(Reading(organisation=here.organisation, key="mak-windows-7", on=date(2026, 3, 1), used=40))
    scenario = scenarios.copy_inventory(here, "Trial")
    with recorded(here, "Changed the scenario") as changed:
        changed.add(Network(estate=scenario, name="Lab"))
        changed.change(scenario.computers.select_related("network").get(), {"count": 7}, 1)
    return {
        "network": office.pk,
        "line": estate.computers.get().pk,
        "reading": here.organisation.readings.get().pk,
        "plan": plans.save(here, estate, "March", "").pk,
        "scenario": scenario.pk,
        "revision": here.estate().revision,
        "vera": here.organisation.members.get(person=vera).pk,
        "act": act.made.pk,
        "secret": invite(here, "nora@contoso.com", Role.EDITOR),
    }


TYPED = {"c1-product": "windows-11-enterprise", "c1-count": "30", "n1-name": "Branch"}
#: By name: the address and what is sent.
ACTS: dict[str, tuple[str, dict[str, str]]] = {
    "an organisation is made": ("/account/new-organisation/", {"name": "Litware"}),
    "an estate is kept": ("/keep/", TYPED | {"to": "contoso", "once": "a" * 32}),
    "an estate is kept in a new organisation": ("/keep/", TYPED | {"to": "+", "name": "Litware", "once": "a" * 32}),
    "lines are added": (
        "/o/contoso/estate/computers/add/",
        {"text": "windows-7-enterprise;3\nwindows-7-enterprise;4"},
    ),
    "a network is removed with its lines": (
        "/o/contoso/estate/networks/chosen/",
        {"row": "{network}:1", "do": "delete", "with_lines": "yes"},
    ),
    "a line is removed": ("/o/contoso/estate/computers/{line}/", {"version": "1", "do": "delete"}),
    "a plan is saved": ("/o/contoso/plans/", {"name": "April"}),
    "a plan is renamed": ("/o/contoso/plans/{plan}/edit/", {"name": "May", "version": "1"}),
    "a scenario is made": ("/o/contoso/scenarios/", {"name": "Other"}),
    "a scenario is made of a plan": ("/o/contoso/scenarios/", {"name": "Other", "plan": "{plan}"}),
    "a scenario is applied": ("/o/contoso/scenarios/{scenario}/apply/", {"seen": "{revision}"}),
    "a scenario is removed": ("/o/contoso/scenarios/{scenario}/remove/", {}),
    "a reading is added": ("/o/contoso/ledger/readings/add/", {"text": "mak-windows-7;2026-04-01;30"}),
    "a reading is taken": ("/o/contoso/ledger/{reading}/take/", {"version": "1"}),
    "an act is undone": ("/o/contoso/acts/{act}/undo/", {}),
    "somebody is invited again": ("/o/contoso/members/", {"email": "nora@contoso.com", "role": "viewer"}),
    "a role is changed": ("/o/contoso/members/{vera}/role/", {"role": "owner", "version": "1"}),
    "a member is removed": ("/o/contoso/members/{vera}/remove/", {}),
    "the organisation is renamed": ("/o/contoso/settings/", {"name": "Contoso Ltd", "version": "1"}),
    "the organisation is deleted": ("/o/contoso/settings/delete/", {"typed": "Contoso"}),
}


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
