"""Which sets of keys serve one pool best by lines 1 to 3: most computers, fewest keys, fewest additional machines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from activation.rules.arranging import Arrangement, Arranging, Terms
from activation.rules.counting import PoolCounts

#: The numbers of a set of keys, in order.
KeySet = tuple[int, ...]


class Candidates:
    """The candidates of one pool, and the best arrangement of each under given terms."""

    def __init__(self, counts: PoolCounts) -> None:
        self.counts = counts
        self._arranged: dict[tuple[KeySet, Terms], Arrangement | None] = {}

    @cached_property
    def viable(self) -> list[int]:
        """By key: the groups that reach their threshold when all that it covers goes to it alone."""
        counts, found = self.counts, []
        for key, covered in enumerate(counts.covered):
            servers = covered & ~counts.clients
            if covered and counts.counted_alone(key, covered) >= counts.needed(covered):
                found.append(covered)
            elif servers and counts.counted_alone(key, servers) >= counts.needed(servers):
                found.append(servers)
            else:
                found.append(0)
        return found

    @cached_property
    def reach(self) -> int:
        """The groups that some key could activate."""
        reach = 0
        for mask in self.viable:
            reach |= mask
        return reach

    @cached_property
    def best(self) -> dict[KeySet, int]:
        """The sets of keys that are best by lines 1 to 3, each with the computers of `reach` that it leaves without."""
        if not self.reach:
            return {(): 0}
        size, loss = 0, 0
        while True:
            covers = set(self._extend((), self.reach, size, loss, 0))
            found = self._feasible(covers, loss)
            if found:
                return self._fewest_additional(found)
            if covers and not loss and self.loss:  # asked only now, for most pools lose nobody
                size, loss = 0, self.loss
            else:
                size += 1

    def _feasible(self, covers: set[KeySet], loss: int) -> dict[KeySet, int]:
        """Those of the sets in which every key is used and exactly `loss` computers of `reach` have none."""
        found = {}
        for keys in covers:
            covered = 0
            for key in keys:
                covered |= self.viable[key]
            spare = loss - self.counts.sums(self.reach & ~covered)[0]
            if spare >= 0 and self._arrange(keys, spare, Terms()) is not None:
                found[keys] = spare
        return found

    def _extend(self, keys: KeySet, missing: int, size: int, loss: int, barred: int) -> Iterator[KeySet]:
        """`keys` with `size` more, so that at most `loss` computers stay without a key."""
        if not size:
            if self.counts.sums(missing)[0] <= loss:
                yield tuple(sorted(keys))
            return
        for key in self._next(missing, loss, barred, keys):
            yield from self._extend((*keys, key), missing & ~self.viable[key], size - 1, loss, barred)
            barred |= 1 << key

    def _next(self, missing: int, loss: int, barred: int, keys: KeySet) -> list[int]:
        """The keys to go on with: those of the missing group with the fewest, or any when none must be covered."""
        usable = [k for k, mask in enumerate(self.viable) if mask and not barred >> k & 1 and k not in keys]
        options = usable
        while missing:
            bit = missing & -missing
            missing ^= bit
            if self.counts.sums(bit)[0] > loss:
                fitting = [key for key in usable if self.viable[key] & bit]
                options = min(options, fitting, key=len)
        return options

    def _fewest_additional(self, found: dict[KeySet, int]) -> dict[KeySet, int]:
        ranks = {keys: self._additional(keys, spare) for keys, spare in found.items()}
        fewest = min(ranks.values(), default=0)
        return {keys: found[keys] for keys in sorted(found) if ranks[keys] == fewest}

    def _additional(self, keys: KeySet, spare: int) -> int:
        arrangement = self._arrange(keys, spare, Terms())
        return arrangement.rank[0] if arrangement is not None else 0

    @cached_property
    def loss(self) -> int:
        """The fewest computers of `reach` that any assignment leaves without a key."""
        return _Most(self.counts, self.viable, self.reach).run()

    def arrange(self, keys: KeySet, terms: Terms) -> Arrangement | None:
        """The best arrangement of a candidate under `terms`, or None when they leave none that keeps lines 1 to 3."""
        found = self._arrange(keys, self.best[keys], terms)
        if found is None or found.rank[0] > self._additional(keys, self.best[keys]):
            return None
        return found

    def _arrange(self, keys: KeySet, spare: int, terms: Terms) -> Arrangement | None:
        if (keys, terms) not in self._arranged:
            self._arranged[keys, terms] = Arranging(self.counts, self.viable, keys, spare, terms).run()
        return self._arranged[keys, terms]


class _Most:
    """Branch and bound for line 1: each group to a key or to none, the groups with the fewest keys first."""

    def __init__(self, counts: PoolCounts, viable: list[int], reach: int) -> None:
        self.counts = counts
        self.viable = viable
        bits = [1 << i for i in range(reach.bit_length()) if reach >> i & 1]
        self.bits = sorted(bits, key=lambda bit: (sum(1 for mask in viable if mask & bit), -counts.sums(bit)[0]))
        self.fewest = counts.sums(reach)[0] + 1
        self._seen: dict[tuple[object, ...], int] = {}

    def run(self) -> int:
        """The fewest computers without a key."""
        self._descend(0, {}, 0)
        return self.fewest

    def _descend(self, depth: int, masks: dict[int, int], lost: int) -> None:
        if lost >= self.fewest or not self._reachable(depth, masks):
            return
        if depth == len(self.bits):
            if self.counts.outcome(sorted(masks.items()), ()) is not None:
                self.fewest = lost
            return
        bit = self.bits[depth]
        options = [key for key, mask in enumerate(self.viable) if mask & bit]
        for key in sorted(options, key=lambda key: (key not in masks, -self.counts.sums(self.viable[key])[1], key)):
            before = masks.get(key, 0)
            masks[key] = before | bit
            self._descend(depth + 1, masks, lost)
            if before:
                masks[key] = before
            else:
                del masks[key]
        self._descend(depth + 1, masks, lost + self.counts.sums(bit)[0])

    def _reachable(self, depth: int, masks: dict[int, int]) -> bool:
        rest = sum(self.bits[depth:])
        for key, mask in masks.items():
            most = mask | rest & self.viable[key]
            if mask & self.counts.clients:
                if self.counts.counted_alone(key, most) < self.counts.needed(most):
                    return False
            elif not self._servers_reach(key, most):
                return False
        return True

    def _servers_reach(self, key: int, most: int) -> bool:
        servers = most & ~self.counts.clients
        if servers and self.counts.counted_alone(key, servers) >= self.counts.needed(servers):
            return True
        return self.counts.counted_alone(key, most) >= self.counts.needed(most)
