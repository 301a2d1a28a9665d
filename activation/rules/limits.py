"""The pools' arrangements with a given set of keys, each key within its limit of hosts.

All first hosts of a key count first; then second ones, pools by name, while the limit holds. So for a key that is sure to
have as many first hosts as the limit no pool has a second one, and for one that can't reach the limit every pool may.
Only for keys between the two do the pools depend on each other: then the numbers of first hosts are guessed, and the
pools are gone through in order with what is left of the limit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, product
from typing import NamedTuple

from activation.rules.arranging import Arrangement, Terms
from activation.rules.candidates import Candidates, KeySet

#: Lines 5, 7 and 9 of the order, then line 11 as numbers of keys by group; without a key comes last.
Cost = tuple[int, int, int]
Sequence11 = tuple[tuple[int, ...], ...]


class Settled(NamedTuple):
    """The best arrangements, by pool, and what lines 5, 7, 9 and 11 say of them."""

    arrangements: Mapping[str, Arrangement]
    undocumented: int
    updates: int
    hosts: int
    sequence: Sequence11


class _Part(NamedTuple):
    cost: Cost
    sequence: Sequence11
    arrangements: tuple[Arrangement, ...]


def settle(candidates: Mapping[str, Candidates], held: int, terms: Terms, limit: int) -> Settled | None:
    """The best by lines 5, 7, 9, 11 with the keys in `held` (a mask), or None when `terms` leave none."""
    return _Settling(candidates, held, terms, limit).run()


@dataclass
class _Settling:
    candidates: Mapping[str, Candidates]
    held: int
    terms: Terms
    limit: int

    def run(self) -> Settled | None:
        if self.contested:
            best = min(filter(None, map(self._walk, self._guesses())), default=None, key=lambda part: part[:2])
        else:
            best = self._apart()
        if best is None:
            return None
        return Settled(dict(zip(self.candidates, best.arrangements, strict=True)), *best.cost, best.sequence)

    def _options(self, candidates: Candidates) -> list[KeySet]:
        return [keys for keys in candidates.best if all(self.held >> key & 1 for key in keys)]

    @cached_property
    def _kinds(self) -> Mapping[Candidates, int]:
        """The pools' candidates with the number of equal pools."""
        return Counter(self.candidates.values())

    @cached_property
    def _firsts(self) -> Mapping[int, tuple[int, int]]:
        """Key -> the fewest and the most pools that it may have a first host in."""
        fewest, most = Counter[int](), Counter[int]()
        for candidates, number in self._kinds.items():
            options = [set(keys) for keys in self._options(candidates)]
            if options:
                most.update(dict.fromkeys(set.union(*options), number))
                fewest.update(dict.fromkeys(set.intersection(*options), number))
        return {key: (fewest[key], most[key]) for key in sorted(most)}

    @cached_property
    def _seconds(self) -> Counter[int]:
        """Key -> the most pools that could want a second host for it."""
        wanting: Counter[int] = Counter()
        for candidates, number in self._kinds.items():
            for key in set().union(*self._options(candidates)):
                if self._may_want_second(candidates, key):
                    wanting[key] += number
        return wanting

    def _may_want_second(self, candidates: Candidates, key: int) -> bool:
        counts = candidates.counts
        return counts.sums(candidates.viable[key])[0] + 1 > counts.figures.second_above

    @cached_property
    def contested(self) -> list[int]:
        """The keys for which the limit binds in some arrangements and not in others."""
        return [
            key
            for key, (fewest, most) in self._firsts.items()
            if self._seconds[key] and fewest < self.limit < most + self._seconds[key]
        ]

    @cached_property
    def free(self) -> frozenset[int]:
        """The keys that may have a second host in every pool."""
        return frozenset(key for key, (_, most) in self._firsts.items() if most + self._seconds[key] <= self.limit)

    def _arranged(self, candidates: Candidates, keys: KeySet, **terms: frozenset[int]) -> Arrangement | None:
        grant = terms.pop("grant", self.free).intersection(keys)
        return candidates.arrange(keys, replace(self.terms, grant=grant, **terms))

    def _apart(self) -> _Part | None:
        """The best when no key is contested: each pool for itself."""
        best: dict[Candidates, Arrangement] = {}
        for candidates in self._kinds:
            found = filter(None, (self._arranged(candidates, keys) for keys in self._options(candidates)))
            arrangement = min(found, default=None, key=lambda a: (a.rank[1:], _sequence(candidates, a)))
            if arrangement is None:
                return None
            best[candidates] = arrangement
        ranks = [best[candidates].rank for candidates in self.candidates.values()]
        cost = (sum(r[1] for r in ranks), sum(r[2] for r in ranks), sum(r[3] for r in ranks))
        sequences = {candidates: _sequence(candidates, arrangement) for candidates, arrangement in best.items()}
        pools = self.candidates.values()
        return _Part(cost, tuple(sequences[c] for c in pools), tuple(best[c] for c in pools))

    def _guesses(self) -> Iterator[dict[int, int]]:
        """Numbers of first hosts of the contested keys; the limit stands for itself and all above."""
        ranges = [range(self._firsts[k][0], min(self._firsts[k][1], self.limit) + 1) for k in self.contested]
        for numbers in product(*ranges):
            yield dict(zip(self.contested, numbers, strict=True))

    def _walk(self, guess: dict[int, int]) -> _Part | None:
        """The best with so many first hosts. A state: first hosts and second ones so far, by contested key."""
        nothing = (0,) * len(self.contested)
        states = {(nothing, nothing): _Part((0, 0, 0), (), ())}
        for candidates in self.candidates.values():
            following: dict[tuple[tuple[int, ...], tuple[int, ...]], _Part] = {}
            for (firsts, seconds), part in states.items():
                for arrangement in self._within(candidates, guess, seconds):
                    state = self._count(firsts, seconds, arrangement)
                    if any(n > guess[key] for key, n in zip(self.contested, state[0], strict=True)):
                        continue
                    grown = _grown(part, candidates, arrangement)
                    if state not in following or grown[:2] < following[state][:2]:
                        following[state] = grown
            states = following
        wanted = tuple(guess[key] for key in self.contested)
        ends = [part for (firsts, _), part in states.items() if firsts == wanted]
        return min(ends, default=None, key=lambda part: part[:2])

    def _within(self, candidates: Candidates, guess: dict[int, int], seconds: tuple[int, ...]) -> list[Arrangement]:
        """The best arrangement for every set of second hosts that the limit still allows."""
        left = {key for key, used in zip(self.contested, seconds, strict=True) if guess[key] + used < self.limit}
        found = []
        for keys in self._options(candidates):
            watched = frozenset(self.contested).intersection(keys)
            wanting = [key for key in sorted(watched & left) if self._may_want_second(candidates, key)]
            for chosen in _subsets(wanting):
                grant = self.free | left
                found.append(self._arranged(candidates, keys, grant=grant, watched=watched, seconds=chosen))
        return [arrangement for arrangement in found if arrangement is not None]

    def _count(
        self, firsts: tuple[int, ...], seconds: tuple[int, ...], arrangement: Arrangement
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        here = {placed.key: placed.second is not None for placed in arrangement.outcome.placed}
        keys = self.contested
        return (
            tuple(min(n + (key in here), self.limit) for key, n in zip(keys, firsts, strict=True)),
            tuple(n + here.get(key, False) for key, n in zip(keys, seconds, strict=True)),
        )


def _grown(part: _Part, candidates: Candidates, arrangement: Arrangement) -> _Part:
    _, *more = arrangement.rank
    weak, updates, hosts = (a + b for a, b in zip(part.cost, more, strict=True))
    sequence = (*part.sequence, _sequence(candidates, arrangement))
    return _Part((weak, updates, hosts), sequence, (*part.arrangements, arrangement))


def _sequence(candidates: Candidates, arrangement: Arrangement) -> tuple[int, ...]:
    """Line 11 for one pool: the key's number by group, past all numbers where there is none."""
    numbers = [len(candidates.counts.keys)] * len(candidates.counts.demand.groups)
    for key, mask in arrangement.assigned:
        for place in range(len(numbers)):
            if mask >> place & 1:
                numbers[place] = key
    return tuple(numbers)


def _subsets(keys: list[int]) -> Iterable[frozenset[int]]:
    return (frozenset(some) for size in range(len(keys) + 1) for some in combinations(keys, size))
