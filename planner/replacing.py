"""An estate/1 document in place of what an estate holds: rows that say the same stay, with their notes."""

from __future__ import annotations

from collections import Counter
from typing import Any

from activation.rules import estate as rules
from planner.filling import after_their_way, line_of, network_of, settings_of
from planner.models import Estate, HeldKey, LicenceLine, Network
from planner.recording import Writer

NETWORK = ("kms", "microsoft", "isolated", "kms_host_systems", "active_directory")
LINE = ("product", "count", "virtual", "contact", "activate", "domain_joined", "avma")


def replace(writer: Writer, estate: Estate, given: rules.Estate) -> None:
    """Make the rows and settings of the estate those of the document. Of a key that stays only the number changes."""
    writer.change(estate, settings_of(given), estate.version)
    networks, gone = _networks(writer, estate, given)
    _computers(writer, estate, given, networks)
    _licences(writer, estate, given)
    _keys(writer, estate, given)
    writer.remove_all(gone)


def _networks(writer: Writer, estate: Estate, given: rules.Estate) -> tuple[dict[str, Network], list[Network]]:
    """Name -> row of those that the document has, and the rows that go once nothing names them."""
    mine = {network.name: network for network in estate.networks.select_related("kms_via")}
    wanted = {network.name: network for network in given.networks}
    ways = [(network, wanted.get(network.kms_via or "")) for network in given.networks]
    for name in [name for name in wanted if name in mine and mine[name].kms_via]:
        if mine[name].kms_via.name != wanted[name].kms_via:
            writer.change(mine[name], {"kms_via": None}, mine[name].version)
    for network, way in after_their_way(ways):
        via = mine[way.name] if way else None
        if network.name in mine:
            values = {**{field: getattr(network, field) for field in NETWORK}, "kms_via": via}
            values["kms_host_systems"] = list(network.kms_host_systems)
            writer.change(mine[network.name], values, mine[network.name].version)
        else:
            mine[network.name] = network_of(estate, network, via)
            writer.add(mine[network.name])
    led = [(network, network.kms_via) for name, network in mine.items() if name not in wanted]
    return mine, [network for network, _ in after_their_way(led)][::-1]


def _computers(writer: Writer, estate: Estate, given: rules.Estate, networks: dict[str, Network]) -> None:
    missing = Counter(given.lines)
    gone = []
    for row in estate.computers.select_related("network"):
        line = rules.Line(network=row.network.name, **{field: getattr(row, field) for field in LINE})
        gone += [] if missing[line] else [row]
        missing[line] -= bool(missing[line])
    writer.remove_all(gone)
    writer.add_all([line_of(estate, networks[line.network], line) for line in missing.elements()])


def _licences(writer: Writer, estate: Estate, given: rules.Estate) -> None:
    missing = Counter(given.licences)
    gone = []
    for row in estate.licences.all():
        licence = rules.Licence(row.product, row.quantity)
        gone += [] if missing[licence] else [row]
        missing[licence] -= bool(missing[licence])
    writer.remove_all(gone)
    writer.add_all(
        [LicenceLine(estate=estate, product=each.product, quantity=each.quantity) for each in missing.elements()]
    )


def _keys(writer: Writer, estate: Estate, given: rules.Estate) -> None:
    held: dict[str, Any] = {row.key: row for row in estate.keys.all()}
    wanted = {key.key: key.used for key in given.keys}
    writer.remove_all([row for key, row in held.items() if key not in wanted])
    for key, used in wanted.items():
        if key in held:
            writer.change(held[key], {"used": used}, held[key].version)
        else:
            writer.add(HeldKey(estate=estate, key=key, used=used))
