"""The warnings of section 8, each worked out from the world, the choice and the expected document."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from .expected import Expected
from .facts import FAMILY_NEEDS, HOST_LIMIT, KEYS_SINCE_2016, OLD_SERVER_KEYS, TWO_HOSTS_ABOVE, VIRTUAL_NOT_COUNTED
from .hosts import Taken, first_free
from .office import office_count
from .world import World

Params = dict[str, Any]


def warnings(expected: Expected, document: dict[str, Any]) -> list[tuple[str, Params]]:
    """(code, params) in the order of the plan."""
    found: list[tuple[str, Params]] = []
    for code, cases in CASES.items():
        found += [(code, params) for params in sorted(cases(expected, document), key=canonical)]
    return found


def canonical(params: Params) -> str:
    return json.dumps(params, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _unsupported(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    total: Counter[str] = Counter()
    for row in expected.world.rows:
        if row.activate and row.group is None:
            total[row.product] += row.count
    yield from ({"product": product, "count": count} for product, count in total.items())


def _not_covered(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    world = expected.world
    for group in world.reachable:
        if not world.keys_for(group):
            yield {"group": group, "keys": world.facts.keys_for(group)}


def _evidence(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    facts = expected.world.facts
    used = {(key, facts.group(product) or "") for (_, product, method, key) in expected.computers if method != "mak"}
    for key, group in used:
        evidence = facts.covers.get(key, {}).get(group, "documented")
        if evidence != "documented":
            yield {"key": key, "group": group, "evidence": evidence}


def _disputed(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    world = expected.world
    to_activate = {row.group for row in world.rows if row.activate}
    if to_activate & {"windows-vista", "windows-8"} and KEYS_SINCE_2016 & set(world.available):
        yield {"conflict": "C2"}
    if any(row["group"].startswith("office-") for row in document["maks"]):
        yield {"conflict": "C18"}
    if any(_virtual_and_old(world, part) for part in world.parts):
        yield {"conflict": "L.C05"}
    if any(one.on_kms > TWO_HOSTS_ABOVE for one in expected.windows):
        yield {"conflict": "L.C07"}


def _virtual_and_old(world: World, part: Any) -> bool:
    if part.group not in VIRTUAL_NOT_COUNTED or not part.virtual:
        return False
    return part.contact != "none" and part.pool is not None and bool(world.keys_for(part.group))


def _short(expected: Expected) -> Iterator[tuple[Params, list[str]]]:
    """The params of each threshold-short warning with the keys that reach its count (none for Office)."""
    world = expected.world
    for (pool, group), parts in world.by_pool.items():
        on_mak = sum(part.count for part in parts if expected.method(part)[0] == "mak")
        on_mak -= _hosts_of(expected, pool, group) if on_mak else 0
        if not on_mak or not world.keys_for(group):
            continue
        family = world.facts.family(group)
        counted, keys = (office_count(world, pool, group), []) if family == "office" else _highest(world, pool, group)
        needed = FAMILY_NEEDS[family]
        yield {
            "pool": pool, "application": group if family == "office" else "windows", "group": group,
            "computers": on_mak, "counted": counted, "needed": needed, "short": max(0, needed - counted),
        }, keys  # fmt: skip


def _hosts_of(expected: Expected, pool: str, group: str) -> int:
    """Hosts among the assigned computers of the group."""
    hosts = [host for one in expected.windows if one.pool == pool for host in one.hosts if host.on == "listed"]
    return sum(expected.world.facts.group(host.product or "") == group and not host.adba for host in hosts)


def _highest(world: World, pool: str, group: str) -> tuple[int, list[str]]:
    counts = {key: _count_alone(world, pool, key, group)[0] for key in world.keys_for(group)}
    highest = max(counts.values())
    return highest, [key for key, count in counts.items() if count == highest]


def _count_alone(world: World, pool: str, key: str, group: str) -> tuple[int, bool]:
    """The key's count when every group it covers in the pool goes to it; whether its host would be on AD."""
    groups = frozenset(name for at, name in world.by_pool if at == pool and name in world.facts.covers[key])
    host = first_free(world, pool, key, groups, Taken())
    counts = {"client": 0, "server": 0}
    for part in (part for name in groups for part in world.by_pool[pool, name] if part.counted):
        counts[part.family] += part.count
    if host.on == "listed" and host.counted:
        counts[world.facts.family(world.facts.group(host.product or "") or "")] -= 1
    total = counts["client"] + counts["server"]
    if world.facts.family(group) == "server" and total < FAMILY_NEEDS["client"]:
        total = counts["server"]
    return total, host.on == "listed" and host.adba


