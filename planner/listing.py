"""A table of an estate as a list: searched, narrowed, sorted, in pages, its totals by SQL. All of it in the address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.http import QueryDict

from activation.rules.catalogue import Catalogue
from activation.rules.interchange import without_keys
from planner.cells import ShownRow, shown_row
from planner.folding import plain
from planner.forms.choices import Pairs
from planner.models import Estate
from planner.tables import Column, Filter, Table
from planner.wording import count, key_name, product_name

ON_A_PAGE = 100
LONGEST_SEARCH = 200  #: characters
MOST_WORDS = 8
LAST_PAGE = 1_000_000
MOST_FOUND = 2_000  #: rows of all pages that one act takes: it and its undo are checked row by row
#: What is asked of all rows of a list to know them again.
STATE = {"number": Count("pk"), "ids": Sum("pk"), "versions": Sum("version")}


@dataclass(frozen=True, slots=True)
class View:
    """What the address asks of a list. `sort` is the name of a column, after a minus downwards."""

    search: str
    filters: Mapping[str, str]
    sort: str
    page: int

    def query(self, **changes: str | int) -> str:
        """The query string of this view with some things changed; what is empty is left out."""
        sort, page = self.sort, self.page if self.page > 1 else ""
        asked = {"q": self.search, **self.filters, "sort": sort, "page": page} | changes
        return urlencode({name: value for name, value in asked.items() if value != ""})


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the query string without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter as a list to choose from."""

    name: str
    label: str
    choices: Pairs
    chosen: str


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: the query string that sorts by it, and how the list is sorted by it now."""

    column: Column
    query: str
    order: str


@dataclass(frozen=True)
class Listing:
    """One page of a table. `number`: how many rows there are on all pages; `state`: by which it is seen that one of
    them is another one by now; `totals`: their sums, by column."""

    table: Table
    estate: Estate
    catalogue: Catalogue
    view: View
    number: int
    state: str
    totals: Mapping[str, int]
    rows: tuple[ShownRow, ...]
    networks: Pairs

    @property
    def pages(self) -> int:
        return max(1, -(-self.number // ON_A_PAGE))

    @property
    def query(self) -> str:
        """The query string of this very page."""
        return self.view.query()

    @property
    def narrowed(self) -> bool:
        return bool(self.view.search or self.view.filters)

    @property
    def too_many(self) -> int:
        """How many rows one act takes, where the list has more; else 0."""
        return MOST_FOUND if self.number > MOST_FOUND else 0

    @property
    def all_at_once(self) -> str:
        """`all 1,340 lines found`; empty where that is this page, or more than one act takes."""
        words = f"all {count(self.number, self.table.one, self.table.many)}{' found' if self.narrowed else ''}"
        return words if self.pages > 1 and self.number <= MOST_FOUND else ""

    @property
    def unnarrowed(self) -> str:
        """The query string without search and filters."""
        return View("", {}, self.view.sort, 1).query()

    @property
    def summary(self) -> str:
        """`2,340 lines found, 101 to 200 shown.`"""
        words = count(self.number, self.table.one, self.table.many) + (" found" if self.narrowed else "")
        first = (self.view.page - 1) * ON_A_PAGE + 1
        return words + (f", {first:,} to {first + len(self.rows) - 1:,} shown." if self.pages > 1 else ".")

    @cached_property
    def heads(self) -> tuple[Head, ...]:
        """The heads of the columns; those of texts made of other texts do not sort."""
        return tuple(_head(column, self.view) for column in self.table.columns)

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """The filters to choose from; one of networks only where there are several."""
        offered = [(each, self._offered(each)) for each in self.table.filters]
        chosen = self.view.filters
        return tuple(
            Choice(each.name, each.label, of, chosen.get(each.name, "")) for each, of in offered if len(of) > 1
        )

    @cached_property
    def chips(self) -> tuple[Chip, ...]:
        """What narrows the list."""
        view = self.view
        on = [(each, view.filters[each.name]) for each in self.table.filters if each.name in view.filters]
        chips = [
            Chip(f"{each.label}: {dict(self._offered(each)).get(value, value)}", view.query(page="", **{each.name: ""}))
            for each, value in on
        ]
        return (*([Chip(f"“{view.search}”", view.query(q="", page=""))] if view.search else []), *chips)

    @property
    def sums(self) -> tuple[tuple[Column, str], ...]:
        """Each column with its sum, empty for those that are not summed."""
        return tuple(
            (column, f"{self.totals[column.name]:,}" if column.summed else "") for column in self.table.columns
        )

    @property
    def before(self) -> str:
        return self.view.query(page=self.view.page - 1) if self.view.page > 1 else ""

    @property
    def after(self) -> str:
        return self.view.query(page=self.view.page + 1) if self.view.page < self.pages else ""

    def _offered(self, each: Filter) -> Pairs:
        return each.choices or self.networks


def view_of(query: QueryDict, table: Table) -> View:
    """What the address asks; what it cannot ask is left out. Product keys are cut."""
    search = " ".join(without_keys(query.get("q", "")[:LONGEST_SEARCH]).replace("\x00", " ").split())
    filters = {each.name: query[each.name] for each in table.filters if _offers(each, query.get(each.name, ""))}
    sort = query.get("sort", "")
    page = query.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 10 else 1
    known = (column := table.column(sort.removeprefix("-"))) and column.kind != "systems"
    return View(search, filters, sort if known else "", min(max(number, 1), LAST_PAGE))


def listing(table: Table, estate: Estate, catalogue: Catalogue, query: QueryDict) -> Listing:
    """The page of the table that the query asks for, the last one where there are fewer pages."""
    view = view_of(query, table)
    found = found_rows(table, estate, catalogue, view)
    totals = found.order_by().aggregate(**STATE, **{each.name: Sum(each.name) for each in table.summed})
    number, state = totals["number"], state_of(totals)
    page = min(view.page, max(1, -(-number // ON_A_PAGE)))
    view = View(view.search, view.filters, view.sort, page)
    rows = _sorted(found, table, view, catalogue)[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return Listing(
        table=table,
        estate=estate,
        catalogue=catalogue,
        view=view,
        number=number,
        state=state,
        totals={each.name: totals[each.name] or 0 for each in table.summed},
        rows=tuple(shown_row(row, table, catalogue) for row in rows),
        networks=network_pairs(estate) if any(not each.choices for each in table.filters) else (),
    )


def found_rows(table: Table, estate: Estate, catalogue: Catalogue, view: View) -> QuerySet[Any]:
    """The rows on all pages of the view."""
    return _narrowed(rows_of(table, estate), table, view, catalogue)


def state_of(numbers: Mapping[str, Any]) -> str:
    """`STATE` in one word: another one when a row came, went or was changed."""
    return ".".join(str(numbers[name] or 0) for name in STATE)


def rows_of(table: Table, estate: Estate) -> QuerySet[Any]:
    """The rows of the table, with what their cells name."""
    rows: QuerySet[Any] = getattr(table.owner(estate), table.slug).select_related(*table.related)
    return rows if table.related else rows.select_related(None)


def network_pairs(estate: Estate) -> Pairs:
    """Id and name of each network, by name."""
    return [(str(pk), name) for pk, name in estate.networks.order_by("name").values_list("pk", "name")]


def _offers(each: Filter, value: str) -> bool:
    if not each.choices:
        return value.isascii() and value.isdigit() and len(value) < 19
    return value in dict(each.choices)


def _narrowed(rows: QuerySet[Any], table: Table, view: View, catalogue: Catalogue) -> QuerySet[Any]:
    for each in table.filters:
        if each.name in view.filters:
            rows = rows.filter(each.where(view.filters[each.name], catalogue))
    words = dict.fromkeys(plain(view.search).split()[:MOST_WORDS])
    if not words:
        return rows
    names = _names_in(rows, table, catalogue)
    for word in words:
        rows = rows.filter(_holds(word, table, names))
    return rows


def _names_in(rows: QuerySet[Any], table: Table, catalogue: Catalogue) -> dict[str, str]:
    """Slug -> its folded name, for the products or keys that the rows name."""
    if not table.named:
        return {}
    name_of = key_name if table.named == "key" else product_name
    slugs = rows.order_by().values_list(table.named, flat=True).distinct()
    return {slug: f"{plain(name_of(slug, catalogue))} {slug}" for slug in slugs}


def _holds(word: str, table: Table, names: Mapping[str, str]) -> Q:
    found = Q(**{f"{table.named}__in": [slug for slug, name in names.items() if word in name]}) if table.named else Q()
    for column in table.folded:
        found |= Q(**{f"{column}__contains": word})
    return found


def _sorted(rows: QuerySet[Any], table: Table, view: View, catalogue: Catalogue) -> QuerySet[Any]:
    """By the chosen column, else in the order of the table; rows that are equal there in the order of their making."""
    column = table.column(view.sort.removeprefix("-"))
    if column is None:
        return rows.order_by(*table.order)
    if column.name == table.named:
        by: Any = _rank_of_name(_names_in(rows, table, catalogue), column.name)
    else:
        field = f"{column.name}__name_folded" if column.kind == "network" else column.name
        by = F("name_folded" if field == "name" else field)
    return rows.order_by(by.desc() if view.sort.startswith("-") else by.asc(), "pk")


def _rank_of_name(names: Mapping[str, str], field: str) -> Case | F:
    """Where the name of the row's slug stands among the names: they are not in the database."""
    if not names:
        return F("pk")
    order = sorted(names, key=lambda slug: _as_counted(names[slug]))
    ranks = [When(**{field: slug}, then=Value(rank)) for rank, slug in enumerate(order)]
    return Case(*ranks, default=Value(len(order)), output_field=IntegerField())


def _as_counted(name: str) -> list[tuple[str, int]]:
    """To sort by: `windows 7` before `windows 10`."""
    return [(letters, int(digits or 0)) for letters, digits in re.findall(r"(\D*)([0-9]*)", name)]


def _head(column: Column, view: View) -> Head:
    if column.kind == "systems":
        return Head(column, "", "")
    order = {column.name: "ascending", f"-{column.name}": "descending"}.get(view.sort, "")
    downwards = order == "ascending" or (not order and column.is_number)  # of numbers, the largest first
    return Head(column, view.query(page="", sort=("-" if downwards else "") + column.name), order)
