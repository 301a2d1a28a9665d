"""Steps on KMS hosts: update, role, key, activation, firewall, DNS and the count; and in Active Directory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from activation.rules.inventory import WINDOWS
from activation.rules.plan import Host, KmsHostKey, Method, Plan, PoolKey
from planner import wording
from planner.exports.text import host_words
from planner.reference.index import Reference
from planner.runbook.powershell import argument, ask_secret, plain, quoted
from planner.runbook.steps import Step, step

SLMGR = 'cscript.exe //NoLogo "$env:SystemRoot\\System32\\slmgr.vbs"'
#: The service of the licences: slsvc on Windows Vista and Windows Server 2008, sppsvc since [SUP-TOKENS].
RESTART = "Get-Service -Name 'sppsvc', 'slsvc' -ErrorAction SilentlyContinue | Restart-Service"
COMMANDS = {"slmgr": SLMGR, "restart": RESTART}
#: Systems from before Windows 8 and Windows Server 2012: without the role and without the cmdlets of the firewall.
OLD = ("windows-vista", "windows-7", "windows-server-2003", "windows-server-2008", "windows-server-2008-r2")


def port(reference: Reference) -> int:
    """The TCP port of KMS by the catalogue's rule; 1688 where the rule has been taken out."""
    rule = reference.catalogue.rules.get("R-DNS")
    return rule.params.get("port", 1688) if rule else 1688


def host_steps(pool: str, plan: Plan, reference: Reference) -> Iterator[Step]:
    """What makes the hosts of a pool, Windows before Office."""
    keys = sorted(plan.kms_host_keys, key=lambda key: key.application != WINDOWS)
    here = [(key, [host for host in key.hosts if host.pool == pool]) for key in keys]
    systems = {system for key, hosts in here for host in hosts for system in _systems(key, host, reference)}
    if not systems:
        return
    for key, hosts in here:
        yield from _provided(key, hosts, reference)
    yield from _roles(systems, reference)
    for key, hosts in here:
        for host, number in Counter(hosts).items():
            yield from _key_steps(key, host, number, plan, reference)
    yield from _open(systems, reference)
    yield step("publish", COMMANDS | {"port": port(reference)})
    if _machines([hosts for _, hosts in here]) > 1:
        yield step("publish-second", {"port": port(reference)})


def _systems(key: KmsHostKey, host: Host, reference: Reference) -> Iterable[str]:
    """The system of a host, or all that it may have: it is still to be provided, or no document says which."""
    if host.system:
        return (host.system,)
    known = reference.catalogue.keys.get(key.key)
    return (known and reference.systems.carriers(known)) or reference.catalogue.systems


def _machines(hosts_of_keys: Iterable[list[Host]]) -> int:
    """How many machines at least carry the keys: one may carry several keys, each with its own update."""
    found: Counter[tuple[object, ...]] = Counter()
    for hosts in hosts_of_keys:
        found |= Counter((host.on, host.product, host.system) for host in hosts)
    return found.total()


def _roles(systems: Iterable[str], reference: Reference) -> Iterator[Step]:
    if any(reference.catalogue.systems[slug].family == "server" and slug not in OLD for slug in systems):
        yield step("role", {"server": "Each KMS host here with Windows Server 2012 or later"})


def _key_steps(key: KmsHostKey, host: Host, number: int, plan: Plan, reference: Reference) -> Iterator[Step]:
    own = {"host": _machine(host, number, reference), "own-key": _own_key(host, reference)}
    values = _values(key, plan, reference) | own
    if host.update:
        values |= {"update": plain(host.update), "hotfixes": _hotfixes(host.update)}
        yield step("update", values, _host_sources(key, host, reference))
    if key.application == WINDOWS:
        yield step("install-host-key", values)
        yield step("activate-host", values)
    else:
        yield step("office-pack", values, _coverage_sources(key, reference))
        yield step("install-office-key", values)
        yield step("activate-office-host", values)


def _values(key: KmsHostKey, plan: Plan, reference: Reference) -> dict[str, object]:
    catalogue, row = reference.catalogue, reference.rows["key"].get(key.key, {})
    used = f"{key.used:,} of them have it already." if key.used else ""
    return COMMANDS | {
        "key-in-words": wording.key_in_words(key.key, catalogue),
        "group": wording.application_name(key.application, catalogue),
        "activates": _activated(key, ("kms", "kms-host"), plan, reference),
        "limit": key.limit,
        "activations": catalogue.figure("R-HOSTS", "activations_per_host"),
        "used": used,
        "secret": ask_secret(wording.key_name(key.key, catalogue)),
        "activation-id": argument(row.get("kms_host_activation_id", "")),
        "pack": quoted(plain(row.get("volume_license_pack", ""))),
    }


