"""What goes in: an organisation's networks, computers, licences and keys held. `interchange` reads estate/1 into these.

Everything is checked before it gets here: products, keys, networks and systems are slugs and names that exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Contact = Literal["regular", "rare", "none"]
Way = Literal["direct", "proxy"]
Agreement = Literal["enterprise", "select", "open", "open-value", "campus", "spla"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Switches of the plan. `mak_reserve_percent`: 0 to 1000."""

    evidence: Literal["all", "documented"] = "all"
    count_old_virtual: bool = False
    mak_reserve_percent: int = 0


@dataclass(frozen=True, slots=True)
class Network:
    """Computers that reach each other. `kms_via` names the network whose KMS hosts these computers reach."""

    name: str
    kms: bool = True
    kms_via: str | None = None
    microsoft: Way = "direct"
    isolated: bool = False
    kms_host_systems: tuple[str, ...] = ()  #: one entry a machine, outside the listed computers
    active_directory: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Computers of one kind: `count` of them, `virtual` of these virtual, `avma` of these AVMA guests."""

    network: str
    product: str
    count: int
    virtual: int = 0
    contact: Contact = "regular"
    activate: bool = True
    domain_joined: bool = False
    avma: int = 0


@dataclass(frozen=True, slots=True)
class Licence:
    """Volume licences of one product."""

    product: str
    quantity: int


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key that the organisation has, never the key itself. `used`: a MAK's `remaining`, a host key's `hosts_used`."""

    key: str
    used: int


@dataclass(frozen=True, slots=True)
class Estate:
    """One organisation. `as_of` is a day, `YYYY-MM-DD`. Without licences, `licences` is empty."""

    as_of: str
    networks: tuple[Network, ...]
    lines: tuple[Line, ...]
    licences: tuple[Licence, ...] = ()
    keys: tuple[HeldKey, ...] = ()
    organisation: str = ""
    agreement: Agreement | None = None
    settings: Settings = Settings()
