"""Office on KMS: each version counts apart and has a key of its own; its host is any machine that may carry it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from activation.rules.catalogue import Key
from activation.rules.hosts import HostSystems
from activation.rules.inventory import WINDOWS, Inventory
from activation.rules.plan import Host


@dataclass(frozen=True, slots=True)
class OfficePool:
    """An Office version in a pool: its installations that could be on KMS, and the host if they are."""

    pool: str
    version: str
    key: str
    installations: int
    counted: int
    host: Host | None  #: None when the threshold is missed


def own_key(version: str, inventory: Inventory) -> str | None:
    """The available KMS host key of an Office version, or None."""
    for slug in inventory.keys_covering.get(version, ()):
        if inventory.catalogue.keys[slug].group == version:
            return slug
    return None


def office_pools(inventory: Inventory, systems: HostSystems) -> Mapping[tuple[str, str], OfficePool]:
    """Every pool and Office version whose key is available and that has installations there for KMS."""
    totals: Counter[tuple[str, str]] = Counter()
    counted: Counter[tuple[str, str]] = Counter()
    for lot in inventory.lots:
        if lot.standing == "pool" and lot.pool is not None and lot.application != WINDOWS and lot.count:
            totals[lot.pool, lot.application] += lot.count
            counted[lot.pool, lot.application] += inventory.counted(lot)
    found = {}
    for (pool, version), total in sorted(totals.items()):
        slug = own_key(version, inventory)
        if slug is not None:
            count = counted[pool, version]
            met = count >= inventory.needed("office")
            host = _host(pool, inventory.catalogue.keys[slug], inventory, systems) if met else None
            found[pool, version] = OfficePool(pool, version, slug, total, count, host)
    return found


def _host(pool: str, key: Key, inventory: Inventory, systems: HostSystems) -> Host:
    carriers = systems.carriers(key)
    if not key.hosts:
        return Host(pool, "unknown", None, None, None)
    declared = [s for s in inventory.networks[pool].kms_host_systems if s in carriers]
    if declared:
        system = min(declared, key=lambda s: systems.preference[s])
        return Host(pool, "declared", None, system, carriers[system])
    listed = min(_listed(pool, carriers, inventory, systems), default=None)
    if listed is not None:
        _, _, product, system = listed
        return Host(pool, "listed", product, system, carriers[system])
    return Host(pool, "additional", None, None, None)


def _listed(
    pool: str, carriers: Mapping[str, str | None], inventory: Inventory, systems: HostSystems
) -> Iterator[tuple[tuple[bool, int], bool, str, str]]:
    for lot in inventory.lots_of.get(pool, ()):
        if lot.application != WINDOWS or lot.contact != "regular" or lot.standing == "none":
            continue
        system = systems.system_of(lot.product)
        if system is not None and system in carriers:
            yield systems.preference[system], not lot.physical, lot.product.slug, system
