"""What comes into an organisation as a whole: an estate of the quick planner, or the example."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from activation.catalogue import current
from planner.access import Here
from planner.examples import contoso
from planner.filling import fill, is_empty
from planner.models import Act, Estate, Organisation, Role
from planner.organisations import found
from planner.recording import DoneAlreadyError, recorded
from planner.wording import count, listing

DEMO = "Contoso"


def keep(here: Here, document: dict[str, Any], once: str | None = None) -> Act | None:
    """Add what an estate/1 document holds to the inventory. Raises EstateErrors.

    `once`: what the form was made with; when it comes again, nothing is added and the first act is given.
    """
    try:
        with recorded(here, "Kept an estate of the quick planner", once=once) as act:
            fill(act, here.estate(), document, current())
    except DoneAlreadyError as before:
        return before.act
    return act.made


def keep_in_new(
    name: str, owner: AbstractBaseUser, request_id: str, document: dict[str, Any], once: str
) -> tuple[Organisation, Act | None]:
    """Make an organisation of this person and keep the document in it, once for a form that comes twice.

    Raises EstateErrors, and then there is no new organisation either.
    """
    filled_once = uuid5(UUID(once), "kept").hex  # an act of its own, so that it can be undone
    with transaction.atomic():
        organisation = found(name, owner, request_id, once)
        return organisation, keep(Here(organisation, owner, Role.OWNER, request_id), document, filled_once)


def fill_with_example(here: Here) -> Act | None:
    """Fill an inventory that is empty; None when it is not, also when somebody else was first."""
    with recorded(here, f"Filled with the example of {DEMO}") as act:
        inventory = here.organisation.estates.select_for_update().get(scenario=False)
        if is_empty(inventory):
            fill(act, inventory, contoso(), current())
    return act.made


def holds(estate: Estate) -> str:
    """What an estate has, in words; empty for one without rows."""
    return rows_in_words(
        estate.networks.count(), estate.computers.count(), estate.licences.count(), estate.keys.count()
    )


def rows_in_words(networks: int, lines: int, licences: int, keys: int) -> str:
    """`2 networks, 3 lines of computers and 1 key`."""
    numbers = (
        (networks, "network", "networks"),
        (lines, "line of computers", "lines of computers"),
        (licences, "line of licences", "lines of licences"),
        (keys, "key", "keys"),
    )
    return listing([count(*each) for each in numbers if each[0]])
