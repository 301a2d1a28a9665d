"""Which Windows keys: the plan that is best by the eleven lines of the order, for the whole organisation.

Lines 1 to 3 are sums over the pools, so each pool must be at its own best: its *candidates*. The fewest keys (line 4)
that hold a candidate of every pool and a key for every group on AD-based activation are found by branching on what is
still missing. Of a set of fewest keys each is used, so lines 6, 8 and 10 follow from the set, and lines 5, 7, 9 and 11
are again a matter of each pool. Two things tie pools together and are gone through one by one: a key's limit of hosts
(`limits`), and groups whose last AD-based computers become hosts (`vacate`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from activation.rules.arranging import Arrangement
from activation.rules.bounds import Terms
from activation.rules.candidates import Candidates, KeySet
from activation.rules.counting import Columns, PoolCounts
from activation.rules.demand import Demand, Figures, GroupDemand, WindowsKey
from activation.rules.first_hosts import BEYOND, NO_CEILING, Cost
from activation.rules.hosts import HostSystems, machines_of
from activation.rules.inventory import WINDOWS, Inventory
from activation.rules.limits import Sequence11, settle

#: Lines 4 to 10 of the order, and the pools' part of line 11.
Objective = tuple[int, int, int, int, int, int, list[str], Sequence11]


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen Windows keys: by pool the arrangement, and the key of each group on AD-based activation."""

    arrangements: Mapping[str, Arrangement]
    directory: Mapping[str, str]


