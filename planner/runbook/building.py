"""A plan -> its runbook: first the forest, then each network after the one whose hosts it uses, last what goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from activation.rules.inventory import WINDOWS
from activation.rules.plan import Plan
from planner import wording
from planner.reference.index import Reference
from planner.runbook.clients import client_steps, office_steps, reach_steps
from planner.runbook.hosts import COMMANDS, SLMGR, count_steps, directory_steps, host_steps, port
from planner.runbook.powershell import argument, ask_secret
from planner.runbook.steps import Runbook, Step, numbered, step

#: Key and hosts in use of each KMS host key that an estate has.
InUse = Iterable[tuple[str, int]]


def runbook(plan: Plan, reference: Reference, in_use: InUse = ()) -> Runbook:
    """The runbook of a plan by the catalogue that the plan was made by."""
    places = [
        ("Active Directory", list(directory_steps(plan, reference))),
        *_networks(plan, reference),
        ("When a KMS host is replaced", list(_switch_off(plan, reference, in_use))),
    ]
    return Runbook(plan.organisation, plan.as_of, plan.version, numbered(places))


def _networks(plan: Plan, reference: Reference) -> Iterator[tuple[str, list[Step]]]:
    pool_of = {network: row.pool for row in plan.pools for network in row.networks}
    listed = dict.fromkeys([*pool_of.values(), *(line.network for line in plan.computers)])
    for network in sorted(listed, key=lambda name: _place(name, pool_of, list(listed))):
        yield network, list(_network(network, pool_of.get(network), plan, reference))


def _place(network: str, pool_of: dict[str, str], listed: list[str]) -> tuple[bool, int, bool, int]:
    """Networks on KMS first, each behind the one with its hosts."""
    pool = pool_of.get(network)
    return pool is None, listed.index(pool or network), pool != network, listed.index(network)


def _network(network: str, pool: str | None, plan: Plan, reference: Reference) -> Iterator[Step]:
    yield from host_steps(network, plan, reference)
    if pool and pool != network:
        yield from reach_steps(network, plan, reference)
    yield from client_steps(network, plan, reference)
    yield from count_steps(network, plan, reference)


def _switch_off(plan: Plan, reference: Reference, in_use: InUse) -> Iterator[Step]:
    """For the keys that are in use by now and that the plan does without. Hosts of Office keys alone stay hosts."""
    gone = _gone(plan, reference, in_use)
    if not gone:
        return
    names = wording.listing(wording.key_name(key, reference.catalogue) for key in gone)
    values = COMMANDS | {"port": port(reference), "replaced": f"In use and not in the plan: {names}."}
    if all(_application(key, reference) != WINDOWS for key in gone):
        yield from _office_keys(gone, values, reference)
        return
    yield step("switch-off-publish", values)
    yield step("switch-off-record", values)
    yield from _office_keys(gone, values, reference)
    yield step("switch-off-key", values | {"secret-host": ask_secret("KMS host key that was there before")})
    yield step("switch-off-clients", values)
    on_kms = [line for line in plan.computers if line.method == "kms"]
    yield from office_steps("switch-off-clients-office", on_kms, reference)


def _gone(plan: Plan, reference: Reference, in_use: InUse) -> list[str]:
    planned = {key.key for key in plan.kms_host_keys}
    return [key for key, hosts in in_use if hosts and key in reference.catalogue.kms_keys and key not in planned]


def _office_keys(gone: list[str], values: dict[str, object], reference: Reference) -> Iterator[Step]:
    rows = [reference.rows["key"][key] for key in gone if _application(key, reference) != WINDOWS]
    ids = [argument(row["kms_host_activation_id"]) for row in rows if row["kms_host_activation_id"]]
    if ids:
        commands = {
            "office-keys": "\n".join(f"{SLMGR} /upk {each}" for each in ids),
            "office-checks": "\n".join(f"{SLMGR} /dlv {each}" for each in ids),
        }
        yield step("switch-off-office", values | commands)


def _application(key: str, reference: Reference) -> str:
    return wording.application_of(reference.catalogue.keys[key].group, reference.catalogue)
