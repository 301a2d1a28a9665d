"""Where in an estate a request is: the table, its addresses, and the way back to the list that one came from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from activation.catalogue import current
from activation.rules.catalogue import Catalogue
from planner.access import Here
from planner.forms.lines import Offers
from planner.listing import network_pairs, rows_of, view_of
from planner.models import Act, Estate
from planner.tables import COMPUTERS, READINGS, SETTINGS, TABLES, Table


class TableConverter:
    """The slug of a table in an address."""

    regex = "|".join(TABLES)

    def to_python(self, value: str) -> Table:
        return TABLES[value]

    def to_url(self, table: Table) -> str:
        return table.slug


@dataclass(frozen=True)
class Place:
    """A table of an estate, opened by a member. `back`: the query string of the list."""

    here: Here
    estate: Estate
    table: Table
    back: str

    @cached_property
    def catalogue(self) -> Catalogue:
        return current()

    @cached_property
    def offers(self) -> Offers:
        return Offers(network_pairs(self.estate), self.catalogue)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to plan yet."""
        return not (self.estate.computers.exists() or self.estate.licences.exists())

    def rows(self) -> Any:
        """The rows of the table."""
        if self.table == SETTINGS:
            return self.here.organisation.estates.filter(pk=self.estate.pk)
        return rows_of(self.table, self.estate)

    def url(self, name: str, **more: Any) -> str:
        """The address of a view of this estate."""
        if self.estate.scenario:
            more["scenario"] = self.estate.pk
        return reverse(name, kwargs={"organisation": self.here.organisation.slug, **more})

    @property
    def list_url(self) -> str:
        return self.settings_url if self.table == SETTINGS else self.url("estate-rows", table=self.table)

    @property
    def back_url(self) -> str:
        """The list as one left it."""
        return self.list_url + (f"?{self.back}" if self.back else "")

    @property
    def computers_url(self) -> str:
        return self.url("estate-rows", table=COMPUTERS)

    @property
    def add_url(self) -> str:
        return self.url("estate-add", table=self.table)

    @property
    def chosen_url(self) -> str:
        return self.url("estate-chosen", table=self.table)

    @property
    def settings_url(self) -> str:
        return self.url("estate-settings")

    @property
    def answer_url(self) -> str:
        return self.url("estate-answer")

    @property
    def files(self) -> list[tuple[str, str]]:
        """The downloads: address and words."""
        if self.table == READINGS:
            return [(self.url("ledger-file"), "CSV")]
        return [(self.url("estate-file", kind=kind), words) for kind, words in (("json", "JSON"), ("csv", "CSV"))]

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """Address, words and whether one is there, for each table and the settings."""
        if self.table == READINGS:
            return [(self.url("ledger"), "Keys", False), (self.list_url, "Readings", True)]
        tables = [(self.url("estate-rows", table=table), table.title, table == self.table) for table in TABLES.values()]
        return [*tables, (self.settings_url, "Settings", self.table == SETTINGS)]

    def leave(self, act: Act | None) -> HttpResponseRedirect:
        """To the list, which says what was done."""
        done = f"done={act.pk}" if act else ""
        query = "&".join(filter(None, (self.back, done)))
        return HttpResponseRedirect(self.list_url + (f"?{query}" if query else ""))


def place(request: HttpRequest, here: Here, table: Table, scenario: int | None) -> Place:
    """The place of a request. Raises Http404. The way back is read again: it is of this list and nothing else."""
    sent = request.POST.get("back") or request.GET.get("back", "")
    back = view_of(type(request.GET)(sent[:1000]), table).query() if sent and table != SETTINGS else ""
    return Place(here, here.estate(scenario), table, back)
