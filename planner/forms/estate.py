"""The whole form of the quick planner: its rows as typed, and the addresses that hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from urllib.parse import urlencode

from activation.rules.catalogue import Catalogue
from activation.rules.routes import MAIN, look_alikes
from planner.forms.choices import Choices
from planner.forms.rows import (
    KeyRow,
    LicenceRow,
    LineRow,
    NetworkRow,
    NumberedRow,
    Row,
    SettingsRow,
    numbers_by_letter,
    shown_numbers,
)

#: The longest query that an answer names, in characters: with the other headers it stays below the 4 kB that nginx
#: and others take of them. A longer one is cut by some mail programs, too.
LONGEST_ADDRESS = 3_000
#: The longest query that is asked for, in characters. Servers and proxies take 8 kB of the line it is in.
LONGEST_LINK = 8_000
#: What the fields of a page send when it is opened; a longer query is posted. Filling in blank fields may double it.
LONGEST_SENT = LONGEST_LINK // 2


class EstateForm:
    """Networks, lines of computers, licences, keys and settings as typed."""

    def __init__(self, typed: Mapping[str, str], catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        data = {name: self._shown(name, text) for name, text in typed.items()}
        numbers = shown_numbers(data)
        first_network = {"n1-name": MAIN} | data
        self._names = data.keys()
        self.networks = [NetworkRow(number, first_network) for number in numbers["n"]]
        self.lines = [LineRow(number, data) for number in numbers["c"]]
        self.licences = [LicenceRow(number, data) for number in numbers["l"]]
        self.keys = [KeyRow(number, data) for number in numbers["k"]]
        self.settings = SettingsRow(data)
        self._name_rows()
        self.choices.mark(self.rows)
        for place, words in look_alikes(row.text("name") for row in self.networks).items():
            self.networks[place]["name"].outside = words

    def _name_rows(self) -> None:
        """Say where a row stands, for messages and for those who hear the page."""
        of_name = Counter(network.text("name") for network in self.networks)
        for network in self.networks:
            network.title = network.text("name") or f"Network {network.number}"
            if of_name[network.title] > 1:  # to be mended, and for that one must tell them apart
                network.title += f" (network {network.number})"
            of = f"{network.title}, line" if len(self.networks) > 1 else "Line"
            for place, row in enumerate(self.lines_of(network), 1):
                row.title = f"{of} {place}"
        for name, rows in (("Licence", self.licences), ("Key", self.keys)):
            for place, row in enumerate(rows, 1):
                row.title = f"{name} {place}"

    def _shown(self, name: str, text: str) -> str:
        """A product's name where its slug was given, so that an address may hold slugs and the page shows names."""
        product = self.catalogue.products.get(text) if name.endswith("-product") else None
        return product.name if product else text

    def typed(self) -> dict[str, str]:
        """The shortest fields that give this form again: defaults and blank rows left out, products by slug."""
        rows = [*self.networks, *(row for row in (*self.lines, *self.licences, *self.keys) if not row.is_blank())]
        found = self.settings.typed()
        for row in rows:
            found |= row.typed()
        if found.get("n1-name") == MAIN:
            del found["n1-name"]
        slugs = self.catalogue.slug_by_name
        return {name: slugs.get(text, text) if name.endswith("-product") else text for name, text in found.items()}

    @cached_property
    def query(self) -> str:
        """The query string of `typed`, for an address that can be shared."""
        return urlencode(self.typed())

    @property
    def rows(self) -> list[Row]:
        """All rows, in the order in which mistakes are told."""
        return [*self.networks, *self.lines, *self.licences, *self.keys, self.settings]

    def kept(self, part: str) -> Sequence[NumberedRow]:
        """The rows that become that part of the document: all networks, and what is not blank."""
        rows: Mapping[str, Sequence[NumberedRow]] = {
            "networks": self.networks,
            "computers": self.lines,
            "licences": self.licences,
            "keys": self.keys,
        }
        return [row for row in rows[part] if part == "networks" or not row.is_blank()]

    def is_outside(self) -> bool:
        """True when a list or a box holds what it does not offer, or two networks have names that look alike."""
        return any(field.outside for row in self.rows for field in row)

    def was_sent(self) -> bool:
        """True when the request held a field of the form, empty or not."""
        return any(numbers_by_letter(self._names).values()) or not SettingsRow.labels.keys().isdisjoint(self._names)

    @cached_property
    def is_long(self) -> bool:
        """True when what was typed does not fit into an address that can be kept and shared."""
        return len(self.query) > LONGEST_ADDRESS

    @cached_property
    def link(self) -> str:
        """The query string for a link on a page, empty when it is too long for any."""
        return self.query if len(self.query) <= LONGEST_LINK else ""

    @cached_property
    def method(self) -> str:
        """How a browser sends the form: `get`, or `post` what would be too long for an address."""
        sent = {name: text for row in self.rows for name, text in row.sent().items()}
        return "post" if self.is_long or len(urlencode(sent)) > LONGEST_SENT else "get"

    def lines_of(self, network: NetworkRow) -> list[LineRow]:
        """The lines on that network; the first network takes those whose network is not there."""
        numbers = {str(row.number) for row in self.networks}
        first = network is self.networks[0]
        return [
            row
            for row in self.lines
            if row.network() == str(network.number) or (first and row.network() not in numbers)
        ]

    def several(self) -> bool:
        """True when there is more than one network."""
        return len(self.networks) > 1

    @cached_property
    def choices(self) -> Choices:
        """What the lists of the form offer."""
        return Choices(self.networks, {row.text("key") for row in self.keys}, self.catalogue)

    def by_network(self) -> list[tuple[NetworkRow, list[LineRow]]]:
        """Each network with its lines."""
        return [(network, self.lines_of(network)) for network in self.networks]

    def is_empty(self) -> bool:
        """True when neither computers nor licences were typed."""
        return all(row.is_blank() for row in (*self.lines, *self.licences))

    def focus_on(self, field: str) -> None:
        """Put the focus on a field when the page is shown."""
        for row in self.rows:
            for each in row:
                each.focus = each.id == field
