"""What no arrangement of a pool with given keys can be better than, known without looking at any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from activation.rules.counting import PoolCounts
from activation.rules.inventory import with_margin

#: Computers left without a key, additional first hosts, computers on weaker evidence, first hosts that need an update,
#: hosts: lines 1, 3, 5, 7, 9. The search may look at the first two only.
Rank = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rest of the organisation says to a pool."""

    grant: frozenset[int] = frozenset()  #: keys that may have a second host
    weak_ad: frozenset[str] = frozenset()  #: groups whose AD-based coverage is not documented
    vacate: frozenset[str] = frozenset()  #: groups whose AD-based computers must all become hosts
    watched: frozenset[int] = frozenset()  #: keys whose second hosts must be exactly `seconds`
    seconds: frozenset[int] = frozenset()


@dataclass
class Bounds:
    """The bounds. `complete`: every group that a key could activate goes to one."""

    counts: PoolCounts
    viable: Sequence[int]  #: by key: the groups that could be on KMS with it
    keys: tuple[int, ...]
    terms: Terms
    complete: bool

    @cached_property
    def sole(self) -> dict[int, int]:
        """Key -> the groups that can go to no other key of the set and must not be left out."""
        once = twice = 0
        for key in self.keys:
            twice |= once & self.viable[key]
            once |= self.viable[key]
        return {key: self.viable[key] & ~twice if self.complete else 0 for key in self.keys}

    @cached_property
    def floor(self) -> Rank:
        """Lines 3, 5, 7 and 9 that no arrangement is below."""
        updates = [self._update_floor(key) for key in self.keys]
        hosts = len(self.keys) + sum(self.surely_second(key, self.sole[key]) for key in self.keys)
        return (updates.count(None), self.weak(self.every), sum(filter(None, updates)), hosts)

    def weak(self, groups: int) -> int:
        """The computers of these groups that no key of the set documents."""
        if not self.complete:
            return 0
        for key in self.keys:
            groups &= ~self.counts.documented[key]
        return self.counts.sums(groups)[0]

    def _update_floor(self, key: int) -> int | None:
        """Whether every machine that might be the key's first host needs an update; None when there is no machine."""
        carriers = self.counts.keys[key].carriers
        systems = self._possible_systems(key)
        return int(all(carriers[system] is not None for system in systems)) if systems else None

    @cached_property
    def _takes(self) -> dict[int, int]:
        """Key -> the declared machine that is its first host whatever the assignment: keys take them in their order."""
        takes: dict[int, int] = {}
        for key in self.keys:
            free = [number for number in self.counts.spots(key)[0] if number not in takes.values()]
            if free:
                takes[key] = free[0]
        return takes

    def _possible_systems(self, key: int) -> list[str]:
        """The systems of the first host, the best first, as far as the first that nobody can take away."""
        demand = self.counts.demand
        listed = self.counts.spots(key)[1]
        contended = len(self.keys) > 1
        if key in self._takes:
            return [demand.declared[self._takes[key]]]
        systems = []
        for number, bit in listed:
            if bit & self.viable[key] or not bit:
                systems.append(demand.machines[number].system)
            if bit & self.sole[key] or not (bit or contended):
                break
        return systems

    def surely_second(self, key: int, mask: int) -> bool:
        """Whether the key has a second host whatever comes to it beside the groups of `mask`."""
        figures = self.counts.figures
        total, counted = self.counts.sums(mask)
        if key not in self.terms.grant or total <= figures.second_above:
            return False
        client = self.viable[key] & self.counts.clients
        if (counted - 2) // 2 < with_margin(figures.client if client else figures.server):
            return False
        declared, listed = self.counts.spots(key)
        machines = self.counts.demand.machines
        return not (declared or listed) or sum(machines[i].number for i, bit in listed if bit & mask) > 1

    @cached_property
    def every(self) -> int:
        """The groups that the keys can take."""
        every = 0
        for key in self.keys:
            every |= self.viable[key]
        return every
