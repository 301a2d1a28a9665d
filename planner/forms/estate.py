"""The whole form of the quick planner: what was typed -> an estate/1 document, and its errors back to the fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from activation.rules.catalogue import Catalogue
from activation.rules.interchange import EstateError
from planner.forms.choices import Choices
from planner.forms.rows import (
    FIRST_NETWORK,
    NO,
    YES,
    Field,
    KeyRow,
    LicenceRow,
    LineRow,
    NetworkRow,
    NumberedRow,
    Row,
    SettingsRow,
    numbers_by_letter,
)

#: A longer query string is not put into an address: some proxies and mail programs cut it.
LONGEST_QUERY = 4000
#: Fields of estate/1 -> the field of the form that asks for them, where the names differ.
FIELDS = {
    "kms_via": "kms",
    "kms_host_systems": "host",
    "active_directory": "ad",
    "domain_joined": "joined",
    "remaining": "used",
    "hosts_used": "used",
    "as_of": "day",
    "mak_reserve_percent": "reserve",
    "count_old_virtual": "oldvirtual",
}
_WHOLE = re.compile(r"[0-9]{1,15}")
_PATH = re.compile(r"(?P<part>\w+)(?:\[(?P<index>\d+)\])?(?:\.(?P<field>\w+))?")


#: A number written as text is told so in the words of JSON; in a form nothing stands in quotes.
_NOT_FOR_A_FORM = (" without quotes", " in digits only")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is to be mended: the id of the field, where it is in words, and what would be right."""

    field: str
    place: str
    words: str


def whole(text: str) -> int | str:
    """The number that the text writes, else the text itself: the interchange format says what is wrong with it."""
    return int(text) if _WHOLE.fullmatch(text) else text


