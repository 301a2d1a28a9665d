"""catalogue + estate -> recommend -> plan."""

from __future__ import annotations

from collections.abc import Iterator

from activation.rules.catalogue import Catalogue
from activation.rules.choice import Chooser
from activation.rules.covering import covering_keys
from activation.rules.draft import Draft
from activation.rules.estate import Estate
from activation.rules.hosts import HostSystems
from activation.rules.inventory import WINDOWS, Inventory
from activation.rules.numbers import licence_lines, mak_networks, reserve, worksheets
from activation.rules.plan import ComputerLine, KmsHostKey, Mak, Plan
from activation.rules.plan_warnings import plan_warnings, planned_activations
from activation.rules.reasons import Reasons


def recommend(estate: Estate, catalogue: Catalogue) -> Plan:
    """The activation plan: exact by the order of the rules, and the same for the same estate and catalogue."""
    inventory, systems = Inventory(estate, catalogue), HostSystems(catalogue)
    chooser = Chooser(inventory, systems)
    draft = Draft(inventory, systems, chooser, chooser.choose())
    reasons = Reasons(draft)
    maks = tuple(_maks(draft, reasons))
    licences = licence_lines(draft.methods, inventory)
    return Plan(
        organisation=estate.organisation,
        as_of=estate.as_of,
        version=catalogue.version,
        digest=catalogue.digest,
        covering_keys=covering_keys(inventory, draft.plan_keys),
        kms_host_keys=tuple(_kms_host_key(slug, draft, reasons) for slug in draft.plan_keys),
        maks=maks,
        computers=tuple(_computers(draft, reasons)),
        pools=draft.pool_keys,
        worksheets=worksheets(draft.methods, inventory),
        licences=licences,
        warnings=plan_warnings(draft, maks, licences),
    )


def _kms_host_key(slug: str, draft: Draft, reasons: Reasons) -> KmsHostKey:
    key = draft.catalogue.keys[slug]
    installations = [i for i in draft.installations if i.key == slug]
    office = draft.inventory.family(key.group) == "office"
    use = (["adba"] if slug in draft.directory else []) + (["kms"] if installations else [])
    return KmsHostKey(
        key=slug,
        application=key.group if office else WINDOWS,
        use=tuple(use),
        activates=tuple(sorted(draft.inventory.covers[slug])),
        hosts=tuple(host for i in installations for host in i.hosts),
        planned=planned_activations(draft, slug),
        used=draft.inventory.keys_in_hand.get(slug, 0),
        limit=draft.chooser.figures.hosts_of_key,
        reasons=reasons.of_key(slug),
    )


def _maks(draft: Draft, reasons: Reasons) -> Iterator[Mak]:
    percent = draft.inventory.estate.settings.mak_reserve_percent
    for group, networks in mak_networks(draft.methods.on_mak, draft.inventory).items():
        key = draft.catalogue.mak_of[group]
        computers = sum(network.computers for network in networks)
        kept = reserve(computers, percent)
        remaining = draft.inventory.keys_in_hand.get(key, 0)
        yield Mak(
            group=group,
            key=key,
            computers=computers,
            reserve=kept,
            activations=computers + kept,
            remaining=remaining,
            to_request=max(0, computers + kept - remaining),
            networks=networks,
            reasons=reasons.of_mak(group, networks, percent, kept),
        )


def _computers(draft: Draft, reasons: Reasons) -> Iterator[ComputerLine]:
    for line, number in sorted(draft.methods.lines.items()):
        if number:
            group = draft.catalogue.products[line.product].group
            key = line.key or None
            yield ComputerLine(line.network, line.product, group, number, line.method, key, reasons.of_line(line))
