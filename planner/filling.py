"""An estate/1 document -> rows of an estate: from the quick planner, a file, an example or another estate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from activation.rules import estate as rules
from activation.rules.catalogue import Catalogue
from activation.rules.interchange import read_estate
from activation.rules.reading import compared
from activation.rules.routes import MAIN
from planner.models import ComputerLine, Estate, HeldKey, LicenceLine, Network
from planner.recording import Writer


def fill(writer: Writer, estate: Estate, document: dict[str, Any], catalogue: Catalogue) -> None:
    """Add the rows of the document to the estate. Raises EstateErrors, with every error, before anything is written.

    What is there stays: a network of the same name is the network, and of a key that is held only the number changes.
    An estate without rows also takes the settings of the document.
    """
    given = read_estate(document, catalogue, timezone.localdate().isoformat())
    if is_empty(estate):
        writer.change(estate, settings_of(given), estate.version)
    networks = _add_networks(writer, estate, given)
    writer.add_all([line_of(estate, networks[line.network], line) for line in given.lines])
    writer.add_all(
        [LicenceLine(estate=estate, product=held.product, quantity=held.quantity) for held in given.licences]
    )
    _hold_keys(writer, estate, given.keys)


def is_empty(estate: Estate) -> bool:
    """Whether the estate has no row in any of its tables."""
    tables = (estate.networks, estate.computers, estate.licences, estate.keys)
    return not any(table.exists() for table in tables)


def empty(writer: Writer, estate: Estate) -> None:
    """Remove all rows of the estate; its settings stay."""
    for rows in (estate.computers.select_related("network"), estate.licences.all(), estate.keys.all()):
        writer.remove_all(list(rows))
    led = [(network, network.kms_via) for network in estate.networks.select_related("kms_via")]
    writer.remove_all([network for network, _ in after_their_way(led)][::-1])


def settings_of(given: rules.Estate) -> dict[str, Any]:
    return {
        "agreement": given.agreement or "",
        "evidence": given.settings.evidence,
        "count_old_virtual": given.settings.count_old_virtual,
        "mak_reserve_percent": given.settings.mak_reserve_percent,
    }


def _add_networks(writer: Writer, estate: Estate, given: rules.Estate) -> dict[str, Network]:
    """Name in the document -> row, for the networks that are there and those of the document.

    The network that a document has without naming any is added only for computers.
    """
    there = {compared(network.name): network for network in estate.networks.all()}
    rows = {one.name: there[compared(one.name)] for one in given.networks if compared(one.name) in there}
    needed = [one for one in given.networks if given.lines or one != rules.Network(MAIN)]
    new = {one.name: one for one in needed if one.name not in rows}
    for one, _ in after_their_way([(each, new.get(each.kms_via or "")) for each in new.values()]):
        rows[one.name] = network_of(estate, one, rows.get(one.kms_via or ""))
        writer.add(rows[one.name])
    return rows


def after_their_way(led: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """Pairs of a network and the one whose KMS hosts it reaches, or None: each after the pair of that other one.

    The ways never lead in a circle: that is refused wherever they are entered.
    """
    left = list(led)
    while left:
        waiting = [network for network, _ in left]
        ready = [pair for pair in left if pair[1] is None or pair[1] not in waiting]
        yield from ready
        left = [pair for pair in left if pair not in ready]


def network_of(estate: Estate, one: rules.Network, via: Network | None) -> Network:
    return Network(
        estate=estate,
        name=one.name,
        kms=one.kms,
        kms_via=via,
        microsoft=one.microsoft,
        isolated=one.isolated,
        kms_host_systems=list(one.kms_host_systems),
        active_directory=one.active_directory,
    )


def line_of(estate: Estate, network: Network, line: rules.Line) -> ComputerLine:
    return ComputerLine(
        estate=estate,
        network=network,
        product=line.product,
        count=line.count,
        virtual=line.virtual,
        contact=line.contact,
        activate=line.activate,
        domain_joined=line.domain_joined,
        avma=line.avma,
    )


def _hold_keys(writer: Writer, estate: Estate, keys: Iterable[rules.HeldKey]) -> None:
    held = {key.key: key for key in estate.keys.all()}
    for key in keys:
        if key.key in held:
            writer.change(held[key.key], {"used": key.used}, held[key.key].version)
        else:
            writer.add(HeldKey(estate=estate, key=key.key, used=key.used))
