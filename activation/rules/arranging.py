"""Which group goes to which of a few given keys in one pool: the best assignment by lines 1, 3, 5, 7, 9 and 11.

Lines are those of the order in which plans are compared; `choice` sees to the others. The search is exact: it goes
through the groups by slug and through the keys by slug, drops what can't beat the best found, and so finds the
alphabetically smallest of the best (line 11) first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from activation.rules.bounds import Bounds, Rank, Terms
from activation.rules.counting import Assigned, Outcome, PoolCounts, Spot

ALL_LINES = 5


class Arrangement(NamedTuple):
    """An assignment of a pool's groups to keys, with its rank and what comes of it."""

    rank: Rank
    assigned: tuple[Assigned, ...]
    outcome: Outcome


@dataclass
class Arranging:
    """The search for one pool and one set of keys, by the first `lines` of the rank.

    At most `most` of the computers that the keys could activate may stay without one; that fewer than `least` can is
    known not to be.
    """

    counts: PoolCounts
    viable: Sequence[int]  #: by key: the groups that could be on KMS with it
    keys: tuple[int, ...]
    terms: Terms
    lines: int
    least: int = 0
    most: int = 0
    best: Arrangement | None = None
    _ceiling: Rank | None = None
    _seen: dict[tuple[object, ...], tuple[int, int]] = field(default_factory=dict)

    def easy(self) -> Arrangement | None:
        """The easiest arrangement, if none can be better."""
        self._try(self._easiest(), 0)
        return self.best if self.best is not None and self.best.rank == self._floor else None

    def run(self) -> Arrangement | None:
        """The best arrangement in which every key activates somebody, or None."""
        if self.easy() is None:
            self._ceiling = self.best.rank if self.best is not None else None
            self.best = None
            self._descend(0, dict.fromkeys(self.keys, 0), 0, 0)
        return self.best

    @cached_property
    def _bounds(self) -> Bounds:
        return Bounds(self.counts, self.viable, self.keys, self.terms, complete=not self.most)

    @cached_property
    def _floor(self) -> Rank:
        """A rank that no arrangement is below."""
        return (self.least, *self._bounds.floor)[: self.lines]

    @cached_property
    def _weak_floor(self) -> list[int]:
        """By depth: the computers still to be decided that no key of the set documents."""
        return [self._bounds.weak(rest) for rest in self._rest]

    @cached_property
    def bits(self) -> list[int]:
        """The bits of the groups that the keys can take, by the groups' slugs."""
        bits = [1 << i for i in range(len(self.counts.demand.groups)) if self._bounds.every >> i & 1]
        if self.lines < ALL_LINES:
            bits.sort(key=lambda bit: -self.counts.sums(bit)[0])
        return bits

    @cached_property
    def _options(self) -> dict[int, list[int]]:
        """Bit of a group -> the keys that it may go to, by slug."""
        return {bit: [key for key in self.keys if self.viable[key] & bit] for bit in self.bits}

    @cached_property
    def _rest(self) -> list[int]:
        """By depth: the groups that are still to be decided."""
        rest = [0]
        for bit in reversed(self.bits):
            rest.append(rest[-1] | bit)
        return rest[::-1]

    def _easiest(self) -> dict[int, int]:
        """Each group to the key that documents it, the alphabetically first: right unless counts are short."""
        masks, taken = dict.fromkeys(self.keys, 0), 0
        for choosable in (self.counts.documented, self.viable):
            for key in self.keys:
                masks[key] |= self.viable[key] & choosable[key] & ~taken
                taken |= masks[key]
        return masks

    def _try(self, masks: dict[int, int], lost: int) -> None:
        if not all(masks.values()):
            return
        assigned = tuple(masks.items())
        outcome = self.counts.outcome(assigned, self.terms.grant)
        if outcome is None or not self._allowed(outcome):
            return
        rank = (lost, outcome.additional, self._undocumented(outcome), outcome.updates, outcome.hosts)[: self.lines]
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
        if not self.counts.demand.adba:
            return []
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

    def _descend(self, depth: int, masks: dict[int, int], lost: int, weak: int) -> None:
        if self._beaten(depth, masks, lost, weak) or not self._reachable(depth, masks):
            return
        if self._known(depth, masks, lost, weak):
            return
        if depth == len(self.bits):
            self._try(masks, lost)
            return
        bit = self.bits[depth]
        total = self.counts.sums(bit)[0]
        for key in self._options[bit]:
            masks[key] |= bit
            extra = 0 if self.counts.documented[key] & bit else total
            self._descend(depth + 1, masks, lost, weak + extra)
            masks[key] ^= bit
        if lost + total <= self.most:
            self._descend(depth + 1, masks, lost + total, weak)

    def _beaten(self, depth: int, masks: dict[int, int], lost: int, weak: int) -> bool:
        if self.best is None and self._ceiling is None:
            return False
        bound = self._bound(depth, masks, lost, weak)
        if self._ceiling is not None and bound > self._ceiling:
            return True
        return self.best is not None and bound >= self.best.rank

    def _bound(self, depth: int, masks: dict[int, int], lost: int, weak: int) -> Rank:
        if self.lines < ALL_LINES:
            return (max(lost, self.least), *self._floor[1:])
        _, additional, _, updates, hosts = self._floor
        if self.terms.grant:
            hosts = max(hosts, len(masks) + sum(self._bounds.surely_second(key, mask) for key, mask in masks.items()))
        return (max(lost, self.least), additional, weak + self._weak_floor[depth], updates, hosts)

    def _reachable(self, depth: int, masks: dict[int, int]) -> bool:
        """Whether every key can still get a count that its groups need."""
        rest, counts = self._rest[depth], self.counts
        for key, mask in masks.items():
            most = mask | rest & self.viable[key]
            if not most:
                return False
            if counts.meets(key, most):
                continue
            servers = most & ~counts.clients
            if mask & counts.clients or not servers or not counts.meets(key, servers):
                return False
        return not self.terms.watched or all(self._as_watched(key, mask, rest) for key, mask in masks.items())

    def _as_watched(self, key: int, mask: int, rest: int) -> bool:
        """Whether the key can still have, or not have, a second host as `seconds` wants it."""
        if key not in self.terms.watched:
            return True
        if key not in self.terms.seconds:
            return not self._bounds.surely_second(key, mask | rest & self._bounds.sole[key])
        most = mask | rest & self.viable[key]
        return self.counts.sums(most)[0] + 2 > self.counts.figures.second_above

    def _known(self, depth: int, masks: dict[int, int], lost: int, weak: int) -> bool:
        """Whether the same counts and machines were reached before, with no more lost and on no weaker evidence."""
        state = (depth, *(self._state(key, mask) for key, mask in masks.items()))
        before = self._seen.get(state)
        if before is not None and before[0] <= lost and before[1] <= weak:
            return True
        self._seen[state] = (lost, weak)
        return False

    def _state(self, key: int, mask: int) -> tuple[object, ...]:
        """What of a key's groups the rest of the search can tell apart."""
        total, counted = self.counts.sums(mask)
        client = bool(mask & self.counts.clients)
        hosting = mask & self.counts.hosting(key)
        if self.lines == ALL_LINES:
            return total, counted, client, hosting
        if not self._contended and hosting:
            hosting = next(number for number, bit in self.counts.spots(key)[1] if bit & hosting)
        return min(counted, self.counts.figures.client + 1), client, hosting

    @cached_property
    def _contended(self) -> bool:
        """Whether a key's machine may be another's as well."""
        demand = self.counts.demand
        return bool(demand.declared) or any(machine.adba for machine in demand.machines)
