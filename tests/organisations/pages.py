"""What tests of an organisation's pages read from them, and what they send."""

from __future__ import annotations

import re
from html import unescape

from django.contrib.auth.models import User
from django.http import HttpResponse

from planner.access import Here
from planner.models import ComputerLine
from planner.recording import recorded
from tests.organisations.conftest import here_as

ESTATE = "/o/contoso/estate/"
COMPUTERS = f"{ESTATE}computers/"
NETWORKS = f"{ESTATE}networks/"
KEYS = f"{ESTATE}keys/"
HTMX = {"HX-Request": "true"}


def seen(response: HttpResponse) -> str:
    """The text of a page as a person reads it: no tags, single blanks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def value_of(response: HttpResponse, name: str) -> str:
    """What a field of the page holds."""
    return unescape(re.search(rf'name="{name}"[^>]*value="([^"]*)"', response.content.decode())[1])


def counts(here: Here) -> list[int]:
    return list(here.estate().computers.values_list("count", flat=True))


def line(here: Here) -> ComputerLine:
    return here.estate().computers.select_related("network").first()


def fields(row: ComputerLine, **changes: str) -> dict[str, str]:
    """What the form of a line sends."""
    typed = {
        "product": "Windows 7 Enterprise",
        "count": str(row.count),
        "network": row.network.name,
        "virtual": "0",
        "contact": "regular",
        "activate": "yes",
        "domain_joined": "no",
        "avma": "0",
        "note": "",
    }
    return {"version": str(row.version), "do": "save"} | {
        f"e{row.pk}-{name}": text for name, text in (typed | changes).items()
    }


def somebody_changes(edgar: User, here: Here, count: int) -> None:
    with recorded(here_as(here.organisation, edgar), "Counted again") as act:
        act.change(line(here), {"count": count}, line(here).version)
