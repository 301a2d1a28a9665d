"""What to watch: every warning of a plan, each by a function of its own, in the order of the plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from activation.rules.catalogue import DOCUMENTED, Dispute
from activation.rules.draft import Draft, Installation, canonical
from activation.rules.inventory import WINDOWS, Lot, with_margin
from activation.rules.plan import WARNINGS, Host, LicenceLine, Mak, Param, Warning
from activation.rules.shortfalls import ad_lowers_count, threshold_short

#: The rules and disputed points that a warning rests on, where no row of the catalogue says more.
#: `licence-short` has none: it rests on what the estate itself says.
GROUNDS: Mapping[str, tuple[str, ...]] = {
    "unsupported-product": ("L.decision_2",),
    "not-covered": ("R-HIER", "R-MAK-LATERAL"),
    "threshold-short": ("R-THRESH", "R-COUNT-MIX"),
    "ad-lowers-count": ("R-ADBA", "R-THRESH"),
    "thin-margin": ("L.C08", "R-THRESH"),
    "second-host-needs-computer": ("R-2HOSTS", "L.C07"),
    "second-host-starves": ("R-2HOSTS", "L.C07"),
    "second-host-no-activation": ("R-HOSTS", "R-2HOSTS"),
    "needs-host": ("R-HOST-TYPE",),
    "host-edition": ("L.C06",),
    "host-unknown": ("R-OFFICE-VERSION",),
    "too-many-hosts": ("R-HOSTS",),
    "mak-short": ("L.mak_limit",),
    "open-agreement": ("R-OPEN",),
    "windows-7-bios-marker": ("L.windows7_bios_marker",),
    "proxy-needed": ("L.mak_proxy",),
}


def plan_warnings(draft: Draft, maks: Sequence[Mak], licences: Sequence[LicenceLine]) -> tuple[Warning, ...]:
    """All warnings, in the order of `WARNINGS`, then by params."""
    found = [
        *_unsupported(draft),
        *_not_covered(draft),
        *_evidence(draft),
        *_disputed(draft, maks),
        *_short(draft),
        *_hosts(draft),
        *_too_many_hosts(draft),
        *_numbers(draft, maks, licences),
        *_out_of_support(draft),
        *_clients(draft),
        *_proxies(draft, maks),
    ]
    order = {code: place for place, code in enumerate(WARNINGS)}
    return tuple(sorted(found, key=lambda w: (order[w.code], canonical(w.params))))


def _warn(draft: Draft, code: str, sources: Sequence[str] = (), /, **params: Param) -> Warning:
    return Warning(code, params, tuple(sources) or draft.cite(GROUNDS.get(code, ())))


def _unsupported(draft: Draft) -> Iterator[Warning]:
    counts: Counter[str] = Counter()
    for line, number in draft.methods.lines.items():
        if line.method == "unsupported":
            counts[line.product] += number
    for product, count in counts.items():
        yield _warn(draft, "unsupported-product", product=product, count=count)


def _not_covered(draft: Draft) -> Iterator[Warning]:
    inventory = draft.inventory
    for group in inventory.wanting:
        if group not in inventory.keys_covering:
            offered = (slug for slug, key in inventory.catalogue.kms_keys.items() if not key.retired)
            keys = [slug for slug in offered if group in inventory.covers[slug]]
            yield _warn(draft, "not-covered", group=group, keys=keys)


def _evidence(draft: Draft) -> Iterator[Warning]:
    for key, groups in draft.activated_groups.items():
        for coverage in draft.catalogue.keys[key].activates:
            if coverage.group in groups and coverage.evidence != DOCUMENTED:
                yield _warn(
                    draft, "evidence", coverage.sources, key=key, group=coverage.group, evidence=coverage.evidence
                )


def _disputed(draft: Draft, maks: Sequence[Mak]) -> Iterator[Warning]:
    for slug, rests in (("C2", _beside_new_key), ("C18", _office_mak), ("L.C05", _virtual), ("L.C07", _large)):
        point = draft.catalogue.disputes.get(slug)
        if point is not None and rests(draft, maks, point):
            yield _warn(draft, "disputed", point.sources, conflict=slug)


def _active(draft: Draft) -> list[Lot]:
    """The lots of a product group that are to be activated."""
    return [lot for lot in draft.inventory.lots if lot.group is not None and lot.standing != "none"]


def _beside_new_key(draft: Draft, _: Sequence[Mak], point: Dispute) -> bool:
    groups = {lot.group.slug for lot in _active(draft) if lot.group}
    return bool(groups.intersection(point.groups) and set(point.keys).intersection(draft.inventory.available))


def _office_mak(_: Draft, maks: Sequence[Mak], point: Dispute) -> bool:
    return any(mak.group in point.groups for mak in maks)


def _virtual(draft: Draft, _: Sequence[Mak], point: Dispute) -> bool:
    groups = set(point.groups).intersection(draft.inventory.keys_covering)
    return any(
        lot.virtual and lot.contact != "none" and lot.pool is not None
        for lot in _active(draft)
        if lot.group and lot.group.slug in groups
    )


def _large(draft: Draft, _: Sequence[Mak], __: Dispute) -> bool:
    above = draft.chooser.figures.second_above
    return any(i.on_kms > above for i in draft.installations if i.application == WINDOWS)


def _short(draft: Draft) -> Iterator[Warning]:
    for params in threshold_short(draft):
        yield _warn(draft, "threshold-short", (), **params)
    for pool, group in ad_lowers_count(draft):
        yield _warn(draft, "ad-lowers-count", pool=pool, group=group)


def _hosts(draft: Draft) -> Iterator[Warning]:
    updates: set[tuple[str, str, str, str]] = set()
    editions: set[tuple[str, str, str]] = set()
    for i in draft.installations:
        yield from _of_installation(draft, i)
        updates |= {(i.pool, i.key, h.system, h.update) for h in i.hosts if h.system and h.update is not None}
        editions |= {(i.pool, i.key, h.product) for h in i.hosts if h.product and _other_edition(draft, i.key, h)}
    for pool, key, system, update in updates:
        sources = draft.systems.sources(draft.catalogue.keys[key], system)
        yield _warn(draft, "host-update", sources, pool=pool, key=key, system=system, update=update)
    for pool, key, product in editions:
        yield _warn(draft, "host-edition", pool=pool, key=key, product=product)


def _of_installation(draft: Draft, i: Installation) -> Iterator[Warning]:
    if i.application == WINDOWS and len(i.hosts) == 1 and i.counted < with_margin(i.strictest):
        yield _warn(draft, "thin-margin", pool=i.pool, key=i.key, counted=i.counted, needed=i.strictest)
    if i.refused is not None:
        yield _warn(draft, i.refused, pool=i.pool, key=i.key)
    if i.hosts[0].on == "additional":
        systems = list(draft.systems.carriers(draft.catalogue.keys[i.key]))
        yield _warn(draft, "needs-host", pool=i.pool, key=i.key, systems=systems)
    if i.hosts[0].on == "unknown":
        yield _warn(draft, "host-unknown", pool=i.pool, key=i.key)


def _other_edition(draft: Draft, key: str, host: Host) -> bool:
    """Whether a key whose host's edition is disputed (L.C06) is on a host of another group than its own."""
    point = draft.catalogue.disputes.get("L.C06")
    if point is None or key not in point.keys or host.product is None:
        return False
    return draft.catalogue.products[host.product].group != draft.catalogue.keys[key].group


