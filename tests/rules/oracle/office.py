"""Office versions, which choose nothing: each has its own key and its own count (planning rules, section 5)."""

from __future__ import annotations

from .facts import OFFICE_NEEDS
from .hosts import office_host
from .outcome import Installation
from .world import World


def office_count(world: World, pool: str, group: str) -> int:
    """Counted installations of an Office version in a pool."""
    return sum(part.count for part in world.by_pool.get((pool, group), ()) if part.counted)


def office_installations(world: World) -> list[Installation]:
    """The Office versions on KMS in each pool, by pool and slug."""
    found = []
    for pool, group in sorted(world.by_pool):
        if world.facts.family(group) != "office" or not world.keys_for(group):
            continue
        counted = office_count(world, pool, group)
        if counted >= OFFICE_NEEDS:
            key = world.facts.own_key[group]
            total = sum(part.count for part in world.by_pool[pool, group])
            host = office_host(world, pool, key)
            groups = frozenset({group})
            found.append(Installation(pool, key, (host,), groups, frozenset({"office"}), counted, total))
    return found
