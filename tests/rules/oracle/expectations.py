"""Compares a plan/1 document with the `expect` of a test vector (the meanings are in the vectors' README)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from activation.rules.catalogue import Catalogue

Plan = dict[str, Any]


def complaints(plan: Plan, expect: Plan, catalogue: Catalogue) -> list[str]:
    """What the plan has otherwise than expected, one line each."""
    found = []
    for name, wanted in expect.items():
        got = READERS[name](plan, wanted, catalogue)
        if got != wanted:
            found.append(f"{name}: expected {wanted}, the plan has {got}")
    return found


def _keys(plan: Plan, windows: bool) -> list[str]:
    return [row["key"] for row in plan["kms_host_keys"] if (row["application"] == "windows") is windows]


def _host_count(plan: Plan, wanted: Plan, catalogue: Catalogue) -> Plan:
    windows = [row for row in plan["kms_host_keys"] if row["application"] == "windows"]
    total = Counter(host["pool"] for row in windows for host in row["hosts"])
    return {pool: total[pool] for pool in wanted}


def _host_on(plan: Plan, wanted: Plan, catalogue: Catalogue) -> Plan:
    found = {}
    for name, places in wanted.items():
        pool, key = name.split("|")
        hosts = [row["hosts"] for row in plan["kms_host_keys"] if row["key"] == key]
        on = [host["on"] for rows in hosts for host in rows if host["pool"] == pool]
        same = isinstance(places, str) and set(on) == {places}
        found[name] = places if same else on
    return found


def _methods(plan: Plan, wanted: Plan, catalogue: Catalogue) -> Plan:
    found = {}
    for name in wanted:
        field = "product" if name in catalogue.products else "group"
        total: Counter[str] = Counter()
        for row in plan["computers"]:
            if row[field] == name:
                total[row["method"]] += row["count"]
        found[name] = dict(total)
    return found


def _counted(plan: Plan, wanted: Plan, catalogue: Catalogue) -> Plan:
    rows = {f"{row['pool']}|{row['application']}|{row['key']}": row["counted"] for row in plan["pools"]}
    return {name: rows.get(name) for name in wanted}


def _thresholds_met(plan: Plan, wanted: Plan, catalogue: Catalogue) -> Plan:
    rows = {f"{row['pool']}|{row['key']}": row["thresholds"] for row in plan["pools"]}
    return {
        name: sorted(family for family, one in rows[name].items() if one["met"]) if name in rows else None
        for name in wanted
    }


def _part(sheet: Plan | None, wanted: Plan | None) -> Plan | None:
    return sheet and {row: sheet.get(row) for row in wanted or sheet}


def _to_request(plan: Plan, wanted: Plan, catalogue: Catalogue) -> Plan:
    rows = {row["group"]: row["to_request"] for row in plan["maks"]}
    return {group: rows.get(group, 0) for group in wanted}


def _shortfall(plan: Plan, wanted: Plan, catalogue: Catalogue) -> Plan:
    rows = {row["product"]: row["shortfall"] for row in plan["licences"]}
    return {product: rows.get(product) for product in wanted}


def _codes(plan: Plan) -> set[str]:
    codes = {row["code"] for row in plan["warnings"]}
    return codes | {f"disputed:{row['params']['conflict']}" for row in plan["warnings"] if row["code"] == "disputed"}


def _warning_params(plan: Plan, wanted: Plan, catalogue: Catalogue) -> Plan:
    return {code: [row["params"] for row in plan["warnings"] if row["code"] == code] for code in wanted}


READERS: dict[str, Callable[[Plan, Any, Catalogue], Any]] = {
    "windows_keys": lambda plan, wanted, catalogue: _keys(plan, windows=True),
    "office_keys": lambda plan, wanted, catalogue: _keys(plan, windows=False),
    "covering_keys": lambda plan, wanted, catalogue: plan["covering_keys"],
    "kms_host_count": _host_count,
    "host_on": _host_on,
    "maks": lambda plan, wanted, catalogue: {row["group"]: row["computers"] for row in plan["maks"]},
    "to_request": _to_request,
    "methods": _methods,
    "counted": _counted,
    "thresholds_met": _thresholds_met,
    "worksheet": lambda plan, wanted, catalogue: _part(plan["worksheets"]["windows"], wanted),
    "worksheets": lambda plan, wanted, catalogue: {
        name: _part(plan["worksheets"].get(name), rows) for name, rows in wanted.items()
    },
    "licence_shortfall": _shortfall,
    "warnings_include": lambda plan, wanted, catalogue: [code for code in wanted if code in _codes(plan)],
    "warnings_exclude": lambda plan, wanted, catalogue: [code for code in wanted if code not in _codes(plan)],
    "warning_params": _warning_params,
}
