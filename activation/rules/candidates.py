"""Which sets of keys serve one pool best by lines 1 to 3: most computers, fewest keys, fewest additional machines.

No such set holds two keys of which one covers all that the other activates: its groups could go to the other, whose
count only grows, with one key less. So the sets to look at are few, though the keys are many.

Every group that goes to a key reaches its threshold here. A group that misses it could only matter as the host's own,
and that is no case: a host on a client system has a key for clients alone (R-HOST-TYPE), which the catalogue's checks
see to.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from activation.rules.arranging import ALL_LINES, Arrangement, Arranging
from activation.rules.bounds import Terms
from activation.rules.counting import PoolCounts

#: The numbers of a set of keys, in order.
KeySet = tuple[int, ...]

FREE = Terms()


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
            if covered and counts.meets(key, covered):
                found.append(covered)
            else:
                found.append(servers if servers and counts.meets(key, servers) else 0)
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
        """The sets of keys that are best by lines 1 to 3, each with those it could activate and leaves to a MAK."""
        return {
            keys: found.rank[0] for keys, found in sorted(self._served.items()) if found.rank[1] == self._additional
        }

    @cached_property
    def _served(self) -> dict[KeySet, Arrangement]:
        """The sets of keys that are best by lines 1 and 2, each with an arrangement that is best by line 3."""
        return self._serving_all or self._serving_most()

    @cached_property
    def _additional(self) -> int:
        """The fewest additional machines that such a set needs."""
        return min(found.rank[1] for found in self._served.values())

    @property
    def serve_all(self) -> bool:
        """Whether the candidates activate everybody in reach."""
        return bool(self._serving_all)

    @cached_property
    def _serving_all(self) -> dict[KeySet, Arrangement]:
        """The sets of fewest keys that cover all in reach, if some of them also activate it."""
        for size in range(self.reach.bit_count() + 1):
            covers = set(self._covers((), self.reach, size, self._usable))
            if covers:
                searched = ((keys, self._search(keys, 0)) for keys in covers)
                return {keys: found for keys, found in searched if found is not None}
        return {}

    def _covers(self, keys: KeySet, missing: int, size: int, usable: int) -> Iterator[KeySet]:
        """`keys` and `size` more of the `usable` ones that cover what is missing; the same set may come twice."""
        if not size:
            if not missing:
                yield tuple(sorted(keys))
            return
        for key in self._hardest(missing, usable):
            usable &= ~(1 << key)
            yield from self._covers((*keys, key), missing & ~self.viable[key], size - 1, usable & self._beside[key])

    def _hardest(self, missing: int, usable: int) -> list[int]:
        """The keys of the missing group that has the fewest."""
        options = (self._takers[place] & usable for place in _bits(missing))
        return list(_bits(min(options, key=int.bit_count, default=0)))

    @cached_property
    def _takers(self) -> list[int]:
        """By group: the keys that it could be on KMS with."""
        places = range(len(self.counts.demand.groups))
        return [sum(1 << key for key, mask in enumerate(self.viable) if mask >> place & 1) for place in places]

    @cached_property
    def _usable(self) -> int:
        return sum(1 << key for key, mask in enumerate(self.viable) if mask)

    @cached_property
    def _beside(self) -> list[int]:
        """By key: the keys that may stand beside it in a set, as neither covers all that the other activates."""
        viable, covered = self.viable, self.counts.covered
        numbers = range(len(viable))
        return [sum(1 << j for j in numbers if viable[i] & ~covered[j] and viable[j] & ~covered[i]) for i in numbers]

    def _serving_most(self) -> dict[KeySet, Arrangement]:
        """The smallest sets that leave the fewest in reach to a MAK."""
        nobody = self._search((), 0)
        found: dict[KeySet, Arrangement] = {(): nobody} if nobody is not None else {}
        fewest, size = self.counts.sums(self.reach)[0], 0
        for uncovered, keys in sorted(self._with_uncovered(), key=lambda pair: (pair[0], len(pair[1]), pair[1])):
            most = fewest - uncovered - (len(keys) > size)
            arrangement = self._search(keys, most) if most >= 0 else None
            if arrangement is None:
                continue
            lost = uncovered + arrangement.rank[0]
            if (lost, len(keys)) < (fewest, size):
                found, fewest, size = {}, lost, len(keys)
            found[keys] = arrangement
        return found

    def _with_uncovered(self) -> Iterator[tuple[int, KeySet]]:
        """Every set that may be a candidate, with the computers of the groups that it leaves out."""
        for keys in self._sets((), self._usable):
            covered = 0
            for key in keys:
                covered |= self.viable[key]
            yield self.counts.sums(self.reach & ~covered)[0], keys

    def _sets(self, keys: KeySet, usable: int) -> Iterator[KeySet]:
        for key in _bits(usable):
            usable &= ~(1 << key)
            yield (*keys, key)
            yield from self._sets((*keys, key), usable & self._beside[key])

    def _search(self, keys: KeySet, most: int) -> Arrangement | None:
        """An arrangement that is best by lines 1 and 3."""
        easy = Arranging(self.counts, self.viable, keys, FREE, ALL_LINES).easy()
        if easy is not None:
            self._arranged[keys, FREE] = easy
            return easy
        return Arranging(self.counts, self.viable, keys, FREE, lines=2, most=most).run()

    def arrange(self, keys: KeySet, terms: Terms) -> Arrangement | None:
        """The best arrangement of a candidate under `terms`, or None when they leave none that keeps lines 1 to 3."""
        if (keys, terms) not in self._arranged:
            spare = self.best[keys]  # so many can't have a key, so no more and no fewer
            found = Arranging(self.counts, self.viable, keys, terms, ALL_LINES, spare, spare).run()
            kept = found is not None and found.rank[1] == self._additional
            self._arranged[keys, terms] = found if kept else None
        return self._arranged[keys, terms]


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
