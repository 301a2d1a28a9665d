"""The estate/1 document of what was typed. What a list or a box does not offer is left out: the form tells it."""

from __future__ import annotations

import re

from planner.forms.estate import EstateForm
from planner.forms.rows import NO, YES, Row

_WHOLE = re.compile(r"[0-9]{1,15}")


def estate_document(form: EstateForm, today: str) -> dict[str, object]:
    """What JSON writes of an estate. `today`: the day when none was typed, `YYYY-MM-DD`."""
    settings = form.settings
    parts = {
        "computers": [_line(row, form) for row in form.kept("computers")],
        "licences": [_licence(row, form) for row in form.kept("licences")],
        "keys": [_key(row, form) for row in form.kept("keys")],
    }
    return {
        "format": "estate/1",
        "organisation": settings.text("organisation"),
        "as_of": settings.text("day") or today,
        "agreement": settings.chosen("agreement") or None,
        "settings": {
            "evidence": settings.chosen("evidence", "all"),
            "count_old_virtual": settings.chosen("oldvirtual") == YES,
            "mak_reserve_percent": _whole(settings.text("reserve") or "0"),
        },
        "networks": [_network(row, form) for row in form.networks],
    } | {part: rows for part, rows in parts.items() if rows}


def _network(row: Row, form: EstateForm) -> dict[str, object]:
    kms = row.chosen("kms", "own")
    found: dict[str, object] = {
        "name": row.text("name"),
        "kms": kms != "none",
        "microsoft": row.chosen("microsoft", "direct"),
        "isolated": row.chosen("isolated") == YES,
        "active_directory": row.chosen("ad") == YES,
        "kms_host_systems": [system for system in row.chosen("host").split(",") if system],
    }
    if kms.startswith("via"):
        found["kms_via"] = _network_name(kms.removeprefix("via"), form)
    return found


def _line(row: Row, form: EstateForm) -> dict[str, object]:
    return _without_blanks(
        network=_network_name(row.chosen("network", "1"), form),
        product=_product(row, form),
        count=_whole(row.text("count")),
        virtual=_whole(row.text("virtual") or "0"),
        contact=row.chosen("contact", "regular"),
        activate=row.chosen("activate") != NO,
        domain_joined=row.chosen("joined") == YES,
        avma=_whole(row.text("avma") or "0"),
    )


def _licence(row: Row, form: EstateForm) -> dict[str, object]:
    return _without_blanks(product=_product(row, form), quantity=_whole(row.text("quantity")))


def _key(row: Row, form: EstateForm) -> dict[str, object]:
    key = form.catalogue.keys.get(row.chosen("key"))
    number = "remaining" if key and key.type == "mak" else "hosts_used"
    return _without_blanks(key=row.chosen("key"), **{number: _whole(row.text("used"))})


def _network_name(number: str, form: EstateForm) -> str:
    return next(row.text("name") for row in form.networks if str(row.number) == number)


def _product(row: Row, form: EstateForm) -> str:
    """The product by slug where its full name was typed, else as typed."""
    return form.catalogue.slug_by_name.get(row.text("product"), row.text("product"))


def _whole(text: str) -> int | str:
    """The number that the text writes, else the text itself: the format says what is wrong with it."""
    return int(text) if _WHOLE.fullmatch(text) else text


def _without_blanks(**fields: object) -> dict[str, object]:
    """The fields that hold something: what was left empty is left out, and the format says what it needs."""
    return {name: value for name, value in fields.items() if value != ""}
