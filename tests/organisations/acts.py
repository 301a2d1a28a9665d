"""What an owner of Contoso may send, each form once, and all rows that it could touch."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User

from planner import plans, scenarios
from planner.access import Here
from planner.members import invite
from planner.models import HeldKey, Network, Reading, Role, Try
from planner.recording import recorded

TYPED = {"c1-product": "windows-11-enterprise", "c1-count": "30", "n1-name": "Branch"}
#: By name: the address and what is sent.
ACTS: dict[str, tuple[str, dict[str, str]]] = {
    "an organisation is made": ("/account/new-organisation/", {"name": "Litware"}),
    "an estate is kept": ("/keep/", TYPED | {"to": "contoso", "once": "a" * 32}),
    "an estate is kept in a new organisation": ("/keep/", TYPED | {"to": "+", "name": "Litware", "once": "a" * 32}),
    "lines are added": (
        "/o/contoso/estate/computers/add/",
        {"text": "windows-7-enterprise;3\nwindows-7-enterprise;4", "once": "b" * 32},
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
    "a reading is added": (
        "/o/contoso/ledger/readings/add/",
        {"text": "mak-windows-7;2026-04-01;30", "once": "b" * 32},
    ),
    "a reading is taken": ("/o/contoso/ledger/{reading}/take/", {"version": "1"}),
    "an act is undone": ("/o/contoso/acts/{act}/undo/", {}),
    "somebody is invited again": ("/o/contoso/members/", {"email": "nora@contoso.com", "role": "viewer"}),
    "a role is changed": ("/o/contoso/members/{vera}/role/", {"role": "owner", "version": "1"}),
    "a member is removed": ("/o/contoso/members/{vera}/remove/", {}),
    "the organisation is renamed": ("/o/contoso/settings/", {"name": "Contoso Ltd", "version": "1"}),
    "the organisation is deleted": ("/o/contoso/settings/delete/", {"typed": "Contoso"}),
}


def kept() -> dict[str, list[dict[str, Any]]]:
    """All rows of accounts and organisations."""
    models = [User, *apps.get_app_config("planner").get_models()]
    rows = {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models if model != Try}
    for user in rows["User"]:
        user["last_login"] = None
    return rows


def things(here: Here, office: Network, vera: User) -> dict[str, Any]:
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
