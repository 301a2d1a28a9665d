"""Which machine carries a key in a pool (planning rules, section 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .world import Part, World


@dataclass(frozen=True)
class Machine:
    """A host. A listed one tells what kind of computer it is, so that no computer is taken twice."""

    on: str
    system: str | None = None
    product: str | None = None
    virtual: bool = False
    adba: bool = False
    counted: bool = False


ADDITIONAL = Machine("additional")
UNKNOWN = Machine("unknown")
Taken = Counter[Machine]


def first_free(world: World, pool: str, key: str, groups: frozenset[str], taken: Taken) -> Machine:
    """The machine that the rules give to the key, with `groups` assigned to it; `ADDITIONAL` when there is none."""
    order = _order(world, pool, key, groups)
    return next((machine for machine, count in order if taken[machine] < count), ADDITIONAL)


def _order(world: World, pool: str, key: str, groups: frozenset[str]) -> list[tuple[Machine, int]]:
    """All machines that may carry the key with how many there are, the preferred first (kept in the world's memory)."""
    question = (pool, key, groups)
    if question not in world.memory:
        stock = [*declared_machines(world, pool, key).items(), *listed_machines(world, pool, key, groups)]
        world.memory[question] = sorted(stock, key=lambda item: _preference(world, key, item[0]))
    order: list[tuple[Machine, int]] = world.memory[question]
    return order


def declared_machines(world: World, pool: str, key: str) -> Counter[Machine]:
    carriers = world.facts.carriers(key)
    return Counter(Machine("declared", system) for system in world.sites[pool].declared if system in carriers)


def listed_machines(world: World, pool: str, key: str, groups: frozenset[str]) -> Iterator[tuple[Machine, int]]:
    total: Counter[Machine] = Counter()
    for part in world.parts:
        if part.network == pool and _may_be_host(world, part, key, groups):
            total[_machine(world, part)] += part.count
    yield from total.items()


def _may_be_host(world: World, part: Part, key: str, groups: frozenset[str]) -> bool:
    """A Windows computer that the key covers, in regular contact, assigned to the key or else on AD."""
    if part.family == "office" or part.contact != "regular" or part.group not in world.facts.covers[key]:
        return False
    if world.facts.system(part.product) not in world.facts.carriers(key):
        return False
    return part.adba or part.group in groups


def _machine(world: World, part: Part) -> Machine:
    counted = part.counted and not part.adba
    return Machine("listed", world.facts.system(part.product), part.product, part.virtual, part.adba, counted)


def _preference(world: World, key: str, machine: Machine) -> tuple[object, ...]:
    assert machine.system is not None
    kind, age = world.facts.rank(machine.system)
    if machine.on == "declared":
        return (0, kind, False, age, False, False, "")
    foreign = world.facts.group(machine.product or "") != world.facts.kms[key].group
    return (1, kind, foreign, age, machine.adba, machine.virtual, machine.product)


def office_host(world: World, pool: str, key: str) -> Machine:
    """The one host of an Office version: any listed Windows computer will do, whatever its method."""
    if not world.facts.kms[key].hosts:
        return UNKNOWN
    declared = list(declared_machines(world, pool, key))
    listed = list(_windows_computers(world, pool, key))
    for found in (declared, listed):
        if found:
            return min(found, key=lambda machine: _office_preference(world, machine))
    return ADDITIONAL


def _windows_computers(world: World, pool: str, key: str) -> Iterator[Machine]:
    for row in world.rows:
        if row.network != pool or row.family == "office" or not row.activate or row.contact != "regular":
            continue
        system = world.facts.system(row.product)
        if system in world.facts.carriers(key):
            yield Machine("listed", system, row.product, virtual=row.virtual == row.count)


def _office_preference(world: World, machine: Machine) -> tuple[object, ...]:
    assert machine.system is not None
    return (*world.facts.rank(machine.system), machine.virtual, machine.product or "")
