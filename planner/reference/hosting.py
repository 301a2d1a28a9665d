"""Where a KMS host key can be installed, and which keys a system may carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from activation.rules.catalogue import HostOption, Key, Product
from planner.matrix import MARKS
from planner.reference.index import Reference
from planner.reference.parts import Named, key_named
from planner.sources import SourceLink, source_links

Answer = Literal["yes", "no", "not established"]

#: Answer -> the state that it is marked as.
STATES = {"yes": "chosen", "no": "none", "not established": "disputed"}


@dataclass(frozen=True, slots=True)
class Hosting:
    """Whether a system may carry a key. `update`: what it needs first. `later`: follows from an older system's row.

    `evidence`: how it is known, in the catalogue's words.
    """

    key: Named
    system: str
    system_name: str
    answer: Answer
    update: str
    later: bool
    evidence: str
    sources: tuple[SourceLink, ...]

    @property
    def state(self) -> str:
        """What the answer is marked as."""
        return STATES[self.answer]

    @property
    def mark(self) -> str:
        """What stands for the answer beside its word."""
        return MARKS[self.state]


@dataclass(frozen=True, slots=True)
class Host:
    """Whether a KMS host may run on a product. `why` when it may not; else the keys, those that fit first."""

    may: bool
    why: str
    system: str
    keys: tuple[Hosting, ...]


def hosts_of(key: Key, reference: Reference) -> tuple[Hosting, ...]:
    """The systems of which anything is known about this key, in their order of age."""
    carriers, stated = reference.systems.carriers(key), {option.system: option for option in key.hosts}
    known = (slug for slug in reference.catalogue.systems if slug in carriers or slug in stated)
    return tuple(_hosting(key, slug, stated.get(slug), reference) for slug in known)


def host(product: Product, reference: Reference) -> Host:
    """What a computer with this product may be a KMS host for."""
    system = reference.systems.system_of(product)
    if not product.can_host:
        return Host(may=False, why="A KMS host cannot run on this edition.", system="", keys=())
    if product.family == "office":
        return Host(may=False, why="Office is no system: its KMS host key is installed on Windows.", system="", keys=())
    if product.group is None:
        return Host(may=False, why="It has no volume activation.", system="", keys=())
    if system is None:
        why = "Whether a KMS host may run on it is not established."
        return Host(may=False, why=why, system="", keys=())
    rows = [row for key in reversed(reference.kms_keys) for row in hosts_of(key, reference) if row.system == system]
    order = list(STATES)
    keys = tuple(sorted(rows, key=lambda row: (order.index(row.answer), row.key.retired)))
    may = any(row.answer == "yes" for row in keys)
    why = "" if may else "No key is known that may be installed on it."
    return Host(may=may, why=why, system=reference.catalogue.systems[system].name, keys=keys)


def _hosting(key: Key, system: str, option: HostOption | None, reference: Reference) -> Hosting:
    carriers = reference.systems.carriers(key)
    row = reference.rows["host"].get(f"{key.slug}/{system}", {})
    return Hosting(
        key=key_named(key),
        system=system,
        system_name=reference.catalogue.systems[system].name,
        answer="yes" if system in carriers else "not established" if option is None or option.allowed is None else "no",
        update=carriers.get(system) or (option.requires if option else "") or "",
        later=system in carriers and (option is None or not option.allowed),
        evidence=row.get("evidence", ""),
        sources=source_links(reference.systems.sources(key, system), reference.catalogue),
    )