def _threshold_short(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    yield from (params for params, _ in _short(expected))


def _ad_lowers_count(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    for params, keys in _short(expected):
        pool, group = params["pool"], params["group"]
        if params["short"] and any(_enough_with_directory(expected.world, params, key) for key in keys):
            yield {"pool": pool, "group": group}


def _enough_with_directory(world: World, params: Params, key: str) -> bool:
    _, host_in_directory = _count_alone(world, params["pool"], key, params["group"])
    covered = world.facts.covers[key]
    in_directory = sum(
        part.count
        for part in world.in_directory
        if part.pool == params["pool"] and part.contact == "regular" and part.group in covered
    )
    return bool(params["counted"] + in_directory - host_in_directory >= params["needed"])


def _thin_margin(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    for one in expected.windows:
        if len(one.hosts) == 1 and one.needed <= one.counted < one.margin:
            yield {"pool": one.pool, "key": one.key, "counted": one.counted, "needed": one.needed}


def _second_host(code: str) -> Any:
    def cases(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
        for one in expected.windows:
            if one.fault == code:
                yield {"pool": one.pool, "key": one.key}

    return cases


def _needs_host(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    for one in expected.installations:
        if one.hosts[0].on == "additional":
            systems = list(expected.world.facts.carriers(one.key))
            yield {"pool": one.pool, "key": one.key, "systems": systems}


def _host_update(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    facts = expected.world.facts
    needed = {(one.pool, one.key, host.system) for one in expected.installations for host in one.hosts}
    for pool, key, system in needed:
        update = facts.update(key, system)
        if update is not None:
            yield {"pool": pool, "key": key, "system": system, "update": update}


def _host_edition(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    facts = expected.world.facts
    old = [one for one in expected.windows if one.key in OLD_SERVER_KEYS]
    hosts = {(one.pool, one.key, host.product) for one in old for host in one.hosts if host.on == "listed"}
    for pool, key, product in hosts:
        if facts.group(product or "") != facts.kms[key].group:
            yield {"pool": pool, "key": key, "product": product}


def _host_unknown(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    for one in expected.installations:
        if one.hosts[0].on == "unknown":
            yield {"pool": one.pool, "key": one.key}


def _too_many_hosts(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    for row in document["kms_host_keys"]:
        numbers = row["activations"]
        if max(numbers["planned"], numbers["used"]) > HOST_LIMIT:
            yield {"key": row["key"], **numbers}


def _mak_short(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    for row in document["maks"]:
        if row["to_request"] > 0 and row["key"] in expected.world.remaining:
            yield {"group": row["group"], "to_request": row["to_request"]}


def _licence_short(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    for row in document["licences"]:
        if row["shortfall"] > 0:
            yield {"product": row["product"], "shortfall": row["shortfall"]}


def _open_agreement(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    if expected.world.document.get("agreement") in ("open", "open-value") and document["kms_host_keys"]:
        yield {}


def _out_of_support(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    for group in {row.group for row in expected.world.rows if row.activate and row.group}:
        date = expected.world.facts.last_support(group)
        if date is not None and date < document["as_of"]:
            yield {"group": group, "date": date}


def _bios_marker(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    physical = [part for part in expected.world.parts if part.group == "windows-7" and not part.virtual]
    hosts = [host for one in expected.windows for host in one.hosts if host.on == "listed" and not host.virtual]
    is_host = any(expected.world.facts.group(host.product or "") == "windows-7" for host in hosts)
    if is_host or any(expected.method(part)[0] == "kms" for part in physical):
        yield {}


def _proxy_needed(expected: Expected, document: dict[str, Any]) -> Iterator[Params]:
    with_mak = {network for (network, _, method, _) in expected.computers if method == "mak"}
    with_host = {one.pool for one in expected.installations}
    for name, site in expected.world.sites.items():
        if site.proxy and name in with_mak | with_host:
            yield {"network": name}


CASES = {
    "unsupported-product": _unsupported,
    "not-covered": _not_covered,
    "evidence": _evidence,
    "disputed": _disputed,
    "threshold-short": _threshold_short,
    "ad-lowers-count": _ad_lowers_count,
    "thin-margin": _thin_margin,
    "second-host-needs-computer": _second_host("second-host-needs-computer"),
    "second-host-starves": _second_host("second-host-starves"),
    "second-host-no-activation": _second_host("second-host-no-activation"),
    "needs-host": _needs_host,
    "host-update": _host_update,
    "host-edition": _host_edition,
    "host-unknown": _host_unknown,
    "too-many-hosts": _too_many_hosts,
    "mak-short": _mak_short,
    "licence-short": _licence_short,
    "open-agreement": _open_agreement,
    "out-of-support": _out_of_support,
    "windows-7-bios-marker": _bios_marker,
    "proxy-needed": _proxy_needed,
}
