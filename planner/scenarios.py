"""Scenarios: copies of the inventory to try changes on, and the way of a change back into the inventory."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils import timezone

from activation.catalogue import current
from activation.rules.edits import Edit
from activation.rules.estate import Line
from planner.access import Here
from planner.filling import after_their_way, fill
from planner.models import Act, ComputerLine, Estate, HeldKey, LicenceLine, Network, SavedPlan
from planner.recording import Writer, recorded

SETTINGS = ("agreement", "evidence", "count_old_virtual", "mak_reserve_percent")
NETWORK = ("kms", "microsoft", "isolated", "kms_host_systems", "active_directory")
LINE = ("product", "count", "virtual", "contact", "activate", "domain_joined", "avma")


class InventoryChangedError(Exception):
    """The inventory is no longer at the revision that the person has seen."""


def copy_inventory(here: Here, name: str, once: str | None = None, edit: Edit | None = None) -> Estate:
    """A scenario with the rows of the inventory, and the edit made in it. Raises DoneAlreadyError."""
    inventory = here.estate()
    scenario = _new(here, name, inventory.revision)
    for field in SETTINGS:
        setattr(scenario, field, getattr(inventory, field))
    with recorded(here, f"Copied the inventory to the scenario {name}", once=once) as act:
        act.add(scenario)
        _copy_rows(act, inventory, scenario, edit or Edit())
    return scenario


def copy_plan(here: Here, plan: SavedPlan, name: str, once: str | None = None) -> Estate:
    """A scenario with the estate that a saved plan was made from. Raises DoneAlreadyError."""
    of_inventory = plan.of is not None and not plan.of.scenario
    scenario = _new(here, name, plan.estate_revision if of_inventory else None)
    scenario.based_on = plan
    with recorded(here, f"Copied the plan {plan.name} to the scenario {name}"[:200], once=once) as act:
        act.add(scenario)
        fill(act, scenario, json.loads(plan.estate_document), current())
    return scenario


def remove(here: Here, scenario: Estate) -> Act | None:
    """Take the scenario out of the list; undo brings it back."""
    with recorded(here, f"Removed the scenario {scenario.name}") as act:
        act.change(scenario, {"removed": timezone.now()}, scenario.version)
    return act.made


def apply(here: Here, scenario: Estate, seen: int) -> Act | None:
    """Make the inventory what the scenario is, in one act that changes only rows that differ.

    `seen`: the inventory's revision that the person saw. Raises InventoryChangedError when it is another one by now.
    """
    with recorded(here, f"Applied the scenario {scenario.name}") as act:
        inventory = here.organisation.estates.select_for_update().get(scenario=False)
        if inventory.revision != seen:
            raise InventoryChangedError
        act.change(inventory, {field: getattr(scenario, field) for field in SETTINGS}, inventory.version)
        _match_rows(act, scenario, inventory)
    return act.made


def _new(here: Here, name: str, revision: int | None) -> Estate:
    return Estate(organisation=here.organisation, scenario=True, name=name, copied_revision=revision)


def _copy_rows(act: Writer, source: Estate, target: Estate, edit: Edit) -> None:
    networks = {network.name: network for network in edit.networks}
    led = [(network, network.kms_via) for network in source.networks.select_related("kms_via")]
    rows: dict[str, Network] = {}
    via = {
        network.name: networks[network.name].kms_via if network.name in networks else way and way.name
        for network, way in led
    }
    by_name = {network.name: network for network, _ in led}
    for network, _ in after_their_way([(each, by_name.get(via[each.name] or "")) for each, _ in led]):
        values = {field: getattr(networks.get(network.name, network), field) for field in NETWORK}
        values["kms_host_systems"] = list(values["kms_host_systems"])
        rows[network.name] = Network(
            estate=target, name=network.name, kms_via=rows.get(via[network.name] or ""), **values
        )
        act.add(rows[network.name])
    if edit.added and not rows:
        rows[edit.added[0].network] = Network(estate=target, name=edit.added[0].network)
        act.add(rows[edit.added[0].network])
    lines = [
        _copied_line(target, rows[line.network.name], edit.lines.get(place, line), line.note)
        for place, line in enumerate(source.computers.select_related("network"))
        if edit.lines.get(place, line) is not None
    ]
    act.add_all([*lines, *(_copied_line(target, rows[line.network], line, "") for line in edit.added)])
    for table in (source.licences, source.keys):
        act.add_all([_copy(row, target) for row in table.all()])
    act.add_all([HeldKey(estate=target, key=held.key, used=held.used) for held in edit.keys])


def _copied_line(estate: Estate, network: Network, line: ComputerLine | Line | None, note: str) -> ComputerLine:
    return ComputerLine(estate=estate, network=network, note=note, **{field: getattr(line, field) for field in LINE})


def _copy(row: LicenceLine | HeldKey, target: Estate) -> models.Model:
    return type(row)(**{"estate": target} | {field: getattr(row, field) for field in row.fields})


def _match_rows(act: Writer, source: Estate, target: Estate) -> None:
    """Make the rows of `target` those of `source`: networks by name, keys by key, lines by what they say."""
    networks, gone = _match_networks(act, source, target)
    _match(act, source.computers, target.computers, lambda row: (row.network.name, *_values(row)), networks)
    _match(act, source.licences, target.licences, _values, networks)
    _match_keys(act, source, target)
    act.remove_all(gone)


def _match_networks(act: Writer, source: Estate, target: Estate) -> tuple[dict[str, Network], list[Network]]:
    mine = {network.name: network for network in target.networks.select_related("kms_via")}
    wanted = [(network, network.kms_via) for network in source.networks.select_related("kms_via")]
    names = {network.name for network, _ in wanted}
    for name in names & mine.keys():
        act.change(mine[name], {"kms_via": None}, mine[name].version)
    for network, via in after_their_way(wanted):
        values = {field: getattr(network, field) for field in NETWORK}
        values["kms_via"] = mine[via.name] if via else None
        if network.name in mine:
            act.change(mine[network.name], values, mine[network.name].version)
        else:
            mine[network.name] = Network(estate=target, name=network.name, **values)
            act.add(mine[network.name])
    led = [(network, network.kms_via) for network in mine.values() if network.name not in names]
    return mine, [network for network, _ in after_their_way(led)][::-1]


def _match(
    act: Writer, wanted: Any, here: Any, says: Callable[[Any], tuple[Any, ...]], networks: dict[str, Network]
) -> None:
    """Rows that say the same stay as they are; of the others, those here go and those wanted come."""
    missing, gone = Counter(says(row) for row in wanted.all()), []
    for row in here.all():
        if missing[says(row)]:
            missing[says(row)] -= 1
        else:
            gone.append(row)
    new = []
    for row in wanted.all():
        if missing[says(row)]:
            missing[says(row)] -= 1
            new.append(_moved(row, here.instance, networks))
    act.remove_all(gone)
    act.add_all(new)


def _moved(row: Any, target: Estate, networks: dict[str, Network]) -> models.Model:
    if isinstance(row, ComputerLine):
        return _copied_line(target, networks[row.network.name], row, row.note)
    return _copy(row, target)


def _match_keys(act: Writer, source: Estate, target: Estate) -> None:
    mine = {row.key: row for row in target.keys.all()}
    wanted = {row.key: row for row in source.keys.all()}
    act.remove_all([row for key, row in mine.items() if key not in wanted])
    for key, row in wanted.items():
        if key in mine:
            values = {
                "used": row.used,
                "last_five": row.last_five or mine[key].last_five,
                "note": row.note or mine[key].note,
            }
            act.change(mine[key], values, mine[key].version)
        else:
            act.add(_copy(row, target))


def _values(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, field) for field in (LINE if isinstance(row, ComputerLine) else ("product", "quantity")))
