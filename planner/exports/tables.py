"""The plan as one flat CSV table, for a spreadsheet: UTF-8 with its mark, CRLF, no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from activation.rules.catalogue import Catalogue
from activation.rules.plan import Plan
from planner.exports.sheets import Cell, Row
from planner.exports.text import host_words
from planner.orders import NO_PRICES, Order, Price, orders, price_words, totals
from planner.support import ending_soon
from planner.wording import (
    METHODS,
    VIAS,
    WORKSHEET_ROWS,
    answer,
    application_name,
    application_of,
    by_severity,
    count,
    ending_words,
    group_name,
    host_numbers,
    key_name,
    listing,
    more_hosts,
    product_name,
    unit,
    warning_words,
)

BOM = "\ufeff"
HEADER = ("section", "where", "item", "slug", "number", "detail", "to do")

#: Where the separator is a semicolon, the spreadsheet's language has a comma in its decimals.
COMMA, SEMICOLON, TAB = ",", ";", "\t"

#: What a spreadsheet takes for a formula: at the start of a cell, also behind blanks, and behind anything that it may
#: take for a separator when its language has another one.
_FORMULA = re.compile(r"""((?:^|[;,\t|"'])[\s\u00a0\u200b-\u200d\u2060\ufeff]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])""")
_BREAKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029\x00]")


def plan_csv(plan: Plan, catalogue: Catalogue) -> str:
    """The plan as CSV text, its mark at the start."""
    return BOM + csv_text([HEADER, *plan_rows(plan, catalogue)])


def plans_csv(plans: Iterable[tuple[str, Plan]], catalogue: Catalogue, separator: str = COMMA) -> str:
    """Several plans in one table, the name of each in the first column."""
    rows = ((name, *row) for name, plan in plans for row in plan_rows(plan, catalogue))
    return BOM + csv_text([("estate", *HEADER), *rows], separator)


def csv_text(rows: Iterable[Row], separator: str = COMMA) -> str:
    """Rows as CSV with CRLF. Numbers stay numbers, texts never run as formulas."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([safe(cell, separator) for cell in row] for row in rows)
    return out.getvalue()


def write_csv(rows: Iterable[Row], file: BinaryIO, separator: str = COMMA) -> None:
    """The rows as a CSV file, written row by row."""
    text = io.TextIOWrapper(file, "utf-8", newline="")
    text.write(BOM)
    csv.writer(text, delimiter=separator).writerows([safe(cell, separator) for cell in row] for row in rows)
    text.detach()


def safe(cell: Cell, separator: str = COMMA) -> str | int:
    """A cell as it is written: an apostrophe before what a spreadsheet takes for a formula, blanks for line breaks."""
    if isinstance(cell, int):
        return cell
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", "," if separator == SEMICOLON else ".")
    text = cell.isoformat() if isinstance(cell, date) else cell or ""
    return _FORMULA.sub(r"\1'", _BREAKS.sub(" ", text))


def plan_rows(plan: Plan, catalogue: Catalogue, prices: Mapping[str, Price] = NO_PRICES) -> Iterator[Row]:
    """The rows below the header: `section, where, item, slug, number, detail, to do`."""
    for section in (_answer, _hosts, _pools, _maks):
        yield from section(plan, catalogue)
    yield from _licences(plan, catalogue, prices)
    for section in (_worksheets, _warnings, _support, _computers):
        yield from section(plan, catalogue)


def _answer(plan: Plan, catalogue: Catalogue) -> Iterator[Row]:
    yield ("Plan", "", plan.organisation or "Activation plan", "", "", f"Day {plan.as_of}", "")
    yield ("Plan", "", "Catalogue", plan.digest, "", plan.version, "")
    for sentence in answer(plan, catalogue):
        yield ("Answer", "", sentence, "", "", "", "")


def _hosts(plan: Plan, catalogue: Catalogue) -> Iterator[Row]:
    for key in plan.kms_host_keys:
        name = key_name(key.key, catalogue)
        activates = "Activates " + listing(group_name(group, catalogue) for group in key.activates)
        detail = f"Hosts: {host_numbers(key)}. {activates}"
        yield ("KMS host key", "", name, key.key, key.planned, detail, more_hosts(key, catalogue) or "")
        for host in key.hosts:
            update = f"First install {host.update}" if host.update else ""
            yield ("KMS host", host.pool, name, key.key, 1, host_words(host, catalogue), update)
        if "adba" in key.use:
            yield ("Active Directory", "", name, key.key, 1, "Add the key once for the forest", "")


def _pools(plan: Plan, catalogue: Catalogue) -> Iterator[Row]:
    for pool in plan.pools:
        needs = ", ".join(f"{family} {met.needed}" for family, met in pool.thresholds.items())
        detail = f"{pool.on_kms:,} on KMS; needed: {needs}"
        yield ("KMS count", pool.pool, key_name(pool.key, catalogue), pool.key, pool.counted, detail, "")


def _maks(plan: Plan, catalogue: Catalogue) -> Iterator[Row]:
    for mak in plan.maks:
        computers = count(mak.computers, unit(application_of(mak.group, catalogue)))
        detail = f"{computers}, {mak.reserve:,} in reserve, {mak.remaining:,} left"
        request = f"Request {mak.to_request:,}" if mak.to_request else ""
        name = key_name(mak.key, catalogue)
        yield ("MAK", "", name, mak.key, mak.activations, detail, request)
        for network in mak.networks:
            yield ("MAK computers", network.network, name, mak.key, network.computers, VIAS[network.via], "")


def _licences(plan: Plan, catalogue: Catalogue, prices: Mapping[str, Price]) -> Iterator[Row]:
    found = orders(plan, catalogue, prices)
    costs = {order.slug: order for order in found if order.cost}
    for line in plan.licences:
        detail = f"{line.computers:,} computers, {line.licences:,} licences"
        if line.product in costs:
            detail += f", {_in_money(costs[line.product])}"
        to_buy = f"Buy {line.shortfall:,}" if line.shortfall else ""
        yield ("Licences", "", product_name(line.product, catalogue), line.product, line.shortfall, detail, to_buy)
    for total in totals(found):
        yield ("Cost", "", "Licences to buy", "", total.amount, total.currency, "")


def _in_money(order: Order) -> str:
    """`12.50 EUR each, 25.00 EUR together`."""
    return f"{price_words(order.price)} each, {price_words(order.cost)} together" if order.price and order.cost else ""


def _worksheets(plan: Plan, catalogue: Catalogue) -> Iterator[Row]:
    for application, rows in plan.worksheets.items():
        for row, number in rows.items():
            where = application_name(application, catalogue)
            yield ("Worksheet", where, WORKSHEET_ROWS.get(row, row), row, number, "", "")


def _warnings(plan: Plan, catalogue: Catalogue) -> Iterator[Row]:
    for warning in by_severity(plan.warnings):
        words = warning_words(warning, catalogue)
        where = str(warning.params.get("pool", warning.params.get("network", "")))
        yield ("Warning", where, words.title, warning.code, "", words.meaning, words.action)


def _support(plan: Plan, catalogue: Catalogue) -> Iterator[Row]:
    """What ends within 12 months; what is past its end is a warning."""
    for row in ending_soon(plan, catalogue):
        words = ending_words(row, catalogue)
        yield ("Support", "", words.title, row.group, "", words.meaning, words.action)


def _computers(plan: Plan, catalogue: Catalogue) -> Iterator[Row]:
    for line in plan.computers:
        key = key_name(line.key, catalogue) if line.key else ""
        name = product_name(line.product, catalogue)
        yield ("Computers", line.network, name, line.product, line.count, METHODS[line.method], key)
