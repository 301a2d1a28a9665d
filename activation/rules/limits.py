"""The pools' arrangements with a given set of keys, each key within its limit of hosts.

All first hosts of a key count first; then second ones, pools by name, while the limit holds. So for a key that is sure
to have as many first hosts as the limit no pool has a second one, and for one that can't reach the limit every pool
may. Only for keys between the two do the pools depend on each other: then the numbers of first hosts are guessed, and
the pools are gone through in order with what is left of the limit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from operator import add
from typing import NamedTuple

from activation.rules.arranging import Arrangement
from activation.rules.bounds import Terms
from activation.rules.candidates import Candidates, KeySet
from activation.rules.first_hosts import NO_CEILING, NOTHING, Cost, FirstHosts, Firsts, added

#: Line 11 as numbers of keys by group; without a key comes last.
Sequence11 = tuple[tuple[int, ...], ...]
#: First hosts and second hosts so far, by contested key.
State = tuple[Firsts, tuple[int, ...]]


class Settled(NamedTuple):
    """The best arrangements, by pool, and what lines 5, 7, 9 and 11 say of them."""

    arrangements: Mapping[str, Arrangement]
    cost: Cost
    sequence: Sequence11


class _Step(NamedTuple):
    """One pool's arrangement, its line 11, and the hosts it adds by contested key."""

    arrangement: Arrangement
    sequence: tuple[int, ...]
    firsts: tuple[int, ...]
    seconds: tuple[int, ...]


class _Part(NamedTuple):
    """The pools gone through so far. `place`: the part's place among the others by line 11."""

    cost: Cost
    place: int
    last: Arrangement | None
    before: _Part | None

    def all(self) -> list[Arrangement]:
        """The arrangements, by pool."""
        found: list[Arrangement] = []
        part: _Part | None = self
        while part is not None and part.last is not None:
            found.append(part.last)
            part = part.before
        return found[::-1]


def settle(
    candidates: Mapping[str, Candidates], held: int, terms: Terms, limit: int, ceiling: Cost = NO_CEILING
) -> Settled | None:
    """The best by lines 5, 7, 9, 11 with the keys in `held` (a mask); None when `terms` leave none up to `ceiling`."""
    return _Settling(candidates, held, terms, limit, ceiling).run()


