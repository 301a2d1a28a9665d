"""What the choice of Windows keys asks about: a pool's computers and machines, the keys, the rules' numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from activation.rules.hosts import Machine


@dataclass(frozen=True, slots=True)
class GroupDemand:
    """The computers of one Windows group in a pool that can be assigned to a key."""

    slug: str
    client: bool
    total: int
    counted: int


@dataclass(frozen=True, slots=True)
class Demand:
    """What one pool asks of the choice of keys. It has no name: equal pools are planned once."""

    groups: tuple[GroupDemand, ...]  #: by slug
    declared: tuple[str, ...]  #: systems of the declared machines, sorted
    machines: tuple[Machine, ...]
    adba: tuple[tuple[str, int], ...]  #: computers on AD-based activation by group


@dataclass(frozen=True, slots=True)
class WindowsKey:
    """An available Windows KMS host key as the choice sees it."""

    slug: str
    group: str
    evidence: Mapping[str, str]  #: group that it covers -> evidence
    documented: frozenset[str]
    carriers: Mapping[str, str | None]  #: system that may carry it -> required update


@dataclass(frozen=True, slots=True)
class Figures:
    """The rules' numbers, in computers and hosts."""

    client: int
    server: int
    second_above: int
    hosts_of_key: int
