"""A plan -> its tables, in the order of what is to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from activation.rules.inventory import WINDOWS
from activation.rules.plan import KmsHostKey, Plan, PoolKey, Reason
from planner.exports.export import Export
from planner.exports.sheets import Column, Row, Sheet
from planner.exports.text import all_sources, host_words
from planner.exports.words import line_words
from planner.orders import Order, orders, totals
from planner.support import ending_soon
from planner.wording import (
    FAMILIES,
    METHODS,
    SEVERITIES,
    VIAS,
    WHAT_IT_IS_NOT,
    WORKSHEET_ROWS,
    answer,
    application_name,
    by_severity,
    ending_words,
    group_name,
    key_name,
    product_name,
    publisher_name,
    reason_words,
    warning_words,
)

SLUG = Column("Slug", width=32, on_paper=False)
WHY = Column("Why", width=80, on_paper=False)
TO_DO = {"licences": "Buy licences", "activations": "Request activations", "hosts": "Request hosts"}


def sheets(export: Export) -> tuple[Sheet, ...]:
    """All tables of the plan. Each is there in every plan, if only with the words that there is nothing in it."""
    return (
        Sheet("summary", "Summary", _SUMMARY, partial(_summary, export), "Nothing is planned."),
        Sheet("kms-host-keys", "KMS host keys", _KEYS, partial(_keys, export), "No KMS host key is needed."),
        Sheet("kms-hosts", "KMS hosts", _HOSTS, partial(_hosts, export), "No KMS host is needed."),
        Sheet("maks", "MAKs", _MAKS, partial(_maks, export), "No MAK is needed."),
        _to_buy(export),
        Sheet("licences", "Licences", _LICENCES, partial(_licences, export), "No licences were entered."),
        _worksheet(export),
        Sheet("computers", "Computers", _COMPUTERS, partial(_computers, export), "There are no computers."),
        Sheet("warnings", "Warnings", _WARNINGS, partial(_warnings, export), "There is nothing to watch."),
        Sheet("sources", "Sources", _SOURCES, partial(_sources, export), "No document is cited."),
    )


_SUMMARY = (Column("What", width=26), Column("Value", width=90))


def _summary(export: Export) -> Iterator[Row]:
    plan = export.plan
    yield ("Organisation", plan.organisation)
    yield from [("Plan", export.name)] if export.name else []
    yield ("Day", date.fromisoformat(plan.as_of))
    for place, sentence in enumerate(answer(plan, export.catalogue)):
        yield ("" if place else "Answer", sentence)
    yield from _sums(export)
    yield ("Not checked", WHAT_IT_IS_NOT)
    yield ("Catalogue", plan.version)
    yield ("State of the catalogue", plan.digest)


def _sums(export: Export) -> Iterator[Row]:
    plan, found = export.plan, _orders(export)
    yield ("Computers", sum(line.count for line in plan.computers))
    yield ("KMS host keys", len(plan.kms_host_keys))
    yield ("KMS hosts", sum(len(key.hosts) for key in plan.kms_host_keys))
    yield ("MAK activations", sum(mak.activations for mak in plan.maks))
    yield ("Activations to request", sum(order.number for order in found if order.what == "activations"))
    yield ("Licences to buy", sum(order.number for order in found if order.what == "licences"))
    for total in totals(found):
        yield (f"Cost in {total.currency}", total.amount)


_KEYS = (
    *(Column("Key", width=44), SLUG, Column("Hosts planned", "number", 10), Column("Hosts in use", "number", 10)),
    *(Column("Hosts allowed", "number", 10), Column("In Active Directory", width=12)),
    *(Column("Activates", width=80), WHY),
)


def _keys(export: Export) -> Iterator[Row]:
    for key in _windows_first(export.plan):
        names = ", ".join(group_name(group, export.catalogue) for group in key.activates)
        numbers = (len(key.hosts), key.used, key.limit, "yes" if "adba" in key.use else "no")
        yield (key_name(key.key, export.catalogue), key.key, *numbers, names, _why(key.reasons, export))


def _windows_first(plan: Plan) -> list[KmsHostKey]:
    return sorted(plan.kms_host_keys, key=lambda key: key.application != WINDOWS)


_HOSTS = (
    *(Column("KMS hosts in"), Column("With the networks", width=32), Column("Key", width=44), SLUG),
    *(Column("Hosts", "number", 8), Column("Machines", width=60), Column("On KMS", "number", 8)),
    *(Column("Count", "number", 8), Column("Needs", width=40)),
)


def _hosts(export: Export) -> Iterator[Row]:
    machines: dict[tuple[str, str], Counter[str]] = {}
    for key in export.plan.kms_host_keys:
        for host in key.hosts:
            machines.setdefault((key.key, host.pool), Counter())[host_words(host, export.catalogue)] += 1
    for pool in export.plan.pools:
        others = ", ".join(network for network in pool.networks if network != pool.pool)
        found = machines.get((pool.key, pool.pool), Counter())
        places = "; ".join(words if number == 1 else f"{number} hosts, each {words}" for words, number in found.items())
        numbers = (pool.hosts, places, pool.on_kms, pool.counted, _needs(pool))
        yield (pool.pool, others, key_name(pool.key, export.catalogue), pool.key, *numbers)


def _needs(pool: PoolKey) -> str:
    return "; ".join(
        f"{threshold.needed} for {FAMILIES[family]}: {'reached' if threshold.met else 'not reached'}"
        for family, threshold in pool.thresholds.items()
    )


_MAKS = (
    *(Column("Product group", width=36), SLUG, Column("Computers", "number", 11), Column("Reserve", "number", 9)),
    *(Column("Activations", "number", 11), Column("Left", "number", 9), Column("To request", "number", 10)),
    *(Column("Networks", width=60), WHY),
)


def _maks(export: Export) -> Iterator[Row]:
    for mak in export.plan.maks:
        places = "; ".join(f"{row.network}: {row.computers:,}, {VIAS[row.via]}" for row in mak.networks)
        numbers = (mak.computers, mak.reserve, mak.activations, mak.remaining, mak.to_request)
        name = group_name(mak.group, export.catalogue)
        yield (name, mak.key, *numbers, places, _why(mak.reasons, export))


_TO_BUY = (
    *(Column("What", width=20), Column("For", width=44), SLUG, Column("Needed", "number", 9)),
    *(Column("You have", "number", 9), Column("Missing", "number", 9), Column("Price each", "money", 12)),
    *(Column("Currency", width=10), Column("Cost", "money", 14)),
)


def _orders(export: Export) -> tuple[Order, ...]:
    return orders(export.plan, export.catalogue, export.prices)


def _to_buy(export: Export) -> Sheet:
    found = _orders(export)
    foot = [("Total", "", "", None, None, None, None, sum_.currency, sum_.amount) for sum_ in totals(found)]
    rows = partial(map, _order_row, found)
    return Sheet("to-buy", "To buy and to request", _TO_BUY, rows, "Nothing is to buy or to request.", tuple(foot))


def _order_row(order: Order) -> Row:
    numbers = (order.needed, order.held, order.number)
    costs = (order.price.amount, order.price.currency, order.cost.amount) if order.price else (None, "", None)
    return (TO_DO[order.what], order.name, order.slug, *numbers, *costs)


_LICENCES = (
    *(Column("Product", width=44), SLUG, Column("Computers", "number", 11), Column("Licences", "number", 11)),
    Column("To buy", "number", 9),
)


def _licences(export: Export) -> Iterator[Row]:
    for line in export.plan.licences:
        name = product_name(line.product, export.catalogue)
        yield (name, line.product, line.computers, line.licences, line.shortfall)


def _worksheet(export: Export) -> Sheet:
    """A column for each application, as a KMS host counts them."""
    names = [application_name(application, export.catalogue) for application in export.plan.worksheets]
    columns = (Column("Method", width=40), *(Column(name, "number", 14) for name in names))
    rows = partial(_worksheet_rows, export.plan)
    return Sheet("worksheet", "Worksheet", columns, rows, "There are no computers.")


def _worksheet_rows(plan: Plan) -> Iterator[Row]:
    numbers = plan.worksheets.values()
    for row, words in WORKSHEET_ROWS.items():
        if row in ("total", "remaining") or any(each.get(row, 0) for each in numbers):
            yield (words, *(each.get(row, 0) for each in numbers))


_COMPUTERS = (
    *(Column("Network"), Column("Product", width=44), SLUG, Column("Computers", "number", 11)),
    *(Column("Method", width=22), Column("Key", width=44), Column("Support", width=34, on_paper=False), WHY),
)


def _computers(export: Export) -> Iterator[Row]:
    words = line_words(export)
    for line in export.watched(export.plan.computers):
        product, key, support, why = words(line)
        yield (line.network, product, line.product, line.count, METHODS[line.method], key, support, why)


_WARNINGS = (
    *(Column("How urgent", width=14), Column("What", width=50), Column("What it means", width=70)),
    *(Column("What to do", width=70), Column("Code", width=24, on_paper=False)),
    Column("Sources", width=40, on_paper=False),
)


def _warnings(export: Export) -> Iterator[Row]:
    found = [
        *(
            (warning_words(each, export.catalogue), each.code, each.sources)
            for each in by_severity(export.plan.warnings)
        ),
        *(
            (ending_words(row, export.catalogue), "ending", row.sources)
            for row in ending_soon(export.plan, export.catalogue)
        ),
    ]
    for words, code, cited in found:
        yield (SEVERITIES[words.severity], words.title, words.meaning, words.action, code, ", ".join(cited))


_SOURCES = (
    *(Column("Slug", width=22), Column("Title", width=70), Column("Publisher", width=30)),
    *(Column("Date", width=14), Column("Where", width=70)),
)


def _sources(export: Export) -> Iterator[Row]:
    for slug in all_sources(export.plan, export.catalogue):
        source, dispute = export.catalogue.sources.get(slug), export.catalogue.disputes.get(slug)
        if source:
            yield (slug, source.title, publisher_name(source.publisher), source.date or "", source.where)
        elif dispute:
            yield (slug, f"Disputed: {dispute.topic}", "", "", "")


def _why(reasons: Iterable[Reason], export: Export) -> str:
    return " ".join(reason_words(reason, export.catalogue) for reason in reasons)
