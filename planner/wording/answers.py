"""The answer in sentences: what to install where, what it activates, what else is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from activation.rules.catalogue import COVERING_EVIDENCE, Catalogue
from activation.rules.plan import Plan, PoolKey, Warning
from planner.wording.names import application_name, count, group_name, key_in_words, listing, product_name

#: From this many on, rows are summed up instead of said one by one.
MANY = 4
WINDOWS = "windows"
NOT_ON_KEYS = frozenset({"none", "unsupported"})


def answer(plan: Plan, catalogue: Catalogue) -> tuple[str, ...]:
    """The answer, the most important sentence first. Never empty."""
    parts = (_kms, _active_directory, _too_few, _maks, _without_key, _licences)
    sentences = tuple(sentence for part in parts for sentence in part(plan, catalogue))
    return sentences or ("Nothing here needs a key.",)


def _kms(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    windows_first = sorted(plan.pools, key=lambda row: (row.application != WINDOWS, row.key))
    for key, rows in groupby(windows_first, key=lambda row: row.key):
        pools = list(rows)
        if len(pools) < MANY:
            yield from (_in_pool(pool, plan, catalogue) for pool in pools)
        else:
            yield _in_pools(key, pools, catalogue)


def _in_pool(pool: PoolKey, plan: Plan, catalogue: Catalogue) -> str:
    unit = _unit(pool.application)
    of_all = _to_activate(plan, pool, catalogue)
    these = "all" if pool.on_kms == of_all else f"{pool.on_kms:,} of the"
    where = "there" if len(pool.networks) == 1 else f"in {_some(pool.networks, 'networks')}"
    hosts = count(pool.hosts, "host")
    key = key_in_words(pool.key, catalogue)
    return f"Install {key} on {hosts} in {pool.pool}; it activates {these} {count(of_all, unit)} {where}."


def _in_pools(key: str, pools: Sequence[PoolKey], catalogue: Catalogue) -> str:
    hosts = count(sum(pool.hosts for pool in pools), "host")
    served = count(sum(pool.on_kms for pool in pools), _unit(pools[0].application))
    places = _some([pool.pool for pool in pools], "networks")
    return f"Install {key_in_words(key, catalogue)} on {hosts} in {places}; it activates {served}."


def _to_activate(plan: Plan, pool: PoolKey, catalogue: Catalogue) -> int:
    """Computers (of an Office version: installations) of the pool's networks that any key activates."""
    networks = frozenset(pool.networks)
    return sum(
        line.count
        for line in plan.computers
        if line.network in networks
        and line.method not in NOT_ON_KEYS
        and _application(line.group, catalogue) == pool.application
    )


def _application(group: str | None, catalogue: Catalogue) -> str:
    if group is None or group not in catalogue.groups or catalogue.groups[group].family != "office":
        return WINDOWS
    return group


def _unit(application: str) -> str:
    return "computer" if application == WINDOWS else "installation"