def _activated(key: KmsHostKey, methods: tuple[Method, ...], plan: Plan, reference: Reference) -> str:
    """The groups of the plan that the key activates this way, not all that it could."""
    lines = (line for line in plan.computers if line.key == key.key and line.method in methods)
    groups = dict.fromkeys(line.group for line in lines if line.group)
    return wording.listing(wording.group_name(group, reference.catalogue) for group in groups)


def _own_key(host: Host, reference: Reference) -> str:
    """A line with the public client setup key of a listed computer, or one that asks for it."""
    product = reference.catalogue.products.get(host.product or "")
    if product and product.gvlk:
        return f"$Key = {quoted(plain(product.gvlk))}"
    return "$Key = Read-Host -Prompt 'Client setup key (GVLK) of the edition of this computer'"


def _machine(host: Host, number: int, reference: Reference) -> str:
    """`The machine named for KMS`, `2 hosts, each one of the ...`: without the update, which has a step of its own."""
    words = host_words(host, reference.catalogue).split("; first install")[0]
    return words[0].upper() + words[1:] if number == 1 else f"{number} hosts, each {words}"


def _hotfixes(update: str) -> str:
    """A command that shows the updates that the catalogue names, "" when it gives no number."""
    named = ", ".join(quoted(number) for number in dict.fromkeys(re.findall(r"KB\d+", update)))
    return f"Get-HotFix -Id {named} -ErrorAction SilentlyContinue" if named else ""


def _host_sources(key: KmsHostKey, host: Host, reference: Reference) -> tuple[str, ...]:
    known = reference.catalogue.keys.get(key.key)
    return reference.systems.sources(known, host.system) if known and host.system else ()


def _coverage_sources(key: KmsHostKey, reference: Reference) -> tuple[str, ...]:
    known = reference.catalogue.keys.get(key.key)
    return tuple(source for row in known.activates for source in row.sources) if known else ()


def _provided(key: KmsHostKey, hosts: list[Host], reference: Reference) -> Iterator[Step]:
    name = wording.key_in_words(key.key, reference.catalogue)
    for host, number in Counter(hosts).items():
        if host.on == "additional":
            values = {"key-in-words": name, "host": _machine(host, number, reference)}
            yield step("provide-host", values | {"systems": _carriers(key, reference)})


def _carriers(key: KmsHostKey, reference: Reference) -> str:
    """The systems that a machine to be provided may have, each with the update that comes first."""
    known = reference.catalogue.keys.get(key.key)
    updates = reference.systems.carriers(known) if known else {}
    names = ((wording.system_name(slug, reference.catalogue), update) for slug, update in updates.items())
    return wording.listing((f"{name} (first {plain(update)})" if update else name for name, update in names), "or")


def _open(systems: Iterable[str], reference: Reference) -> Iterator[Step]:
    old = {system in OLD for system in systems}
    values = {"port": port(reference)}
    if False in old:
        yield step("firewall", values)
    if True in old:
        yield step("firewall-old", values)


def count_steps(pool: str, plan: Plan, reference: Reference) -> Iterator[Step]:
    """What the hosts of a pool have to count, Windows and each Office version apart."""
    for row in sorted(plan.pools, key=lambda row: row.application != WINDOWS):
        if row.pool == pool and row.hosts:
            key = reference.rows["key"].get(row.key, {}) if row.application != WINDOWS else {}
            activation_id = key.get("kms_host_activation_id", "")
            values = {
                "application": wording.application_name(row.application, reference.catalogue),
                "counts": _counts(row),
                "slmgr": SLMGR,
                "port": port(reference),
                "activation-id": argument(activation_id) if activation_id else "",
            }
            yield step("count", values)


def _counts(row: PoolKey) -> str:
    needs = wording.listing(f"{met.needed} for {wording.FAMILIES[family]}" for family, met in row.thresholds.items())
    return f"The plan counts {row.counted:,} here, and a host needs {needs}."


def directory_steps(plan: Plan, reference: Reference) -> Iterator[Step]:
    """Each key that Active Directory holds. Office needs its pack on the server first."""
    keys = [key for key in plan.kms_host_keys if "adba" in key.use]
    if keys:
        yield step("role", {"server": "A domain controller with Windows Server 2012 or later"}, ("ITP-ADBA",))
    for key in keys:
        values = _values(key, plan, reference) | {"server": "The domain controller with the role"}
        if key.application != WINDOWS:
            yield step("office-pack", values | {"host": values["server"]}, ("OFF-ADBA",))
        yield step("directory", values | {"activates": _activated(key, ("adba",), plan, reference)})
