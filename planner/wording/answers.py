"""The answer in sentences: what to install where, what it activates, what else is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from activation.rules.catalogue import Catalogue
from activation.rules.inventory import WINDOWS
from activation.rules.plan import ComputerLine, Plan, PoolKey
from planner.wording.hosts import more_hosts
from planner.wording.names import (
    MANY,
    application_of,
    count,
    group_name,
    key_in_words,
    listing,
    product_name,
    some,
    unit,
)
from planner.wording.shortages import too_few

NOT_ON_KEYS = frozenset({"none", "unsupported"})


def answer(plan: Plan, catalogue: Catalogue) -> tuple[str, ...]:
    """The answer, the most important sentence first. Never empty."""
    parts = (_kms, _active_directory, too_few, _maks, _requests, _without_key, _licences)
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
    of_all = _to_activate(plan, pool, catalogue)
    these = "all" if pool.on_kms == of_all else f"{pool.on_kms:,} of the"
    where = "there" if len(pool.networks) == 1 else f"in {some(pool.networks, 'networks')}"
    install = f"Install {key_in_words(pool.key, catalogue)} on {count(pool.hosts, 'host')} in {pool.pool}"
    return f"{install}; it activates {these} {count(of_all, unit(pool.application))} {where}."


def _in_pools(key: str, pools: Sequence[PoolKey], catalogue: Catalogue) -> str:
    hosts = count(sum(pool.hosts for pool in pools), "host")
    served = count(sum(pool.on_kms for pool in pools), unit(pools[0].application))
    places = some([pool.pool for pool in pools], "networks")
    return f"Install {key_in_words(key, catalogue)} on {hosts} in {places}; it activates {served}."


def _to_activate(plan: Plan, pool: PoolKey, catalogue: Catalogue) -> int:
    """Computers (of an Office version: installations) of the pool's networks that any key activates."""
    networks = frozenset(pool.networks)
    return sum(
        line.count
        for line in plan.computers
        if line.network in networks
        and line.method not in NOT_ON_KEYS
        and application_of(line.group, catalogue) == pool.application
    )


def _active_directory(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    for key in sorted(plan.kms_host_keys, key=lambda key: key.application != WINDOWS):
        if "adba" in key.use:
            lines = [line for line in plan.computers if line.method == "adba" and line.key == key.key]
            served = count(sum(line.count for line in lines), unit(key.application))
            yield (
                f"Add {key_in_words(key.key, catalogue)} to Active Directory; "
                f"it activates {served} in the domain, however few they are."
            )


def _maks(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    if not plan.maks:
        yield from ["No MAK is needed."] if plan.kms_host_keys else []
    elif len(plan.maks) < MANY:
        groups = listing(
            f"{group_name(mak.group, catalogue)} ({count(mak.computers, unit(application_of(mak.group, catalogue)))})"
            for mak in plan.maks
        )
        yield f"Use {'a MAK' if len(plan.maks) == 1 else 'MAKs'} for {groups}."
    else:
        activations = sum(mak.activations for mak in plan.maks)
        yield f"Use MAKs of {len(plan.maks)} product groups for {activations:,} activations."


def _requests(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    short = [mak for mak in plan.maks if mak.to_request]
    if short:
        one = "more MAK activation" if all(mak.remaining for mak in short) else "MAK activation"
        asked = [(group_name(mak.group, catalogue), mak.to_request) for mak in short]
        yield f"Request {_each(asked, one, 'product groups')}."
    for key in plan.kms_host_keys:
        request = more_hosts(key, catalogue)
        if request:
            yield request


def _without_key(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    for method, (one, many) in _WITHOUT.items():
        lines = [line for line in plan.computers if line.method == method]
        if lines:
            words = one if sum(line.count for line in lines) == 1 else many
            products = listing(dict.fromkeys(product_name(line.product, catalogue) for line in lines))
            yield words.format(these=_these(lines, catalogue), products=products)


_WITHOUT = {
    "avma": ("{these} is activated by its Hyper-V host.", "{these} are activated by their Hyper-V hosts."),
    "none": ("{these} is left as it is, as you asked.", "{these} are left as they are, as you asked."),
    "unsupported": ("{these} has no volume activation: {products}.", "{these} have no volume activation: {products}."),
}


def _these(lines: Sequence[ComputerLine], catalogue: Catalogue) -> str:
    """`3 computers and 2 Office installations`; guests of a Hyper-V host are `8 guests`."""
    numbers: dict[str, int] = {}
    for line in lines:
        one = "guest" if line.method == "avma" else unit(application_of(line.group, catalogue))
        numbers[one] = numbers.get(one, 0) + line.count
    return listing(count(number, one) for one, number in sorted(numbers.items(), reverse=True))


def _licences(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    short = [(product_name(line.product, catalogue), line.shortfall) for line in plan.licences if line.shortfall]
    if short:
        yield f"Buy {_each(short, 'licence', 'products')}."


def _each(numbers: Sequence[tuple[str, int]], one: str, many: str) -> str:
    """`18 licences: 12 for a and 6 for b`; only the sum when there are many."""
    total = count(sum(number for _, number in numbers), one)
    if len(numbers) == 1:
        return f"{total} for {numbers[0][0]}"
    if len(numbers) >= MANY:
        return f"{total} for {len(numbers)} {many}"
    return f"{total}: {listing(f'{number:,} for {name}' for name, number in numbers)}"