class Chooser:
    """The search for one inventory."""

    def __init__(self, inventory: Inventory, systems: HostSystems) -> None:
        self.inventory = inventory
        self.systems = systems
        self._columns: dict[tuple[str, ...], Columns] = {}
        catalogue = inventory.catalogue
        self.figures = Figures(
            client=inventory.needed("client"),
            server=inventory.needed("server"),
            second_above=catalogue.figure("R-2HOSTS", "clients"),
            hosts_of_key=catalogue.figure("R-HOSTS", "hosts"),
        )

    @cached_property
    def keys(self) -> tuple[WindowsKey, ...]:
        """The available Windows keys, by slug."""
        return tuple(
            WindowsKey(
                slug,
                key.group,
                self.inventory.covers[slug],
                frozenset(g for g, evidence in self.inventory.covers[slug].items() if evidence == "documented"),
                self.systems.carriers(key),
            )
            for slug, key in self.inventory.available.items()
            if self.inventory.family(key.group) != "office"
        )

    @cached_property
    def demands(self) -> Mapping[str, Demand]:
        """What each pool asks, by its name."""
        totals: defaultdict[str, Counter[str]] = defaultdict(Counter)
        counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
        adba: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for lot in self.inventory.lots:
            if lot.pool is None or lot.group is None or lot.application != WINDOWS or not lot.count:
                continue
            if lot.standing == "pool":
                totals[lot.pool][lot.group.slug] += lot.count
                counted[lot.pool][lot.group.slug] += self.inventory.counted(lot)
            elif lot.standing == "adba":
                adba[lot.pool][lot.group.slug] += lot.count
        return {
            pool: Demand(
                tuple(
                    GroupDemand(group, self.inventory.family(group) == "client", total, counted[pool][group])
                    for group, total in sorted(totals[pool].items())
                ),
                tuple(sorted(self.inventory.networks[pool].kms_host_systems)),
                machines_of(pool, self.inventory, self.systems) if totals[pool] else (),
                tuple(sorted(adba[pool].items())),
            )
            for pool in self.inventory.pools
        }

    @cached_property
    def candidates(self) -> Mapping[str, Candidates]:
        """The candidates of each pool, made once for equal pools."""
        made: dict[Demand, Candidates] = {}
        for demand in self.demands.values():
            if demand not in made:
                made[demand] = Candidates(self.counts(demand))
        return {pool: made[demand] for pool, demand in self.demands.items()}

    @cached_property
    def _kinds(self) -> Mapping[Candidates, int]:
        """The pools' candidates with the number of equal pools."""
        return Counter(self.candidates.values())

    def counts(self, demand: Demand) -> PoolCounts:
        """The counts of a pool with such a demand."""
        groups = tuple(group.slug for group in demand.groups)
        if groups not in self._columns:
            self._columns[groups] = Columns(groups, self.keys)
        return PoolCounts(demand, self.keys, self.systems.preference, self.figures, self._columns[groups])

    @cached_property
    def directory_groups(self) -> Mapping[str, int]:
        """The Windows groups on AD-based activation, by slug, with their computers."""
        found: Counter[str] = Counter()
        for lot in self.inventory.lots:
            if lot.standing == "adba" and lot.group is not None and lot.application == WINDOWS and lot.count:
                found[lot.group.slug] += lot.count
        return dict(sorted(found.items()))

    def choose(self) -> Choice:
        """The best choice."""
        best: tuple[Objective, Choice] | None = None
        for vacate in self._vacatable():
            sets = self._fewest(vacate, best[0][0] if best else len(self.keys))
            for floor, held in sorted((self._floor(held, vacate), held) for held in sets):
                if best is None or floor <= best[0][: len(floor)]:
                    found = self._weigh(held, vacate, best[0] if best else None)
                    if found is not None and (best is None or found[0] < best[0]):
                        best = found
        if best is None:
            raise AssertionError("the pools' candidates always make a plan")
        return best[1]

    def _vacatable(self) -> Iterator[frozenset[str]]:
        """Sets of groups whose AD-based computers are so few that all might become hosts; the empty set first."""
        left = dict(self.directory_groups)
        for candidates, number in self._kinds.items():
            hosts = 2 * max(map(len, candidates.best))
            for group, count in candidates.counts.demand.adba:
                machines = candidates.counts.demand.machines
                listed = sum(m.number for m in machines if m.adba and m.group == group)
                if count <= hosts and count == listed:
                    left[group] -= number * count
        few = [group for group, count in left.items() if count == 0]
        for size in range(len(few) + 1):
            yield from map(frozenset, combinations(few, size))

    def _fewest(self, vacate: frozenset[str], most: int) -> set[int]:
        """The sets of fewest keys (as masks) that hold all that must be covered."""
        wants = self._wants(vacate)
        for size in range(most + 1):
            found: set[int] = set()
            self._cover(0, size, wants, found, set())
            if found:
                return found
        return set()

    def _wants(self, vacate: frozenset[str]) -> list[tuple[int, ...]]:
        """For each pool and group on AD-based activation, the masks of keys of which one must be held."""
        terms = Terms(vacate=vacate)
        wants = {
            tuple(
                _mask(keys) for keys in c.best if not vacate or c.arrange(keys, self._granting(terms, keys)) is not None
            )
            for c in self._kinds
        }
        for group in self.directory_groups:
            if group not in vacate:
                wants.add(tuple(1 << i for i, key in enumerate(self.keys) if group in key.evidence))
        return sorted(wants, key=lambda masks: (len(masks), masks))

    def _granting(self, terms: Terms, keys: KeySet) -> Terms:
        return replace(terms, grant=frozenset(keys))

    def _cover(self, held: int, size: int, wants: list[tuple[int, ...]], found: set[int], seen: set[int]) -> None:
        if held in seen:
            return
        seen.add(held)
        for masks in wants:
            if not any(mask & ~held == 0 for mask in masks):
                for mask in masks:
                    if (held | mask).bit_count() <= size:
                        self._cover(held | mask, size, wants, found, seen)
                return
        found.add(held)

    def _held(self, held: int) -> list[WindowsKey]:
        return [key for i, key in enumerate(self.keys) if held >> i & 1]

    def _floor(self, held: int, vacate: frozenset[str]) -> tuple[int, int, int]:
        """Lines 4 to 6 of the plans with just the keys in `held`, line 5 at its least."""
        keys = self._held(held)
        documented = frozenset[str]().union(*(key.documented for key in keys))
        weak = sum(n for group, n in self.directory_groups.items() if group not in documented | vacate)
        for candidates, number in self._kinds.items():
            if candidates.serve_all:
                counts = candidates.counts
                known = sum(bit for group, bit in counts.bit.items() if group in documented)
                weak += number * counts.sums(candidates.reach & ~known)[0]
        return len(keys), weak, -self._ready(keys)

    def _ready(self, keys: list[WindowsKey]) -> int:
        """The held groups that the keys cover together."""
        return len(self.inventory.held_groups.intersection(_covered(keys)))

    def _weigh(self, held: int, vacate: frozenset[str], best: Objective | None) -> tuple[Objective, Choice] | None:
        """Lines 4 to 11 of the best plan with just the keys in `held`; None when it can't beat the best so far."""
        keys = self._held(held)
        directory = {g: self._directory_key(g, keys) for g in self.directory_groups if g not in vacate}
        weak = frozenset(g for g, key in directory.items() if g not in key.documented)
        terms = Terms(weak_ad=weak, vacate=vacate)
        in_directory = sum(self.directory_groups[group] for group in weak)
        ceiling = self._ceiling(keys, in_directory, best) if best is not None else NO_CEILING
        settled = settle(self.candidates, held, terms, self.figures.hosts_of_key, ceiling)
        if settled is None:
            return None
        undocumented, updates, hosts = settled.cost
        objective = (
            len(keys),
            undocumented + in_directory,
            -self._ready(keys),
            updates,
            -len(_covered(keys)),
            hosts,
            [key.slug for key in keys],
            settled.sequence,
        )
        return objective, Choice(settled.arrangements, {g: key.slug for g, key in directory.items()})

    def _ceiling(self, keys: list[WindowsKey], in_directory: int, best: Objective) -> Cost:
        """The highest lines 5, 7 and 9 with which these keys can still be better than the best so far."""
        number, undocumented, unready, updates, *_ = best
        if len(keys) < number:
            return NO_CEILING
        most = undocumented - in_directory
        if -self._ready(keys) > unready:
            return most - 1, BEYOND, BEYOND
        return most, updates if -self._ready(keys) == unready else BEYOND, BEYOND

    def _directory_key(self, group: str, keys: list[WindowsKey]) -> WindowsKey:
        covering = [key for key in keys if group in key.evidence]
        return min(covering, key=lambda key: (group not in key.documented, key.slug))


def _covered(keys: list[WindowsKey]) -> frozenset[str]:
    return frozenset[str]().union(*(key.evidence for key in keys))


def _mask(keys: KeySet) -> int:
    return sum(1 << key for key in keys)
