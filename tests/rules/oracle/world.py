"""An estate/1 document as the judges see it: every computer in a part, every network with its pool."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from activation.rules.catalogue import Catalogue

from .facts import NO_DIRECTORY, VIRTUAL_NOT_COUNTED, facts_of

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Site:
    """A network. `pool` is the name of the network whose KMS hosts it reaches, None without a way to KMS."""

    name: str
    pool: str | None
    proxy: bool
    isolated: bool
    directory: bool
    declared: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A line of computers, all fields filled in, products by slug."""

    network: str
    product: str
    group: str | None
    family: str
    count: int
    virtual: int
    contact: str
    activate: bool
    joined: bool
    avma: int


@dataclass(frozen=True)
class Part:
    """Computers of one kind that pass steps 1 to 3 of section 4. `adba`: step 5 applies unless one is a KMS host."""

    network: str
    pool: str | None
    product: str
    group: str
    family: str
    contact: str
    virtual: bool
    adba: bool
    counted: bool
    count: int


class World:
    """Everything that follows from an estate and a catalogue before any key is chosen."""

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        settings = document.get("settings", {})
        self.document = document
        self.catalogue = catalogue
        self.facts = facts_of(catalogue, settings.get("evidence", "all"))
        self.count_old_virtual: bool = settings.get("count_old_virtual", False)
        self.reserve_percent: int = settings.get("mak_reserve_percent", 0)
        self.sites = {site.name: site for site in _sites(document)}
        self.licences = self._licences()
        self.rows = self._rows()
        held_keys = {row["key"].strip().lower(): row for row in document.get("keys", [])}
        self.remaining = {key: row["remaining"] for key, row in held_keys.items() if "remaining" in row}
        self.hosts_used = {key: row["hosts_used"] for key, row in held_keys.items() if "hosts_used" in row}
        self.held = self._held()
        self.available = tuple(slug for slug, key in self.facts.kms.items() if self._is_available(slug, key.comes_with))
        self.parts = tuple(self._merged_parts())
        self.memory: dict[Any, Any] = {}  # answers to pure questions about this world, to be quick

    def _licences(self) -> dict[str, int] | None:
        if not self.document.get("licences"):
            return None
        total: Counter[str] = Counter()
        for row in self.document["licences"]:
            total[product_slug(self.catalogue, row["product"])] += row["quantity"]
        return dict(total)

    def _rows(self) -> list[Row]:
        only = next(iter(self.sites))
        given = self.document.get("computers")
        if not given:
            held = (self.licences or {}).items()
            return [self._row({"product": slug, "count": quantity}, only) for slug, quantity in held if quantity]
        return [self._row(line, only) for line in given]

    def _row(self, line: Document, only: str) -> Row:
        product = self.catalogue.products[product_slug(self.catalogue, line["product"])]
        return Row(
            network=line.get("network", only).strip(),
            product=product.slug,
            group=product.group,
            family=self.facts.family(product.group) if product.group else product.family,
            count=line["count"],
            virtual=line.get("virtual", 0),
            contact=line.get("contact", "regular"),
            activate=line.get("activate", True),
            joined=line.get("domain_joined", False),
            avma=line.get("avma", 0),
        )

    def _held(self) -> frozenset[str]:
        if self.licences is not None:
            groups = {self.facts.group(product) for product, quantity in self.licences.items() if quantity > 0}
        else:
            groups = {row.group for row in self.rows if row.activate}
        return frozenset(group for group in groups if group)

    def _is_available(self, key: str, comes_with: tuple[str, ...]) -> bool:
        with_these = comes_with or (self.facts.kms[key].group,)
        return key in self.hosts_used or not self.held.isdisjoint(with_these)

    def _merged_parts(self) -> list[Part]:
        total: Counter[tuple[Any, ...]] = Counter()
        for row in self.rows:
            if row.activate and row.group:
                physical = (row.network, row.product, row.contact, False, row.joined)
                total[physical] += row.count - row.virtual
                total[(*physical[:3], True, row.joined)] += row.virtual - row.avma
        merged: Counter[Part] = Counter()
        for kind, count in total.items():
            merged[self._part(*kind)] += count
        return [Part(**{**vars(part), "count": count}) for part, count in merged.items() if count]

    def _part(self, network: str, product: str, contact: str, virtual: bool, joined: bool) -> Part:
        group = self.facts.group(product)
        assert group is not None
        uncounted = virtual and group in VIRTUAL_NOT_COUNTED and not self.count_old_virtual
        return Part(
            network=network,
            pool=self.sites[network].pool,
            product=product,
            group=group,
            family=self.facts.family(group),
            contact=contact,
            virtual=virtual,
            adba=self.may_use_directory(network, group, contact, joined) and bool(self.keys_for(group)),
            counted=contact == "regular" and not uncounted,
            count=0,
        )

    def may_use_directory(self, network: str, group: str, contact: str, joined: bool) -> bool:
        """Step 5 without its last condition, that an available key covers the group."""
        return self.sites[network].directory and joined and contact != "none" and group not in NO_DIRECTORY

    def keys_for(self, group: str) -> list[str]:
        """The available KMS host keys that cover the group, by slug."""
        return [key for key in self.available if group in self.facts.covers[key]]

    @cached_property
    def pools(self) -> list[str]:
        return sorted(name for name, site in self.sites.items() if site.pool == name)

    @cached_property
    def by_pool(self) -> dict[tuple[str, str], list[Part]]:
        """(pool, group) -> the parts that a KMS host key may be assigned to there."""
        found: dict[tuple[str, str], list[Part]] = defaultdict(list)
        for part in self.parts:
            if part.pool and part.contact != "none" and not part.adba:
                found[part.pool, part.group].append(part)
        return dict(found)

    @cached_property
    def in_directory(self) -> list[Part]:
        return [part for part in self.parts if part.adba]

    @cached_property
    def reachable(self) -> set[str]:
        """Groups with computers that could be on KMS or AD-based activation by their network and contact."""
        return {
            row.group
            for row in self.rows
            if row.group and row.activate and row.count > row.avma and row.contact != "none" and self._reaches(row)
        }

    def _reaches(self, row: Row) -> bool:
        assert row.group is not None
        in_pool = self.sites[row.network].pool is not None
        return in_pool or self.may_use_directory(row.network, row.group, row.contact, row.joined)


def _sites(document: Document) -> list[Site]:
    given = document.get("networks") or [{"name": "Main"}]
    routes = {row["name"].strip(): row for row in given}
    return [
        Site(
            name=name,
            pool=_pool(name, routes),
            proxy=row.get("microsoft", "direct") == "proxy",
            isolated=row.get("isolated", False),
            directory=row.get("active_directory", False),
            declared=tuple(system.strip().lower() for system in row.get("kms_host_systems", [])),
        )
        for name, row in routes.items()
    ]


def _pool(name: str, routes: Mapping[str, Document]) -> str | None:
    while routes[name].get("kms_via") is not None:
        name = routes[name]["kms_via"].strip()
    return name if routes[name].get("kms", True) else None


def product_slug(catalogue: Catalogue, text: str) -> str:
    """A product named by slug or by name, as interchange allows it (only what the judges' estates use)."""
    wanted = " ".join(text.lower().split())
    if wanted in catalogue.products:
        return wanted
    plain = _plain(text)
    return next(slug for slug, product in catalogue.products.items() if _plain(product.name) == plain)


def _plain(name: str) -> str:
    words = re.sub(r"®|™|\(r\)|\(tm\)", " ", name.lower()).split()
    return " ".join(words[1:] if words[:1] == ["microsoft"] else words)
