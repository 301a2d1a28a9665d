"""Everything decided, not yet worded as a plan: what the plan's rows, warnings and reasons are made from."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from activation.rules.catalogue import Catalogue
from activation.rules.choice import Choice, Chooser
from activation.rules.counting import Placed, PoolCounts, Spot
from activation.rules.hosts import HostSystems
from activation.rules.inventory import WINDOWS, Inventory
from activation.rules.methods import Methods, assign, group_keys
from activation.rules.office import OfficePool, office_pools
from activation.rules.plan import Host, PoolKey, Threshold


@dataclass(frozen=True, slots=True)
class Installation:
    """A key in a pool: who is on KMS with it, and its hosts, the first before the second."""

    pool: str
    key: str
    application: str
    on_kms: int
    counted: int
    thresholds: Mapping[str, Threshold]
    hosts: tuple[Host, ...]
    refused: str | None = None  #: the warning that says why there is no second host

    @property
    def strictest(self) -> int:
        """The highest count needed by a family on KMS there."""
        return max(threshold.needed for threshold in self.thresholds.values())


@dataclass(frozen=True)
class Draft:
    """One estate's decisions."""

    inventory: Inventory
    systems: HostSystems
    chooser: Chooser
    choice: Choice

    @property
    def catalogue(self) -> Catalogue:
        return self.inventory.catalogue

    @cached_property
    def office(self) -> Mapping[tuple[str, str], OfficePool]:
        """Office versions by pool, on KMS or not."""
        return office_pools(self.inventory, self.systems)

    @cached_property
    def methods(self) -> Methods:
        """The method of every computer."""
        return assign(self.inventory, self.choice, self.chooser, self.office)

    @cached_property
    def keys_by_group(self) -> Mapping[tuple[str, str], str]:
        """(Pool, Windows group) -> the key that activates it there."""
        return group_keys(self.choice, self.chooser)

    @cached_property
    def installations(self) -> tuple[Installation, ...]:
        """Every chosen key in every pool: by pool, application and key."""
        found = [*self._windows(), *self._office()]
        return tuple(sorted(found, key=lambda i: (i.pool, i.application, i.key)))

    def _windows(self) -> Iterator[Installation]:
        for pool, arrangement in self.choice.arrangements.items():
            for placed in arrangement.outcome.placed:
                spots = [spot for spot in (placed.first, placed.second) if spot is not None]
                yield Installation(
                    pool,
                    self.chooser.keys[placed.key].slug,
                    WINDOWS,
                    placed.on_kms,
                    placed.counted,
                    self._thresholds(pool, placed),
                    tuple(self._host(pool, placed, spot) for spot in spots),
                    placed.refused,
                )

    def _thresholds(self, pool: str, placed: Placed) -> Mapping[str, Threshold]:
        demand, clients = self.chooser.demands[pool], self.counts(pool).clients
        present = {"client": placed.mask & clients, "server": placed.mask & ~clients}
        families = {family for family, mask in present.items() if mask}
        for spot in (placed.first, placed.second):
            if spot is not None and spot.on == "listed":
                families.add(self.inventory.family(demand.machines[spot.machine].group))
        needs = {family: self.inventory.needed(family) for family in sorted(families)}
        return {family: Threshold(needed, placed.counted >= needed) for family, needed in needs.items()}

    def _host(self, pool: str, placed: Placed, spot: Spot) -> Host:
        if spot.system is None:
            return Host(pool, spot.on, None, None, None)
        product = self.chooser.demands[pool].machines[spot.machine].product if spot.on == "listed" else None
        return Host(pool, spot.on, product, spot.system, self.chooser.keys[placed.key].carriers[spot.system])

    def _office(self) -> Iterator[Installation]:
        needed = self.inventory.needed("office")
        for found in self.office.values():
            if found.host is not None:
                thresholds = {"office": Threshold(needed, met=True)}
                yield Installation(
                    found.pool, found.key, found.version, found.installations, found.counted, thresholds, (found.host,)
                )

    @cached_property
    def pool_keys(self) -> tuple[PoolKey, ...]:
        """The rows of the plan's pools."""
        return tuple(
            PoolKey(
                i.pool,
                self.inventory.pools[i.pool],
                i.application,
                i.key,
                i.on_kms,
                i.counted,
                len(i.hosts),
                i.thresholds,
            )
            for i in self.installations
        )

    @cached_property
    def directory(self) -> Mapping[str, tuple[str, ...]]:
        """Key -> the groups that it activates through Active Directory."""
        found: dict[str, set[str]] = {}
        for line, number in self.methods.lines.items():
            group = self.catalogue.products[line.product].group
            if line.method == "adba" and number and group is not None:
                found.setdefault(line.key, set()).add(group)
        return {key: tuple(sorted(found[key])) for key in sorted(found)}

    @cached_property
    def activated_groups(self) -> Mapping[str, tuple[str, ...]]:
        """KMS host key -> the groups that it activates in this plan, by KMS or Active Directory."""
        found: dict[str, set[str]] = {}
        for line, number in self.methods.lines.items():
            group = self.catalogue.products[line.product].group
            if line.method in ("kms", "kms-host", "adba") and number and group is not None:
                found.setdefault(line.key, set()).add(group)
        return {key: tuple(sorted(groups)) for key, groups in sorted(found.items())}

    @cached_property
    def plan_keys(self) -> tuple[str, ...]:
        """The KMS host keys of the plan, by slug."""
        return tuple(sorted({i.key for i in self.installations} | set(self.directory)))

    def counts(self, pool: str) -> PoolCounts:
        """The pool's counts, as the choice saw them."""
        return self.chooser.candidates[pool].counts

    @cached_property
    def adba_counted(self) -> Mapping[str, Mapping[str, int]]:
        """Pool -> Windows group -> computers in regular contact that can be on AD-based activation, hosts too."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for lot in self.inventory.lots:
            if lot.standing == "adba" and lot.pool is not None and lot.group is not None and lot.contact == "regular":
                found[lot.pool][lot.group.slug] += lot.count
        return found

    def cite(self, slugs: tuple[str, ...]) -> tuple[str, ...]:
        """The sources of the named rules and disputed points, each once, in their order."""
        known = self._cited.get(slugs)
        if known is None:
            stated = (self.catalogue.rules.get(slug) or self.catalogue.disputes.get(slug) for slug in slugs)
            known = self._cited[slugs] = unique(source for row in stated if row for source in row.sources)
        return known

    @cached_property
    def _cited(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        return {}


def canonical(params: Mapping[str, object]) -> str:
    """Params as the text that rows are sorted by."""
    return json.dumps(params, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def unique(slugs: Iterable[str]) -> tuple[str, ...]:
    """The slugs in their order, each once."""
    return tuple(dict.fromkeys(slugs))
