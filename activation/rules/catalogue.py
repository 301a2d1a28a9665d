"""What a catalogue is: product groups, products, keys, host systems and the documents behind them.

Every mapping is keyed by slug. Nothing here reads a file or a database: `activation.catalogue` builds these types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Family = Literal["client", "server", "office"]
KeyType = Literal["kms", "mak"]

DOCUMENTED = "documented"
#: Evidence that a plan may rest on. `unclear` and `by-analogy` never carry a KMS host key's coverage.
COVERING_EVIDENCE = frozenset({DOCUMENTED, "older-document", "derived"})


@dataclass(frozen=True, slots=True)
class Source:
    """A public document. `where` is an address or a repository path, `seen` says how much of it was read."""

    slug: str
    publisher: str
    title: str
    where: str
    date: str
    seen: str


@dataclass(frozen=True, slots=True)
class Group:
    """A product group: what Microsoft issues keys for."""

    slug: str
    name: str
    family: Family
    generation: str
    sources: tuple[str, ...]
    counts_virtual: bool = True  #: virtual computers add to a KMS host's count (disputed: L.C05)
    adba: bool = True  #: can use Active Directory-based activation
    avma: bool = False  #: can be an AVMA guest
    bios_marker: bool = False  #: KMS activation needs a Windows marker in the computer's BIOS
    note: str = ""
    retired: bool = False  #: not offered for new plans, and its products and keys neither


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells an edition in inventories. `names`: aliases, captions, names in directory and uninstall list."""

    names: tuple[str, ...] = ()
    os_version: str = ""  #: the kernel, `6.1`
    builds: tuple[int, ...] = ()
    skus: tuple[int, ...] = ()  #: OperatingSystemSKU
    product_id: str = ""  #: of Office, `ProPlus2021Volume`


@dataclass(frozen=True, slots=True)
class Product:
    """An edition that is licensed or installed. `group` is None when it has no volume activation."""

    slug: str
    name: str
    group: str | None
    family: Family
    gvlk: str | None = None  #: public client setup key
    can_host: bool = True  #: whether a KMS host may run on it (Datacenter: Azure Edition may not)
    retired: bool = False  #: it or its group is; not offered, but an estate that names it is planned
    marks: Marks = Marks()


@dataclass(frozen=True, slots=True)
class Coverage:
    """One group that a key activates, how well that is known, and where it is written."""

    group: str
    evidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HostOption:
    """One system that may (True), may not (False) or may perhaps (None, not established) carry a KMS host key."""

    system: str
    allowed: bool | None
    requires: str | None  #: the update that the host needs first
    and_later: bool  #: newer systems of the same family may carry it too
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A KMS host key or a MAK. `comes_with`: the held groups of which any one makes a KMS host key available.

    `retired`: the key or its group is. A retired KMS host key is available only when the estate's keys name it; a MAK
    stays what its group's computers fall back on.
    """

    slug: str
    type: KeyType
    name: str
    group: str
    activates: tuple[Coverage, ...]
    hosts: tuple[HostOption, ...] = ()
    comes_with: tuple[str, ...] = ()
    note: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class System:
    """A host system. The order of a catalogue's systems is the order of age within a family."""

    slug: str
    name: str
    family: Family


@dataclass(frozen=True, slots=True)
class SupportDate:
    """When support ends for the products named, all dates `YYYY-MM-DD`."""

    product: str
    groups: tuple[str, ...]
    mainstream_end: str | None
    extended_end: str
    esu_end: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A point on which sources disagree. `groups` and `keys`: what the point is about, where a rule asks for it."""

    slug: str
    topic: str
    one_side: str
    other_side: str
    use: str
    sources: tuple[str, ...]
    groups: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A stated rule with its figures (`params`, units in `text`): R-THRESH has client 25, server 5, office 5."""

    slug: str
    text: str
    params: Mapping[str, int]
    sources: tuple[str, ...]


#: The figures that plans are made with, by rule. A catalogue without one of them makes none.
FIGURES: Mapping[str, tuple[str, ...]] = {
    "R-THRESH": ("client", "server", "office"),
    "R-VALID": ("valid_days",),
    "R-HOSTS": ("hosts", "activations_per_host"),
    "R-2HOSTS": ("clients",),
}


@dataclass(frozen=True)
class Catalogue:
    """All that is known, by slug. `systems` keeps its order. `digest`: `sha256:` over the content."""

    version: str
    digest: str
    groups: Mapping[str, Group]
    products: Mapping[str, Product]
    keys: Mapping[str, Key]
    systems: Mapping[str, System]
    support: tuple[SupportDate, ...]
    disputes: Mapping[str, Dispute]
    rules: Mapping[str, Rule]
    sources: Mapping[str, Source] = field(repr=False)

    @cached_property
    def kms_keys(self) -> Mapping[str, Key]:
        """The KMS host keys by slug, in alphabetical order."""
        return {slug: key for slug, key in sorted(self.keys.items()) if key.type == "kms"}

    @cached_property
    def slug_by_name(self) -> Mapping[str, str]:
        """The name of each product -> its slug."""
        return {product.name: slug for slug, product in self.products.items()}

    @cached_property
    def offered_products(self) -> tuple[Product, ...]:
        """What a new plan may name: the products that are not retired, in the order of the catalogue."""
        return tuple(product for product in self.products.values() if not product.retired)

    @cached_property
    def offered_keys(self) -> tuple[Key, ...]:
        """The keys that are not retired, in the order of the catalogue."""
        return tuple(key for key in self.keys.values() if not key.retired)

    @cached_property
    def mak_of(self) -> Mapping[str, str]:
        """Group slug -> the slug of its MAK."""
        return {key.group: key.slug for key in self.keys.values() if key.type == "mak"}

    def figure(self, rule: str, name: str) -> int:
        """One of `FIGURES`, for example `figure("R-THRESH", "client")`. KeyError when there is none."""
        return self.rules[rule].params[name]
