"""What the staff of the site may open shows nothing of an organisation, and nobody else may open it."""

from __future__ import annotations

import re

from django.apps import apps
from django.db import models

from activation.catalogue import recorded as catalogue_edit
from activation.models import Product
from tests.walls.addresses import STAFF, door_of
from tests.walls.conftest import MARK, Address, Walled
from tests.walls.test_walls import ALL, METHODS, ask, every

OF_STAFF = [address for address in ALL if (door := door_of(address.name)) and door.reads == STAFF]
WORDS = {"key": "mak-windows-7", "group": "windows-7", "form": "zip", "app_label": "activation", "url": "nothing/"}


def first(model: type[models.Model], walled: Walled) -> str:
    """The id of a row that is there; of users the owner, on whom memberships hang."""
    if model._meta.model_name == "user":
        return str(walled.people["owner"].pk)
    return str(model._default_manager.values_list("pk", flat=True).first() or 1)


def path_of(address: Address, walled: Walled) -> str:
    """The address with ids of rows that are there."""
    names = re.match(r"admin/(activation|auth)/(\w+)/", address.route)
    row = first(apps.get_model(names[1], names[2]), walled) if names else "1"
    token = "0" * 8 + "-0000-4000-8000-" + "0" * 12
    values = {**WORDS, "object_id": row, "id": row, "pk": row, "token": token, "content_type_id": "1"}
    route = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", address.route).replace("^", "").replace("$", "").replace("\\", "")
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], route)


@every(OF_STAFF)
def test_only_staff_gets_in_and_sees_nothing_of_an_organisation(address: Address, walled: Walled) -> None:
    with catalogue_edit("admin", message="Renamed"):
        Product.objects.filter(slug="windows-7-enterprise").update(name="Windows Seven")
    path = path_of(address, walled)
    for who in walled.people:
        for method in METHODS:
            response, body = ask(walled, who, method, path)
            assert response.status_code < 500, f"{who} {method} {path}"
            assert MARK.lower().encode() not in body.lower(), f"{who} {method} {path}"
            assert who == "staff" or response.status_code in (302, 401, 403, 404, 405), f"{who} {method} {path}"


def test_most_addresses_of_staff_are_answered_with_a_page(walled: Walled) -> None:
    """So that the test above does not pass by asking for what is not there."""
    with catalogue_edit("admin", message="Renamed"):
        Product.objects.filter(slug="windows-7-enterprise").update(name="Windows Seven")
    answers = [ask(walled, "staff", "GET", path_of(address, walled))[0].status_code for address in OF_STAFF]
    assert answers.count(200) > len(OF_STAFF) / 2
