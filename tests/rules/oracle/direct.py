"""Sums and rules that a plan can be held to line by line, without working out what a better one would be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from .expected import ROWS
from .hosts import declared_machines
from .world import World

Plan = dict[str, Any]
WITH_KEY = ("kms", "kms-host", "adba")


def direct_complaints(world: World, plan: Plan) -> list[str]:
    """Everything that does not add up."""
    return [complaint for check in CHECKS for complaint in check(world, plan)]


def _every_computer_once(world: World, plan: Plan) -> Iterator[str]:
    given: Counter[tuple[str, str]] = Counter()
    for row in world.rows:
        given[row.network, row.product] += row.count
    planned: Counter[tuple[str, str]] = Counter()
    for line in plan["computers"]:
        planned[line["network"], line["product"]] += line["count"]
        if line["count"] < 1:
            yield f"{line['network']}, {line['product']}: a line of {line['count']} computers"
        if line["group"] != world.facts.group(line["product"]):
            yield f"{line['product']}: its group is not {line['group']}"
    for network, product in given.keys() | planned.keys():
        there, planned_there = given[network, product], planned[network, product]
        if there != planned_there:
            yield f"{network}, {product}: {there} computers, of which the plan has {planned_there}"


def _settled(world: World, plan: Plan) -> Iterator[str]:
    """Steps 1 to 3 of section 4 depend on nothing else."""
    due: Counter[tuple[str, str, str]] = Counter()
    for row in world.rows:
        method = "none" if not row.activate else "unsupported" if row.group is None else "avma"
        due[row.network, row.product, method] += row.avma if method == "avma" else row.count
    has: Counter[tuple[str, str, str]] = Counter()
    for line in plan["computers"]:
        if line["method"] in ("none", "unsupported", "avma"):
            has[line["network"], line["product"], line["method"]] += line["count"]
            if line["key"] is not None:
                yield f"{line['product']}: {line['method']} has no key"
    for kind in due.keys() | has.keys():
        if due[kind] != has[kind]:
            yield f"{', '.join(kind)}: {due[kind]} due, {has[kind]} planned"


def _keys(world: World, plan: Plan) -> Iterator[str]:
    """A key activates only what it covers and only when it is available; a MAK only its own group."""
    named = {row["key"] for row in plan["kms_host_keys"]}
    for line in plan["computers"]:
        group, key, method = line["group"], line["key"], line["method"]
        if method == "mak" and key != world.facts.mak_of.get(group):
            yield f"{line['product']}: {key} is not its MAK"
        if method in WITH_KEY and key not in world.keys_for(group):
            yield f"{line['product']}: {key} is not an available key that covers {group}"
        if method in WITH_KEY and key not in named:
            yield f"{line['product']}: {key} is not among the KMS host keys of the plan"


def _mak_sums(world: World, plan: Plan) -> Iterator[str]:
    on_mak: Counter[tuple[str, str]] = Counter()
    for line in plan["computers"]:
        if line["method"] == "mak":
            on_mak[line["group"], line["network"]] += line["count"]
    networks = [(row["group"], one) for row in plan["maks"] for one in row["networks"]]
    listed = Counter({(group, one["network"]): one["computers"] for group, one in networks})
    for group, network in on_mak.keys() | listed.keys():
        if on_mak[group, network] != listed[group, network]:
            yield f"MAK {group}, {network}: {on_mak[group, network]} computers, {listed[group, network]} listed"
    for row in plan["maks"]:
        if row["computers"] != sum(one["computers"] for one in row["networks"]):
            yield f"MAK {row['group']}: its networks do not sum to {row['computers']}"
        if row["activations"] != row["computers"] + row["reserve"]:
            yield f"MAK {row['group']}: activations are computers and reserve"
        if row["to_request"] != max(0, row["activations"] - row["remaining"]):
            yield f"MAK {row['group']}: to request is what remains short"


def _pool_sums(world: World, plan: Plan) -> Iterator[str]:
    on_kms: Counter[tuple[str | None, str]] = Counter()
    for line in plan["computers"]:
        if line["method"] in ("kms", "kms-host"):
            on_kms[world.sites[line["network"]].pool, line["key"]] += line["count"]
    rows = Counter({(row["pool"], row["key"]): row["on_kms"] for row in plan["pools"]})
    for pool, key in on_kms.keys() | rows.keys():
        if on_kms[pool, key] != rows[pool, key]:
            yield f"pool {pool}, {key}: {on_kms[pool, key]} computers on KMS, {rows[pool, key]} in its row"
    hosts = Counter((host["pool"], row["key"]) for row in plan["kms_host_keys"] for host in row["hosts"])
    for row in plan["pools"]:
        listed = hosts[row["pool"], row["key"]]
        if listed != row["hosts"]:
            yield f"pool {row['pool']}, {row['key']}: {row['hosts']} hosts, {listed} with the key"
        if not all(one["met"] for one in row["thresholds"].values()) or not row["thresholds"]:
            yield f"pool {row['pool']}, {row['key']}: on KMS below the threshold"


def _listed_hosts(world: World, plan: Plan) -> Iterator[str]:
    """Each listed Windows host is one computer of method kms-host."""
    hosts: Counter[tuple[str, str, str]] = Counter()
    for row in plan["kms_host_keys"]:
        if row["application"] == "windows":
            hosts.update((host["pool"], host["product"], row["key"]) for host in row["hosts"] if host["on"] == "listed")
    computers: Counter[tuple[str, str, str]] = Counter()
    for line in plan["computers"]:
        if line["method"] == "kms-host":
            computers[line["network"], line["product"], line["key"]] += line["count"]
    for kind in hosts.keys() | computers.keys():
        if hosts[kind] != computers[kind]:
            yield f"{', '.join(kind)}: {hosts[kind]} listed hosts, {computers[kind]} computers of method kms-host"


def _hosts(world: World, plan: Plan) -> Iterator[str]:
    for row in plan["kms_host_keys"]:
        carriers = world.facts.carriers(row["key"])
        for host in row["hosts"]:
            where = f"host of {row['key']} in {host['pool']}"
            if host["on"] in ("declared", "listed") and host["system"] not in carriers:
                yield f"{where}: {host['system']} may not carry the key"
            if host["on"] in ("additional", "unknown") and host["system"] is not None:
                yield f"{where}: the system of an {host['on']} machine is not known"
            if (host["product"] is not None) != (host["on"] == "listed"):
                yield f"{where}: only a listed host has a product"
            if host["on"] == "listed" and world.facts.system(host["product"]) != host["system"]:
                yield f"{where}: {host['product']} is not {host['system']}"


def _declared(world: World, plan: Plan) -> Iterator[str]:
    """No declared machine carries two Windows keys, and no other host is used while a fitting one is free."""
    used: Counter[tuple[str, str]] = Counter()
    windows = [row for row in plan["kms_host_keys"] if row["application"] == "windows"]
    for row in windows:
        used.update((host["pool"], host["system"]) for host in row["hosts"] if host["on"] == "declared")
    for (pool, system), count in used.items():
        if count > world.sites[pool].declared.count(system):
            yield f"pool {pool}: {count} keys on the declared machines of {system}"
    for row in windows:
        for host in row["hosts"]:
            stock = declared_machines(world, host["pool"], row["key"])
            free = [one for one, count in stock.items() if used[host["pool"], one.system or ""] < count]
            if host["on"] != "declared" and free:
                yield f"host of {row['key']} in {host['pool']}: a declared machine is free"


def _worksheets(world: World, plan: Plan) -> Iterator[str]:
    for name, sheet in plan["worksheets"].items():
        parts = sum(sheet[row] for row in ROWS if row not in ("total", "remaining"))
        if sheet["total"] != parts or sheet["remaining"] != 0:
            yield f"worksheet {name}: {sheet['total']} computers, {parts} in its rows, {sheet['remaining']} remaining"
    totals = sum(sheet["total"] for sheet in plan["worksheets"].values())
    if totals != sum(row.count for row in world.rows):
        yield f"worksheets: {totals} computers in all"


CHECKS = (_every_computer_once, _settled, _keys, _mak_sums, _pool_sums, _listed_hosts, _hosts, _declared, _worksheets)
