"""Why each line of the plan is as it is, as data: codes of `plan.REASONS`, params and sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from activation.rules.catalogue import Key
from activation.rules.draft import Draft, Installation, unique
from activation.rules.inventory import Lot
from activation.rules.methods import LineKey
from activation.rules.plan import MakNetwork, Param, Reason
from activation.rules.shortfalls import windows_shorts

Place = TypeVar("Place")

#: The rules that a reason rests on, where no row of the catalogue says more.
GROUNDS: Mapping[str, tuple[str, ...]] = {
    "office-version": ("R-OFFICE-VERSION",),
    "adba-forest": ("R-ADBA", "R-ADBA-OBJ"),
    "host-additional": ("R-HOST-TYPE",),
    "host-unknown": ("R-OFFICE-VERSION",),
    "second-host": ("R-2HOSTS", "L.C07"),
    "hosts-limit": ("R-HOSTS",),
    "mak-own-group": ("R-MAK-LATERAL",),
    "mak-reserve": ("L.mak_reactivation",),
    "mak-proxy": ("L.mak_proxy",),
    "not-to-activate": ("L.decision_1",),
    "no-volume-group": ("L.decision_2",),
    "is-host": ("L.kms_host_counts_itself",),
    "adba-joined": ("R-ADBA", "R-DECIDE"),
    "threshold-met": ("R-THRESH", "R-COUNT-MIX", "R-VALID"),
    "mak-no-contact": ("L.decision_7", "R-VALID"),
    "mak-no-kms": ("R-DECIDE",),
    "mak-not-covered": ("R-HIER", "R-MAK-LATERAL"),
    "mak-below-threshold": ("R-THRESH", "R-DECIDE"),
}


class Reasons:
    """The reasons of one draft. Equal reasons are one object: a large estate has few different ones."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._made: dict[tuple[object, ...], Reason] = {}

    def _make(self, code: str, sources: tuple[str, ...] = (), **params: Param) -> Reason:
        return Reason(code, params, sources or self.draft.cite(GROUNDS.get(code, ())))

    def _shared(self, code: str, **params: Param) -> Reason:
        place = (code, *params.values())
        known = self._made.get(place)
        if known is None:
            known = self._made[place] = Reason(code, params, self.draft.cite(GROUNDS[code]))
        return known

    def of_key(self, slug: str) -> tuple[Reason, ...]:
        """Why a KMS host key is in the plan, why it can be had, and where its hosts come from."""
        key = self.draft.catalogue.keys[slug]
        return (
            *self._of_coverage(key),
            *self._of_origin(key),
            *(reason for i in self._installations.get(slug, ()) for reason in self._of_hosts(i, key)),
            self._make("hosts-limit", hosts=self._limit("hosts"), activations=self._limit("activations_per_host")),
        )

    def _limit(self, name: str) -> int:
        return self.draft.catalogue.figure("R-HOSTS", name)

    @cached_property
    def _installations(self) -> Mapping[str, list[Installation]]:
        found: dict[str, list[Installation]] = {}
        for installation in self.draft.installations:
            found.setdefault(installation.key, []).append(installation)
        return found

    def _of_coverage(self, key: Key) -> Iterator[Reason]:
        groups = list(self.draft.activated_groups.get(key.slug, ()))
        yield self._make("activates", _written(key, groups), key=key.slug, groups=groups)
        if self.draft.inventory.family(key.group) == "office":
            yield self._make("office-version", key=key.slug, group=key.group)
        else:
            yield from self._of_rivals(key, groups)
        through_directory = self.draft.directory.get(key.slug)
        if through_directory:
            yield self._make("adba-forest", key=key.slug, groups=list(through_directory))

    def _of_rivals(self, key: Key, groups: list[str]) -> Iterator[Reason]:
        """Which groups no other available key covers; or which other keys would cover the same."""
        covering = self.draft.inventory.keys_covering
        alone = [group for group in groups if covering[group] == (key.slug,)]
        if alone:
            yield self._make("only-key", _written(key, alone), key=key.slug, groups=alone)
            return
        others = set.intersection(*(set(covering[group]) for group in groups)) - {key.slug} if groups else set()
        if others:
            yield self._make("best-of", _written(key, groups), key=key.slug, others=sorted(others))

    def _of_origin(self, key: Key) -> Iterator[Reason]:
        inventory = self.draft.inventory
        if key.slug in inventory.keys_in_hand:
            yield self._make("in-hand", key=key.slug)
        groups = sorted(inventory.comes_with(key))
        if groups:
            yield self._make("comes-with", _written(key, [key.group]), key=key.slug, groups=groups)

    def _of_hosts(self, i: Installation, key: Key) -> Iterator[Reason]:
        first, *more = i.hosts
        sources = self.draft.systems.sources(key, first.system) if first.system else ()
        if first.on == "declared" and first.system:
            yield self._make("host-declared", sources, pool=i.pool, key=i.key, system=first.system)
        elif first.on == "listed" and first.product and first.system:
            yield self._make("host-listed", sources, pool=i.pool, key=i.key, product=first.product, system=first.system)
        else:
            yield self._make(f"host-{first.on}", pool=i.pool, key=i.key)
        if more:
            above = self.draft.chooser.figures.second_above
            yield self._make("second-host", pool=i.pool, key=i.key, on_kms=i.on_kms, above=above)

    def of_mak(self, group: str, networks: tuple[MakNetwork, ...], percent: int, reserve: int) -> tuple[Reason, ...]:
        """Why a MAK of this group, and why so many activations."""
        activates = self.draft.catalogue.keys[self.draft.catalogue.mak_of[group]].activates
        found = [self._make("mak-own-group", unique(s for c in activates for s in c.sources), group=group)]
        if reserve:
            found.append(self._make("mak-reserve", percent=percent, reserve=reserve))
        found += [self._shared("mak-proxy", network=n.network) for n in networks if n.via == "proxy"]
        return (*found, *self._causes_by_group[group])

    def of_line(self, line: LineKey) -> tuple[Reason, ...]:
        """Why these computers have this method."""
        product = self.draft.catalogue.products[line.product]
        if line.method == "none":
            return (self._shared("not-to-activate"),)
        if line.method == "unsupported" or product.group is None:
            return (self._shared("no-volume-group", product=line.product),)
        if line.method == "avma":
            return (self._avma(product.group),)
        if line.method == "adba":
            return (self._shared("adba-joined", network=line.network, key=line.key),)
        if line.method == "mak":
            return self._causes_by_line[line.network, line.product]
        pool = self.draft.inventory.pool_of[line.network] or ""
        if line.method == "kms-host":
            return (self._shared("is-host", pool=pool, key=line.key),)
        return (self._threshold_met(pool, line.key, self.draft.inventory.family(product.group)),)

    def _avma(self, group: str) -> Reason:
        known = self._made.get(("avma", group))
        if known is None:
            stated = self.draft.catalogue.groups[group].sources
            avma = tuple(source for source in ("WSD-AVMA",) if source in self.draft.catalogue.sources)
            known = self._made["avma", group] = self._make("avma-guest", avma or stated, group=group)
        return known

    def _threshold_met(self, pool: str, key: str, family: str) -> Reason:
        i = self._by_place[pool, key]
        needed = i.thresholds[family].needed
        return self._shared("threshold-met", pool=pool, key=key, family=family, counted=i.counted, needed=needed)

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str], Installation]:
        return {(i.pool, i.key): i for i in self.draft.installations}

    @cached_property
    def _causes_by_line(self) -> Mapping[tuple[str, str], tuple[Reason, ...]]:
        """(Network, product) -> why its computers are on MAK."""
        return _gather(((lot.network, lot.product.slug), self._cause(lot)) for lot in self.draft.methods.on_mak)

    @cached_property
    def _causes_by_group(self) -> Mapping[str, tuple[Reason, ...]]:
        """Group -> why its computers are on MAK, anywhere."""
        return _gather((lot.group.slug, self._cause(lot)) for lot in self.draft.methods.on_mak if lot.group)

    def _cause(self, lot: Lot) -> Reason:
        """Why the lot is left to a MAK: contact, network, coverage or count, the first that applies."""
        group = lot.group.slug if lot.group else ""
        if lot.contact == "none":
            return self._shared("mak-no-contact")
        if lot.pool is None:
            return self._shared("mak-no-kms", network=lot.network)
        if (lot.pool, group) not in self._counts:
            return self._shared("mak-not-covered", group=group)
        counted, needed = self._counts[lot.pool, group]
        return self._shared("mak-below-threshold", pool=lot.pool, group=group, counted=counted, needed=needed)

    @cached_property
    def _counts(self) -> Mapping[tuple[str, str], tuple[int, int]]:
        """(Pool, group) -> the count that its computers on MAK could have there, and the count that they need."""
        found = {(s.pool, s.group): (s.counted, s.needed) for s in windows_shorts(self.draft)}
        needed = self.draft.inventory.needed("office")
        return found | {place: (o.counted, needed) for place, o in self.draft.office.items() if o.host is None}


def _written(key: Key, groups: Collection[str]) -> tuple[str, ...]:
    """Where it is written that the key activates the groups."""
    return unique(source for row in key.activates if row.group in groups for source in row.sources)


def _gather(pairs: Iterable[tuple[Place, Reason]]) -> Mapping[Place, tuple[Reason, ...]]:
    """The different reasons of each place, in order; equal reasons are the same object."""
    found: dict[Place, dict[int, Reason]] = {}
    for place, reason in pairs:
        found.setdefault(place, {})[id(reason)] = reason
    return {place: tuple(reasons.values()) for place, reasons in found.items()}
