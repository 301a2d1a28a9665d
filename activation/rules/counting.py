"""Counts, thresholds and hosts of the Windows keys in one pool, for a given assignment of groups to keys.

Groups are bits of a mask and keys are numbers here, in alphabetical order of their slugs: the search of `arranging`
asks for many assignments.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from activation.rules.demand import Demand, Figures, WindowsKey
from activation.rules.inventory import with_margin
from activation.rules.plan import HostOn

#: A key's number and the mask of the groups that go to it.
Assigned = tuple[int, int]


class Spot(NamedTuple):
    """Where a host runs. `machine` numbers the pool's machines when listed."""

    on: HostOn
    system: str | None = None
    machine: int = -1


class Placed(NamedTuple):
    """One key in one pool: its hosts, who is on KMS with it, and why it has no second host when it wanted one."""

    key: int
    mask: int
    first: Spot
    second: Spot | None
    refused: str | None
    on_kms: int
    counted: int
    client: bool  #: clients are on KMS there, else servers only


class Outcome(NamedTuple):
    """What an assignment comes to. `undocumented`: computers of the pool's own count that rest on weaker evidence."""

    placed: tuple[Placed, ...]
    additional: int
    undocumented: int
    updates: int
    hosts: int


class Columns:
    """The bit of each group, and what each key covers in bits: the same for all pools that have just these groups."""

    def __init__(self, groups: Sequence[str], keys: Sequence[WindowsKey]) -> None:
        self.bit = {slug: 1 << i for i, slug in enumerate(groups)}
        self.covered = [self._mask(key.evidence) for key in keys]
        self.documented = [self._mask(key.documented) for key in keys]

    def _mask(self, groups: Collection[str]) -> int:
        return sum(bit for slug, bit in self.bit.items() if slug in groups)


