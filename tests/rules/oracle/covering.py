"""The covering keys of a plan, by trying every set of available keys (planning rules, end of section 6)."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

from .world import World


def covering_keys(world: World, in_plan: Collection[str]) -> list[str]:
    """Smallest set for Windows by the stated order, and the keys of the Office versions; by slug."""
    facts = world.facts
    offices = [group for group in world.reachable if facts.family(group) == "office"]
    office_keys = {facts.own_key[group] for group in offices if world.keys_for(group)}
    return sorted(office_keys | set(_windows(world, in_plan)))


def _windows(world: World, in_plan: Collection[str]) -> tuple[str, ...]:
    wanted = {g for g in world.reachable if world.facts.family(g) != "office" and world.keys_for(g)}
    useful = sorted({key for group in wanted for key in world.keys_for(group)})
    for size in range(len(useful) + 1):
        sets = [keys for keys in combinations(useful, size) if wanted <= _covered(world, keys)]
        if sets:
            return min(sets, key=lambda keys: _order(world, keys, wanted, in_plan))
    raise AssertionError("all useful keys together cover every group wanted")


def _covered(world: World, keys: Collection[str]) -> set[str]:
    return {group for key in keys for group in world.facts.covers[key]}


def _order(world: World, keys: tuple[str, ...], wanted: set[str], in_plan: Collection[str]) -> tuple[object, ...]:
    covers = world.facts.covers
    covered = _covered(world, keys)
    documented = {group for key in keys for group, evidence in covers[key].items() if evidence == "documented"}
    return (-len(set(keys) & set(in_plan)), len(wanted - documented), -len(covered & world.held), -len(covered), keys)
