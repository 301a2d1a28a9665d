"""An estate/1 document -> the fields of the form. For the examples, whose documents are known to be right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from activation.rules.routes import MAIN
from planner.forms.rows import NO, YES


def typed_from(estate: Mapping[str, Any]) -> dict[str, str]:
    """Field -> text, as if the document had been typed in."""
    networks = estate.get("networks", [])
    numbers = {network["name"]: str(number) for number, network in enumerate(networks, 1)}
    parts = [
        _settings(estate),
        *(_network(f"n{number}-", network, numbers) for number, network in enumerate(networks, 1)),
        *(_line(f"c{number}-", line, numbers) for number, line in enumerate(estate.get("computers", []), 1)),
        *(_named(f"l{number}-", licence) for number, licence in enumerate(estate.get("licences", []), 1)),
        *(
            _named(f"k{number}-", {"key": key["key"], "used": key.get("remaining", key.get("hosts_used"))})
            for number, key in enumerate(estate.get("keys", []), 1)
        ),
    ]
    return {name: text for part in parts for name, text in part.items() if text}


def _named(prefix: str, fields: Mapping[str, Any]) -> dict[str, str]:
    return {prefix + name: str(value) for name, value in fields.items()}


def _settings(estate: Mapping[str, Any]) -> dict[str, str]:
    settings = estate.get("settings", {})
    return {
        "organisation": estate.get("organisation", ""),
        "day": estate.get("as_of", ""),
        "agreement": estate.get("agreement") or "",
        "reserve": str(settings.get("mak_reserve_percent") or ""),
        "evidence": "documented" if settings.get("evidence") == "documented" else "",
        "oldvirtual": YES if settings.get("count_old_virtual") else "",
    }


def _network(prefix: str, network: Mapping[str, Any], numbers: Mapping[str, str]) -> dict[str, str]:
    via = network.get("kms_via")
    kms = f"via{numbers[via]}" if via else "" if network.get("kms", True) else "none"
    return _named(
        prefix,
        {
            "name": "" if prefix == "n1-" and network["name"] == MAIN else network["name"],
            "kms": kms,
            "host": ",".join(network.get("kms_host_systems", [])),
            "microsoft": "proxy" if network.get("microsoft") == "proxy" else "",
            "ad": YES if network.get("active_directory") else "",
            "isolated": YES if network.get("isolated") else "",
        },
    )


def _line(prefix: str, line: Mapping[str, Any], numbers: Mapping[str, str]) -> dict[str, str]:
    number = numbers.get(line.get("network", ""), "1")
    return _named(
        prefix,
        {
            "product": line["product"],
            "count": line["count"],
            "virtual": line.get("virtual") or "",
            "contact": "" if line.get("contact", "regular") == "regular" else line["contact"],
            "network": "" if number == "1" else number,
            "joined": YES if line.get("domain_joined") else "",
            "activate": "" if line.get("activate", True) else NO,
            "avma": line.get("avma") or "",
        },
    )
