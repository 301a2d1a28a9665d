"""estate/1 documents of Contoso to read, whole and changed, and the errors that a wrong one has."""

import copy
from typing import Any

import pytest

from activation.rules.estate import Estate
from activation.rules.interchange import EstateErrors, read_estate
from activation.shipped import shipped

TODAY = "2026-11-24"
CATALOGUE = shipped()

Document = dict[str, Any]
CONTOSO: Document = {
    "format": "estate/1",
    "organisation": "Contoso",
    "as_of": "2026-01-31",
    "agreement": "enterprise",
    "settings": {"evidence": "documented", "count_old_virtual": True, "mak_reserve_percent": 1000},
    "networks": [
        {"name": " Head office ", "kms_host_systems": ["Windows-Server-2016", "windows-server-2016"]},
        {"name": "Branch", "kms_via": " Head office", "active_directory": True},
        {"name": "Plant", "kms": False, "microsoft": "proxy", "isolated": True},
    ],
    "computers": [
        {"network": "Branch ", "product": "windows-7-enterprise", "count": 40, "virtual": 5, "contact": "rare"},
        {
            "network": "Plant",
            "product": "windows-server-2016-standard",
            "count": 10_000_000,
            "virtual": 9,
            "activate": False,
            "domain_joined": True,
            "avma": 9,
        },
    ],
    "licences": [{"product": "windows-server-2008-r2-datacenter", "quantity": 0}],
    "keys": [{"key": "MAK-windows-7", "remaining": 30}, {"key": "kms-windows-server-2016", "hosts_used": 1}],
}


def estate(document: object) -> Estate:
    return read_estate(document, CATALOGUE, TODAY)


def errors(document: object) -> list[tuple[str, str]]:
    with pytest.raises(EstateErrors) as raised:
        estate(document)
    return [(error.path, error.message) for error in raised.value.errors]


def paths(document: object) -> list[str]:
    return [path for path, _ in errors(document)]


def changed(**fields: object) -> Document:
    document = copy.deepcopy(CONTOSO)
    document.update(fields)
    return document


def one_network(**line: object) -> Document:
    return {"format": "estate/1", "computers": [{"product": "windows-7-enterprise", "count": 30, **line}]}


def networks(*rows: Document) -> Document:
    line = {"network": rows[0]["name"], "product": "windows-7-enterprise", "count": 30}
    return {"format": "estate/1", "networks": list(rows), "computers": [line]}
