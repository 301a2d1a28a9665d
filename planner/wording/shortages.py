"""Keys that activate nobody yet: what their hosts count, what they need, and what would change that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from activation.rules.catalogue import COVERING_EVIDENCE, Catalogue
from activation.rules.inventory import WINDOWS
from activation.rules.plan import Plan, Warning
from planner.wording.names import FAMILIES, MANY, application_name, count, key_in_words, listing, some, unit


def too_few(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    """A sentence for each covering key that the plan can't use yet, and why it can't."""
    for key, rows in _rows_by_key(plan, catalogue).items():
        short = [row for row in rows if number(row, "short")]
        name = key_in_words(key, catalogue)
        yield f"You need {name}." if short or not rows else f"To cover every product group you would need {name} too."
        yield from _today(short, catalogue)
        yield from _outdone([row for row in rows if not number(row, "short")])


def addition(groups: Iterable[str], catalogue: Catalogue) -> str:
    """What more of would reach the threshold of all these groups, one of it: `computer`, `physical server`.

    Clients help servers only by reaching their own, higher threshold: until then they leave the count. Where virtual
    computers of a group are not counted, only a physical one is sure to help.
    """
    known = [catalogue.groups[group] for group in groups if group in catalogue.groups]
    families = {group.family for group in known}
    if "office" in families:
        return "installation"
    kind = "server" if families == {"server"} else "computer"
    return kind if all(group.counts_virtual for group in known) else f"physical {kind}"


def number(warning: Warning, name: str) -> int:
    """A param that is a number."""
    value = warning.params[name]
    return value if isinstance(value, int) else 0


def _rows_by_key(plan: Plan, catalogue: Catalogue) -> Mapping[str, list[Warning]]:
    """The shortages by the covering key that they keep out of the plan, each under one key."""
    used = {key.key for key in plan.kms_host_keys}
    short = [warning for warning in plan.warnings if warning.code == "threshold-short"]
    reach = {
        key: [row for row in short if _group(row) in _covered(key, catalogue)]
        for key in plan.covering_keys
        if key not in used
    }
    return {key: [row for row in rows if _best(row, reach) == key] for key, rows in reach.items() if rows}


def _best(row: Warning, reach: Mapping[str, Sequence[Warning]]) -> str:
    """Of the keys that cover the row's group, the one with the most computers there: the count is that key's."""
    waiting = {
        key: sum(number(other, "computers") for other in rows if _pool(other) == _pool(row))
        for key, rows in reach.items()
        if row in rows
    }
    return max(waiting, key=lambda key: waiting[key])


def _covered(key: str, catalogue: Catalogue) -> frozenset[str]:
    return frozenset(c.group for c in catalogue.keys[key].activates if c.evidence in COVERING_EVIDENCE)


def _group(row: Warning) -> str:
    return str(row.params["group"])


def _pool(row: Warning) -> str:
    return str(row.params["pool"])


def _today(rows: Sequence[Warning], catalogue: Catalogue) -> Iterator[str]:
    pools = sorted({_pool(row) for row in rows})
    if len(pools) < MANY:
        for pool, there in groupby(sorted(rows, key=_pool), key=_pool):
            yield f"Today it activates nobody in {pool}: {_counts(list(there), catalogue)}."
        return
    waiting = count(sum(number(row, "computers") for row in rows), unit(str(rows[0].params["application"])))
    yield f"Today it activates nobody in {some(pools, 'networks')}: {waiting}, too few in each."


def _counts(rows: Sequence[Warning], catalogue: Catalogue) -> str:
    """`15 of 25 for clients and 3 of 5 for servers; with 10 more ...`.

    A key has one count for all groups of a family. A row may tell a higher one, that another key has: the least is its.
    """
    least: dict[str, Warning] = {}
    for row in sorted(rows, key=lambda row: number(row, "counted")):
        least.setdefault(_who(row, catalogue), row)
    between = " " if len(least) == 1 else " for "
    counts = ((who, number(row, "counted"), number(row, "needed")) for who, row in sorted(least.items()))
    said = listing(f"{counted:,} of {needed:,}{between}{who}" for who, counted, needed in counts)
    return f"{said}; with {_more(rows, catalogue)}, it activates them all"


def _who(row: Warning, catalogue: Catalogue) -> str:
    if row.params["application"] != WINDOWS:
        return f"{application_name(str(row.params['application']), catalogue)} installations"
    return FAMILIES[catalogue.groups[_group(row)].family]


def _more(rows: Sequence[Warning], catalogue: Catalogue) -> str:
    short = max(number(row, "short") for row in rows)
    if rows[0].params["application"] != WINDOWS:
        return f"{short:,} more"
    return count(short, f"more {addition(map(_group, rows), catalogue)}") + " that this key covers"


def _outdone(rows: Sequence[Warning]) -> Iterator[str]:
    """Where the count would do, but the computers or the host are better used with another key."""
    if rows:
        pools = some(sorted({_pool(row) for row in rows}), "networks")
        yield f"In {pools} the plan does without it: another key saves as many MAKs there, or more."
