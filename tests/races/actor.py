"""
One of several members of Contoso who act at the same moment, as a process of its own: `actor.py TASK NUMBER TIMES`.

Reads what it acts on, says "ready", waits until its standard input is closed, so that all begin together, acts, and
says what came of it in one line. `contoso` is the organisation; `actor-NUMBER@contoso.com` is who acts.
"""

import logging
import os
import sys
from collections.abc import Callable
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import django
from django.test import Client, override_settings
from django.test.utils import setup_test_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "planner.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402  Django must be set up first

from planner.access import Here  # noqa: E402
from planner.models import Act, ComputerLine, Membership, Organisation, Role  # noqa: E402
from planner.recording import ConflictError, recorded  # noqa: E402
from planner.views.estate import row  # noqa: E402
from tests.conftest import PLAIN  # noqa: E402

TASK, NUMBER, TIMES = sys.argv[1], sys.argv[2], int(sys.argv[3])


def here() -> Here:
    person = User.objects.get(username=f"actor-{NUMBER}@contoso.com")
    return Here(Organisation.objects.get(slug="contoso"), person, Role.EDITOR, uuid4().hex)


def together() -> None:
    print("ready", flush=True)
    sys.stdin.read()


def add() -> str:
    """Lines, each in an act of its own."""
    at, network = here(), Organisation.objects.get(slug="contoso").estates.get().networks.get()
    together()
    for each in range(TIMES):
        with recorded(at, "Added a line") as act:
            line = ComputerLine(estate_id=network.estate_id, network=network, product="windows-10", count=1)
            line.note = f"{NUMBER} {each}"
            act.add(line)
    return "added"


def change_what_all_have_read() -> str:
    """The one line, which all have read before any has changed it."""
    at, line = here(), ComputerLine.objects.select_related("network").get()
    together()
    try:
        with recorded(at, "Changed the line") as act:
            act.change(line, {"count": 1000 + int(NUMBER)}, line.version)
    except ConflictError as conflict:
        return f"conflict with {len(conflict.changed)} row"
    return "changed"


def count_up() -> str:
    """The one line, one more each time; read again after each conflict."""
    at = here()
    together()
    done = 0
    while done < TIMES:
        line = ComputerLine.objects.select_related("network").get()
        try:
            with recorded(at, "Counted one more") as act:
                act.change(line, {"count": line.count + 1}, line.version)
        except ConflictError:
            continue
        done += 1
    return "counted"


def change_many_in_another_order() -> str:
    """All lines at once, every other actor from the last to the first."""
    at = here()
    together()
    done, order = 0, "-pk" if int(NUMBER) % 2 else "pk"
    while done < TIMES:
        lines = list(ComputerLine.objects.select_related("network").order_by(order))
        more = lines[0].count + 1
        try:
            with recorded(at, "Changed all lines") as act:
                for line in lines:
                    act.change(line, {"count": more}, line.version)
        except ConflictError:
            continue
        done += 1
    return "changed all"


def post(path: str, begin: Callable[[], None] = together, **form: str) -> str:
    """The status of the answer to what a signed-in actor sends; `begin` is called just before."""
    setup_test_environment()
    logging.disable(logging.WARNING)  # a refusal is told by its status; a fault is still logged
    with override_settings(STORAGES=PLAIN, WHITENOISE_AUTOREFRESH=True):
        client = Client(raise_request_exception=False)
        person = User.objects.filter(username=f"actor-{NUMBER}@contoso.com").first()
        if person:
            client.force_login(person)
        begin()
        return str(client.post(path, form).status_code)


def lead_to_the_other() -> str:
    """Of two networks, let each take the KMS hosts of the other: both ways are found right before either is saved."""
    mine, other = Organisation.objects.get(slug="contoso").estates.get().networks.order_by(f"{'-' * int(NUMBER)}pk")
    typed = {"name": mine.name, "kms": "yes", "kms_via": other.name, "microsoft": "direct"}
    form = {"version": "1"} | {f"e{mine.pk}-{name}": text for name, text in typed.items()}
    read, waiting = row.read, [together]

    def read_and_wait(*given: Any) -> Any:
        found = read(*given)
        if waiting:
            waiting.pop()()
        return found

    with patch.object(row, "read", read_and_wait):
        return post(f"/o/contoso/estate/networks/{mine.pk}/", begin=lambda: None, **form)


def undo() -> str:
    """The act that removed lines."""
    return post(f"/o/contoso/acts/{Act.objects.get(what='Removed all lines').pk}/undo/")


def accept() -> str:
    """The invitation with the secret "contoso", as who is signed in."""
    return post("/account/invitation/contoso/")


def accept_as_new() -> str:
    """The same by a new account, which all make at the same moment."""
    password = "seven blue herons standing"
    return post("/account/invitation/contoso/", password1=password, password2=password)


def leave() -> str:
    """The organisation, of which all actors are owners."""
    assert Membership.objects.get(person__username=f"actor-{NUMBER}@contoso.com").role == "owner"
    return post("/o/contoso/members/leave/")


TASKS = {
    task.__name__: task
    for task in (
        add,
        change_what_all_have_read,
        count_up,
        change_many_in_another_order,
        lead_to_the_other,
        undo,
        accept,
        accept_as_new,
        leave,
    )
}

if __name__ == "__main__":
    print(TASKS[TASK]())
