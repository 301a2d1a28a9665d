"""Guesses at changes that could spare keys or MAK activations, read off the plan. None of them is sure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from activation.rules.catalogue import Catalogue
from activation.rules.edits import Edit
from activation.rules.estate import Estate, HeldKey, Line, Network
from activation.rules.inventory import Inventory
from activation.rules.plan import Plan, Warning

Kind = Literal["more", "contact", "way", "hosts", "key", "retire"]
FEW = 5  #: computers that somebody may retire to be rid of a key


@dataclass(frozen=True, slots=True)
class Idea:
    """A change: `number` computers of `product` more or retired, in regular `contact`; a `way` to the KMS hosts of the
    network `via`; KMS `hosts` of one's own; one `key` more. `effort`: how many computers or settings it touches."""

    kind: Kind
    edit: Edit
    effort: int
    network: str = ""
    product: str = ""
    number: int = 0
    via: str = ""
    key: str = ""

    @property
    def name(self) -> str:
        """Tells the idea from all others of an estate."""
        return "/".join((self.kind, self.network, self.product, str(self.number), self.via, self.key))


def ideas(estate: Estate, plan: Plan, catalogue: Catalogue) -> Iterator[Idea]:
    """All guesses, the likeliest first."""
    inventory = Inventory(estate, catalogue)
    each: tuple[Callable[[Inventory, Plan], Iterator[Idea]], ...]
    each = (_more_computers, _keys, _ways, _own_hosts, _retire, _contacts)
    return chain.from_iterable(guess(inventory, plan) for guess in each)


def _more_computers(inventory: Inventory, plan: Plan) -> Iterator[Idea]:
    """As many computers as a threshold lacks, of the product that most of those waiting have."""
    tried: set[tuple[object, ...]] = set()
    for warning in plan.warnings:
        if warning.code != "threshold-short" or not warning.params["short"]:
            continue
        found = _waiting(inventory, warning)
        same = tuple(warning.params[name] for name in ("pool", "application", "needed", "short"))
        if found and same not in tried:
            (network, product), number = found, _number(warning, "short")
            tried.add(same)
            line = Line(network, product, number)
            yield Idea("more", Edit(added=(line,)), number, network, product, number)


def _waiting(inventory: Inventory, warning: Warning) -> tuple[str, str] | None:
    """Network and product of most of the computers that a warning of a threshold is about."""
    numbers: Counter[tuple[str, str]] = Counter()
    for lot in inventory.lots:
        if lot.pool == warning.params["pool"] and lot.group and lot.group.slug == warning.params["group"]:
            numbers[lot.network, lot.product.slug] += lot.count
    return min(numbers, key=lambda each: (-numbers[each], each)) if numbers else None


def _keys(inventory: Inventory, plan: Plan) -> Iterator[Idea]:
    """A KMS host key that is not available: one for groups without any, or one that covers what several keys do."""
    catalogue = inventory.catalogue
    wanted = {str(w.params["group"]) for w in plan.warnings if w.code == "not-covered"}
    in_use = [set(key.activates) for key in plan.kms_host_keys if key.application == "windows"]
    activated = {line.group for line in plan.computers if line.key and line.method != "mak"}
    for slug, key in reversed(list(catalogue.kms_keys.items())):
        covers = inventory.covers[slug].keys()
        spares = sum(groups & activated <= covers for groups in in_use)
        if slug not in inventory.available and not key.retired and (spares > 1 or wanted & covers):
            yield Idea("key", Edit(keys=(HeldKey(slug, 0),)), 1, key=slug)


def _ways(inventory: Inventory, plan: Plan) -> Iterator[Idea]:
    """A way from a network with MAKs to the KMS hosts of another one."""
    hosting = {pool.pool: pool.on_kms for pool in plan.pools}
    pools = sorted(inventory.pools, key=lambda pool: (-hosting.get(pool, 0), pool))
    for network in _with_maks(inventory, plan):
        leading_here = any(other.kms_via == network.name for other in inventory.networks.values())
        for pool in pools[:3]:
            if pool != inventory.pool_of[network.name] and not leading_here:
                led = replace(network, kms_via=pool, isolated=False, kms_host_systems=())
                yield Idea("way", Edit(networks=(led,)), 1, network.name, via=pool)


def _own_hosts(inventory: Inventory, plan: Plan) -> Iterator[Idea]:
    """KMS hosts in a network that has none and no way to any."""
    for network in _with_maks(inventory, plan):
        if not network.kms and network.kms_via is None:
            yield Idea("hosts", Edit(networks=(replace(network, kms=True),)), 1, network.name)


def _with_maks(inventory: Inventory, plan: Plan) -> list[Network]:
    """The networks with computers on a MAK, those with most of them first."""
    numbers: Counter[str] = Counter()
    for line in plan.computers:
        numbers[line.network] += line.count if line.method == "mak" else 0
    return [inventory.networks[name] for name, number in numbers.most_common() if number]


def _retire(inventory: Inventory, plan: Plan) -> Iterator[Idea]:
    """The few computers of a product in a network for which alone a key may be there."""
    places = _places(inventory.estate, lambda line: line.activate)
    for key in plan.kms_host_keys:
        alone = {c.group for c in plan.computers if c.key == key.key and _is_alone(inventory, key.key, c.group)}
        for (network, product), found in places.items():
            number = sum(inventory.estate.lines[place].count for place in found)
            if number <= FEW and inventory.catalogue.products[product].group in alone:
                gone = dict.fromkeys(found)
                yield Idea("retire", Edit(lines=gone), number, network, product, number)


def _is_alone(inventory: Inventory, key: str, group: str | None) -> bool:
    """Whether no other available key covers the group."""
    return inventory.keys_covering.get(group or "", ()) == (key,)


def _contacts(inventory: Inventory, plan: Plan) -> Iterator[Idea]:
    """Regular contact for the computers of a product in a network, or for all of a network."""
    lines = inventory.estate.lines
    rare = _places(inventory.estate, lambda line: line.activate and line.contact != "regular")
    by_network: defaultdict[str, list[int]] = defaultdict(list)
    for (network, product), found in rare.items():
        by_network[network] += found
        yield _contact(lines, found, network, product)
    for network, found in by_network.items():
        if len({lines[place].product for place in found}) > 1:
            yield _contact(lines, found, network)


def _contact(lines: tuple[Line, ...], places: list[int], network: str, product: str = "") -> Idea:
    edit = Edit(lines={place: replace(lines[place], contact="regular") for place in places})
    number = sum(lines[place].count for place in places)
    return Idea("contact", edit, number, network, product, number)


def _places(estate: Estate, which: Callable[[Line], bool]) -> Mapping[tuple[str, str], list[int]]:
    """Network and product -> the places of their lines."""
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, line in enumerate(estate.lines):
        if which(line):
            found[line.network, line.product].append(place)
    return found


def _number(warning: Warning, name: str) -> int:
    value = warning.params[name]
    return value if isinstance(value, int) else 0
