"""What several pages of the reference have in common. The names of the fields are those of the JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from activation.rules.catalogue import (
    COVERING_EVIDENCE,
    DOCUMENTED,
    Coverage,
    Dispute,
    Group,
    Key,
    Product,
    SupportDate,
)
from planner.matrix import MARKS
from planner.reference.index import Reference
from planner.sources import SourceLink, source_links
from planner.support import Support, support_of
from planner.wording import EVIDENCE


@dataclass(frozen=True, slots=True)
class Named:
    """A product, group or key with the address of its page."""

    slug: str
    name: str
    address: str
    retired: bool


@dataclass(frozen=True, slots=True)
class Activation:
    """One key and one group. `covers`: whether a plan may rest on it; `words` say how well it is known."""

    key: Named
    group: Named
    evidence: str
    words: str
    covers: bool
    sources: tuple[SourceLink, ...]

    @property
    def state(self) -> str:
        """What it is marked as."""
        if not self.covers:
            return "disputed"
        return "chosen" if self.evidence == DOCUMENTED else "covered"

    @property
    def mark(self) -> str:
        """What stands beside its words."""
        return MARKS[self.state]


@dataclass(frozen=True, slots=True)
class Point:
    """A disputed point. Without sides, the topic holds both. `use`: how plans handle it."""

    slug: str
    topic: str
    one_side: str
    other_side: str
    use: str
    groups: tuple[Named, ...]
    keys: tuple[Named, ...]
    sources: tuple[SourceLink, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Release:
    """The support of one release, dates `YYYY-MM-DD` or ""."""

    product: str
    mainstream_end: str
    support: Support
    sources: tuple[SourceLink, ...]


def product_named(product: Product) -> Named:
    """A product with its address."""
    return Named(product.slug, product.name, reverse("reference-product", args=[product.slug]), product.retired)


def group_named(group: Group) -> Named:
    """A product group with its address, by its whole name."""
    return Named(group.slug, group.name, reverse("reference-group", args=[group.slug]), group.retired)


def key_named(key: Key) -> Named:
    """A key with its address."""
    return Named(key.slug, key.name, reverse("reference-key", args=[key.slug]), key.retired)


def activation(key: Key, coverage: Coverage, reference: Reference) -> Activation:
    """What a key does for one group, with its evidence."""
    return Activation(
        key=key_named(key),
        group=group_named(reference.catalogue.groups[coverage.group]),
        evidence=coverage.evidence,
        words=EVIDENCE[coverage.evidence],
        covers=key.type == "mak" or coverage.evidence in COVERING_EVIDENCE,
        sources=source_links(coverage.sources, reference.catalogue),
    )


def point(dispute: Dispute, reference: Reference) -> Point:
    """A disputed point with what it is about."""
    catalogue = reference.catalogue
    return Point(
        slug=dispute.slug,
        topic=dispute.topic,
        one_side=dispute.one_side,
        other_side=dispute.other_side,
        use=dispute.use,
        groups=tuple(group_named(catalogue.groups[slug]) for slug in dispute.groups),
        keys=tuple(key_named(catalogue.keys[slug]) for slug in dispute.keys),
        sources=source_links(dispute.sources, catalogue),
        address=f"{reverse('reference-disputes')}#{dispute.slug}",
    )


def points(disputes: Iterable[Dispute], reference: Reference) -> tuple[Point, ...]:
    """Several disputed points."""
    return tuple(point(dispute, reference) for dispute in disputes)


def releases(group: str | None, reference: Reference, day: str) -> tuple[Release, ...]:
    """The rows on the support of a group, the first to end first."""
    rows = sorted((row for row in reference.catalogue.support if group in row.groups), key=lambda row: row.extended_end)
    return tuple(_release(row, reference, day) for row in rows)


def _release(row: SupportDate, reference: Reference, day: str) -> Release:
    sources = source_links(row.sources, reference.catalogue)
    return Release(row.product, row.mainstream_end or "", support_of(row, day), sources)


def mak_of(group: str | None, reference: Reference) -> Activation | None:
    """The MAK of a group."""
    slug = reference.catalogue.mak_of.get(group or "")
    if slug is None:
        return None
    key = reference.catalogue.keys[slug]
    return next((activation(key, row, reference) for row in key.activates if row.group == group), None)


def kms_keys_of(group: str | None, reference: Reference) -> tuple[Activation, ...]:
    """The KMS host keys that have a row for a group: first those that a plan may rest on, the newest first."""
    rows = [activation(key, row, reference) for key, row in reversed(reference.coverage_of.get(group or "", ()))]
    return tuple(sorted(rows, key=lambda row: not row.covers))
