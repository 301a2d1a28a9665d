"""A catalogue seen from every side: which keys activate a group, which products it has, what is disputed about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from activation.catalogue import current
from activation.details import rows_of
from activation.rows import Content, Rows
from activation.rules.catalogue import Catalogue, Coverage, Dispute, Group, Key, Product
from activation.rules.hosts import HostSystems

FAMILY_ORDER = ("client", "server", "office")
FAMILY_NAMES = {"client": "Windows clients", "server": "Windows Server", "office": "Office"}


@dataclass(frozen=True, eq=False)
class Reference:
    """One catalogue with its rows, and what can be asked of it. There is one for each digest."""

    catalogue: Catalogue
    rows: Rows

    def row(self, kind: str, identity: str) -> Content:
        """All that the catalogue holds of one row."""
        return self.rows[kind][identity]

    @cached_property
    def systems(self) -> HostSystems:
        """Which systems may carry which key, as plans see it."""
        return HostSystems(self.catalogue)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The product groups by family and age, the oldest first."""
        return tuple(sorted(self.catalogue.groups.values(), key=self._age))

    @cached_property
    def newest_first(self) -> tuple[Group, ...]:
        """The product groups by family, the newest first."""
        place = {group.slug: number for number, group in enumerate(self.groups)}
        return tuple(sorted(self.groups, key=lambda group: (*self._standing(group), -place[group.slug])))

    def _age(self, group: Group) -> tuple[int, bool, int, list[str]]:
        return *self._standing(group), self.systems.age.get(self._system(group), 0), _natural(group.slug)

    def _standing(self, group: Group) -> tuple[int, bool]:
        """By family; groups that no host system stands for, whose age is not known, come last."""
        return FAMILY_ORDER.index(group.family), not self._system(group)

    def _system(self, group: Group) -> str:
        """The system that a group runs on, by their slugs, or ""."""
        fitting = (slug for slug in self.systems.age if group.slug == slug or group.slug.startswith(slug + "-"))
        return max(fitting, key=len, default="")

    @cached_property
    def kms_keys(self) -> tuple[Key, ...]:
        """The KMS host keys in the order of their groups."""
        place = {group.slug: number for number, group in enumerate(self.groups)}
        return tuple(sorted(self.catalogue.kms_keys.values(), key=lambda key: (place[key.group], key.slug)))

    @cached_property
    def products_of(self) -> Mapping[str | None, tuple[Product, ...]]:
        """Group slug -> its products by name; None -> those without volume activation."""
        found: dict[str | None, list[Product]] = {}
        for product in sorted(self.catalogue.products.values(), key=lambda product: _natural(product.name)):
            found.setdefault(product.group, []).append(product)
        return {group: tuple(products) for group, products in found.items()}

    @cached_property
    def coverage_of(self) -> Mapping[str, tuple[tuple[Key, Coverage], ...]]:
        """Group slug -> the KMS host keys that have a row for it, in the order of the keys."""
        found: dict[str, list[tuple[Key, Coverage]]] = {}
        for key in self.kms_keys:
            for coverage in key.activates:
                found.setdefault(coverage.group, []).append((key, coverage))
        return {group: tuple(rows) for group, rows in found.items()}

    def disputes(self, groups: frozenset[str] = frozenset(), keys: frozenset[str] = frozenset()) -> tuple[Dispute, ...]:
        """The disputed points about any of these groups and keys, or named where the keys' hosts are stated."""
        named = {slug for key in keys for slug in self._named_by_hosts.get(key, ())}
        return tuple(
            dispute
            for dispute in self.catalogue.disputes.values()
            if dispute.slug in named or groups.intersection(dispute.groups) or keys.intersection(dispute.keys)
        )

    @cached_property
    def _named_by_hosts(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in self.rows["host"].values():
            words = set(re.findall(r"[A-Za-z0-9.]+\b", row["evidence"]))
            found.setdefault(row["key"], set()).update(words.intersection(self.catalogue.disputes))
        return found


def _natural(text: str) -> list[str]:
    """Numbers in a text in the order of their values: Windows 8 before Windows 10."""
    return [part.zfill(8) if part.isdigit() else part for part in re.split(r"(\d+)", text.casefold())]


_kept: Reference | None = None  #: of this process, good as long as the catalogue in use has its digest


def reference() -> Reference:
    """The reference of the catalogue in use. One query unless it has changed."""
    global _kept
    catalogue, kept = current(), _kept
    if kept is None or kept.catalogue.digest != catalogue.digest:
        kept = _kept = Reference(catalogue, rows_of(catalogue))
    return kept
