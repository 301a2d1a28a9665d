"""estate/1 into an `Estate`: every field checked, all errors at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, cast

from activation.rules.catalogue import Catalogue
from activation.rules.estate import Agreement, Contact, Estate, HeldKey, Licence, Line, Settings
from activation.rules.lookup import Lookup
from activation.rules.reading import Fields, Problems, shown
from activation.rules.routes import Networks, read_networks

FORMAT = "estate/1"
MOST = 10_000_000  #: computers or licences in one line, activations or hosts of one key
RESERVE = 1000  #: per cent
AGREEMENTS = ("enterprise", "select", "open", "open-value", "campus", "spla")
CONTACTS = ("regular", "rare", "none")
TOP = ("format", "organisation", "as_of", "agreement", "settings", "networks", "computers", "licences", "keys")
SETTINGS = ("evidence", "count_old_virtual", "mak_reserve_percent")
LINE = ("network", "product", "count", "virtual", "contact", "activate", "domain_joined", "avma")
LICENCE = ("product", "quantity")
KEY = ("key", "remaining", "hosts_used")
#: What the field is to those that count a part of it.
WHOLE = {"count": "the computers of this line", "virtual": "its virtual computers"}


def read_estate(document: object, catalogue: Catalogue, today: str) -> Estate:
    """An estate/1 document (what JSON gives: dicts, lists, texts, numbers) as an Estate.

    `today` (`YYYY-MM-DD`) stands in for a missing `as_of`. Raises EstateErrors with every error of the document.
    """
    problems = Problems()
    if not isinstance(document, dict):
        problems.stop("$", f"Enter an estate, an object in {{ }}, not {shown(document)}.")
    top, lookup = Fields(document, "", TOP, problems), Lookup(catalogue, problems)
    _check_format(top)
    organisation, as_of = top.name("organisation", "a name", ""), _day(top, today)
    agreement = cast(Agreement | None, top.choice("agreement", AGREEMENTS, None))
    settings = _settings(top.inner("settings", SETTINGS))
    networks = read_networks(top, lookup)
    lines = tuple(read_line(row, networks, lookup) for row in _rows(top, "computers", LINE))
    licences = tuple(read_licence(row, lookup) for row in _rows(top, "licences", LICENCE))
    keys = tuple(_held_keys(top, lookup))
    _check_content(top)
    problems.stop_if_any()
    return Estate(as_of, networks.networks, lines, licences, keys, organisation, agreement, settings)


def read_line(row: Fields, networks: Networks, lookup: Lookup) -> Line:
    """One line of computers. What is wrong is in the problems of `row`."""
    network, product = _network(row, networks), _product(row, lookup)
    count = row.integer("count", 1, MOST)
    virtual = _part(row, "virtual", "count", count)
    line = Line(
        network=network,
        product=product,
        count=count,
        virtual=virtual,
        contact=cast(Contact, row.choice("contact", CONTACTS, "regular")),
        activate=row.flag("activate", True),
        domain_joined=row.flag("domain_joined", False),
        avma=_part(row, "avma", "virtual", virtual),
    )
    _check_guests(row, line, lookup.catalogue)
    return line


def _part(row: Fields, name: str, of: str, whole: int) -> int:
    """A number from 0 to that of another field; to the most there may be when the other one is wrong."""
    if row.good(of):
        return row.integer(name, 0, whole, 0, f" ({WHOLE[of]})")
    return row.integer(name, 0, MOST, 0)


def _rows(top: Fields, name: str, known: Sequence[str]) -> Iterator[Fields]:
    for i, raw in enumerate(top.items(name) or ()):
        yield Fields(raw, f"{name}[{i}]", known, top.problems)


def _check_format(top: Fields) -> None:
    if top.text("format", f'"{FORMAT}"') != FORMAT and top.good("format"):
        top.reject("format", f'Enter "{FORMAT}"')


def _day(top: Fields, today: str) -> str:
    asked = "a day as YYYY-MM-DD"
    day = top.text("as_of", asked, today)
    if top.good("as_of") and not is_day(day):
        top.reject("as_of", f"Enter {asked}, one that the calendar has")
    return day


def is_day(text: str) -> bool:
    """Whether it is `YYYY-MM-DD` and a day that the calendar has."""
    try:
        return bool(re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and date.fromisoformat(text))
    except ValueError:
        return False


def _settings(row: Fields) -> Settings:
    evidence = row.choice("evidence", ("all", "documented"), "all")
    return Settings(
        evidence=cast(Literal["all", "documented"], evidence),
        count_old_virtual=row.flag("count_old_virtual", False),
        mak_reserve_percent=row.integer("mak_reserve_percent", 0, RESERVE, 0),
    )


def _network(row: Fields, networks: Networks) -> str:
    if not row.given("network") and len(networks.networks) < 2:
        return networks.only or ""
    name = row.text("network", "the name of a network")
    problem = networks.problem(name)
    if problem and row.good("network"):
        row.wrong("network", problem)
    return name


def _product(row: Fields, lookup: Lookup) -> str:
    text = row.text("product", "the name of a product")
    if not row.good("product"):
        return ""
    product, problem = lookup.product(text)
    if product is None:
        row.wrong("product", problem)
    return product.slug if product else ""


def _check_guests(row: Fields, line: Line, catalogue: Catalogue) -> None:
    if not line.avma or not row.good("avma") or not row.good("product"):
        return
    group = catalogue.products[line.product].group
    if group is None or not catalogue.groups[group].avma:
        name = catalogue.products[line.product].name
        row.wrong("avma", f"Enter 0: {name} is not activated by its Hyper-V host (AVMA), newer Windows Server is.")


def read_licence(row: Fields, lookup: Lookup) -> Licence:
    """One line of licences. What is wrong is in the problems of `row`."""
    return Licence(_product(row, lookup), row.integer("quantity", 0, MOST))


def _held_keys(top: Fields, lookup: Lookup) -> Iterator[HeldKey]:
    seen: set[str] = set()
    for row in _rows(top, "keys", KEY):
        slug = _key(row, lookup)
        if slug in seen:
            row.wrong("key", f"{slug} stands in this list already. Keep one line for each key.")
        seen |= {slug} - {""}
        yield HeldKey(slug, _used(row, slug, lookup.catalogue))


def _key(row: Fields, lookup: Lookup) -> str:
    text = row.text("key", "the name of a key (never the key itself)")
    if not row.good("key"):
        return ""
    slug, problem = lookup.key(text)
    if slug is None:
        row.wrong("key", problem)
    return slug or ""


def _used(row: Fields, slug: str, catalogue: Catalogue) -> int:
    """The number that belongs to the type of the key. Of a key that is not known, both are only checked as numbers."""
    if not slug:
        return max(row.integer(name, 0, MOST, 0) for name in ("remaining", "hosts_used"))
    is_mak = catalogue.keys[slug].type == "mak"
    own, other = ("remaining", "hosts_used") if is_mak else ("hosts_used", "remaining")
    used = row.integer(own, 0, MOST)
    if row.given(other):
        row.wrong(other, f"Remove {other}: a {'MAK' if is_mak else 'KMS host key'} has {own}.")
    return used


def _check_content(top: Fields) -> None:
    """Computers or licences; licences alone only on one network."""
    computers, licences = top.items("computers"), top.items("licences")
    if not top.good("computers") or not top.good("licences"):
        return
    if not computers and not licences:
        top.wrong("computers", "Enter computers or licences, at least one line.")
    elif not computers and len(top.items("networks") or ()) > 1:
        top.wrong(
            "networks", "Enter the computers, or one network only: licences do not say on which network they are."
        )
