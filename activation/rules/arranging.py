"""Which group goes to which of a few given keys in one pool: the best assignment by lines 3, 5, 7, 9 and 11.

Lines are those of the order in which plans are compared; `choice` sees to the others. The search is exact: it goes
through the groups by slug and through the keys by slug, drops what can't beat the best found, and so finds the
alphabetically smallest of the best (line 11) first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from activation.rules.counting import Assigned, Outcome, PoolCounts, Spot
from activation.rules.inventory import with_margin

#: Additional first hosts, computers on weaker evidence, first hosts that need an update, hosts: lines 3, 5, 7, 9.
Rank = tuple[int, int, int, int]


class Arrangement(NamedTuple):
    """An assignment of a pool's groups to keys, with its rank and what comes of it."""

    rank: Rank
    assigned: tuple[Assigned, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rest of the organisation says to a pool."""

    grant: frozenset[int] = frozenset()  #: keys that may have a second host
    weak_ad: frozenset[str] = frozenset()  #: groups whose AD-based coverage is not documented
    vacate: frozenset[str] = frozenset()  #: groups whose AD-based computers must all become hosts
    watched: frozenset[int] = frozenset()  #: keys whose second hosts must be exactly `seconds`
    seconds: frozenset[int] = frozenset()


@dataclass
class Arranging:
    """The search for one pool and one set of keys. `loss`: computers that may stay without a key."""

    counts: PoolCounts
    viable: Sequence[int]  #: by key: the groups that could be on KMS with it
    keys: tuple[int, ...]
    loss: int
    terms: Terms
    best: Arrangement | None = None
    _ceiling: Rank | None = None
    _seen: dict[tuple[object, ...], tuple[int, int]] = field(default_factory=dict)

    def run(self) -> Arrangement | None:
        """The best arrangement in which every key activates somebody, or None."""
        self._try(self._easiest())
        if self.best is None or self.best.rank > self._floor:
            self._ceiling = self.best.rank if self.best is not None else None
            self.best = None
            self._descend(0, dict.fromkeys(self.keys, 0), 0, 0)
        return self.best

    @cached_property
    def bits(self) -> list[int]:
        """The bits of the groups that the keys can take, by the groups' slugs."""
        every = 0
        for key in self.keys:
            every |= self.viable[key]
        return [1 << i for i in range(len(self.counts.demand.groups)) if every >> i & 1]

    def _easiest(self) -> dict[int, int]:
        """Each group to the key that documents it, the alphabetically first: right unless counts are short."""
        masks = dict.fromkeys(self.keys, 0)
        for bit in self.bits:
            key = min(self._options(bit), key=lambda key: not self.counts.documented[key] & bit)
            masks[key] |= bit
        return masks

    def _options(self, bit: int) -> list[int]:
        return [key for key in self.keys if self.viable[key] & bit]

    def _try(self, masks: dict[int, int]) -> None:
        if not all(masks.values()):
            return
        assigned = tuple(masks.items())
        outcome = self.counts.outcome(assigned, self.terms.grant)
        if outcome is None or not self._allowed(outcome):
            return
        rank = (outcome.additional, self._undocumented(outcome), outcome.updates, outcome.hosts)
        if self.best is None or rank < self.best.rank:
            self.best = Arrangement(rank, assigned, outcome)

    def _allowed(self, outcome: Outcome) -> bool:
        terms = self.terms
        if terms.watched:
            seconds = {p.key for p in outcome.placed if p.second is not None}
            if seconds & terms.watched != terms.seconds:
                return False
        if not terms.vacate:
            return True
        taken = [group for _, group in self._from_adba(outcome)]
        return all(taken.count(group) == n for group, n in self.counts.demand.adba if group in terms.vacate)

    def _from_adba(self, outcome: Outcome) -> list[tuple[int, str]]:
        """Key and group of each host that was on AD-based activation."""
        machines = self.counts.demand.machines
        spots: list[tuple[int, Spot | None]] = [(p.key, s) for p in outcome.placed for s in (p.first, p.second)]
        return [
            (key, machines[spot.machine].group)
            for key, spot in spots
            if spot is not None and spot.on == "listed" and machines[spot.machine].adba
        ]

    def _undocumented(self, outcome: Outcome) -> int:
        moved = sum(
            (group not in self.counts.keys[key].documented) - (group in self.terms.weak_ad)
            for key, group in self._from_adba(outcome)
        )
        return outcome.undocumented + moved

    @cached_property
    def _floor(self) -> Rank:
        """A rank that no arrangement is below."""
        sole = {key: 0 for key in self.keys}
        for bit in self.bits:
            options = self._options(bit)
            if len(options) == 1 and not self.loss:
                sole[options[0]] |= bit
        updates = [self._update_floor(key) for key in self.keys]
        return (
            updates.count(None),
            sum(self._weak_floor),
            sum(filter(None, updates)),
            len(self.keys) + sum(self._surely_second(key, sole[key]) for key in self.keys),
        )

    @cached_property
    def _weak_floor(self) -> list[int]:
        """By group in `bits`: the computers that no key of the set documents."""
        documented = 0
        for key in self.keys:
            documented |= self.counts.documented[key]
        groups = self.counts.demand.groups
        weak = [0 if documented & bit else groups[bit.bit_length() - 1].total for bit in self.bits]
        return weak if not self.loss else [0] * len(weak)

    def _update_floor(self, key: int) -> int | None:
        """Whether every machine that could carry the key needs an update; None when there is no machine."""
        demand, carriers = self.counts.demand, self.counts.keys[key].carriers
        declared, listed = self.counts.spots(key)
        systems = [demand.declared[i] for i in declared]
        systems += [demand.machines[i].system for i, bit in listed if not bit or bit & self.viable[key]]
        if not systems:
            return None
        return int(all(carriers[system] is not None for system in systems))

    def _surely_second(self, key: int, mask: int) -> bool:
        """Whether the key has a second host whatever comes to it beside the groups of `mask`."""
        figures = self.counts.figures
        total, counted = self.counts.sums(mask)
        if key not in self.terms.grant or total <= figures.second_above:
            return False
        client = self.viable[key] & self.counts.clients
        if (counted - 2) // 2 < with_margin(figures.client if client else figures.server):
            return False
        if self._update_floor(key) is None:
            return True
        machines = self.counts.demand.machines
        return sum(machines[i].number for i, bit in self.counts.spots(key)[1] if bit & mask) > 1

    def _descend(self, depth: int, masks: dict[int, int], lost: int, weak: int) -> None:
        if self._beaten(depth, masks, weak) or not self._reachable(depth, masks):
            return
        if self._known(depth, masks, lost, weak):
            return
        if depth == len(self.bits):
            self._try(masks)
            return
        bit = self.bits[depth]
        total = self.counts.demand.groups[bit.bit_length() - 1].total
        for key in self._options(bit):
            masks[key] |= bit
            extra = 0 if self.counts.documented[key] & bit else total
            self._descend(depth + 1, masks, lost, weak + extra)
            masks[key] ^= bit
        if lost + total <= self.loss:
            self._descend(depth + 1, masks, lost + total, weak)

    def _beaten(self, depth: int, masks: dict[int, int], weak: int) -> bool:
        bound = self._bound(depth, masks, weak)
        if self._ceiling is not None and bound > self._ceiling:
            return True
        return self.best is not None and bound >= self.best.rank

    def _bound(self, depth: int, masks: dict[int, int], weak: int) -> Rank:
        additional, _, updates, hosts = self._floor
        seconds = sum(self._surely_second(key, mask) for key, mask in masks.items())
        return (additional, weak + sum(self._weak_floor[depth:]), updates, max(hosts, len(masks) + seconds))

    def _reachable(self, depth: int, masks: dict[int, int]) -> bool:
        """Whether every key can still get a count that its groups need."""
        rest = sum(self.bits[depth:])
        clients = self.counts.clients
        for key, mask in masks.items():
            most = mask | rest & self.viable[key]
            if not most:
                return False
            full = self.counts.counted_alone(key, most) >= self.counts.needed(most)
            servers = most & ~clients
            if not full and (mask & clients or not servers or self._short(key, servers)):
                return False
        return True

    def _short(self, key: int, mask: int) -> bool:
        return self.counts.counted_alone(key, mask) < self.counts.needed(mask)

    def _known(self, depth: int, masks: dict[int, int], lost: int, weak: int) -> bool:
        """Whether the same counts and machines were reached before, with no more lost and on no weaker evidence."""
        state = (depth, *(self._state(key, mask) for key, mask in masks.items()))
        before = self._seen.get(state)
        if before is not None and before[0] <= lost and before[1] <= weak:
            return True
        self._seen[state] = (lost, weak)
        return False

    def _state(self, key: int, mask: int) -> tuple[object, ...]:
        hosting = 0
        for _, bit in self.counts.spots(key)[1]:
            hosting |= bit
        return (*self.counts.sums(mask), bool(mask & self.counts.clients), mask & hosting)
