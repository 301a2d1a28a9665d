"""Rows as typed -> values as they are kept. Whether they are right is decided by the reading of estate/1."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from activation.rules import estate as rules
from activation.rules.catalogue import Catalogue
from activation.rules.estate_csv import Cells
from activation.rules.estate_document import AGREEMENTS, MOST, RESERVE, is_day, read_licence, read_line
from activation.rules.lookup import Lookup, folded_name
from activation.rules.reading import EstateError, EstateErrors, Fields, Problems
from activation.rules.routes import MAIN, Networks, look_alikes, read_networks
from planner.estates import NETWORK
from planner.models import Estate, Network
from planner.tables import Table

Values = dict[str, Any]
LONGEST_NAME = 100  #: characters of a network's name
_TAIL = re.compile("[A-Z0-9]{5}")
_PATH = re.compile(r"networks\[(\d+)\]\.(\w+)")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is to be mended: the row, counted from 0, the field, and what would be right."""

    row: int
    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Read:
    """The values of each row, good only when nothing is wrong."""

    values: tuple[Values, ...]
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True)
class Around:
    """What the rows are read beside: the estate, and the rows that they are to replace, None for a new one."""

    estate: Estate
    catalogue: Catalogue
    replaced: Sequence[models.Model | None]

    @property
    def replaced_ids(self) -> set[int]:
        return {row.pk for row in self.replaced if row is not None}


def read(table: Table, typed: Sequence[Mapping[str, str]], around: Around) -> Read:
    """Read rows of a table. All that is wrong is said at once."""
    problems, names = Problems(), [column.name for column in table.columns]
    cells = [
        Cells({name: text for name, text in row.items() if text}, str(number), names, problems)
        for number, row in enumerate(typed)
    ]
    values = READERS[table.slug](cells, around, problems)
    wrong = [_wrong(error) for error in errors_in(problems)]
    return Read(tuple(values), tuple(sorted(wrong, key=lambda each: each.row)))


def errors_in(problems: Problems) -> tuple[EstateError, ...]:
    """All errors that were found."""
    try:
        problems.stop_if_any()
    except EstateErrors as errors:
        return errors.errors
    return ()


def _wrong(error: EstateError) -> Wrong:
    row, _, field = error.path.partition(", ")
    return Wrong(int(row), field, error.message)


def _computers(cells: Sequence[Cells], around: Around, problems: Problems) -> list[Values]:
    """`network` is a row, or None for the network that is still to be made."""
    rows = {network.name: network for network in around.estate.networks.all()}
    networks = Networks(tuple(rules.Network(name) for name in rows or [MAIN]), True, problems)
    lookup = Lookup(around.catalogue, problems)
    found = []
    for row in cells:
        line = read_line(row, networks, lookup)
        kept = {name: getattr(line, name) for name in ("product", "count", "virtual", "contact", "activate")}
        kept |= {"domain_joined": line.domain_joined, "avma": line.avma, "note": _note(row)}
        found.append({"network": rows.get(line.network)} | kept)
    return found


def _licences(cells: Sequence[Cells], around: Around, problems: Problems) -> list[Values]:
    lookup = Lookup(around.catalogue, problems)
    read_rows = [(read_licence(row, lookup), _note(row)) for row in cells]
    return [{"product": held.product, "quantity": held.quantity, "note": note} for held, note in read_rows]


def _keys(cells: Sequence[Cells], around: Around, problems: Problems) -> list[Values]:
    lookup = Lookup(around.catalogue, problems)
    by_name = _slugs(around.catalogue)
    seen = set(around.estate.keys.exclude(pk__in=around.replaced_ids).values_list("key", flat=True))
    found = []
    for row in cells:
        slug = _key(row, by_name, lookup)
        if slug in seen:
            row.wrong("key", f"{around.catalogue.keys[slug].name} is in the list already. Keep one line for each key.")
        seen |= {slug} - {""}
        used, last_five = row.integer("used", 0, MOST), row.text("last_five", "", "").upper()
        if last_five and not _TAIL.fullmatch(last_five):
            row.wrong("last_five", "Enter the last five letters and digits of the key, or nothing.")
        found.append({"key": slug, "used": used, "last_five": last_five, "note": _note(row)})
    return found


def _slugs(catalogue: Catalogue) -> dict[str, str]:
    """Name of a key as it is compared -> its slug."""
    return {folded_name(key.name): slug for slug, key in catalogue.keys.items()}


def _key(row: Cells, by_name: Mapping[str, str], lookup: Lookup) -> str:
    text = row.text("key", "a key of the catalogue, never the key itself,")
    if not row.good("key"):
        return ""
    slug, problem = lookup.key(by_name.get(folded_name(text), text))
    if slug is None:
        row.wrong("key", problem)
    return slug or ""


