"""A product's page: what activates it, its client setup key, its support, whether it can be a KMS host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from activation.rows import Content
from activation.rules.catalogue import Product
from planner.reference.hosting import Host, host
from planner.reference.index import FAMILY_NAMES, Reference
from planner.reference.parts import (
    Activation,
    Named,
    Point,
    Release,
    group_named,
    kms_keys_of,
    mak_of,
    points,
    product_named,
    releases,
)
from planner.sources import SourceLink, source_links
from planner.support import Support, group_support


@dataclass(frozen=True, slots=True)
class SetupKey:
    """The public client setup key (GVLK). It activates nothing by itself."""

    gvlk: str
    sources: tuple[SourceLink, ...]


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """All that the catalogue says about a product. `identifiers`: (what, values) as inventories report them."""

    product: Named
    family: str
    group: Named | None
    note: str
    support: Support | None
    releases: tuple[Release, ...]
    kms_host_keys: tuple[Activation, ...]
    mak: Activation | None
    active_directory: bool
    avma: bool
    bios_marker: bool
    setup_key: SetupKey | None
    host: Host
    disputes: tuple[Point, ...]
    identifiers: tuple[tuple[str, tuple[str, ...]], ...]


def product_entry(slug: str, reference: Reference, day: str) -> ProductEntry:
    """The entry on a day `YYYY-MM-DD`. KeyError when there is no such product."""
    product, row = reference.catalogue.products[slug], reference.row("product", slug)
    group = reference.catalogue.groups[product.group] if product.group else None
    return ProductEntry(
        product=product_named(product),
        family=FAMILY_NAMES[product.family],
        group=group_named(group) if group else None,
        note=row["note"],
        support=group_support(product.group, reference.catalogue, day),
        releases=releases(product.group, reference, day),
        kms_host_keys=kms_keys_of(product.group, reference),
        mak=mak_of(product.group, reference),
        active_directory=group is not None and group.adba,
        avma=group is not None and group.avma,
        bios_marker=group is not None and group.bios_marker,
        setup_key=_setup_key(product, row, reference),
        host=host(product, reference),
        disputes=points(reference.disputes(groups=frozenset(filter(None, (product.group,)))), reference),
        identifiers=tuple(_identifiers(row)),
    )


def _setup_key(product: Product, row: Content, reference: Reference) -> SetupKey | None:
    if product.gvlk is None:
        return None
    return SetupKey(product.gvlk, source_links([row["gvlk_source"]], reference.catalogue))


_IDENTIFIERS = {
    "aliases": "Other names",
    "captions": "Caption in Windows",
    "ad_operating_system": "Name in Active Directory",
    "os_version": "System version",
    "builds": "Builds",
    "operating_system_sku": "OperatingSystemSKU",
    "product_id": "Office product id",
    "install_technology": "Installed by",
    "uninstall_display_names": "Name in the uninstall list",
}


def _identifiers(row: Content) -> Iterator[tuple[str, tuple[str, ...]]]:
    for field, words in _IDENTIFIERS.items():
        values = row[field] if isinstance(row[field], list) else [row[field]] if row[field] else []
        if values:
            yield words, tuple(dict.fromkeys(str(value).strip() for value in values))
