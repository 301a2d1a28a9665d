"""How much a pool's count falls short of what its computers on MAK would need for KMS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from activation.rules.counting import PoolCounts
from activation.rules.draft import Draft
from activation.rules.inventory import WINDOWS
from activation.rules.plan import Param


@dataclass(frozen=True, slots=True)
class Short:
    """Computers of a Windows group in a pool on MAK, with the highest count a key could have for it there."""

    pool: str
    group: str
    computers: int
    counted: int
    needed: int
    keys: tuple[int, ...]  #: the keys with that count


def threshold_short(draft: Draft) -> Iterator[dict[str, Param]]:
    """The params of each `threshold-short` warning."""
    for short in windows_shorts(draft):
        yield _params(short.pool, WINDOWS, short.group, short.computers, short.counted, short.needed)
    needed = draft.inventory.needed("office")
    for (pool, version), found in draft.office.items():
        if found.host is None:
            yield _params(pool, version, version, found.installations, found.counted, needed)


def _params(pool: str, application: str, group: str, computers: int, counted: int, needed: int) -> dict[str, Param]:
    return {
        "pool": pool,
        "application": application,
        "group": group,
        "computers": computers,
        "counted": counted,
        "needed": needed,
        "short": max(0, needed - counted),
    }


def windows_shorts(draft: Draft) -> Iterator[Short]:
    """Every pool and Windows group with computers on MAK that could reach a host whose key is available."""
    computers: Counter[tuple[str, str]] = Counter()
    for lot in draft.methods.on_mak:
        if lot.standing == "pool" and lot.pool is not None and lot.group is not None and lot.application == WINDOWS:
            computers[lot.pool, lot.group.slug] += lot.count
    for (pool, group), number in sorted(computers.items()):
        counts = draft.counts(pool)
        bit = counts.bit[group]
        reached = {key: _count(counts, key, bit) for key, mask in enumerate(counts.covered) if mask & bit}
        if reached:
            highest = max(reached.values())
            keys = tuple(key for key, count in reached.items() if count == highest)
            yield Short(pool, group, number, highest, counts.needed(bit), keys)


def _full_mask(counts: PoolCounts, key: int, bit: int) -> int:
    """What the key has for a group: all it covers; for servers without the clients that miss their threshold."""
    covered = counts.covered[key]
    if bit & counts.clients or counts.counted_alone(key, covered) >= counts.needed(covered):
        return covered
    return covered & ~counts.clients


def _count(counts: PoolCounts, key: int, bit: int) -> int:
    return counts.counted_alone(key, _full_mask(counts, key, bit))


def ad_lowers_count(draft: Draft) -> Iterator[tuple[str, str]]:
    """Pool and group of each shortage that the computers on AD-based activation would make good."""
    for short in windows_shorts(draft):
        if short.counted >= short.needed:
            continue
        if any(short.counted + _on_directory(draft, short, key) >= short.needed for key in short.keys):
            yield short.pool, short.group


def _on_directory(draft: Draft, short: Short, key: int) -> int:
    """The pool's computers on AD-based activation that the key covers, less its host where it is one of them."""
    counts = draft.counts(short.pool)
    covered = counts.keys[key].evidence
    number = sum(n for group, n in draft.adba_counted.get(short.pool, {}).items() if group in covered)
    host = counts.host_alone(key, _full_mask(counts, key, counts.bit[short.group]))
    from_directory = host is not None and host.on == "listed" and counts.demand.machines[host.machine].adba
    return number - from_directory