class PoolCounts:
    """Counts of one pool for any assignment. `preference`: a system's place in the order of hosts."""

    def __init__(
        self,
        demand: Demand,
        keys: Sequence[WindowsKey],
        preference: Mapping[str, tuple[bool, int]],
        figures: Figures,
        columns: Columns,
    ) -> None:
        self.demand = demand
        self.keys = keys
        self.figures = figures
        self.bit, self.covered, self.documented = columns.bit, columns.covered, columns.documented
        self.clients = sum(self.bit[group.slug] for group in demand.groups if group.client)
        self._numbers = {self.bit[group.slug]: (group.total, group.counted) for group in demand.groups}
        self._sums: dict[int, tuple[int, int]] = {}
        self._spots: dict[int, tuple[list[int], list[tuple[int, int]]]] = {}
        self._hosting: dict[int, int] = {}
        self._meets: dict[tuple[int, int], bool] = {}
        self._preference = preference

    def sums(self, mask: int) -> tuple[int, int]:
        """The computers of the groups in `mask`, and how many of them are counted."""
        known = self._sums.get(mask)
        if known is None:
            total, counted, rest = 0, 0, mask
            while rest:
                low = rest & -rest
                more, more_counted = self._numbers[low]
                total += more
                counted += more_counted
                rest ^= low
            known = self._sums[mask] = (total, counted)
        return known

    def needed(self, mask: int) -> int:
        """The count that lets every group of `mask` stay on KMS."""
        return self.figures.client if mask & self.clients else self.figures.server

    def spots(self, key: int) -> tuple[list[int], list[tuple[int, int]]]:
        """The key's declared machines and its listed ones (machine, bit of its group; 0 for AD-based), best first."""
        known = self._spots.get(key)
        if known is None:
            known = self._spots[key] = (self._declared(key), self._listed(key))
        return known

    def _declared(self, key: int) -> list[int]:
        systems = self.demand.declared
        fitting = [i for i, system in enumerate(systems) if system in self.keys[key].carriers]
        return sorted(fitting, key=lambda i: self._preference[systems[i]])

    def _listed(self, key: int) -> list[tuple[int, int]]:
        facts = self.keys[key]
        fitting = [row for row in self._ranked if row[2] in facts.carriers and row[3] in facts.evidence]
        fitting.sort(key=lambda row: (row[4], row[3] != facts.group))
        return [row[:2] for row in fitting]

    @cached_property
    def _ranked(self) -> list[tuple[int, int, str, str, bool]]:
        """The listed machines, the best first but for a key's own group: number, bit, system, group, client."""
        ranked = []
        for number, machine in enumerate(self.demand.machines):
            client, age = self._preference[machine.system]
            order = (client, age, machine.adba, machine.virtual, machine.product)
            bit = 0 if machine.adba else self.bit[machine.group]
            ranked.append((order, (number, bit, machine.system, machine.group, client)))
        return [row for _, row in sorted(ranked)]

    def hosting(self, key: int) -> int:
        """The groups with listed machines that may carry the key."""
        known = self._hosting.get(key)
        if known is None:
            known = 0
            for _, bit in self.spots(key)[1]:
                known |= bit
            self._hosting[key] = known
        return known

    def counted_alone(self, key: int, mask: int) -> int:
        """The count that the key has when the groups of `mask` go to it and no other key takes a machine."""
        return self.sums(mask)[1] - self._leaves(self.host_alone(key, mask))

    def host_alone(self, key: int, mask: int) -> Spot | None:
        """The machine that the key takes then, or None when it needs an additional one."""
        return _Machines(self).find(key, mask)

    def meets(self, key: int, mask: int) -> bool:
        """Whether every group of `mask` reaches its threshold then. More groups never lower a key's count."""
        known = self._meets.get((key, mask))
        if known is None:
            known = self._meets[key, mask] = self._count_alone_meets(key, mask)
        return known

    def _count_alone_meets(self, key: int, mask: int) -> bool:
        counted, needed = self.sums(mask)[1], self.needed(mask)
        if counted < needed:
            return False
        return counted > needed or self.counted_alone(key, mask) >= needed

    def _leaves(self, spot: Spot | None) -> int:
        return int(spot is not None and spot.on == "listed" and self.demand.machines[spot.machine].leaves_count)

    def outcome(self, assigned: Sequence[Assigned], grant: Collection[int]) -> Outcome | None:
        """What comes of an assignment (by key), or None when a family of an assigned group misses its threshold.

        `grant`: the keys that may have a second host by the number of their hosts everywhere.
        """
        machines = _Machines(self)
        firsts = [machines.take(key, mask) for key, mask in assigned]
        for (_, mask), first in zip(assigned, firsts, strict=True):
            if self.sums(mask)[1] - self._leaves(first) < self.needed(mask):
                return None
        placed = tuple(
            self._placed(key, mask, first, machines, key in grant)
            for (key, mask), first in zip(assigned, firsts, strict=True)
        )
        return Outcome(
            placed,
            additional=sum(spot.on == "additional" for spot in firsts),
            undocumented=sum(self.sums(mask & ~self.documented[key])[0] for key, mask in assigned),
            updates=sum(
                spot.system is not None and self.keys[key].carriers[spot.system] is not None
                for (key, _), spot in zip(assigned, firsts, strict=True)
            ),
            hosts=sum(1 if p.second is None else 2 for p in placed),
        )

    def _placed(self, key: int, mask: int, first: Spot, machines: _Machines, granted: bool) -> Placed:
        total, counted = self.sums(mask)
        counted -= self._leaves(first)
        on_kms = total + self._from_adba(first)
        client = bool(mask & self.clients) or self._is_client(first)
        second, refused = None, None
        if on_kms > self.figures.second_above:
            second, refused = self._second(key, mask, first, counted, client, machines, granted)
        if second is not None:
            counted -= self._leaves(second)
            on_kms += self._from_adba(second)
        return Placed(key, mask, first, second, refused, on_kms, counted, client)

    def _second(
        self, key: int, mask: int, first: Spot, counted: int, client: bool, machines: _Machines, granted: bool
    ) -> tuple[Spot | None, str | None]:
        spot = machines.find(key, mask)
        if spot is None and first.on != "additional":
            return None, "second-host-needs-computer"
        spot = spot or Spot("additional")
        strictest = self.figures.client if client or self._is_client(spot) else self.figures.server
        if (counted - self._leaves(spot)) // 2 < with_margin(strictest):
            return None, "second-host-starves"
        if not granted:
            return None, "second-host-no-activation"
        machines.use(spot)
        return spot, None

    def _from_adba(self, spot: Spot) -> int:
        return int(spot.on == "listed" and self.demand.machines[spot.machine].adba)

    def _is_client(self, spot: Spot) -> bool:
        return spot.on == "listed" and self._preference[self.demand.machines[spot.machine].system][0]


class _Machines:
    """The machines of a pool that no Windows key has taken yet."""

    def __init__(self, counts: PoolCounts) -> None:
        self._counts = counts
        self._declared: set[int] = set()
        self._listed: dict[int, int] = {}

    def find(self, key: int, mask: int) -> Spot | None:
        """The best machine for the key that is still free: declared, then listed."""
        for number in self._counts.spots(key)[0]:
            if number not in self._declared:
                return Spot("declared", self._counts.demand.declared[number], number)
        return self.listed(key, mask)

    def listed(self, key: int, mask: int) -> Spot | None:
        """The best listed machine for the key that is still free, of the groups in `mask` or on AD-based activation."""
        machines = self._counts.demand.machines
        for number, bit in self._counts.spots(key)[1]:
            if (not bit or bit & mask) and self._listed.get(number, 0) < machines[number].number:
                return Spot("listed", machines[number].system, number)
        return None

    def use(self, spot: Spot) -> None:
        """Takes the machine; an additional one is nobody's."""
        if spot.on == "declared":
            self._declared.add(spot.machine)
        elif spot.on == "listed":
            self._listed[spot.machine] = self._listed.get(spot.machine, 0) + 1

    def take(self, key: int, mask: int) -> Spot:
        """The key's first host."""
        spot = self.find(key, mask) or Spot("additional")
        self.use(spot)
        return spot