def _active_directory(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    for key in plan.kms_host_keys:
        if "adba" in key.use:
            lines = [line for line in plan.computers if line.method == "adba" and line.key == key.key]
            served = count(sum(line.count for line in lines), _unit(key.application))
            yield (
                f"Add {key_in_words(key.key, catalogue)} to Active Directory; "
                f"it activates {served} in the domain, however few they are."
            )


def _too_few(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    """The covering keys that activate nobody yet, and what would change that."""
    used = {key.key for key in plan.kms_host_keys}
    short = [warning for warning in plan.warnings if warning.code == "threshold-short"]
    for key in plan.covering_keys:
        groups = {c.group for c in catalogue.keys[key].activates if c.evidence in COVERING_EVIDENCE}
        waiting = [warning for warning in short if warning.params["group"] in groups]
        if key not in used and waiting:
            yield f"You need {key_in_words(key, catalogue)}."
            yield from _waiting(waiting, catalogue)


def _waiting(warnings: Sequence[Warning], catalogue: Catalogue) -> Iterator[str]:
    by_pool: dict[str, list[Warning]] = {}
    for warning in sorted(warnings, key=lambda warning: str(warning.params["pool"])):
        by_pool.setdefault(str(warning.params["pool"]), []).append(warning)
    if len(by_pool) >= MANY:
        computers = sum(_number(warning, "computers") for warning in warnings)
        pools = _some(list(by_pool), "networks")
        yield f"Today it activates nobody in {pools}: {count(computers, 'computer')}, too few in each."
        return
    for pool, rows in by_pool.items():
        yield f"Today it activates nobody in {pool}: {_counts(rows, catalogue)}."


def _counts(rows: Sequence[Warning], catalogue: Catalogue) -> str:
    """`4 of 5 servers; with 1 more it activates all`; several thresholds are told apart by their family."""
    missed = {_who(row, catalogue): (_number(row, "counted"), _number(row, "needed")) for row in rows}
    between = " " if len(missed) == 1 else " for "
    counts = listing(f"{counted:,} of {needed:,}{between}{who}" for who, (counted, needed) in missed.items())
    short = max(_number(row, "short") for row in rows)
    return counts + (f"; with {short:,} more it activates all" if short else "")


def _who(row: Warning, catalogue: Catalogue) -> str:
    if row.params["application"] != WINDOWS:
        return application_name(str(row.params["application"]), catalogue) + " installations"
    return "servers" if catalogue.groups[str(row.params["group"])].family == "server" else "clients"


def _number(warning: Warning, name: str) -> int:
    value = warning.params[name]
    return value if isinstance(value, int) else 0


def _maks(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    if not plan.maks:
        yield from ["No MAK is needed."] if plan.kms_host_keys else []
    elif len(plan.maks) < MANY:
        groups = listing(
            f"{group_name(mak.group, catalogue)} ({count(mak.computers, _unit(_application(mak.group, catalogue)))})"
            for mak in plan.maks
        )
        yield f"Use {'a MAK' if len(plan.maks) == 1 else 'MAKs'} for {groups}."
    else:
        yield f"Use MAKs of {len(plan.maks)} product groups for {_all_of_maks(plan)} activations."
    missing = [warning for warning in plan.warnings if warning.code == "mak-short"]
    if missing:
        yield f"Request {_more(missing, 'to_request', 'group', catalogue, 'more MAK activation')}."


def _all_of_maks(plan: Plan) -> str:
    return f"{sum(mak.activations for mak in plan.maks):,}"


def _without_key(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    by_method = {method: [line for line in plan.computers if line.method == method] for method in _WITHOUT}
    for method, (one, many) in _WITHOUT.items():
        number = sum(line.count for line in by_method[method])
        products = listing(dict.fromkeys(product_name(line.product, catalogue) for line in by_method[method]))
        if number:
            yield (one if number == 1 else many).format(number=f"{number:,}", products=products)


_WITHOUT = {
    "avma": ("1 guest is activated by its Hyper-V host.", "{number} guests are activated by their Hyper-V hosts."),
    "none": ("1 computer is left as it is, as you asked.", "{number} computers are left as they are, as you asked."),
    "unsupported": (
        "1 computer has no volume activation: {products}.",
        "{number} computers have no volume activation: {products}.",
    ),
}


def _licences(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    missing = [warning for warning in plan.warnings if warning.code == "licence-short"]
    if missing:
        yield f"Buy {_more(missing, 'shortfall', 'product', catalogue, 'licence')}."


def _more(missing: Sequence[Warning], number: str, what: str, catalogue: Catalogue, unit: str) -> str:
    """`18 licences: 12 for a, 6 for b`; only the sum when there are many."""
    total = count(sum(_number(warning, number) for warning in missing), unit)
    naming = group_name if what == "group" else product_name
    names = [naming(str(warning.params[what]), catalogue) for warning in missing]
    if len(missing) == 1:
        return f"{total} for {names[0]}"
    if len(missing) >= MANY:
        return f"{total} for {len(missing)} {what}s"
    each = (f"{_number(warning, number):,} for {name}" for warning, name in zip(missing, names, strict=True))
    return f"{total}: {listing(each)}"


def _some(names: Iterable[str], many: str) -> str:
    """The names, or how many when there are many."""
    names = list(names)
    return listing(names) if len(names) < MANY else f"{len(names):,} {many}"
