"""Recounts a plan from itself: which group goes to which key is read from it, all else is worked out again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from activation.rules.catalogue import Catalogue

from .brute import Choice, Objective, directory_computers, group_by_group, pool_groups
from .direct import direct_complaints
from .judge import expected_document
from .outcome import PoolRun, run_pool, with_second_hosts
from .shape import order_complaints, reason_complaints, shape_complaints
from .world import Document, World

Plan = dict[str, Any]
#: Fields that the recount says nothing about.
UNCOUNTED = ("reasons", "sources")


def complaints(estate: Document, plan: Any, catalogue: Catalogue) -> list[str]:
    """Everything that is wrong with a plan/1 document for this estate, in readable lines; empty when all is right."""
    found = shape_complaints(plan)
    if found:
        return found
    world = World(estate, catalogue)
    return [
        *order_complaints(plan),
        *reason_complaints(plan, catalogue),
        *direct_complaints(world, plan),
        *recount_complaints(world, plan),
    ]


def recount_complaints(world: World, plan: Plan) -> list[str]:
    """Where the plan differs from the one that its own choice of keys leads to."""
    choices = list(choices_of(world, plan))
    if not choices:
        return ["no choice of keys leads to this plan: a key is not chosen, or a group is not on one key"]
    return min((differences(expected_document(world, choice), plan) for choice in choices), key=len)


def choices_of(world: World, plan: Plan) -> Iterator[Choice]:
    """The choices that the plan's computers can stand for: several only when all of a group are hosts."""
    per_pool = {pool: list(_runs_of(world, plan, pool)) for pool in world.pools}
    for runs in islice(product(*per_pool.values()), 100):
        installations = with_second_hosts(world, dict(zip(per_pool, runs, strict=True)))
        directory = {line["group"]: line["key"] for line in plan["computers"] if line["method"] == "adba"}
        groups = sorted(directory_computers(world, installations))
        if all(directory.get(group) in world.keys_for(group) for group in groups):
            yield Choice(tuple(installations), tuple((group, directory[group]) for group in groups))


def _runs_of(world: World, plan: Plan, pool: str) -> Iterator[PoolRun]:
    groups = pool_groups(world, pool)
    for keys in product(*(_keys_of(world, plan, pool, group) for group in groups)):
        run = run_pool(world, pool, {group: key for group, key in zip(groups, keys, strict=True) if key})
        if run is not None:
            yield run


def _keys_of(world: World, plan: Plan, pool: str, group: str) -> list[str | None]:
    """The keys that the group may have in the pool by the plan; None when it is on no key."""
    there = [line for line in plan["computers"] if world.sites[line["network"]].pool == pool and line["group"] == group]
    on_kms = sorted({line["key"] for line in there if line["method"] == "kms"})
    if on_kms:
        return [key for key in on_kms if key in world.keys_for(group)]
    without_contact = sum(
        part.count for part in world.parts if (part.pool, part.group, part.contact) == (pool, group, "none")
    )
    of_hosts = {line["key"] for line in there if line["method"] == "kms-host"} & set(world.keys_for(group))
    some_on_mak = sum(line["count"] for line in there if line["method"] == "mak") > without_contact
    return [None, *sorted(of_hosts)] if some_on_mak else sorted(of_hosts)


def differences(expected: Any, found: Any, path: str = "$") -> list[str]:
    """Each place where two documents differ, with what the rules give and what the plan says."""
    if isinstance(expected, dict) and isinstance(found, dict):
        names = [name for name in expected | found if name not in UNCOUNTED]
        pairs = [(expected.get(name), found.get(name), f"{path}.{name}") for name in names]
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = [(a, b, f"{path}[{place}]") for place, (a, b) in enumerate(zip(expected, found, strict=True))]
    elif type(expected) is type(found) and expected == found:
        return []
    else:
        return [f"{path}: by the rules {_short(expected)}, in the plan {_short(found)}"]
    return [line for a, b, where in pairs for line in differences(a, b, where)]


def _short(value: Any) -> Any:
    if isinstance(value, list):
        return [_short(item) for item in value]
    if isinstance(value, dict):
        return {name: item for name, item in value.items() if name not in UNCOUNTED}
    return value


def objective_of(world: World, plan: Plan) -> Objective:
    """The eleven lines of section 6, counted from the plan's own lines; smaller is better."""
    windows = [row for row in plan["kms_host_keys"] if row["application"] == "windows"]
    keys = sorted(row["key"] for row in windows)
    covered = {group for key in keys for group in world.facts.covers[key]}
    first = {(host["pool"], row["key"]): host for row in reversed(windows) for host in reversed(row["hosts"])}
    held_by_key = [line for line in plan["computers"] if line["key"] in keys]
    return (
        -sum(line["count"] for line in held_by_key),
        sum(row["application"] == "windows" for row in plan["pools"]),
        sum(host["on"] == "additional" for host in first.values()),
        len(keys),
        sum(line["count"] for line in held_by_key if world.facts.covers[line["key"]][line["group"]] != "documented"),
        -len(covered & world.held),
        sum(host["update"] is not None for host in first.values()),
        -len(covered),
        sum(len(row["hosts"]) for row in windows),
        tuple(keys),
        min((group_by_group(world, choice) for choice in choices_of(world, plan)), default=()),
    )
