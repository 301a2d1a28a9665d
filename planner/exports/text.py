"""The plan as plain text for a terminal: answer first, then keys, MAKs, licences, worksheet, warnings, computers."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby

from activation.rules.catalogue import Catalogue
from activation.rules.inventory import WINDOWS
from activation.rules.plan import Host, KmsHostKey, Mak, Plan, Reason, Warning
from planner.orders import NO_PRICES, Price, orders, price_words, totals
from planner.runbook.requests import requests
from planner.support import ending_soon
from planner.wording import (
    FAMILIES,
    METHODS,
    SEVERITIES,
    VIAS,
    WHAT_IT_IS_NOT,
    WORKSHEET_ROWS,
    Words,
    answer,
    application_name,
    by_severity,
    count,
    ending_words,
    group_name,
    host_numbers,
    key_name,
    listing,
    product_name,
    publisher_name,
    reason_words,
    system_name,
    warning_words,
)

WIDTH = 88
TO_BUY = "To buy and to request"
Section = Callable[[Plan, Catalogue, bool], Iterator[str]]


def plan_text(plan: Plan, catalogue: Catalogue, explain: bool = False, prices: Mapping[str, Price] = NO_PRICES) -> str:
    """The plan in lines of at most about 88 characters. `explain` adds the reasons and their sources."""
    blocks = [_head(plan, catalogue)]
    sections = {**_SECTIONS, TO_BUY: partial(_orders, prices=prices)}
    for title, section in sections.items():
        lines = list(section(plan, catalogue, explain))
        if lines:
            blocks.append([title, "-" * len(title), *lines])
    if any(_is_server(line.product, catalogue) for line in plan.computers):
        blocks.append(_wrapped(WHAT_IT_IS_NOT))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def host_words(host: Host, catalogue: Catalogue) -> str:
    """Where a KMS host key goes, in words."""
    update = f"; first install {host.update}" if host.update else ""
    if host.on == "listed":
        return f"one of the {product_name(host.product or '', catalogue)} computers{update}"
    if host.on == "declared":
        return f"the {system_name(host.system or '', catalogue)} machine named for KMS{update}"
    if host.on == "additional":
        return "one more machine, to be provided"
    return "a machine; which systems may carry it is not established"


def _head(plan: Plan, catalogue: Catalogue) -> list[str]:
    title = f"Activation plan for {plan.organisation}" if plan.organisation else "Activation plan"
    sentences = (line for sentence in answer(plan, catalogue) for line in _wrapped(sentence))
    return [title, "=" * len(title), f"Day {plan.as_of}, catalogue {plan.version}.", "", *sentences]


def _kms_host_keys(plan: Plan, catalogue: Catalogue, explain: bool) -> Iterator[str]:
    for key in sorted(plan.kms_host_keys, key=lambda key: key.application != WINDOWS):
        yield key_name(key.key, catalogue)
        yield from _hosts(key, catalogue)
        yield from _counts(plan, key)
        names = listing(group_name(group, catalogue) for group in key.activates)
        yield from _wrapped(f"Activates: {names}.", "  ", "    ")
        yield f"  Hosts: {host_numbers(key)}."
        yield from _reasons(key.reasons, catalogue) if explain else ()


def _hosts(key: KmsHostKey, catalogue: Catalogue) -> Iterator[str]:
    for host, alike in groupby(key.hosts):
        number = len(list(alike))
        each = "" if number == 1 else f"{number} hosts, each on "
        yield from _wrapped(f"{host.pool}: {each}{host_words(host, catalogue)}.", "  ", "    ")
    if "adba" in key.use:
        yield "  Active Directory: add it once for the forest."


def _counts(plan: Plan, key: KmsHostKey) -> Iterator[str]:
    for pool in plan.pools:
        if pool.key == key.key:
            needs = ", ".join(f"{FAMILIES[family]} need {met.needed}" for family, met in pool.thresholds.items())
            counted, hosts = f"{pool.counted:,} counted", count(pool.hosts, "host")
            yield from _wrapped(f"{pool.pool}: {counted} with {hosts} ({needs}).", "  ", "    ")


def _maks(plan: Plan, catalogue: Catalogue, explain: bool) -> Iterator[str]:
    for mak in plan.maks:
        yield from _wrapped(f"{key_name(mak.key, catalogue)}: {_mak_numbers(mak)}", "", "  ")
        for network in mak.networks:
            yield f"  {network.network}: {network.computers:,}, {VIAS[network.via]}"
        yield from _reasons(mak.reasons, catalogue) if explain else ()


def _mak_numbers(mak: Mak) -> str:
    reserve = f" with {mak.reserve:,} in reserve" if mak.reserve else ""
    request = f"request {mak.to_request:,} more" if mak.remaining and mak.to_request else f"request {mak.to_request:,}"
    asked = request if mak.to_request else "nothing to request"
    return f"{count(mak.activations, 'activation')}{reserve}, {mak.remaining:,} left; {asked}."


def _licences(plan: Plan, catalogue: Catalogue, explain: bool) -> Iterator[str]:
    rows = [
        [product_name(line.product, catalogue), f"{line.computers:,}", f"{line.licences:,}", f"{line.shortfall:,}"]
        for line in plan.licences
    ]
    yield from _table(["Product", "Computers", "Licences", "To buy"], rows) if rows else ()


def _orders(plan: Plan, catalogue: Catalogue, explain: bool, prices: Mapping[str, Price] = NO_PRICES) -> Iterator[str]:
    found = orders(plan, catalogue, prices)
    for order in found:
        yield from _wrapped(order.words, "", "  ")
    for total in totals(found):
        yield f"Cost in total: {price_words(total)}."


def _requests(plan: Plan, catalogue: Catalogue, explain: bool) -> Iterator[str]:
    for number, request in enumerate(requests(plan, catalogue)):
        yield from ("",) if number else ()
        for line in request.text.splitlines():
            yield from _wrapped(line, "", "  ") if line else ("",)


def _worksheet(plan: Plan, catalogue: Catalogue, explain: bool) -> Iterator[str]:
    sheets = plan.worksheets
    rows = [
        [words, *(f"{sheet.get(row, 0):,}" for sheet in sheets.values())]
        for row, words in WORKSHEET_ROWS.items()
        if row in ("total", "remaining") or any(sheet.get(row, 0) for sheet in sheets.values())
    ]
    yield from _table(["", *(application_name(application, catalogue) for application in sheets)], rows)


def _warnings(plan: Plan, catalogue: Catalogue, explain: bool) -> Iterator[str]:
    for warning in by_severity(plan.warnings):
        yield from _in_words(warning_words(warning, catalogue))
        yield from _both_sides(warning, catalogue) if explain else ()
        yield from _cited(warning.sources) if explain else ()
    for row in ending_soon(plan, catalogue):
        yield from _in_words(ending_words(row, catalogue))
        yield from _cited(row.sources) if explain else ()


def _in_words(words: Words) -> Iterator[str]:
    yield from _wrapped(f"{SEVERITIES[words.severity]}: {words.title}", "", "  ")
    yield from _wrapped(words.meaning, "  ")
    yield from _wrapped("> " + words.action, "  ", "    ")


def _cited(sources: Sequence[str]) -> Iterator[str]:
    yield from _wrapped(f"Sources: {', '.join(sources)}", "  ") if sources else ()


def _both_sides(warning: Warning, catalogue: Catalogue) -> Iterator[str]:
    dispute = catalogue.disputes.get(str(warning.params.get("conflict")))
    sides = (("One side", dispute.one_side), ("Other side", dispute.other_side)) if dispute else ()
    for name, side in sides:
        yield from _wrapped(f"{name}: {side}", "  ", "    ") if side else ()


def _computers(plan: Plan, catalogue: Catalogue, explain: bool) -> Iterator[str]:
    for line in plan.computers:
        key = f", {key_name(line.key, catalogue)}" if line.key and line.method != "mak" else ""
        product = product_name(line.product, catalogue)
        yield from _wrapped(f"{line.network}: {line.count:,} x {product}: {METHODS[line.method]}{key}", "", "  ")
        yield from _reasons(line.reasons, catalogue) if explain else ()


def _reasons(reasons: Iterable[Reason], catalogue: Catalogue) -> Iterator[str]:
    for reason in reasons:
        sources = f" [{', '.join(reason.sources)}]" if reason.sources else ""
        yield from _wrapped(f"Why: {reason_words(reason, catalogue)}{sources}", "  ", "    ")


def _sources(plan: Plan, catalogue: Catalogue, explain: bool) -> Iterator[str]:
    """The documents behind the reasons and warnings, with their addresses."""
    for slug in all_sources(plan, catalogue) if explain else ():
        source, dispute = catalogue.sources.get(slug), catalogue.disputes.get(slug)
        if source:
            yield from _wrapped(
                f"[{slug}] {source.title}. {publisher_name(source.publisher)}, {source.date or 'no date'}.", "", "  "
            )
            yield f"  {source.where}"
        elif dispute:
            yield from _wrapped(f"[{slug}] Disputed: {dispute.topic}.", "", "  ")


def all_sources(plan: Plan, catalogue: Catalogue) -> list[str]:
    """The slugs of all documents behind the plan and behind what is said of ends of support, each once."""
    ending = {slug for row in ending_soon(plan, catalogue) for slug in row.sources}
    return sorted(ending.union(cited(plan)))


def cited(plan: Plan) -> list[str]:
    """The slugs of all sources of a plan, each once, in alphabetical order."""
    reasoned = chain(plan.kms_host_keys, plan.maks, plan.computers)
    reasons = (reason for row in reasoned for reason in row.reasons)
    return sorted({slug for entry in chain(reasons, plan.warnings) for slug in entry.sources})


def _is_server(product: str, catalogue: Catalogue) -> bool:
    return product in catalogue.products and catalogue.products[product].family == "server"


def _wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    later = first if rest is None else rest
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns two blanks apart: words to the left, numbers to the right. Applications that do not fit are cut."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        yield "  ".join(cells).rstrip()


_SECTIONS: dict[str, Section] = {
    "KMS host keys": _kms_host_keys,
    "MAKs": _maks,
    "Licences": _licences,
    TO_BUY: _orders,
    "Worksheet": _worksheet,
    "What to watch": _warnings,
    "Computers": _computers,
    "Requests to send to Microsoft": _requests,
    "Sources": _sources,
}
