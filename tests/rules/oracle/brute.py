"""The best plan of a small estate by trying every assignment (planning rules, section 6). Slow on purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from .outcome import Installation, PoolRun, run_pool, with_second_hosts
from .world import World

Objective = tuple[Any, ...]
#: No estate with more plans than this is tried.
TOO_MANY = 60_000


class TooLargeError(Exception):
    """The estate has more plans than the brute force is meant for."""


@dataclass(frozen=True)
class Choice:
    """A complete Windows choice: installations with all hosts, and the key of each group on AD-based activation."""

    installations: tuple[Installation, ...]
    directory: tuple[tuple[str, str], ...]

    @property
    def keys(self) -> list[str]:
        return sorted({one.key for one in self.installations} | {key for _, key in self.directory})


def pool_groups(world: World, pool: str) -> list[str]:
    return sorted(group for at, group in world.by_pool if at == pool and world.facts.family(group) != "office")


def assignments(world: World, pool: str) -> Iterator[dict[str, str]]:
    """Every way to give each Windows group of the pool an available covering key or none."""
    groups = pool_groups(world, pool)
    options = [[None, *world.keys_for(group)] for group in groups]
    if prod(len(option) for option in options) > TOO_MANY:
        raise TooLargeError
    for chosen in product(*options):
        yield {group: key for group, key in zip(groups, chosen, strict=True) if key}


def pool_runs(world: World, pool: str, every: bool) -> list[PoolRun]:
    """The different outcomes of a pool.

    The first three lines of the order are sums over the pools and no pool touches another's part, so a best plan is
    best in them in each pool; unless `every` is set, only those outcomes are kept.
    """
    runs = {run for run in (run_pool(world, pool, chosen) for chosen in assignments(world, pool)) if run is not None}
    if every:
        return list(runs)
    best = min(first_three(world, run) for run in runs)
    return [run for run in runs if first_three(world, run) == best]


def first_three(world: World, run: PoolRun) -> tuple[int, int, int]:
    """Lines 1 to 3 for one pool, without those who stay on AD-based activation whatever is chosen."""
    hosts_from_directory = sum(one.hosts[0].adba for one in run)
    activated = sum(one.on_kms for one in run) - hosts_from_directory
    return -activated, len(run), sum(one.hosts[0].on == "additional" for one in run)


def choices(world: World, every: bool = False) -> Iterator[Choice]:
    """Every plan: each pool's outcomes with each other's, second hosts, then each key for AD-based activation."""
    per_pool = {pool: pool_runs(world, pool, every) for pool in world.pools}
    if prod(len(runs) for runs in per_pool.values()) > TOO_MANY:
        raise TooLargeError
    for combination in product(*per_pool.values()):
        installations = with_second_hosts(world, dict(zip(per_pool, combination, strict=True)))
        groups = sorted(directory_computers(world, installations))
        for keys in product(*(world.keys_for(group) for group in groups)):
            yield Choice(tuple(installations), tuple(zip(groups, keys, strict=True)))


def directory_computers(world: World, installations: list[Installation] | tuple[Installation, ...]) -> Counter[str]:
    """Windows group -> computers that stay on AD-based activation; a group whose last one is a host is not there."""
    left = Counter[str]()
    for part in world.in_directory:
        if part.family != "office":
            left[part.group] += part.count
    for host in (host for one in installations for host in one.hosts):
        if host.adba:
            left[group_of(world, host.product)] -= 1
    return +left


def group_of(world: World, slug: str | None) -> str:
    group = world.facts.group(slug or "")
    assert group is not None
    return group


def objective(world: World, choice: Choice) -> Objective:
    """The eleven lines of section 6, each so that smaller is better."""
    installations, keys = choice.installations, choice.keys
    in_directory = directory_computers(world, installations)
    covered = {group for key in keys for group in world.facts.covers[key]}
    return (
        -(sum(one.on_kms for one in installations) + sum(in_directory.values())),
        len(installations),
        sum(one.hosts[0].on == "additional" for one in installations),
        len(keys),
        weak_computers(world, choice, in_directory),
        -len(covered & world.held),
        sum(world.facts.update(one.key, one.hosts[0].system) is not None for one in installations),
        -len(covered),
        sum(len(one.hosts) for one in installations),
        tuple(keys),
        group_by_group(world, choice),
    )


def weak_computers(world: World, choice: Choice, in_directory: Mapping[str, int]) -> int:
    """Computers whose key covers them by evidence other than documented."""
    weak = 0
    for one in choice.installations:
        evidence = world.facts.covers[one.key]
        for group in one.groups:
            if evidence[group] != "documented":
                weak += sum(part.count for part in world.by_pool[one.pool, group])
        for host in one.hosts:
            if host.on == "listed" and (host.adba or group_of(world, host.product) not in one.groups):
                weak += evidence[group_of(world, host.product)] != "documented"
    for group, key in choice.directory:
        weak += in_directory[group] if world.facts.covers[key][group] != "documented" else 0
    return weak


def group_by_group(world: World, choice: Choice) -> tuple[tuple[bool, str], ...]:
    """Line 11: pools by name, then AD-based activation, groups by slug; none after every key."""
    chosen = {(one.pool, group): one.key for one in choice.installations for group in one.groups}
    in_pools = [chosen.get((pool, group)) for pool in world.pools for group in pool_groups(world, pool)]
    directory = dict(choice.directory)
    all_groups = sorted({part.group for part in world.in_directory if part.family != "office"})
    in_directory = [directory.get(group) for group in all_groups]
    return tuple((key is None, key or "") for key in in_pools + in_directory)


def best(world: World, every: bool = False) -> tuple[Objective, list[Choice]]:
    """The best objective and all plans that reach it: more than one only where the rules leave a tie."""
    found: list[Choice] = []
    least: Objective | None = None
    for choice in choices(world, every):
        value = objective(world, choice)
        if least is None or value < least:
            least, found = value, []
        if value == least:
            found.append(choice)
    assert least is not None
    return least, list(dict.fromkeys(found))
