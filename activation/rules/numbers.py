"""The numbers of a plan: MAK activations, licences, and Microsoft's activation method worksheet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from activation.rules.inventory import WINDOWS, Inventory, Lot
from activation.rules.methods import Methods, mak_row
from activation.rules.plan import LicenceLine, MakNetwork

#: The worksheet's rows; with `total` before and `remaining` after them.
ROWS = (
    "kms",
    "kms_isolated",
    "mak_disconnected",
    "mak_isolated",
    "mak_no_kms",
    "mak_below_threshold",
    "adba",
    "avma",
    "none",
    "unsupported",
)

#: The methods that use a licence of the product.
LICENSED = frozenset({"kms", "kms-host", "mak", "adba"})


def mak_networks(on_mak: list[Lot], inventory: Inventory) -> Mapping[str, tuple[MakNetwork, ...]]:
    """Group -> its computers on MAK by network, all in alphabetical order."""
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for lot in on_mak:
        if lot.group is not None:
            sums[lot.group.slug][lot.network] += lot.count
    return {
        group: tuple(
            MakNetwork(name, number, "proxy" if inventory.networks[name].microsoft == "proxy" else "independent")
            for name, number in sorted(sums[group].items())
        )
        for group in sorted(sums)
    }


def reserve(computers: int, percent: int) -> int:
    """The activations kept for reinstalls, rounded up."""
    return -(-computers * percent // 100)


def licence_lines(methods: Methods, inventory: Inventory) -> tuple[LicenceLine, ...]:
    """For each licensed or licence-using product: computers, licences, shortfall. Empty when no licences were given."""
    if not inventory.estate.licences:
        return ()
    computers: Counter[str] = Counter()
    for line, number in methods.lines.items():
        if line.method in LICENSED and number:
            computers[line.product] += number
    held: Counter[str] = Counter()
    for licence in inventory.estate.licences:
        held[licence.product] += licence.quantity
    return tuple(
        LicenceLine(product, computers[product], held[product], max(0, computers[product] - held[product]))
        for product in sorted({*computers, *held})
    )


def worksheets(methods: Methods, inventory: Inventory) -> Mapping[str, Mapping[str, int]]:
    """Application -> row -> computers: Windows always, and each Office version among the computers."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter, {WINDOWS: Counter()})
    applications = {lot.product.slug: lot.application for lot in inventory.lots}
    for lot in inventory.lots:
        counts[lot.application]["total"] += lot.count + lot.avma
    for lot in methods.on_mak:
        counts[lot.application][mak_row(lot, inventory)] += lot.count
    for line, number in methods.lines.items():
        if line.method in ("kms", "kms-host"):
            isolated = inventory.networks[line.network].isolated
            counts[applications[line.product]]["kms_isolated" if isolated else "kms"] += number
        elif line.method != "mak":
            counts[applications[line.product]][line.method] += number
    order = [WINDOWS, *sorted(set(counts) - {WINDOWS})]
    return {application: _worksheet(counts[application]) for application in order}


def _worksheet(counts: Counter[str]) -> Mapping[str, int]:
    rows = {row: counts[row] for row in ROWS}
    return {"total": counts["total"], **rows, "remaining": counts["total"] - sum(rows.values())}
