"""A key's page: what it activates, where it can be installed, what it comes with."""

from __future__ import annotations

from dataclasses import dataclass

from activation.addresses import web_address
from activation.rules.catalogue import Coverage, Key
from planner.reference.hosting import Hosting, hosts_of
from planner.reference.index import Reference
from planner.reference.parts import Activation, Named, Point, activation, group_named, key_named, points

TYPES = {"kms": "KMS host key", "mak": "MAK"}


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """All that the catalogue says about a key. Activation id and volume licence pack: of Office, else ""."""

    key: Named
    type: str
    group: Named
    note: str
    other_names: tuple[str, ...]
    activates: tuple[Activation, ...]
    hosts: tuple[Hosting, ...]
    comes_with: tuple[Named, ...]
    activation_id: str
    volume_licence_pack: str
    pack_address: str
    disputes: tuple[Point, ...]


def key_entry(slug: str, reference: Reference) -> KeyEntry:
    """The entry. KeyError when there is no such key."""
    key, row, catalogue = reference.catalogue.keys[slug], reference.row("key", slug), reference.catalogue
    groups = frozenset([key.group]) if key.type == "mak" else frozenset()
    return KeyEntry(
        key=key_named(key),
        type=TYPES[key.type],
        group=group_named(catalogue.groups[key.group]),
        note=key.note,
        other_names=tuple(row["aliases"]),
        activates=tuple(activation(key, row, reference) for row in _own_first(key, reference)),
        hosts=hosts_of(key, reference) if key.type == "kms" else (),
        comes_with=tuple(group_named(catalogue.groups[slug]) for slug in key.comes_with),
        activation_id=row["kms_host_activation_id"],
        volume_licence_pack=row["volume_license_pack"],
        pack_address=web_address(row["volume_license_pack"]),
        disputes=points(reference.disputes(groups=groups, keys=frozenset([slug])), reference),
    )


def _own_first(key: Key, reference: Reference) -> list[Coverage]:
    """The key's own group, then those of its family, then the others, the newest first."""
    groups = reference.catalogue.groups
    place = {group.slug: number for number, group in enumerate(reference.newest_first)}
    family = groups[key.group].family

    def order(row: Coverage) -> tuple[bool, bool, int]:
        return row.group != key.group, groups[row.group].family != family, place[row.group]

    return sorted(key.activates, key=order)
