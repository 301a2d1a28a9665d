"""On what a KMS host key can be installed: which systems may carry it, and which machines a pool offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from activation.rules.catalogue import Catalogue, HostOption, Key, Product
from activation.rules.inventory import Inventory, Lot


@dataclass(frozen=True, slots=True)
class Machine:
    """Listed computers of a pool's own network that may be hosts, alike in every way that a rule asks about."""

    product: str
    group: str
    system: str
    virtual: bool
    adba: bool  #: would be on AD-based activation; else assigned to the key of its group
    leaves_count: bool  #: a host taken from here was counted and no longer is
    number: int


class HostSystems:
    """Which systems may carry which key, by a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.age = {slug: number for number, slug in enumerate(catalogue.systems)}
        self._carriers: dict[str, Mapping[str, str | None]] = {}
        self._system_of_group: dict[str, str | None] = {}

    def system_of(self, product: Product) -> str | None:
        """The host system that a product runs, or None: the longest slug that its group's slug begins with."""
        if product.group is None or not product.can_host:
            return None
        group = product.group
        if group not in self._system_of_group:
            fitting = [slug for slug in self.age if group == slug or group.startswith(slug + "-")]
            self._system_of_group[group] = max(fitting, key=len, default=None)
        return self._system_of_group[group]

    def carriers(self, key: Key) -> Mapping[str, str | None]:
        """The systems that may carry the key, in their order, each with the update that it needs or None."""
        if key.slug not in self._carriers:
            stated = {option.system: option for option in key.hosts}
            found: dict[str, str | None] = {}
            for slug in self.age:
                option = stated.get(slug)
                if (option is not None and option.allowed) or self._later_than_allowed(slug, key):
                    found[slug] = option.requires if option is not None else None
            self._carriers[key.slug] = found
        return self._carriers[key.slug]

    def _later_than_allowed(self, slug: str, key: Key) -> bool:
        return any(option.allowed and self._reaches(option, slug) for option in key.hosts)

    def _reaches(self, option: HostOption, slug: str) -> bool:
        """Whether an older system's "and later" takes in this one."""
        older = self.age[option.system] < self.age[slug]
        return option.and_later and older and self._family(option.system) == self._family(slug)

    def _family(self, slug: str) -> str:
        return self.catalogue.systems[slug].family

    def sources(self, key: Key, slug: str) -> tuple[str, ...]:
        """Where it is written that the system may carry the key: in its own row, else in an older system's."""
        own = [option for option in key.hosts if option.system == slug]
        rows = own or [option for option in key.hosts if option.allowed and self._reaches(option, slug)]
        return tuple(dict.fromkeys(source for option in rows for source in option.sources))

    @cached_property
    def preference(self) -> Mapping[str, tuple[bool, int]]:
        """System -> its place in the order of hosts: server systems first, then the newest."""
        return {slug: (self.catalogue.systems[slug].family != "server", -age) for slug, age in self.age.items()}


def machines_of(pool: str, inventory: Inventory, systems: HostSystems) -> tuple[Machine, ...]:
    """The listed computers of the pool's own network that may be hosts of a Windows key, in a fixed order."""
    numbers: Counter[tuple[str, str, str, bool, bool, bool]] = Counter()
    for lot in inventory.lots_of.get(pool, ()):
        system = systems.system_of(lot.product)
        if system is None or lot.group is None or not _may_host(lot):
            continue
        adba = lot.standing == "adba"
        for virtual, number in ((False, lot.physical), (True, lot.virtual)):
            leaves = not adba and (not virtual or inventory.counts_virtual(lot.group))
            numbers[lot.product.slug, lot.group.slug, system, virtual, adba, leaves] += number
    return tuple(Machine(*kind, number) for kind, number in sorted(numbers.items()) if number)


def _may_host(lot: Lot) -> bool:
    return lot.contact == "regular" and lot.standing in ("pool", "adba")
