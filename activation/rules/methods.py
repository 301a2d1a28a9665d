"""The activation method of every computer, once keys and hosts are chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from activation.rules.choice import Choice, Chooser
from activation.rules.inventory import WINDOWS, Inventory, Lot
from activation.rules.office import OfficePool, own_key
from activation.rules.plan import Method

#: Why a computer is left to a MAK, named as the worksheet's rows.
MakRow = Literal["mak_disconnected", "mak_isolated", "mak_no_kms", "mak_below_threshold"]


class LineKey(NamedTuple):
    """What makes one line of the plan's computers."""

    network: str
    product: str
    method: Method
    key: str  #: "" where there is none


@dataclass(frozen=True, slots=True)
class Methods:
    """Computers by line, and the lots that are left to a MAK."""

    lines: Counter[LineKey] = field(default_factory=Counter)
    on_mak: list[Lot] = field(default_factory=list)


def group_keys(choice: Choice, chooser: Chooser) -> Mapping[tuple[str, str], str]:
    """(Pool, Windows group) -> the key that activates it there."""
    found = {}
    for pool, arrangement in choice.arrangements.items():
        groups = chooser.demands[pool].groups
        for key, mask in arrangement.assigned:
            for place, group in enumerate(groups):
                if mask >> place & 1:
                    found[pool, group.slug] = chooser.keys[key].slug
    return found


def assign(
    inventory: Inventory, choice: Choice, chooser: Chooser, office: Mapping[tuple[str, str], OfficePool]
) -> Methods:
    """The method of each computer: steps 1 to 7, hosts included."""
    methods = Methods()
    keys = dict(group_keys(choice, chooser))
    keys |= {place: found.key for place, found in office.items() if found.host is not None}
    for lot in inventory.lots:
        _assign(lot, inventory, choice, keys, methods)
    _name_hosts(choice, chooser, keys, methods)
    return methods


def _assign(
    lot: Lot, inventory: Inventory, choice: Choice, keys: Mapping[tuple[str, str], str], methods: Methods
) -> None:
    def add(method: Method, number: int, key: str = "") -> None:
        if number:
            methods.lines[LineKey(lot.network, lot.product.slug, method, key)] += number

    if lot.group is None or lot.standing == "none":
        add("none" if lot.standing == "none" else "unsupported", lot.count + lot.avma)
        return
    add("avma", lot.avma)
    if lot.standing == "adba":
        version_key = own_key(lot.group.slug, inventory) if lot.application != WINDOWS else None
        add("adba", lot.count, version_key or choice.directory.get(lot.group.slug, ""))
        return
    key = keys.get((lot.pool, lot.group.slug)) if lot.standing == "pool" and lot.pool is not None else None
    if key is not None:
        add("kms", lot.count, key)
    elif lot.count:
        add("mak", lot.count, inventory.catalogue.mak_of[lot.group.slug])
        methods.on_mak.append(lot)


def _name_hosts(choice: Choice, chooser: Chooser, keys: Mapping[tuple[str, str], str], methods: Methods) -> None:
    """Turns a computer on KMS or AD-based activation into a KMS host for every listed host."""
    for pool, arrangement in choice.arrangements.items():
        for placed in arrangement.outcome.placed:
            for spot in (placed.first, placed.second):
                if spot is None or spot.on != "listed":
                    continue
                machine = chooser.demands[pool].machines[spot.machine]
                if machine.adba:
                    before = LineKey(pool, machine.product, "adba", choice.directory.get(machine.group, ""))
                else:
                    before = LineKey(pool, machine.product, "kms", keys[pool, machine.group])
                methods.lines[before] -= 1
                methods.lines[LineKey(pool, machine.product, "kms-host", chooser.keys[placed.key].slug)] += 1


def mak_row(lot: Lot, inventory: Inventory) -> MakRow:
    """The worksheet row of a lot that is left to a MAK."""
    if lot.contact == "none":
        return "mak_disconnected"
    if inventory.networks[lot.network].isolated:
        return "mak_isolated"
    if lot.pool is None or lot.group is None or lot.group.slug not in inventory.keys_covering:
        return "mak_no_kms"
    return "mak_below_threshold"