class EstateForm:
    """Networks, lines of computers, licences, keys and settings as typed."""

    def __init__(self, typed: Mapping[str, str], catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        data = {name: self._shown(name, text) for name, text in typed.items()}
        numbers = numbers_by_letter(data)
        self._sent = any(numbers.values()) or not SettingsRow.labels.keys().isdisjoint(data)
        first_network = {"n1-name": FIRST_NETWORK} | data
        self.networks = [NetworkRow(number, first_network) for number in sorted({1, *numbers["n"]})]
        self.lines = [LineRow(number, data) for number in numbers["c"] or [1]]
        self.licences = [LicenceRow(number, data) for number in numbers["l"]]
        self.keys = [KeyRow(number, data) for number in numbers["k"]]
        self.settings = SettingsRow(data)
        self._name_rows()

    def _name_rows(self) -> None:
        """Say where a row stands, for messages and for those who hear the page."""
        for network in self.networks:
            network.title = network.text("name") or f"Network {network.number}"
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

    @cached_property
    def _slugs(self) -> dict[str, str]:
        return {product.name: slug for slug, product in self.catalogue.products.items()}

    def typed(self) -> dict[str, str]:
        """The shortest fields that give this form again: defaults and blank rows left out, products by slug."""
        rows = [*self.networks, *(row for row in (*self.lines, *self.licences, *self.keys) if not row.is_blank())]
        found = self.settings.typed()
        for row in rows:
            found |= row.typed()
        if found.get("n1-name") == FIRST_NETWORK:
            del found["n1-name"]
        return {
            name: self._slugs.get(text, text) if name.endswith("-product") else text for name, text in found.items()
        }

    @cached_property
    def query(self) -> str:
        """The query string of `typed`, for an address that can be shared."""
        return urlencode(self.typed())

    def was_sent(self) -> bool:
        """True when the request held a field of the form, empty or not."""
        return self._sent

    def is_long(self) -> bool:
        """True when what was typed does not fit into an address."""
        return len(self.query) > LONGEST_QUERY

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

    @cached_property
    def _places(self) -> dict[str, NumberedRow]:
        """`computers[0]` -> the row it comes from. Blank rows are not in the document."""
        kept = {
            "networks": self.networks,
            "computers": [row for row in self.lines if not row.is_blank()],
            "licences": [row for row in self.licences if not row.is_blank()],
            "keys": [row for row in self.keys if not row.is_blank()],
        }
        return {f"{part}[{index}]": row for part, rows in kept.items() for index, row in enumerate(rows)}

    def _part(self, part: str) -> list[NumberedRow]:
        return [row for place, row in self._places.items() if place.startswith(part)]

    def document(self, today: str) -> dict[str, object]:
        """The estate/1 document of what was typed. `today`: the day when none was given, `YYYY-MM-DD`."""
        settings = self.settings
        parts = {
            "computers": [self._line(row) for row in self._part("computers")],
            "licences": [
                _without_blanks(product=self._slug_of(row), quantity=whole(row.text("quantity")))
                for row in self._part("licences")
            ],
            "keys": [self._key(row) for row in self._part("keys")],
        }
        return {
            "format": "estate/1",
            "organisation": settings.text("organisation"),
            "as_of": settings.text("day") or today,
            "agreement": settings.text("agreement") or None,
            "settings": {
                "evidence": settings.text("evidence") or "all",
                "count_old_virtual": settings.text("oldvirtual") == YES,
                "mak_reserve_percent": whole(settings.text("reserve") or "0"),
            },
            "networks": [self._network(row) for row in self.networks],
        } | {part: rows for part, rows in parts.items() if rows}  # fmt: skip

    def _network_name(self, number: str) -> str:
        """The name of the network with that number; what is not there keeps its number, and the format names it."""
        names = {str(row.number): row.text("name") for row in self.networks}
        return names.get(number, number) if self.several() else self.networks[0].text("name")

    def _network(self, row: Row) -> dict[str, object]:
        kms = row.text("kms") or "own"
        found: dict[str, object] = {
            "name": row.text("name"),
            "kms": kms != "none",
            "microsoft": row.text("microsoft") or "direct",
            "isolated": row.text("isolated") == YES,
            "active_directory": row.text("ad") == YES,
            "kms_host_systems": [system for system in row.text("host").split(",") if system],
        }
        if kms.startswith("via"):
            found["kms_via"] = self._network_name(kms.removeprefix("via"))
        return found

    def _slug_of(self, row: Row) -> str:
        """The product by slug where its full name was typed, else as typed."""
        return self._slugs.get(row.text("product"), row.text("product"))

    def _line(self, row: Row) -> dict[str, object]:
        return _without_blanks(
            network=self._network_name(row.text("network") or "1"),
            product=self._slug_of(row),
            count=whole(row.text("count")),
            virtual=whole(row.text("virtual") or "0"),
            contact=row.text("contact") or "regular",
            activate=row.text("activate") != NO,
            domain_joined=row.text("joined") == YES,
            avma=whole(row.text("avma") or "0"),
        )

    def _key(self, row: Row) -> dict[str, object]:
        key = self.catalogue.keys.get(row.text("key"))
        number = "remaining" if key and key.type == "mak" else "hosts_used"
        return _without_blanks(key=row.text("key"), **{number: whole(row.text("used"))})

    def focus_on(self, field: str) -> None:
        """Put the focus on a field when the page is shown."""
        for row in (*self.networks, *self.lines, *self.licences, *self.keys):
            for each in row:
                each.focus = each.id == field

    def place(self, path: str) -> tuple[Row, Field]:
        """The row and the field that an error's path speaks of."""
        match = _PATH.match(path)
        part, index, name = (match["part"], match["index"], match["field"]) if match else ("", None, None)
        name = FIELDS.get(name or part, name or part)
        row: Row = self.settings
        if index is not None:
            row = self._places[f"{part}[{index}]"]
        elif part == "networks":
            row, name = self.networks[-1], "name"
        elif name not in self.settings.fields:
            row, name = self.lines[0], "product"
        return row, row.fields.get(name) or next(iter(row))

    def mistake(self, error: EstateError) -> Mistake:
        """The error as the page shows it."""
        row, field = self.place(error.path)
        place = f"{row.title}, {_inside_a_sentence(field.label)}" if row.title else field.label
        return Mistake(field.id, place, error.message.replace(*_NOT_FOR_A_FORM))

    def show(self, errors: Iterable[EstateError]) -> list[Mistake]:
        """Put each error beside its field, and give them all for the summary, in the order of the form."""
        shown = []
        for error in errors:
            shown.append(self.mistake(error))
            field = self.place(error.path)[1]
            field.mistake = f"{field.mistake} {shown[-1].words}".lstrip()
        return shown


def _inside_a_sentence(label: str) -> str:
    """Its first letter small, unless an abbreviation stands there."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _without_blanks(**fields: object) -> dict[str, object]:
    """The fields that hold something: what was left empty is left out, and the format says what it needs."""
    return {name: value for name, value in fields.items() if value != ""}
