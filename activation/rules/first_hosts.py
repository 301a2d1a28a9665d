"""How many first hosts the keys can have whose limit is contested, and what the pools' choices cost at least.

A second host never makes a choice cheaper. So what the choices cost without one is a floor under all that follows, and
few numbers of first hosts are left to be gone through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add
from typing import NamedTuple

#: Lines 5, 7 and 9 of the order.
Cost = tuple[int, int, int]
NOTHING: Cost = (0, 0, 0)
BEYOND = 1 << 62  #: more than any count
NO_CEILING: Cost = (BEYOND, BEYOND, BEYOND)
#: First hosts by contested key.
Firsts = tuple[int, ...]


class Ahead(NamedTuple):
    """What the pools still to come add: the least cost, and first hosts by contested key."""

    cost: Cost
    fewest: Firsts
    most: Firsts

    def reaches(self, firsts: Firsts, wanted: Firsts, limit: int) -> bool:
        """Whether the first hosts can still be as many as wanted; the limit stands for itself and all above."""
        return all(
            now + more >= goal and (goal == limit or now + less <= goal)
            for now, goal, less, more in zip(firsts, wanted, self.fewest, self.most, strict=True)
        )


@dataclass
class FirstHosts:
    """`pools`: by pool, the first hosts that a choice of its keys adds -> what the choice costs at least."""

    pools: Sequence[Mapping[Firsts, Cost]]
    none: Firsts  #: no first host of any contested key
    limit: int

    @cached_property
    def ahead(self) -> list[Ahead]:
        """By pool: what the pools behind it add at least and at most."""
        found = [Ahead(NOTHING, self.none, self.none)]
        for choices in reversed(self.pools):
            last, columns = found[-1], list(zip(*choices, strict=True))
            cost = added(last.cost, min(choices.values(), default=NOTHING))
            fewest, most = map(add, last.fewest, map(min, columns)), map(add, last.most, map(max, columns))
            found.append(Ahead(cost, tuple(fewest), tuple(most)))
        return found[-2::-1]

    def reachable(self, ceiling: Cost) -> list[tuple[Cost, Firsts]]:
        """The numbers that some choices make, as far as the limit, with what these cost at least; the cheapest first.

        Those that cost more than the ceiling are left out.
        """
        floors: dict[Firsts, Cost] = {self.none: NOTHING}
        for choices, ahead in zip(self.pools, self.ahead, strict=True):
            grown: dict[Firsts, Cost] = {}
            for firsts, floor in floors.items():
                for more, least in choices.items():
                    after, cost = self.counted(firsts, more), added(floor, least)
                    if added(cost, ahead.cost) <= ceiling and cost < grown.get(after, NO_CEILING):
                        grown[after] = cost
            floors = grown
        return sorted((floor, firsts) for firsts, floor in floors.items())

    def counted(self, firsts: Firsts, more: Firsts) -> Firsts:
        """First hosts and some more, as far as the limit."""
        return tuple(now if now == self.limit else now + new for now, new in zip(firsts, more, strict=True))


def added(cost: Cost, more: tuple[int, ...]) -> Cost:
    """Both costs together."""
    return cost[0] + more[0], cost[1] + more[1], cost[2] + more[2]
