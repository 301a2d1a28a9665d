"""Steps on the computers that are activated: by KMS, Active Directory, a Hyper-V host, a MAK, or a MAK through VAMT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from activation.guest_keys import guest_key
from activation.rules.plan import ComputerLine, Method, Plan
from planner import wording
from planner.reference.index import Reference
from planner.runbook.hosts import SLMGR, port
from planner.runbook.powershell import argument, ask_secret
from planner.runbook.steps import Step, step

BEFORE = "Product key that was there before"
#: What the first computers see [SUP-F038, OFFSUP-F038].
EARLY = "Until the host has counted enough, the answer is error 0xC004F038; the computer tries again every two hours."
#: Where ospp.vbs lies [TP-OSPP]; from Office 2016 on in OFFICE_16, whatever the version [OFF-TOOLS].
FOLDERS = {"office-2010": "Office14", "office-2013": "Office15"}
OFFICE_16 = "Office16"
#: VAMT's module, whatever the number in the name of its folder [ITP-VAMT-PS].
_KIT = "${env:ProgramFiles(x86)}\\Windows Kits\\10\\Assessment and Deployment Kit"
VAMT = f'Import-Module -Name (Get-ChildItem -Path "{_KIT}\\VAMT*\\VAMT.psd1").FullName'


@dataclass(frozen=True, slots=True)
class Alike:
    """Computers of one network that one step is for: `gvlk` is the same for all, "" when none is known."""

    lines: tuple[ComputerLine, ...]
    group: str
    key: str
    gvlk: str

    @property
    def is_office(self) -> bool:
        return self.group.startswith("office-")


def client_steps(network: str, plan: Plan, reference: Reference) -> Iterator[Step]:
    """Everything that is done on the computers of a network themselves, in the order of the methods."""
    lines = sorted((line for line in plan.computers if line.network == network), key=_is_office)
    for alike in _alike(lines, "kms", reference):
        yield _client("KMS", "client", alike, reference)
    for alike in _alike(lines, "adba", reference):
        yield _client("Active Directory", "client-directory", alike, reference)
    for alike in _alike(lines, "avma", reference):
        yield _guest(alike, reference)
    yield from _mak_steps(network, lines, plan, reference)


def _is_office(line: ComputerLine) -> bool:
    return (line.group or "").startswith("office-")


def reach_steps(network: str, plan: Plan, reference: Reference) -> Iterator[Step]:
    """The way to the hosts of another network. Windows and each Office version are told of a host apart."""
    lines = [line for line in plan.computers if line.network == network and line.method == "kms"]
    values = {"slmgr": SLMGR, "port": port(reference)}
    if lines:
        yield step("reach", values)
    if any(not _is_office(line) for line in lines):
        yield step("name-host", values)
    yield from office_steps("name-host-office", lines, reference)


def office_steps(kind: str, lines: Iterable[ComputerLine], reference: Reference) -> Iterator[Step]:
    """One step of a kind for each Office version among the lines."""
    for group in dict.fromkeys(line.group for line in lines if line.group and _is_office(line)):
        name = wording.group_name(group, reference.catalogue)
        yield step(kind, {"group": name, "ospp": _ospp(group), "port": port(reference)})


def _alike(lines: Iterable[ComputerLine], method: Method, reference: Reference) -> list[Alike]:
    found: dict[tuple[str, str, str], list[ComputerLine]] = {}
    for line in lines:
        if line.method == method and line.group:
            product = reference.catalogue.products.get(line.product)
            gvlk = (product and product.gvlk) or ""
            # Windows 10 and 11 share their keys: one step for both. Office versions and MAKs keep apart.
            apart = line.group if line.group.startswith("office-") or method == "avma" else ""
            found.setdefault((gvlk, apart, line.key or ""), []).append(line)
    return [Alike(tuple(alike), alike[0].group or "", key, gvlk) for (gvlk, _, key), alike in found.items()]


def _values(alike: Alike, reference: Reference) -> dict[str, object]:
    catalogue = reference.catalogue
    names = dict.fromkeys(wording.product_name(line.product, catalogue) for line in alike.lines)
    unit = wording.unit(wording.application_of(alike.group, catalogue))
    number = sum(line.count for line in alike.lines)
    return {
        "editions": wording.listing(names),
        "count": wording.count(number, unit),
        "each": f"Each of the {number:,} {unit}s" if number > 1 else f"The {unit}",
        "group": wording.group_name(alike.group, catalogue),
        "gvlk": argument(alike.gvlk),
        "slmgr": SLMGR,
        "ospp": _ospp(alike.group),
        "secret": ask_secret(wording.key_name(alike.key, catalogue)),
        "secret-before": ask_secret(BEFORE),
        "vamt": VAMT,
    }


def _ospp(group: str) -> str:
    folder = FOLDERS.get(group, OFFICE_16)
    paths = (f'"{root}\\Microsoft Office\\{folder}\\ospp.vbs"' for root in ("$env:ProgramFiles", _X86))
    found = f"Get-ChildItem -Path {', '.join(paths)} -ErrorAction SilentlyContinue"
    missing = f"if (-not $Ospp) {{ throw 'No ospp.vbs in {folder}: look for it where Office is installed.' }}"
    return f"$Ospp = {found} | Select-Object -First 1\n{missing}"


_X86 = "${env:ProgramFiles(x86)}"


def _client(method: str, kind: str, alike: Alike, reference: Reference) -> Step:
    values = _values(alike, reference) | {"method": method, "early": EARLY if method == "KMS" else ""}
    if not alike.gvlk:
        return step("client-without-key", values)
    sources = _gvlk_sources(alike, reference)
    return step("office-client" if alike.is_office else kind, values, sources)


def _gvlk_sources(alike: Alike, reference: Reference) -> tuple[str, ...]:
    rows = (reference.rows["product"].get(line.product, {}) for line in alike.lines)
    return tuple(row["gvlk_source"] for row in rows if row.get("gvlk_source"))


def _guest(alike: Alike, reference: Reference) -> Step:
    found = guest_key(wording.product_name(alike.lines[0].product, reference.catalogue))
    values = _values(alike, reference)
    if found is None:
        return step("avma-without-key", values)
    return _without_setup_key(step("avma", values | {"guest-key": argument(found.key)}, (found.source,)), alike)


def _without_setup_key(made: Step, alike: Alike) -> Step:
    """The way back goes by the client setup key; where none is known there is none to show."""
    return made if alike.gvlk else replace(made, undo="")


def _mak_steps(network: str, lines: list[ComputerLine], plan: Plan, reference: Reference) -> Iterator[Step]:
    via = {mak.key: row.via for mak in plan.maks for row in mak.networks if row.network == network}
    found = _alike(lines, "mak", reference)
    for alike in found:
        if via.get(alike.key) == "independent":
            kind = "mak-office" if alike.is_office else "mak"
            yield _without_setup_key(step(kind, _values(alike, reference)), alike)
    yield from _proxy_steps([alike for alike in found if via.get(alike.key) == "proxy"], reference)


def _proxy_steps(found: list[Alike], reference: Reference) -> Iterator[Step]:
    """VAMT finds all, gets each MAK on, and fetches the confirmation IDs of all at once."""
    if not found:
        return
    yield step("proxy-find", {"vamt": VAMT})
    for alike in _by_key(found):
        yield step("proxy-key", _values(alike, reference))
    number = sum(line.count for alike in found for line in alike.lines)
    yield step("proxy-export", {"vamt": VAMT})
    yield step("proxy-confirm", {"vamt": VAMT, "count": wording.count(number, "activation")})
    yield step("proxy-apply", {"vamt": VAMT})


def _by_key(found: list[Alike]) -> list[Alike]:
    keys = dict.fromkeys(alike.key for alike in found)
    of_key = {key: [alike for alike in found if alike.key == key] for key in keys}
    return [
        Alike(tuple(line for alike in same for line in alike.lines), same[0].group, key, "")
        for key, same in of_key.items()
    ]