def _readings(cells: Sequence[Cells], around: Around, problems: Problems) -> list[Values]:
    """`on` is a day, or None where it was not read."""
    lookup, by_name = Lookup(around.catalogue, problems), _slugs(around.catalogue)
    there = around.estate.organisation.readings.exclude(pk__in=around.replaced_ids)
    seen = set(there.values_list("key", "on"))
    found = []
    for row in cells:
        slug, on = _key(row, by_name, lookup), _day(row)
        if (slug, on) in seen:
            name = around.catalogue.keys[slug].name
            row.wrong("on", f"{name} has a reading of {on} already. Keep one reading a day for each key.")
        if slug and on:
            seen.add((slug, on))
        found.append({"key": slug, "on": on, "used": row.integer("used", 0, MOST), "note": _note(row)})
    return found


def _day(row: Cells) -> date | None:
    """The day of a reading: none that is still to come."""
    text, today = row.text("on", "the day as YYYY-MM-DD"), timezone.localdate()
    if not row.good("on"):
        return None
    if not is_day(text):
        row.reject("on", f"Enter the day as YYYY-MM-DD, such as {today}")
    elif date.fromisoformat(text) > today:
        row.reject("on", f"Enter a day up to today, {today}")
    return date.fromisoformat(text) if row.good("on") else None


def _networks(cells: Sequence[Cells], around: Around, problems: Problems) -> list[Values]:
    """`kms_via` is the name of a network: it may be one of those that are being added."""
    found = [_network(row) for row in cells]
    there = list(around.estate.networks.select_related("kms_via"))
    # The rows stand last, so that of two networks with one name it is the row that is told.
    others = [_as_document(network) for network in there if network.pk not in around.replaced_ids]
    before = _ways(others + [_as_document(network) for network in around.replaced if network], around.catalogue)
    for error in _ways(others + found, around.catalogue):
        if error not in before:
            _tell(error, others, cells)
    for place, words in look_alikes(each["name"] for each in others + found).items():
        if place >= len(others):
            cells[place - len(others)].wrong("name", words)
    return found


def _network(row: Cells) -> Values:
    systems = re.split("[,;|]", row.text("kms_host_systems", "", ""))
    name = row.name("name", "a name")
    if len(name) > LONGEST_NAME:
        row.wrong("name", f"Enter at most {LONGEST_NAME} characters, not {len(name):,}.")
    return {
        "name": name,
        "kms": row.flag("kms", True),
        "kms_via": row.text("kms_via", "", "") or None,
        "microsoft": row.choice("microsoft", ("direct", "proxy"), "direct"),
        "isolated": row.flag("isolated", False),
        "active_directory": row.flag("active_directory", False),
        "kms_host_systems": [system.strip().lower() for system in systems if system.strip()],
    }


def _as_document(network: Network) -> Values:
    via = network.kms_via.name if network.kms_via else None
    return {name: getattr(network, name) for name in NETWORK} | {"kms_via": via}


def _ways(documents: list[Values], catalogue: Catalogue) -> tuple[EstateError, ...]:
    """What the rules say against networks, taken together."""
    if not documents:
        return ()
    problems = Problems()
    read_networks(Fields({"networks": documents}, "", ("networks",), problems), Lookup(catalogue, problems))
    return errors_in(problems)


def _tell(error: EstateError, others: Sequence[Values], cells: Sequence[Cells]) -> None:
    """Say it at the row that it is about; what a change does to another network, at the change."""
    path = _PATH.match(error.path)
    place, field = (int(path[1]), path[2]) if path else (len(others), "name")
    if place >= len(others):
        cells[place - len(others)].wrong(field, error.message)
    elif not any(errors_in(cells[0].problems)):
        cells[0].wrong("kms", f"{others[place]['name']}: {error.message}")


def _settings(cells: Sequence[Cells], around: Around, problems: Problems) -> list[Values]:
    return [
        {
            "agreement": row.choice("agreement", AGREEMENTS, None) or "",
            "evidence": row.choice("evidence", ("all", "documented"), "all"),
            "mak_reserve_percent": row.integer("mak_reserve_percent", 0, RESERVE, 0),
            "count_old_virtual": row.flag("count_old_virtual", False),
        }
        for row in cells
    ]


def _note(row: Cells) -> str:
    return row.name("note", "a note", "")


READERS = {
    "computers": _computers,
    "networks": _networks,
    "licences": _licences,
    "keys": _keys,
    "readings": _readings,
    "settings": _settings,
}
