"""Rows -> the catalogue that the rules plan with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from activation.rows import Content, Rows, catalogue_digest
from activation.rules.catalogue import (
    Catalogue,
    Coverage,
    Dispute,
    Group,
    HostOption,
    Key,
    Marks,
    Product,
    Rule,
    Source,
    SupportDate,
    System,
)

Row = TypeVar("Row", Group, Source, System, SupportDate, Dispute, Rule)
#: Fields that a row has and the rules do not use.
LEFT_OUT = {"microsoft_name", "position", "severity", "status", "dispute"}


def build(version: str, rows: Rows) -> Catalogue:
    """The catalogue of these rows, which are complete and consistent. Systems keep their position."""
    systems = sorted(rows["system"].values(), key=lambda row: (row["position"], row["slug"]))
    age = {row["slug"]: place for place, row in enumerate(systems)}
    return Catalogue(
        version=version,
        digest=catalogue_digest(version, rows),
        groups=_by_slug(Group, rows["group"].values()),
        products={slug: _product(row, rows["group"]) for slug, row in sorted(rows["product"].items())},
        keys=_keys(rows, age),
        systems=_by_slug(System, systems),
        support=tuple(_plain(SupportDate, row, {"slug", "note"}) for _, row in sorted(rows["support"].items())),
        disputes=_by_slug(Dispute, _in_order(rows["dispute"])),
        rules=_by_slug(Rule, _in_order(rows["rule"])),
        sources=_by_slug(Source, _in_order(rows["source"])),
    )


def _in_order(rows: dict[str, Content]) -> list[Content]:
    return [row for _, row in sorted(rows.items())]


def _by_slug(make: type[Row], rows: Iterable[Content]) -> dict[str, Row]:
    return {row["slug"]: _plain(make, row) for row in rows}


def _plain(make: type[Row], row: Content, without: set[str] = LEFT_OUT) -> Row:
    """A row whose fields have the names that the rules give them."""
    return make(**{name: _frozen(value) for name, value in row.items() if name not in without})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _product(row: Content, groups: dict[str, Content]) -> Product:
    return Product(
        slug=row["slug"],
        name=row["name"],
        group=row["group"],
        family=row["family"],
        gvlk=row["gvlk"] or None,
        can_host=row["can_host"],
        retired=_retired(row, groups),
        marks=_marks(row),
    )


def _marks(row: Content) -> Marks:
    lists = ("aliases", "captions", "ad_operating_system", "uninstall_display_names")
    return Marks(
        names=tuple(dict.fromkeys(name for field in lists for name in row[field])),
        os_version=row["os_version"],
        builds=tuple(row["builds"]),
        skus=tuple(row["operating_system_sku"]),
        product_id=row["product_id"],
    )


def _retired(row: Content, groups: dict[str, Content]) -> bool:
    """A group takes its products and keys with it."""
    return row["retired"] or (row["group"] is not None and groups[row["group"]]["retired"])


def _keys(rows: Rows, age: dict[str, int]) -> dict[str, Key]:
    coverages: dict[str, list[Coverage]] = defaultdict(list)
    for _, row in sorted(rows["coverage"].items()):
        coverages[row["key"]].append(Coverage(row["group"], row["evidence"], tuple(row["sources"])))
    hosts: dict[str, list[HostOption]] = defaultdict(list)
    for row in sorted(rows["host"].values(), key=lambda row: age[row["system"]]):
        hosts[row["key"]].append(_host(row))
    return {
        slug: _key(row, coverages[slug], hosts[slug], _retired(row, rows["group"]))
        for slug, row in sorted(rows["key"].items())
    }


def _host(row: Content) -> HostOption:
    sources = tuple(row["sources"])
    return HostOption(row["system"], row["allowed"], row["requires"] or None, row["and_later"], sources)


def _key(row: Content, coverages: list[Coverage], hosts: list[HostOption], retired: bool) -> Key:
    comes_with = tuple(row["comes_with"]) or ((row["group"],) if row["type"] == "kms" else ())
    return Key(
        slug=row["slug"],
        type=row["type"],
        name=row["name"],
        group=row["group"],
        activates=tuple(coverages),
        hosts=tuple(hosts),
        comes_with=comes_with,
        note=row["note"],
        retired=retired,
    )
