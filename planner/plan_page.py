"""A plan as the page shows it: slugs are names, codes are words, sources are links. Data only, no HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from activation.rules.catalogue import Catalogue
from activation.rules.inventory import WINDOWS
from activation.rules.plan import ComputerLine, KmsHostKey, Mak, Plan, PoolKey, Reason, Warning
from planner import wording
from planner.bars import Bar, bars
from planner.exports.text import host_words
from planner.matrix import Matrix, other_keys_matrix, plan_matrix
from planner.orders import orders
from planner.sources import SourceLink, source_links
from planner.support import Support, ending_soon, group_support

_MARKS = {"act": "▲", "check": "△", "know": "○"}


@dataclass(frozen=True, slots=True)
class Why:
    """A reason in words, with its documents."""

    words: str
    sources: tuple[SourceLink, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning in words, with its mark. `sides`: both sides of a disputed point, else empty."""

    slug: str
    mark: str
    label: str
    words: wording.Words
    sources: tuple[SourceLink, ...]
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyCard:
    """A KMS host key: where to install it, what it activates `here`, what it `also` could, how much of it is used."""

    slug: str
    name: str
    hosts: tuple[str, ...]
    in_directory: bool
    here: tuple[str, ...]
    also: tuple[str, ...]
    host_numbers: str
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class MakRow:
    """A MAK with its numbers and its networks in words."""

    slug: str
    group: str
    computers: int
    activations: int
    remaining: int
    to_request: int
    networks: tuple[str, ...]
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class ComputerRow:
    """Computers of one network, product (`slug`) and method. `support` as it stands on the day of the plan."""

    network: str
    slug: str
    product: str
    count: int
    method: str
    key: str
    support: Support | None
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class PoolRow:
    """One key in one pool with its counts, and the `others` that use its hosts. `thresholds`: (family, needed, met)."""

    pool: str
    others: tuple[str, ...]
    key: str
    hosts: int
    counted: int
    thresholds: tuple[tuple[str, int, bool], ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """Microsoft's worksheet: rows that hold something, their sum and the total."""

    name: str
    rows: tuple[tuple[str, int], ...]
    total: int
    sum: int


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything that the page says about a plan, in its order. `needed`: slug and name of keys for later."""

    plan: Plan
    lead: str
    more: tuple[str, ...]
    notices: Mapping[str, tuple[Notice, ...]]
    keys: tuple[KeyCard, ...]
    needed: tuple[tuple[str, str], ...]
    maks: tuple[MakRow, ...]
    orders: tuple[str, ...]
    matrix: Matrix
    others: Matrix
    bars: tuple[Bar, ...]
    computers: tuple[ComputerRow, ...]
    pools: tuple[PoolRow, ...]
    worksheets: tuple[Worksheet, ...]
    not_licensing: str

    @property
    def summary(self) -> str:
        """One short sentence for the live region."""
        keys = wording.count(len(self.plan.kms_host_keys), "KMS host key")
        maks = wording.count(len(self.plan.maks), "MAK")
        urgent = wording.count(len(self.notices["act"]), "point to do first", "points to do first")
        return f"Plan updated: {keys}, {maks}, {urgent}."


def plan_page(plan: Plan, catalogue: Catalogue) -> PlanPage:
    """The page's data for a plan."""
    lead, *more = _answer(plan, catalogue)
    return PlanPage(
        plan=plan,
        lead=lead,
        more=tuple(more),
        notices=_notices(plan, catalogue),
        keys=tuple(_key_card(key, plan, catalogue) for key in sorted(plan.kms_host_keys, key=_windows_first)),
        needed=tuple(
            (key, wording.key_name(key, catalogue))
            for key in plan.covering_keys
            if key not in {in_use.key for in_use in plan.kms_host_keys}
        ),
        maks=tuple(_mak_row(mak, catalogue) for mak in plan.maks),
        orders=tuple(order.words for order in orders(plan, catalogue)),
        matrix=plan_matrix(plan, catalogue),
        others=other_keys_matrix(plan, catalogue),
        bars=bars(plan.computers),
        computers=tuple(_computer_row(line, plan.as_of, catalogue) for line in plan.computers),
        pools=tuple(_pool_row(pool, catalogue) for pool in plan.pools),
        worksheets=tuple(_worksheet(name, rows, catalogue) for name, rows in plan.worksheets.items()),
        not_licensing=wording.WHAT_IT_IS_NOT,
    )


def _answer(plan: Plan, catalogue: Catalogue) -> tuple[str, ...]:
    """The answer in sentences, under the number of keys: short enough to be the largest thing on the page."""
    sentences, keys = wording.answer(plan, catalogue), plan.kms_host_keys
    if not keys:
        return sentences
    verb = "Install" if all(key.hosts for key in keys) else "Use"
    return (f"{verb} {wording.count(len(keys), 'KMS host key')}", *sentences)


def _windows_first(key: KmsHostKey) -> tuple[bool, str]:
    return key.application != WINDOWS, key.key


def _why(reasons: Iterable[Reason], catalogue: Catalogue) -> tuple[Why, ...]:
    return tuple(
        Why(wording.reason_words(reason, catalogue), source_links(reason.sources, catalogue)) for reason in reasons
    )


def _notices(plan: Plan, catalogue: Catalogue) -> dict[str, tuple[Notice, ...]]:
    found = [_notice(warning, catalogue) for warning in plan.warnings]
    found += [
        _noticed(_id("ending", row.group), wording.ending_words(row, catalogue), row.sources, catalogue)
        for row in ending_soon(plan, catalogue)
    ]
    return {severity: tuple(n for n in found if n.words.severity == severity) for severity in wording.SEVERITIES}


def _notice(warning: Warning, catalogue: Catalogue) -> Notice:
    dispute = catalogue.disputes.get(str(warning.params.get("conflict", "")))
    sides = (dispute.one_side, dispute.other_side) if dispute else ()
    names = (value for value in warning.params.values() if isinstance(value, str))
    slug = _id(warning.code, *names)
    return _noticed(slug, wording.warning_words(warning, catalogue), warning.sources, catalogue, sides)


def _id(*parts: str) -> str:
    """One id for each case of a warning, whatever the networks are called, and the same when only its numbers change:
    what a person has opened is found again by it."""
    return "/".join(quote(part, safe="") for part in ("watch", *parts))


def _noticed(
    slug: str, words: wording.Words, sources: Iterable[str], catalogue: Catalogue, sides: tuple[str, ...] = ()
) -> Notice:
    return Notice(
        slug=slug,
        mark=_MARKS[words.severity],
        label=wording.SEVERITIES[words.severity],
        words=words,
        sources=source_links(sources, catalogue),
        sides=sides,
    )


def _key_card(key: KmsHostKey, plan: Plan, catalogue: Catalogue) -> KeyCard:
    here = {line.group for line in plan.computers if line.key == key.key}
    return KeyCard(
        slug=key.key,
        name=wording.key_name(key.key, catalogue),
        hosts=_hosts(key, catalogue),
        in_directory="adba" in key.use,
        here=tuple(wording.group_name(group, catalogue) for group in key.activates if group in here),
        also=tuple(wording.group_name(group, catalogue) for group in key.activates if group not in here),
        host_numbers=wording.host_numbers(key),
        why=_why(key.reasons, catalogue),
    )


def _hosts(key: KmsHostKey, catalogue: Catalogue) -> tuple[str, ...]:
    """Where the key goes, a line for each kind of machine in each pool."""
    machines = Counter((host.pool, host_words(host, catalogue)) for host in key.hosts)
    return tuple(
        f"{pool}: {words}" if number == 1 else f"{pool}: {number} hosts, each {words}"
        for (pool, words), number in machines.items()
    )


def _mak_row(mak: Mak, catalogue: Catalogue) -> MakRow:
    unit = wording.unit(wording.application_of(mak.group, catalogue))
    networks = tuple(
        f"{row.network}: {wording.count(row.computers, unit)}, {wording.VIAS[row.via]}" for row in mak.networks
    )
    return MakRow(
        slug=mak.key,
        group=wording.group_name(mak.group, catalogue),
        computers=mak.computers,
        activations=mak.activations,
        remaining=mak.remaining,
        to_request=mak.to_request,
        networks=networks,
        why=_why(mak.reasons, catalogue),
    )


def _computer_row(line: ComputerLine, day: str, catalogue: Catalogue) -> ComputerRow:
    return ComputerRow(
        line.network,
        line.product,
        wording.product_name(line.product, catalogue),
        line.count,
        wording.METHODS[line.method],
        wording.key_name(line.key, catalogue) if line.key else "",
        group_support(line.group, catalogue, day),
        _why(line.reasons, catalogue),
    )


def _pool_row(pool: PoolKey, catalogue: Catalogue) -> PoolRow:
    thresholds = tuple(
        (wording.FAMILIES[family], threshold.needed, threshold.met) for family, threshold in pool.thresholds.items()
    )
    others = tuple(network for network in pool.networks if network != pool.pool)
    return PoolRow(pool.pool, others, wording.key_name(pool.key, catalogue), pool.hosts, pool.counted, thresholds)


def _worksheet(application: str, numbers: Mapping[str, int], catalogue: Catalogue) -> Worksheet:
    rows = [(name, count) for name, count in numbers.items() if name not in ("total", "remaining") and count]
    return Worksheet(
        wording.application_name(application, catalogue),
        tuple((wording.WORKSHEET_ROWS[name], count) for name, count in rows),
        numbers["total"],
        sum(count for _, count in rows),
    )
