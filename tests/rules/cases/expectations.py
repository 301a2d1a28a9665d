"""
What the `expect` of a case may hold, and how it is read from a plan/1. Only what is named is compared.

windows_keys, office_keys, covering_keys  the whole list, sorted
activates        key -> all groups that it covers, sorted
use              key -> ["kms"], ["adba"] or ["adba", "kms"]
activations      key -> {planned = hosts and Active Directory, used = hosts in use}
hosts            the whole list: "Main: KEY on listed PRODUCT", "... on declared SYSTEM after UPDATE",
                 "... on additional", "... on unknown"; first hosts before second ones
counted          "Main: KEY" -> count, for all keys in all pools
on_kms           "Main: KEY" -> computers with kms and kms-host
thresholds_met   "Main: KEY" -> all families with a met threshold, sorted
pool_networks    "Main: KEY" -> the networks of the pool
methods          product or group -> {method: computers}, complete for each name; a name that is both is the product
maks             the whole list, group -> computers
to_request       group -> activations to be requested
mak_reserve      group -> activations kept for reinstalls
mak_via          group -> {network = "proxy" or "independent"}, all its networks
worksheet        all rows of the Windows worksheet that are not zero
worksheets       the same for each Office version that has one, complete
licence_shortfall   product -> licences missing, for all rows of licences
warnings         each of these codes is there; `disputed:C2` is a `disputed` warning of that point
warnings_absent  none of these is there
warning_params   code -> the params of all its warnings in the order of the plan
errors           the paths of all errors, sorted; stands alone
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from activation.rules.catalogue import Catalogue
from tests.rules.oracle.expectations import READERS as OF_VECTORS

Plan = dict[str, Any]


def complaints(plan: Plan, expect: Plan, catalogue: Catalogue) -> list[str]:
    """What the plan has otherwise than expected, one line each."""
    found = []
    for name, wanted in expect.items():
        got = READERS[name](plan, wanted, catalogue)
        if got != wanted:
            found.append(f"{name}: expected {wanted}\n{' ' * len(name)}  the plan has {got}")
    return found


def _of_keys(read: Callable[[Plan], Any]) -> Callable[[Plan, Plan, Catalogue], Plan]:
    def reader(plan: Plan, wanted: Plan, catalogue: Catalogue) -> Plan:
        rows = {row["key"]: read(row) for row in plan["kms_host_keys"]}
        return {key: rows.get(key) for key in wanted}

    return reader


def _of_pools(read: Callable[[Plan], Any]) -> Callable[[Plan, Plan, Catalogue], Plan]:
    def reader(plan: Plan, wanted: Plan, catalogue: Catalogue) -> Plan:
        rows = _pools(plan, read)
        return {name: rows.get(name) for name in wanted}

    return reader


def _pools(plan: Plan, read: Callable[[Plan], Any]) -> Plan:
    return {f"{row['pool']}: {row['key']}": read(row) for row in plan["pools"]}


def _of_maks(read: Callable[[Plan], Any]) -> Callable[[Plan, Plan, Catalogue], Plan]:
    def reader(plan: Plan, wanted: Plan, catalogue: Catalogue) -> Plan:
        rows = {row["group"]: read(row) for row in plan["maks"]}
        return {group: rows.get(group) for group in wanted}

    return reader


def _met(row: Plan) -> list[str]:
    return sorted(family for family, one in row["thresholds"].items() if one["met"])


def _hosts(plan: Plan) -> list[str]:
    return [_host(row["key"], host) for row in plan["kms_host_keys"] for host in row["hosts"]]


def _host(key: str, host: Plan) -> str:
    machine = host["product"] or host["system"]
    update = f" after {host['update']}" if host["update"] else ""
    return f"{host['pool']}: {key} on {host['on']}{f' {machine}' if machine else ''}{update}"


def _filled(sheet: Plan) -> Plan:
    return {row: number for row, number in sheet.items() if number}


def _office_sheets(plan: Plan) -> Plan:
    return {name: _filled(sheet) for name, sheet in plan["worksheets"].items() if name != "windows"}


READERS: dict[str, Callable[[Plan, Any, Catalogue], Any]] = {
    "windows_keys": OF_VECTORS["windows_keys"],
    "office_keys": OF_VECTORS["office_keys"],
    "covering_keys": OF_VECTORS["covering_keys"],
    "activates": _of_keys(lambda row: row["activates"]),
    "use": _of_keys(lambda row: row["use"]),
    "activations": _of_keys(lambda row: {name: row["activations"][name] for name in ("planned", "used")}),
    "hosts": lambda plan, wanted, catalogue: _hosts(plan),
    "counted": lambda plan, wanted, catalogue: _pools(plan, lambda row: row["counted"]),
    "on_kms": _of_pools(lambda row: row["on_kms"]),
    "thresholds_met": _of_pools(_met),
    "pool_networks": _of_pools(lambda row: row["networks"]),
    "methods": OF_VECTORS["methods"],
    "maks": OF_VECTORS["maks"],
    "to_request": OF_VECTORS["to_request"],
    "mak_reserve": _of_maks(lambda row: row["reserve"]),
    "mak_via": _of_maks(lambda row: {one["network"]: one["via"] for one in row["networks"]}),
    "worksheet": lambda plan, wanted, catalogue: _filled(plan["worksheets"]["windows"]),
    "worksheets": lambda plan, wanted, catalogue: _office_sheets(plan),
    "licence_shortfall": lambda plan, wanted, catalogue: {row["product"]: row["shortfall"] for row in plan["licences"]},
    "warnings": OF_VECTORS["warnings_include"],
    "warnings_absent": OF_VECTORS["warnings_exclude"],
    "warning_params": OF_VECTORS["warning_params"],
}
