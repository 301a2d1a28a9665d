"""What an edit of the catalogue does: to the coverage of keys, to the plans of known estates, to the checks. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from activation.build import build
from activation.consistency import Problem, problems
from activation.differences import RowDifference, row_differences
from activation.rows import Rows
from activation.rules.catalogue import COVERING_EVIDENCE, Catalogue, Key
from activation.rules.interchange import EstateErrors, read_estate
from activation.rules.plan import Host, Plan
from activation.rules.recommend import recommend


class KnownEstate(Protocol):
    """An estate/1 document with a title."""

    title: str
    estate: dict[str, Any]


@dataclass(frozen=True, slots=True)
class KeyEffect:
    """The product groups that plans can use a key for: how many after the edit, which came, which went."""

    name: str
    groups: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanEffect:
    """A plan that the edit changes: what of it, before and after."""

    title: str
    parts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """All of it. `tried`: the number of estates that were planned twice. `problems`: only those that the edit makes."""

    rows: tuple[RowDifference, ...]
    keys: tuple[KeyEffect, ...]
    plans: tuple[PlanEffect, ...]
    tried: int
    problems: tuple[Problem, ...]


def effect(version: str, before: Rows, after: Rows, estates: Iterable[KnownEstate], today: str) -> Effect:
    """What differs between two contents of the catalogue. `today`: `YYYY-MM-DD`, for estates that name no day."""
    known = set(problems(before))
    old, new, documents = build(version, before), build(version, after), tuple(estates)
    compared = (_plan_effect(document, old, new, today) for document in documents)
    return Effect(
        rows=tuple(row_differences(before, after)),
        keys=tuple(_key_effects(old, new)),
        plans=tuple(plan for plan in compared if plan is not None),
        tried=len(documents),
        problems=tuple(problem for problem in problems(after) if problem not in known),
    )


def _key_effects(old: Catalogue, new: Catalogue) -> Iterator[KeyEffect]:
    for slug in sorted(old.keys.keys() | new.keys.keys()):
        before, after = _covered(old.keys.get(slug)), _covered(new.keys.get(slug))
        if before != after:
            key = new.keys.get(slug) or old.keys[slug]
            yield KeyEffect(
                key.name,
                len(after),
                tuple(_group_name(group, new, old) for group in sorted(after - before)),
                tuple(_group_name(group, old, new) for group in sorted(before - after)),
            )


def _covered(key: Key | None) -> set[str]:
    return {coverage.group for coverage in key.activates if coverage.evidence in COVERING_EVIDENCE} if key else set()


def _group_name(slug: str, *catalogues: Catalogue) -> str:
    return next((catalogue.groups[slug].name for catalogue in catalogues if slug in catalogue.groups), slug)


def _plan_effect(document: KnownEstate, old: Catalogue, new: Catalogue, today: str) -> PlanEffect | None:
    before, after = _plan(document, old, today), _plan(document, new, today)
    if isinstance(before, str) or isinstance(after, str):
        words = tuple("can be planned" if isinstance(plan, Plan) else plan for plan in (before, after))
        return None if before == after else PlanEffect(document.title, (("The estate", *words),))
    if before == after:
        return None
    names = {**_names(old), **_names(new)}
    parts = tuple(
        (part, was, becomes)
        for part, say in PARTS.items()
        if (was := say(before, names) or "none") != (becomes := say(after, names) or "none")
    )
    return PlanEffect(document.title, parts or (("Reasons and documents", "as they are", "others"),))


def _plan(document: KnownEstate, catalogue: Catalogue, today: str) -> Plan | str:
    """The plan without the name of its catalogue, or why there is none: the catalogue may be half edited."""
    try:
        plan = recommend(read_estate(document.estate, catalogue, today), catalogue)
    except EstateErrors as error:
        return error.errors[0].message
    except (LookupError, ValueError):
        return "cannot be planned until the catalogue fits together"
    return replace(plan, version="", digest="")


def _names(catalogue: Catalogue) -> dict[str, str]:
    keys = {slug: key.name for slug, key in catalogue.keys.items()}
    return keys | {slug: system.name for slug, system in catalogue.systems.items()}


def _keys_of(plan: Plan, names: Mapping[str, str]) -> str:
    return ", ".join(names[key.key] for key in plan.kms_host_keys)


def _hosts_of(plan: Plan, names: Mapping[str, str]) -> str:
    machines = Counter((host.pool, names.get(host.system or "", "a machine of its own")) for host in _hosts(plan))
    return ", ".join(f"{number} in {pool} ({system})" for (pool, system), number in machines.items())


def _hosts(plan: Plan) -> Iterator[Host]:
    return (host for key in plan.kms_host_keys for host in key.hosts)


def _maks_of(plan: Plan, names: Mapping[str, str]) -> str:
    return ", ".join(f"{names[mak.key]}: {mak.activations} activations" for mak in plan.maks)


def _methods_of(plan: Plan, names: Mapping[str, str]) -> str:
    numbers: Counter[str] = Counter()
    for line in plan.computers:
        numbers[line.method] += line.count
    return ", ".join(f"{method}: {number}" for method, number in sorted(numbers.items()))


def _warnings_of(plan: Plan, names: Mapping[str, str]) -> str:
    return ", ".join(dict.fromkeys(warning.code.replace("-", " ") for warning in plan.warnings))


PARTS: Mapping[str, Callable[[Plan, Mapping[str, str]], str]] = {
    "KMS host keys": _keys_of,
    "Hosts": _hosts_of,
    "MAKs": _maks_of,
    "Computers": _methods_of,
    "Warnings": _warnings_of,
}
