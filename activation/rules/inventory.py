"""The estate seen through the catalogue: lots of alike computers, pools, and the keys that are available.

Steps 1, 2, 3 and 5 of a computer's method are decided here, for they need no choice of keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from activation.rules.catalogue import COVERING_EVIDENCE, DOCUMENTED, Catalogue, Group, Key, Product
from activation.rules.estate import Contact, Estate, Line, Network

WINDOWS = "windows"

Standing = Literal["none", "unsupported", "adba", "pool", "apart"]


@dataclass(frozen=True, slots=True)
class Lot:
    """Computers of one network that no rule tells apart. `avma` guests are beside `physical` and `virtual`.

    `standing`: `none` and `unsupported` are methods; `adba` can use Active Directory-based activation;
    `pool` can reach KMS hosts; `apart` can do neither, by contact or network.
    """

    network: str
    product: Product
    group: Group | None
    contact: Contact
    standing: Standing
    pool: str | None
    application: str  #: `windows`, or the slug of the Office version's group
    physical: int
    virtual: int
    avma: int
    count: int  #: the computers that are not AVMA guests


class Inventory:
    """What the rules look at. Everything is derived from `estate` and `catalogue`; nothing changes them."""

    def __init__(self, estate: Estate, catalogue: Catalogue) -> None:
        self.estate = estate
        self.catalogue = catalogue
        self.networks: Mapping[str, Network] = {n.name: n for n in estate.networks}

    @cached_property
    def pool_of(self) -> Mapping[str, str | None]:
        """Network -> the network on whose KMS hosts it can be, None where it reaches none."""
        found: dict[str, str | None] = {}
        for network in self.networks.values():
            way = [network]
            while way[-1].kms_via is not None and way[-1].name not in found:
                way.append(self.networks[way[-1].kms_via])
            end = found.get(way[-1].name, way[-1].name if way[-1].kms else None)
            found |= dict.fromkeys((each.name for each in way), end)
        return found

    @cached_property
    def pools(self) -> Mapping[str, tuple[str, ...]]:
        """Pool -> the names of its networks, both in alphabetical order."""
        members: defaultdict[str, list[str]] = defaultdict(list)
        for network in sorted(self.networks):
            pool = self.pool_of[network]
            if pool is not None:
                members[pool].append(network)
        return {pool: tuple(members[pool]) for pool in sorted(members)}

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The computers, or one physical computer for each licence on the one network when only licences are given."""
        if self.estate.lines:
            return self.estate.lines
        network = self.estate.networks[0].name
        return tuple(Line(network, held.product, held.quantity) for held in self.estate.licences if held.quantity)

    @cached_property
    def held_groups(self) -> frozenset[str]:
        """The groups of licences above 0; without licences, those of the computers to be activated."""
        if self.estate.licences:
            slugs: Iterable[str] = (held.product for held in self.estate.licences if held.quantity)
        else:
            slugs = (line.product for line in self.lines if line.activate)
        groups = (self.catalogue.products[slug].group for slug in set(slugs))
        return frozenset(group for group in groups if group is not None)

    @cached_property
    def keys_in_hand(self) -> Mapping[str, int]:
        """Key -> a MAK's remaining activations or the hosts that a KMS host key is used on."""
        return {held.key: held.used for held in self.estate.keys}

    def comes_with(self, key: Key) -> frozenset[str]:
        """The held groups that make a KMS host key available."""
        return self.held_groups.intersection(key.comes_with or (key.group,))

    @cached_property
    def available(self) -> Mapping[str, Key]:
        """The available KMS host keys by slug, in alphabetical order, Office included."""
        return {
            slug: key
            for slug, key in self.catalogue.kms_keys.items()
            if slug in self.keys_in_hand or (not key.retired and self.comes_with(key))
        }

    @cached_property
    def covers(self) -> Mapping[str, Mapping[str, str]]:
        """KMS host key -> group -> evidence, for every key of the catalogue, by the estate's evidence setting."""
        accepted = COVERING_EVIDENCE if self.estate.settings.evidence == "all" else {DOCUMENTED}
        return {
            slug: {c.group: c.evidence for c in key.activates if c.evidence in accepted}
            for slug, key in self.catalogue.kms_keys.items()
        }

    @cached_property
    def keys_covering(self) -> Mapping[str, tuple[str, ...]]:
        """Group -> the available KMS host keys that cover it, in alphabetical order."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for slug in self.available:
            for group in self.covers[slug]:
                found[group].append(slug)
        return {group: tuple(slugs) for group, slugs in found.items()}

    @cached_property
    def lots(self) -> tuple[Lot, ...]:
        """All computers, alike lines added up, in the order of network and product."""
        sums: defaultdict[tuple[str, str, Contact, bool, bool], list[int]] = defaultdict(lambda: [0, 0, 0])
        for line in self.lines:
            total = sums[line.network, line.product, line.contact, line.activate, line.domain_joined]
            total[0] += line.count - line.virtual
            total[1] += line.virtual - line.avma
            total[2] += line.avma
        return tuple(
            self._lot(network, product, contact, activate, joined, total)
            for (network, product, contact, activate, joined), total in sorted(sums.items())
        )

    @cached_property
    def lots_of(self) -> Mapping[str, list[Lot]]:
        """Network -> its lots."""
        found: defaultdict[str, list[Lot]] = defaultdict(list)
        for lot in self.lots:
            found[lot.network].append(lot)
        return found

    def _lot(self, network: str, slug: str, contact: Contact, activate: bool, joined: bool, total: list[int]) -> Lot:
        product = self.catalogue.products[slug]
        group = self.catalogue.groups[product.group] if product.group else None
        standing = self._standing(network, group, contact, activate, joined)
        application = group.slug if group is not None and group.family == "office" else WINDOWS
        physical, virtual, avma = total
        pool, count = self.pool_of[network], physical + virtual
        return Lot(network, product, group, contact, standing, pool, application, physical, virtual, avma, count)

    def _standing(self, network: str, group: Group | None, contact: Contact, activate: bool, joined: bool) -> Standing:
        if not activate:
            return "none"
        if group is None:
            return "unsupported"
        if self.can_use_directory(network, group, contact, joined) and group.slug in self.keys_covering:
            return "adba"
        return "pool" if contact != "none" and self.pool_of[network] is not None else "apart"

    def can_use_directory(self, network: str, group: Group, contact: Contact, joined: bool) -> bool:
        """Whether Active Directory-based activation is open to such computers, keys aside."""
        return self.networks[network].active_directory and joined and contact != "none" and group.adba

    @cached_property
    def wanting(self) -> frozenset[str]:
        """The groups with computers that could be on KMS or AD-based activation by their network and contact."""
        found: set[str] = set()
        for line in self.lines:
            group = self.catalogue.products[line.product].group
            if group is None or group in found or not line.activate or line.count == line.avma:
                continue
            if line.contact != "none" and (
                self.pool_of[line.network] is not None
                or self.can_use_directory(line.network, self.catalogue.groups[group], line.contact, line.domain_joined)
            ):
                found.add(group)
        return frozenset(found)

    def family(self, group: str) -> str:
        """`client`, `server` or `office`."""
        return self.catalogue.groups[group].family

    def counts_virtual(self, group: Group) -> bool:
        """Whether virtual computers of the group add to a host's count (L.C05)."""
        return group.counts_virtual or self.estate.settings.count_old_virtual

    def counted(self, lot: Lot) -> int:
        """How many of the lot's computers a KMS host counts: those in regular contact."""
        if lot.contact != "regular" or lot.group is None:
            return 0
        return lot.physical + (lot.virtual if self.counts_virtual(lot.group) else 0)

    def needed(self, family: str) -> int:
        """The activation threshold of a family, in counted computers."""
        return self.catalogue.figure("R-THRESH", family)


def with_margin(needed: int) -> int:
    """The count that leaves a tenth in reserve."""
    return needed + -(-needed // 10)