@dataclass
class _Settling:
    candidates: Mapping[str, Candidates]
    held: int
    terms: Terms
    limit: int
    ceiling: Cost
    _known: dict[tuple[Candidates, frozenset[int]], list[_Step]] = field(default_factory=dict)

    def run(self) -> Settled | None:
        """The best of all guesses; without contested keys there is one, and nothing to guess."""
        best: Settled | None = None
        for guess in self._guesses():
            part = self._walk(guess)
            found = self._settled(part) if part is not None else None
            if found is not None and (best is None or (found.cost, found.sequence) < (best.cost, best.sequence)):
                best, self.ceiling = found, found.cost
        return best

    def _settled(self, part: _Part) -> Settled:
        arrangements = part.all()
        sequence = tuple(_sequence(c, a) for c, a in zip(self.candidates.values(), arrangements, strict=True))
        return Settled(dict(zip(self.candidates, arrangements, strict=True)), part.cost, sequence)

    @cached_property
    def _kinds(self) -> Mapping[Candidates, int]:
        """The pools' candidates with the number of equal pools."""
        return Counter(self.candidates.values())

    @cached_property
    def _options(self) -> Mapping[Candidates, list[KeySet]]:
        """What each pool may choose from: the best by lines 5 and 7, unless AD-based computers make these depend."""
        return {candidates: self._options_of(candidates) for candidates in self._kinds}

    def _options_of(self, candidates: Candidates) -> list[KeySet]:
        options = [keys for keys in candidates.best if all(self.held >> key & 1 for key in keys)]
        if len(options) < 2 or candidates.counts.demand.adba:
            return options
        arranged = {keys: candidates.arrange(keys, self.terms) for keys in options}
        ranks = {keys: found.rank[2:4] for keys, found in arranged.items() if found is not None}
        return [keys for keys, rank in ranks.items() if rank == min(ranks.values())]

    @cached_property
    def _firsts(self) -> Mapping[int, tuple[int, int]]:
        """Key -> the fewest and the most pools that it may have a first host in."""
        fewest, most = Counter[int](), Counter[int]()
        for candidates, number in self._kinds.items():
            options = [set(keys) for keys in self._options[candidates]]
            if options:
                most.update(dict.fromkeys(set.union(*options), number))
                fewest.update(dict.fromkeys(set.intersection(*options), number))
        return {key: (fewest[key], most[key]) for key in sorted(most)}

    @cached_property
    def _seconds(self) -> Counter[int]:
        """Key -> the most pools that could want a second host for it."""
        wanting: Counter[int] = Counter()
        for candidates, number in self._kinds.items():
            for key in set().union(*self._options[candidates]):
                if _may_want_second(candidates, key):
                    wanting[key] += number
        return wanting

    @cached_property
    def contested(self) -> list[int]:
        """The keys for which the limit binds in some arrangements and not in others."""
        return [
            key
            for key, (fewest, most) in self._firsts.items()
            if self._seconds[key] and fewest < self.limit < most + self._seconds[key]
        ]

    @cached_property
    def _free(self) -> frozenset[int]:
        """The keys that may have a second host in every pool."""
        return frozenset(k for k, (_, most) in self._firsts.items() if most + self._seconds[k] <= self.limit)

    @cached_property
    def _first_hosts(self) -> FirstHosts:
        kinds = {candidates: self._floors(candidates) for candidates in self._kinds}
        return FirstHosts([kinds[c] for c in self.candidates.values()], (0,) * len(self.contested), self.limit)

    def _floors(self, candidates: Candidates) -> dict[Firsts, Cost]:
        """What a pool adds at least, by its first hosts of contested keys."""
        found: dict[Firsts, Cost] = {}
        for keys in self._options[candidates]:
            firsts = tuple(int(key in keys) for key in self.contested)
            found[firsts] = min(found.get(firsts, NO_CEILING), self._floor(candidates, keys))
        return found

    def _floor(self, candidates: Candidates, keys: KeySet) -> Cost:
        if self.terms.vacate:  # second hosts may be what makes an arrangement possible
            return NOTHING
        found = candidates.arrange(keys, self.terms)
        return added(NOTHING, found.rank[2:]) if found is not None else NOTHING

    def _guesses(self) -> Iterator[dict[int, int]]:
        """Numbers of first hosts of the contested keys, as long as they may be good enough."""
        for floor, numbers in self._first_hosts.reachable(self.ceiling):
            if floor > self.ceiling:
                return
            yield dict(zip(self.contested, numbers, strict=True))

    def _walk(self, guess: dict[int, int]) -> _Part | None:
        """The best with so many first hosts, pool after pool."""
        wanted = tuple(guess.values())
        nothing = (0,) * len(guess)
        states: dict[State, _Part] = {(nothing, nothing): _Part((0, 0, 0), 0, None, None)}
        for candidates, ahead in zip(self.candidates.values(), self._first_hosts.ahead, strict=True):
            grown: dict[State, tuple[Cost, int, tuple[int, ...], Arrangement, _Part]] = {}
            for state, part in states.items():
                for step in self._within(candidates, self._left(guess, state)):
                    cost = added(part.cost, step.arrangement.rank[2:])
                    if added(cost, ahead.cost) > self.ceiling:
                        continue
                    after = self._after(state, step)
                    if not ahead.reaches(after[0], wanted, self.limit):
                        continue
                    entry = (cost, part.place, step.sequence, step.arrangement, part)
                    if after not in grown or entry[:3] < grown[after][:3]:
                        grown[after] = entry
            places = {place: i for i, place in enumerate(sorted({entry[1:3] for entry in grown.values()}))}
            states = {state: _Part(e[0], places[e[1:3]], e[3], e[4]) for state, e in grown.items()}
        ends = [part for (firsts, _), part in states.items() if firsts == wanted]
        return min(ends, default=None, key=lambda part: part[:2])

    def _left(self, guess: dict[int, int], state: State) -> frozenset[int]:
        """The contested keys that may still have a second host."""
        if not guess:
            return frozenset()
        return frozenset(
            key for (key, firsts), seconds in zip(guess.items(), state[1], strict=True) if firsts + seconds < self.limit
        )

    def _within(self, candidates: Candidates, left: frozenset[int]) -> list[_Step]:
        """The best arrangement for every set of second hosts that the limit still allows."""
        if (candidates, left) not in self._known:
            found = (self._arranged(candidates, keys, left, s) for keys, s in self._seconds_of(candidates, left))
            self._known[candidates, left] = [self._step(candidates, a) for a in found if a is not None]
        return self._known[candidates, left]

    def _step(self, candidates: Candidates, arrangement: Arrangement) -> _Step:
        here = {placed.key: placed.second is not None for placed in arrangement.outcome.placed}
        firsts = tuple(int(key in here) for key in self.contested)
        seconds = tuple(int(here.get(key, False)) for key in self.contested)
        return _Step(arrangement, _sequence(candidates, arrangement), firsts, seconds)

    def _seconds_of(self, candidates: Candidates, left: frozenset[int]) -> Iterator[tuple[KeySet, frozenset[int]]]:
        for keys in self._options[candidates]:
            wanting = [key for key in keys if key in left and _may_want_second(candidates, key)]
            for size in range(len(wanting) + 1):
                for some in combinations(wanting, size):
                    yield keys, frozenset(some)

    def _arranged(
        self, candidates: Candidates, keys: KeySet, left: frozenset[int], seconds: frozenset[int]
    ) -> Arrangement | None:
        wanting = frozenset(key for key in keys if _may_want_second(candidates, key))
        if not wanting:
            return candidates.arrange(keys, self.terms)
        grant = wanting & (self._free | left)
        watched = wanting.intersection(self.contested)
        return candidates.arrange(keys, replace(self.terms, grant=grant, watched=watched, seconds=seconds))

    def _after(self, state: State, step: _Step) -> State:
        firsts, seconds = state
        return self._first_hosts.counted(firsts, step.firsts), tuple(map(add, seconds, step.seconds))


def _may_want_second(candidates: Candidates, key: int) -> bool:
    counts = candidates.counts
    return counts.sums(candidates.viable[key])[0] + 1 > counts.figures.second_above


def _sequence(candidates: Candidates, arrangement: Arrangement) -> tuple[int, ...]:
    """Line 11 for one pool: the key's number by group, past all numbers where there is none."""
    numbers = [len(candidates.counts.keys)] * len(candidates.counts.demand.groups)
    for key, mask in arrangement.assigned:
        for place in range(len(numbers)):
            if mask >> place & 1:
                numbers[place] = key
    return tuple(numbers)
