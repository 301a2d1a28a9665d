"""What comes out: the activation plan as data. Words for its codes are the site's business, not the rules'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Method = Literal["kms", "kms-host", "mak", "adba", "avma", "none", "unsupported"]
HostOn = Literal["declared", "listed", "additional", "unknown"]
Param = str | int | list[str]

#: Warning codes in the order of the plan, with the names of their params.
WARNINGS: Mapping[str, tuple[str, ...]] = {
    "unsupported-product": ("product", "count"),
    "not-covered": ("group", "keys"),
    "evidence": ("key", "group", "evidence"),
    "disputed": ("conflict",),
    "threshold-short": ("pool", "application", "group", "computers", "counted", "needed", "short"),
    "ad-lowers-count": ("pool", "group"),
    "thin-margin": ("pool", "key", "counted", "needed"),
    "second-host-needs-computer": ("pool", "key"),
    "second-host-starves": ("pool", "key"),
    "second-host-no-activation": ("pool", "key"),
    "needs-host": ("pool", "key", "systems"),
    "host-update": ("pool", "key", "system", "update"),
    "host-edition": ("pool", "key", "product"),
    "host-unknown": ("pool", "key"),
    "too-many-hosts": ("key", "planned", "used", "limit"),
    "mak-short": ("group", "to_request"),
    "licence-short": ("product", "shortfall"),
    "open-agreement": (),
    "out-of-support": ("group", "date"),
    "windows-7-bios-marker": (),
    "proxy-needed": ("network",),
}

#: Reason codes with the names of their params. `reasons.py` makes them, the site's wording says them.
REASONS: Mapping[str, tuple[str, ...]] = {
    # of a KMS host key
    "activates": ("key", "groups"),  # the groups in this plan that it activates, by documented coverage or weaker
    "only-key": ("key", "groups"),  # no other available key covers these groups
    "best-of": (
        "key",
        "others",
    ),  # these available keys would cover the same groups; the order of section 6 chose this one
    "comes-with": ("key", "groups"),  # available because these groups are held
    "in-hand": ("key",),  # available because the organisation has it
    "office-version": ("key", "group"),  # each Office version has its own key
    "adba-forest": ("key", "groups"),  # held by Active Directory for these groups
    "host-declared": ("pool", "key", "system"),
    "host-listed": ("pool", "key", "product", "system"),
    "host-additional": ("pool", "key"),
    "host-unknown": ("pool", "key"),
    "second-host": ("pool", "key", "on_kms", "above"),
    "hosts-limit": ("hosts", "activations"),  # one key: so many hosts, each activated so many times
    # of a MAK
    "mak-own-group": ("group",),
    "mak-reserve": ("percent", "reserve"),
    "mak-proxy": ("network",),
    # of a line of computers
    "not-to-activate": (),
    "no-volume-group": ("product",),
    "avma-guest": ("group",),
    "is-host": ("pool", "key"),
    "adba-joined": ("network", "key"),
    "threshold-met": ("pool", "key", "family", "counted", "needed"),
    "mak-no-contact": (),
    "mak-no-kms": ("network",),
    "mak-not-covered": ("group",),
    "mak-below-threshold": ("pool", "group", "counted", "needed"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a line of the plan is as it is: a code of `REASONS`, its params, the slugs of the sources."""

    code: str
    params: Mapping[str, Param]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Warning:
    """What to watch: a code of `WARNINGS`, its params, the slugs of the sources."""

    code: str
    params: Mapping[str, Param]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Host:
    """One machine that carries a key in a pool. `product` only when listed, `system` None when it is not known."""

    pool: str
    on: HostOn
    product: str | None
    system: str | None
    update: str | None


@dataclass(frozen=True, slots=True)
class KmsHostKey:
    """A KMS host key to install (`kms`) or to hold in Active Directory (`adba`), with the groups it covers."""

    key: str
    application: str
    use: tuple[str, ...]
    activates: tuple[str, ...]
    hosts: tuple[Host, ...]
    planned: int  #: activations of the key: one a host, one for Active Directory
    used: int
    limit: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class MakNetwork:
    """The computers of one network that a MAK activates, and how they reach Microsoft."""

    network: str
    computers: int
    via: Literal["proxy", "independent"]


@dataclass(frozen=True, slots=True)
class Mak:
    """A MAK with its numbers: activations = computers + reserve; to_request = what is missing of them."""

    group: str
    key: str
    computers: int
    reserve: int
    activations: int
    remaining: int
    to_request: int
    networks: tuple[MakNetwork, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ComputerLine:
    """Computers of one network, product, method and key."""

    network: str
    product: str
    group: str | None
    count: int
    method: Method
    key: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Threshold:
    """The count that a family needs, and whether the pool has it."""

    needed: int
    met: bool


@dataclass(frozen=True, slots=True)
class PoolKey:
    """One key in one pool: who is on KMS with it, what its hosts count."""

    pool: str
    networks: tuple[str, ...]
    application: str
    key: str
    on_kms: int
    counted: int
    hosts: int
    thresholds: Mapping[str, Threshold]


@dataclass(frozen=True, slots=True)
class LicenceLine:
    """Computers that need a licence of a product, licences held, shortfall."""

    product: str
    computers: int
    licences: int
    shortfall: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The activation plan of one estate by one catalogue."""

    organisation: str
    as_of: str
    version: str
    digest: str
    covering_keys: tuple[str, ...]
    kms_host_keys: tuple[KmsHostKey, ...]
    maks: tuple[Mak, ...]
    computers: tuple[ComputerLine, ...]
    pools: tuple[PoolKey, ...]
    worksheets: Mapping[str, Mapping[str, int]]
    licences: tuple[LicenceLine, ...]
    warnings: tuple[Warning, ...] = field(default=())
