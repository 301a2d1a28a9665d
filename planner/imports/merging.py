"""What an import changes in the inventory, and the one act that changes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

from activation.rules.catalogue import Catalogue
from activation.rules.estate_document import MOST
from activation.rules.reading import compared
from planner.access import Here
from planner.imports.meaning import Amount, Meant
from planner.models import Act, ComputerLine, Estate, HeldKey, LicenceLine, Network
from planner.recording import Writer, recorded
from planner.scenarios import InventoryChangedError

Values = dict[str, Any]
Thing = TypeVar("Thing")


@dataclass(slots=True)
class Changes:
    """What becomes of the rows of an estate. `networks` and `added` are new, and on no network that is not there or
    among them; `same`: how many rows the file says as they are."""

    networks: list[Network] = field(default_factory=list)
    added: list[models.Model] = field(default_factory=list)
    changed: list[tuple[models.Model, Values]] = field(default_factory=list)
    gone: list[models.Model] = field(default_factory=list)
    same: int = 0

    @property
    def nothing(self) -> bool:
        return not (self.networks or self.added or self.changed or self.gone)


def changes(estate: Estate, found: Meant, replace: bool, catalogue: Catalogue) -> Changes:
    """Compare what a file says with the estate; nothing is written.

    `replace`: what the file does not name goes, of the kind that it speaks of: Windows or Office, licences, keys.
    """
    made = Changes()
    if found.computers:
        _computers(made, estate, found, replace, catalogue)
    if found.licences:
        _licences(made, estate, found, replace)
    if found.keys:
        _keys(made, estate, found, replace)
    return made


def confirm(
    here: Here, what: str, found: Meant, replace: bool, catalogue: Catalogue, seen: int, once: str | None = None
) -> Act | None:
    """Write the changes in one act; None when there are none. `seen`: the inventory's revision that was shown.

    Raises InventoryChangedError when it is another one by now, DoneAlreadyError as `recorded`.
    """
    with recorded(here, what, once=once) as act:
        estate = here.organisation.estates.select_for_update().get(scenario=False)
        if estate.revision != seen:
            raise InventoryChangedError
        _write(act, changes(estate, found, replace, catalogue))
    return act.made


def _write(act: Writer, made: Changes) -> None:
    act.add_all(made.networks)
    for rows in _by_table(made.added, type):
        act.add_all(rows)
    for pairs in _by_table(made.changed, lambda pair: type(pair[0])):
        act.change_all(pairs)
    for rows in _by_table(made.gone, type):
        act.remove_all(rows)


def _by_table(things: Iterable[Thing], table: Callable[[Thing], object]) -> Iterable[list[Thing]]:
    found: defaultdict[object, list[Thing]] = defaultdict(list)
    for thing in things:
        found[table(thing)].append(thing)
    return found.values()


def _computers(made: Changes, estate: Estate, found: Meant, replace: bool, catalogue: Catalogue) -> None:
    networks = {compared(network.name): network for network in estate.networks.all()}
    lines: defaultdict[tuple[str, str], list[ComputerLine]] = defaultdict(list)
    for line in estate.computers.select_related("network"):
        lines[compared(line.network.name), line.product].append(line)
    wanted: dict[tuple[str, str], Amount] = {}
    for (network, product), amount in found.computers.items():
        name = compared(network)
        if name not in networks:
            networks[name] = Network(estate=estate, name=network)
            made.networks.append(networks[name])
        _add(wanted.setdefault((name, product), Amount()), amount)
    for (name, product), amount in wanted.items():
        there = lines.get((name, product), [])
        if there:
            _match(made, there, amount)
        else:
            made.added.append(_line(estate, networks[name], product, amount))
    if replace:
        speaks_of = {_application(product, catalogue) for _, product in wanted}
        made.gone += [
            line
            for key, there in lines.items()
            for line in there
            if key not in wanted and _application(line.product, catalogue) in speaks_of
        ]


def _add(total: Amount, amount: Amount) -> None:
    total.count += amount.count
    if amount.virtual is not None:
        total.virtual = (total.virtual or 0) + amount.virtual


def _line(estate: Estate, network: Network, product: str, amount: Amount) -> ComputerLine:
    count = min(amount.count, MOST)
    return ComputerLine(
        estate=estate, network=network, product=product, count=count, virtual=min(amount.virtual or 0, count)
    )


def _match(made: Changes, there: list[ComputerLine], amount: Amount) -> None:
    """Lines of one product on one network together say the amount. The largest line takes the difference; where it
    cannot, it takes all and the others go: a file does not tell lines apart that differ in contact or notes."""
    count, virtual = sum(line.count for line in there), sum(line.virtual for line in there)
    if count == amount.count and amount.virtual in (None, virtual):
        made.same += len(there)
        return
    largest = max(there, key=lambda line: line.count)
    others = [line for line in there if line is not largest]
    rest = amount.count - (count - largest.count)
    rest_virtual = largest.virtual if amount.virtual is None else amount.virtual - (virtual - largest.virtual)
    if rest >= 1 and (0 <= rest_virtual <= rest or not others):
        made.same += len(others)
        made.changed.append((largest, _counted(largest, rest, rest_virtual)))
    else:
        made.gone += others
        made.changed.append((largest, _counted(largest, amount.count, amount.virtual or 0)))


def _counted(line: ComputerLine, count: int, virtual: int) -> Values:
    count = min(count, MOST)
    virtual = max(0, min(virtual, count))
    return {"count": count, "virtual": virtual, "avma": min(line.avma, virtual)}


def _application(product: str, catalogue: Catalogue) -> str:
    known = catalogue.products.get(product)
    return "office" if known is not None and known.family == "office" else "windows"


def _licences(made: Changes, estate: Estate, found: Meant, replace: bool) -> None:
    lines: defaultdict[str, list[LicenceLine]] = defaultdict(list)
    for line in estate.licences.all():
        lines[line.product].append(line)
    for product, quantity in found.licences.items():
        first, *others = lines.get(product, [None])
        if first is None:
            made.added.append(LicenceLine(estate=estate, product=product, quantity=min(quantity, MOST)))
        elif sum(line.quantity for line in lines[product]) == quantity:
            made.same += len(lines[product])
        else:
            made.gone += others
            made.changed.append((first, {"quantity": min(quantity, MOST)}))
    if replace:
        made.gone += _not_named(lines, found.licences)


def _keys(made: Changes, estate: Estate, found: Meant, replace: bool) -> None:
    """Of a KMS host key a file tells that it is there and not how many hosts use it, so that number stays."""
    held = {key.key: key for key in estate.keys.all()}
    for slug, key in found.keys.items():
        used = min(key.remaining or 0, MOST)
        if slug not in held:
            made.added.append(HeldKey(estate=estate, key=slug, used=used, last_five=key.last_five))
            continue
        row = held[slug]
        values = {"last_five": key.last_five or row.last_five, "used": row.used if key.remaining is None else used}
        if values == {"last_five": row.last_five, "used": row.used}:
            made.same += 1
        else:
            made.changed.append((row, values))
    if replace:
        made.gone += _not_named({slug: [row] for slug, row in held.items()}, found.keys)


def _not_named(rows: dict[str, Any], named: Iterable[str]) -> list[Any]:
    kept = set(named)
    return [row for name, there in rows.items() if name not in kept for row in there]
