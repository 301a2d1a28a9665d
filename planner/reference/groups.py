"""A product group's page: its products, what activates it, how it may be activated, its support."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from activation.rules.catalogue import Group
from planner.reference.index import FAMILY_NAMES, Reference
from planner.reference.parts import (
    Activation,
    Named,
    Point,
    Release,
    group_named,
    key_named,
    kms_keys_of,
    mak_of,
    points,
    product_named,
    releases,
)
from planner.sources import SourceLink, source_links
from planner.support import Support, group_support


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """All that the catalogue says about a product group. `brings`: KMS host keys that its volume licences come with."""

    group: Named
    family: str
    generation: str
    microsoft_name: str
    note: str
    support: Support | None
    releases: tuple[Release, ...]
    facts: tuple[str, ...]
    products: tuple[Named, ...]
    kms_host_keys: tuple[Activation, ...]
    mak: Activation | None
    brings: tuple[Named, ...]
    disputes: tuple[Point, ...]
    sources: tuple[SourceLink, ...]


def group_entry(slug: str, reference: Reference, day: str) -> GroupEntry:
    """The entry on a day `YYYY-MM-DD`. KeyError when there is no such group."""
    group, row = reference.catalogue.groups[slug], reference.row("group", slug)
    return GroupEntry(
        group=group_named(group),
        family=FAMILY_NAMES[group.family],
        generation=group.generation,
        microsoft_name=row["microsoft_name"],
        note=group.note,
        support=group_support(slug, reference.catalogue, day),
        releases=releases(slug, reference, day),
        facts=tuple(_facts(group, reference)),
        products=tuple(product_named(product) for product in reference.products_of.get(slug, ())),
        kms_host_keys=kms_keys_of(slug, reference),
        mak=mak_of(slug, reference),
        brings=tuple(key_named(key) for key in reference.kms_keys if slug in key.comes_with),
        disputes=points(reference.disputes(groups=frozenset([slug])), reference),
        sources=source_links(group.sources, reference.catalogue),
    )


def _facts(group: Group, reference: Reference) -> Iterator[str]:
    """How the group is activated, in sentences."""
    needed = reference.catalogue.figure("R-THRESH", group.family)
    yield f"KMS activates it once the host counts {needed}."
    if not group.counts_virtual:
        yield "Virtual computers with it do not add to that count."
    if group.bios_marker:
        yield "KMS activates physical computers only if their BIOS has a Windows marker."
    yield f"Active Directory-based activation: {'yes' if group.adba else 'no'}."
    if group.avma:
        yield "A guest can be activated by its Hyper-V host (AVMA)."
