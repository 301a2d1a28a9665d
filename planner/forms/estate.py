"""The whole form of the quick planner: what was typed -> an estate/1 document, and its errors back to the fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar
from urllib.parse import urlencode

from activation.rules.catalogue import Catalogue
from activation.rules.interchange import EstateError
from planner.forms.rows import NO, YES, KeyForm, LicenceForm, LineForm, NetworkForm, Row, SettingsForm, row_numbers

RowType = TypeVar("RowType", bound=Row)

FIRST_NETWORK = "Main"
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
        self.networks = self._rows(NetworkForm, {"n1-name": FIRST_NETWORK} | data)
        self.lines = self._rows(LineForm, data) or [LineForm({}, 1)]
        self.licences = self._rows(LicenceForm, data)
        self.keys = self._rows(KeyForm, data)
        self.settings = SettingsForm(data)
        self._name_rows()
        self._offer_choices()

    @staticmethod
    def _rows(kind: type[RowType], data: dict[str, str]) -> list[RowType]:
        return [kind(data, number) for number in row_numbers(data, kind.letter)]

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

    def _offer_choices(self) -> None:
        """Networks and keys to choose from."""
        names = [(str(network.number), network.title) for network in self.networks]
        for line in self.lines:
            line.fields["network"].widget.choices = names
        for network in self.networks:
            others = [(f"via{number}", f"Those of {name}") for number, name in names if number != str(network.number)]
            network.fields["kms"].widget.choices = [("own", "In this network"), *others, ("none", "None")]
        for row in self.keys:
            row.fields["key"].widget.choices = [("", "Choose a key"), *self._key_choices]

    @cached_property
    def _key_choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        kinds = (("KMS host keys", "kms"), ("MAKs", "mak"))
        keys = self.catalogue.keys.values()
        return [(title, [(key.slug, key.name) for key in keys if key.type == kind]) for title, kind in kinds]

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

    def query(self) -> str:
        """The query string of `typed`, for an address that can be shared."""
        return urlencode(self.typed())

    def is_long(self) -> bool:
        """True when what was typed does not fit into an address."""
        return len(self.query()) > LONGEST_QUERY

    def lines_of(self, network: NetworkForm) -> list[LineForm]:
        """The lines on that network; the first network takes those whose network is not there."""
        numbers = {str(row.number) for row in self.networks}
        first = network is self.networks[0]
        return [
            row
            for row in self.lines
            if (row.text("network") or "1") == str(network.number)
            or (first and (row.text("network") or "1") not in numbers)
        ]

    def several(self) -> bool:
        """True when there is more than one network."""
        return len(self.networks) > 1

    def by_network(self) -> list[tuple[NetworkForm, list[LineForm]]]:
        """Each network with its lines."""
        return [(network, self.lines_of(network)) for network in self.networks]

    def systems(self) -> list[tuple[str, str]]:
        """The systems that a machine outside the list may run, newest first."""
        return [(system.slug, system.name) for system in reversed(self.catalogue.systems.values())]

    def is_empty(self) -> bool:
        """True when neither computers nor licences were typed."""
        return all(row.is_blank() for row in (*self.lines, *self.licences))

    @cached_property
    def _places(self) -> dict[str, Row]:
        """`computers[0]` -> the row it comes from. Blank rows are not in the document."""
        kept = {
            "networks": self.networks,
            "computers": [row for row in self.lines if not row.is_blank()],
            "licences": [row for row in self.licences if not row.is_blank()],
            "keys": [row for row in self.keys if not row.is_blank()],
        }
        return {f"{part}[{index}]": row for part, rows in kept.items() for index, row in enumerate(rows)}

    def _part(self, part: str) -> list[Row]:
        return [row for place, row in self._places.items() if place.startswith(part)]

    def document(self, today: str) -> dict[str, object]:
        """The estate/1 document of what was typed. `today`: the day when none was given, `YYYY-MM-DD`."""
        settings = self.settings
        parts = {
            "computers": [self._line(row) for row in self._part("computers")],
            "licences": [
                _without_blanks(product=row.text("product"), quantity=whole(row.text("quantity")))
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
        return next((row.text("name") for row in self.networks if str(row.number) == number), number)

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

    def _line(self, row: Row) -> dict[str, object]:
        return _without_blanks(
            network=self._network_name(row.text("network") or "1"),
            product=row.text("product"),
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
            for name in row.fields:
                if row.add_prefix(name) == field:
                    row.fields[name].widget.attrs["autofocus"] = True
                    row.focused = True

    def place(self, path: str) -> tuple[Row | SettingsForm, str]:
        """The form and its field that an error's path speaks of."""
        match = _PATH.match(path)
        part, index, field = (match["part"], match["index"], match["field"]) if match else ("", None, None)
        if index is not None and (row := self._places.get(f"{part}[{index}]")):
            return row, FIELDS.get(field or "", field or next(iter(row.fields)))
        if part == "networks":
            return self.networks[-1], "name"
        name = FIELDS.get(field or part, field or part)
        return (self.settings, name) if name in self.settings.fields else (self.lines[0], "product")

    def mistake(self, error: EstateError) -> Mistake:
        """The error as the page shows it."""
        form, name = self.place(error.path)
        label = str(form.fields[name].label).lower()
        place = f"{form.title}, {label}" if form.title else label.capitalize()
        return Mistake(form.add_prefix(name), place, error.message.replace(*_NOT_FOR_A_FORM))

    def show(self, errors: Iterable[EstateError]) -> list[Mistake]:
        """Put each error beside its field, and give them all for the summary, in the order of the form."""
        shown = []
        for error in errors:
            form, name = self.place(error.path)
            shown.append(self.mistake(error))
            form.add_error(name, shown[-1].words)
        return shown


def _without_blanks(**fields: object) -> dict[str, object]:
    """The fields that hold something: what was left empty is left out, and the format says what it needs."""
    return {name: value for name, value in fields.items() if value != ""}
