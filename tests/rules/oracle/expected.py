"""The plan/1 document that the rules give for a choice of keys, but for its reasons and warnings (interchange)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from .brute import Choice
from .covering import covering_keys
from .facts import FAMILY_NEEDS, HOST_LIMIT
from .hosts import Machine
from .office import office_installations
from .outcome import Installation
from .world import Part, World

ROWS = (
    "total", "kms", "kms_isolated", "mak_disconnected", "mak_isolated", "mak_no_kms", "mak_below_threshold",
    "adba", "avma", "none", "unsupported", "remaining",
)  # fmt: skip
#: (network, product, method, key or "")
Kind = tuple[str, str, str, str]


class Expected:
    """All parts of the document, each worked out from the world and the choice."""

    def __init__(self, world: World, choice: Choice) -> None:
        self.world = world
        self.windows = choice.installations
        self.installations = (*choice.installations, *office_installations(world))
        self.directory_key = dict(choice.directory)
        self.on_kms = {(one.pool, group): one.key for one in self.installations for group in one.groups}

    def document(self) -> dict[str, Any]:
        given = self.world.document
        catalogue = self.world.catalogue
        return {
            "format": "plan/1",
            "organisation": given.get("organisation", ""),
            "as_of": given["as_of"],
            "catalogue": {"version": catalogue.version, "digest": catalogue.digest},
            "covering_keys": covering_keys(self.world, self.key_slugs),
            "kms_host_keys": [self._key(slug) for slug in self.key_slugs],
            "maks": list(self._maks()),
            "computers": list(self._lines()),
            "pools": sorted(map(self._pool_row, self.installations), key=_pool_order),
            "worksheets": self._worksheets(),
            "licences": self._licences(),
        }

    @cached_property
    def computers(self) -> Counter[Kind]:
        """Every computer with its method and key; section 4 in its order."""
        total: Counter[Kind] = Counter()
        for row in self.world.rows:
            if not row.activate:
                total[row.network, row.product, "none", ""] += row.count
            elif row.group is None:
                total[row.network, row.product, "unsupported", ""] += row.count
            else:
                total[row.network, row.product, "avma", ""] += row.avma
        for part in self.world.parts:
            total[part.network, part.product, *self.method(part)] += part.count
        for one in self.windows:
            for host in one.hosts:
                self._becomes_host(total, one, host)
        return +total

    def method(self, part: Part) -> tuple[str, str]:
        """Method and key of a part, its KMS hosts aside."""
        if part.adba and part.family == "office":
            return "adba", self.world.facts.own_key[part.group]
        if part.adba:
            return "adba", self.directory_key.get(part.group, "")
        key = self.on_kms.get((part.pool or "", part.group)) if part.contact != "none" else None
        return ("kms", key) if key else ("mak", self.world.facts.mak_of[part.group])

    def _becomes_host(self, total: Counter[Kind], one: Installation, host: Machine) -> None:
        if host.on != "listed" or host.product is None:
            return
        total[one.pool, host.product, *self.method(self._part_of(one, host))] -= 1
        total[one.pool, host.product, "kms-host", one.key] += 1

    def _part_of(self, one: Installation, host: Machine) -> Part:
        """The computers among which the listed host is one."""
        kind = (one.pool, host.product, "regular", host.adba)
        return next(part for part in self.world.parts if (part.network, part.product, part.contact, part.adba) == kind)

    def _lines(self) -> Iterator[dict[str, Any]]:
        for (network, product, method, key), count in sorted(self.computers.items()):
            group = self.world.facts.group(product)
            yield {
                "network": network, "product": product, "group": group, "count": count, "method": method,
                "key": key or None,
            }  # fmt: skip

    @cached_property
    def key_slugs(self) -> list[str]:
        in_directory = {key for (_, _, method, key) in self.computers if method == "adba"}
        return sorted({one.key for one in self.installations} | in_directory)

    def _key(self, slug: str) -> dict[str, Any]:
        world = self.world
        group = world.facts.kms[slug].group
        is_office = world.facts.family(group) == "office"
        hosts = [host for one in sorted(self.installations, key=_pool) if one.key == slug for host in self._hosts(one)]
        adba = any(kind[2:] == ("adba", slug) for kind in self.computers)
        planned = len(hosts) + adba
        return {
            "key": slug,
            "application": group if is_office else "windows",
            "use": ["adba"] * adba + ["kms"] * bool(hosts),
            "activates": sorted(world.facts.covers[slug]),
            "hosts": hosts,
            "activations": {"planned": planned, "used": world.hosts_used.get(slug, 0), "limit": HOST_LIMIT},
        }

    def _hosts(self, one: Installation) -> Iterator[dict[str, Any]]:
        for host in one.hosts:
            update = self.world.facts.update(one.key, host.system)
            yield {
                "pool": one.pool, "on": host.on, "product": host.product, "system": host.system, "update": update,
            }  # fmt: skip

    def _maks(self) -> Iterator[dict[str, Any]]:
        facts = self.world.facts
        groups = {facts.group(product) or "" for (_, product, method, _) in self.computers if method == "mak"}
        for group in sorted(groups):
            by_network: Counter[str] = Counter()
            for (network, product, method, _), count in self.computers.items():
                if method == "mak" and facts.group(product) == group:
                    by_network[network] += count
            yield self._mak(group, by_network)

    def _mak(self, group: str, by_network: Counter[str]) -> dict[str, Any]:
        computers = by_network.total()
        reserve = -(-computers * self.world.reserve_percent // 100)
        key = self.world.facts.mak_of[group]
        remaining = self.world.remaining.get(key, 0)
        networks = [
            {"network": name, "computers": count, "via": "proxy" if self.world.sites[name].proxy else "independent"}
            for name, count in sorted(by_network.items())
        ]
        return {
            "group": group, "key": key, "computers": computers, "reserve": reserve,
            "activations": computers + reserve, "remaining": remaining,
            "to_request": max(0, computers + reserve - remaining), "networks": networks,
        }  # fmt: skip

    def _pool_row(self, one: Installation) -> dict[str, Any]:
        world = self.world
        own = world.facts.kms[one.key].group
        return {
            "pool": one.pool,
            "networks": sorted(name for name, site in world.sites.items() if site.pool == one.pool),
            "application": own if world.facts.family(own) == "office" else "windows",
            "key": one.key,
            "on_kms": one.on_kms,
            "counted": one.counted,
            "hosts": len(one.hosts),
            "thresholds": {
                family: {"needed": FAMILY_NEEDS[family], "met": one.counted >= FAMILY_NEEDS[family]}
                for family in sorted(one.families)
            },
        }

    def _worksheets(self) -> dict[str, dict[str, int]]:
        facts = self.world.facts
        versions = {row.group for row in self.world.rows if row.group and facts.family(row.group) == "office"}
        sheets = {name: dict.fromkeys(ROWS, 0) for name in ("windows", *sorted(versions))}
        for row in self.world.rows:
            sheets[self._sheet(row.product)]["total"] += row.count
        for part in self.world.parts:
            sheets[self._sheet(part.product)][self._worksheet_row(part)] += part.count
        for (_network, product, method, _key), count in self.computers.items():
            if method in ("none", "unsupported", "avma"):
                sheets[self._sheet(product)][method] += count
        for one in self.windows:
            for host in one.hosts:
                if host.on == "listed":
                    sheets["windows"][self._worksheet_row(self._part_of(one, host))] -= 1
                    sheets["windows"]["kms_isolated" if self.world.sites[one.pool].isolated else "kms"] += 1
        return sheets

    def _sheet(self, product: str) -> str:
        group = self.world.facts.group(product)
        return group if group and self.world.facts.family(group) == "office" else "windows"

    def _worksheet_row(self, part: Part) -> str:
        method, _ = self.method(part)
        site = self.world.sites[part.network]
        if method == "adba":
            return "adba"
        if method == "kms":
            return "kms_isolated" if site.isolated else "kms"
        if part.contact == "none":
            return "mak_disconnected"
        if site.isolated:
            return "mak_isolated"
        if site.pool is None or not self.world.keys_for(part.group):
            return "mak_no_kms"
        return "mak_below_threshold"

    def _licences(self) -> list[dict[str, Any]]:
        held = self.world.licences
        if held is None:
            return []
        needing: Counter[str] = Counter(dict.fromkeys(held, 0))
        for (_, product, method, _), count in self.computers.items():
            if method in ("kms", "kms-host", "mak", "adba"):
                needing[product] += count
        return [_licence(slug, count, held.get(slug, 0)) for slug, count in sorted(needing.items())]


def _licence(product: str, computers: int, licences: int) -> dict[str, Any]:
    shortfall = max(0, computers - licences)
    return {"product": product, "computers": computers, "licences": licences, "shortfall": shortfall}


def _pool(one: Installation) -> str:
    return one.pool


def _pool_order(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["pool"], row["application"], row["key"]
