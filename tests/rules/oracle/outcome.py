"""What becomes of one pool when its Windows groups go to given keys (planning rules, section 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .facts import CLIENT_NEEDS, FAMILY_NEEDS, HOST_LIMIT, SERVER_NEEDS, TWO_HOSTS_ABOVE
from .hosts import ADDITIONAL, Machine, Taken, first_free
from .world import World


@dataclass(frozen=True)
class Installation:
    """A key in a pool. `groups`: what it keeps on KMS; `on_kms` includes listed hosts; `fault`: no second host why."""

    pool: str
    key: str
    hosts: tuple[Machine, ...]
    groups: frozenset[str]
    families: frozenset[str]
    counted: int
    on_kms: int
    fault: str | None = None

    @property
    def needed(self) -> int:
        """The threshold of the strictest family on KMS here."""
        return max(FAMILY_NEEDS[family] for family in self.families)

    @property
    def margin(self) -> int:
        """The count from which on the threshold is safe: a tenth above it, rounded up."""
        return self.needed + -(-self.needed // 10)


@dataclass(frozen=True)
class Tally:
    """A key's count in a pool. `families`: those that meet their threshold; `own`: their assigned computers."""

    counted: int
    families: frozenset[str]
    own: int


def tally(world: World, pool: str, groups: frozenset[str], host: Machine) -> Tally:
    """The count with the first host in place (kept in the world's memory)."""
    question = ("tally", pool, groups, host)
    if question not in world.memory:
        world.memory[question] = _tally(world, pool, groups, host)
    result: Tally = world.memory[question]
    return result


def _tally(world: World, pool: str, groups: frozenset[str], host: Machine) -> Tally:
    """Clients are judged first, then servers on what is left; a listed host that would be counted is out."""
    counts = {"client": 0, "server": 0}
    totals = {"client": 0, "server": 0}
    for group in groups:
        for part in world.by_pool.get((pool, group), ()):
            totals[part.family] += part.count
            counts[part.family] += part.count if part.counted else 0
    if host.on == "listed" and host.counted:
        counts[_family(world, host)] -= 1
    met = set()
    if counts["client"] + counts["server"] >= CLIENT_NEEDS:
        met.add("client")
    if counts["server"] + (counts["client"] if met else 0) >= SERVER_NEEDS:
        met.add("server")
    kept = frozenset(family for family in met if totals[family])
    return Tally(sum(counts[family] for family in met), kept, sum(totals[family] for family in kept))


def _family(world: World, host: Machine) -> str:
    group = world.facts.group(host.product or "")
    assert group is not None
    return world.facts.family(group)


def install(world: World, pool: str, key: str, groups: frozenset[str], host: Machine) -> Installation | None:
    """The key with its first host; None when nobody but the host would be on KMS with it."""
    result = tally(world, pool, groups, host)
    kept = frozenset(group for group in groups if world.facts.family(group) in result.families)
    is_kept = host.on == "listed" and not host.adba and world.facts.group(host.product or "") in kept
    if result.own - is_kept <= 0:
        return None
    extra = host.on == "listed" and not is_kept
    families = result.families | ({_family(world, host)} if host.on == "listed" else set())
    return Installation(pool, key, (host,), kept, families, result.counted, result.own + extra)


PoolRun = tuple[Installation, ...]


def run_pool(world: World, pool: str, assignment: Mapping[str, str]) -> PoolRun | None:
    """All installations of a pool by slug of the key. None when a key with groups would not be chosen:

    that plan is the one in which these groups go to no key, an assignment of its own.
    """
    taken = Taken()
    run = []
    for key in sorted(set(assignment.values())):
        groups = frozenset(group for group, chosen in assignment.items() if chosen == key)
        host = first_free(world, pool, key, groups, taken)
        taken[host] += 1
        installation = install(world, pool, key, groups, host)
        if installation is None:
            return None
        run.append(installation)
    return tuple(run)


def with_second_hosts(world: World, runs: Mapping[str, PoolRun]) -> list[Installation]:
    """Every installation with its second host or the fault that keeps it from one, pools by name, keys by slug."""
    planned = Counter(installation.key for run in runs.values() for installation in run)
    result = []
    for pool in sorted(runs):
        taken = Taken(installation.hosts[0] for installation in runs[pool])
        for installation in runs[pool]:
            second = _second(world, installation, taken, planned[installation.key])
            if len(second.hosts) == 2:
                planned[installation.key] += 1
                taken[second.hosts[1]] += 1
            result.append(second)
    return result


def _second(world: World, first: Installation, taken: Taken, planned: int) -> Installation:
    if first.on_kms <= TWO_HOSTS_ABOVE:
        return first
    machine = first_free(world, first.pool, first.key, first.groups, taken)
    if machine == ADDITIONAL and first.hosts[0] != ADDITIONAL:
        return replace(first, fault="second-host-needs-computer")
    counted = first.counted - (machine.on == "listed" and machine.counted)
    if counted // 2 < first.margin:
        return replace(first, fault="second-host-starves")
    if planned >= HOST_LIMIT:
        return replace(first, fault="second-host-no-activation")
    joins = machine.on == "listed" and machine.adba
    families = first.families | ({_family(world, machine)} if machine.on == "listed" else set())
    return replace(
        first,
        hosts=(*first.hosts, machine),
        families=families,
        counted=counted,
        on_kms=first.on_kms + joins,
    )