def _too_many_hosts(draft: Draft) -> Iterator[Warning]:
    limit = draft.chooser.figures.hosts_of_key
    for key in draft.plan_keys:
        planned, used = planned_activations(draft, key), draft.inventory.keys_in_hand.get(key, 0)
        if planned > limit or used > limit:
            yield _warn(draft, "too-many-hosts", key=key, planned=planned, used=used, limit=limit)


def planned_activations(draft: Draft, key: str) -> int:
    """The hosts that the key is to be installed on, and one more when Active Directory holds it."""
    return sum(len(i.hosts) for i in draft.installations if i.key == key) + (key in draft.directory)


def _numbers(draft: Draft, maks: Sequence[Mak], licences: Sequence[LicenceLine]) -> Iterator[Warning]:
    for mak in maks:
        if mak.to_request and mak.key in draft.inventory.keys_in_hand:
            yield _warn(draft, "mak-short", group=mak.group, to_request=mak.to_request)
    for line in licences:
        if line.shortfall:
            yield _warn(draft, "licence-short", product=line.product, shortfall=line.shortfall)
    if draft.plan_keys and draft.inventory.estate.agreement in ("open", "open-value"):
        yield _warn(draft, "open-agreement")


def _out_of_support(draft: Draft) -> Iterator[Warning]:
    active = {lot.group.slug for lot in _active(draft) if lot.group}
    rows = defaultdict(list)
    for row in draft.catalogue.support:
        for group in active.intersection(row.groups):
            rows[group].append(row)
    for group, dated in rows.items():
        last = max(dated, key=lambda row: row.extended_end)
        if last.extended_end < draft.inventory.estate.as_of:
            yield _warn(draft, "out-of-support", last.sources, group=group, date=last.extended_end)


def _clients(draft: Draft) -> Iterator[Warning]:
    """Physical computers on KMS whose group needs a Windows marker in the BIOS."""
    for lot in draft.inventory.lots:
        if lot.group is None or not lot.group.bios_marker or not lot.physical or lot.pool is None:
            continue
        if lot.standing == "pool" and (lot.pool, lot.group.slug) in draft.keys_by_group:
            yield _warn(draft, "windows-7-bios-marker")
            return


def _proxies(draft: Draft, maks: Sequence[Mak]) -> Iterator[Warning]:
    networks = {network.network for mak in maks for network in mak.networks}
    networks |= {i.pool for i in draft.installations}
    for name in networks:
        if draft.inventory.networks[name].microsoft == "proxy":
            yield _warn(draft, "proxy-needed", network=name)
