"""The covering keys: the smallest set of available keys for what an organisation has, counts aside."""

from __future__ import annotations

from collections.abc import Iterator

from activation.rules.catalogue import DOCUMENTED
from activation.rules.inventory import Inventory
from activation.rules.office import own_key

KeyNames = tuple[str, ...]


def covering_keys(inventory: Inventory, plan_keys: KeyNames) -> KeyNames:
    """The answer to "which KMS host key do I need?", by slug, the Office versions' own keys included."""
    families = {group: inventory.family(group) for group in inventory.wanting}
    wanted = frozenset(g for g, family in families.items() if family != "office" and g in inventory.keys_covering)
    best = min(_smallest(inventory, wanted), key=lambda keys: _order(keys, inventory, wanted, plan_keys))
    office = {own_key(group, inventory) for group, family in families.items() if family == "office"}
    return tuple(sorted({*best, *(key for key in office if key is not None)}))


def _smallest(inventory: Inventory, wanted: frozenset[str]) -> Iterator[KeyNames]:
    """Every set of the fewest available keys that covers all the wanted groups."""
    size = 0
    while True:
        found = set(_extend(inventory, (), wanted, size))
        if found:
            yield from found
            return
        size += 1


def _extend(inventory: Inventory, keys: KeyNames, missing: frozenset[str], size: int) -> Iterator[KeyNames]:
    if not missing:
        yield tuple(sorted(keys))
    elif size:
        hardest = min(missing, key=lambda group: (len(inventory.keys_covering[group]), group))
        for key in inventory.keys_covering[hardest]:
            yield from _extend(inventory, (*keys, key), missing - inventory.covers[key].keys(), size - 1)


def _order(keys: KeyNames, inventory: Inventory, wanted: frozenset[str], plan_keys: KeyNames) -> tuple[object, ...]:
    covered = {group for key in keys for group in inventory.covers[key]}
    documented = {g for key in keys for g, evidence in inventory.covers[key].items() if evidence == DOCUMENTED}
    return (
        -len(set(keys) & set(plan_keys)),
        len(wanted - documented),
        -len(covered & inventory.held_groups),
        -len(covered),
        keys,
    )
