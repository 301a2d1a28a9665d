"""The rows of the quick planner's form: what was typed, as typed. The interchange format judges it.

A row's prefix is a letter and its number (`c3` is the third row of computers), so the names of its fields are
`c3-product`, `c3-count`: readable in a shared address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

YES = "yes"
NO = "no"
AGREEMENTS: Mapping[str, str] = {
    "enterprise": "Enterprise Agreement",
    "select": "Select",
    "open": "Open",
    "open-value": "Open Value",
    "campus": "Campus",
    "spla": "SPLA (service provider)",
}


@dataclass(slots=True)
class Field:
    """One field. `id` is its name in the address too; `mistake` says what to mend; `focus`: the page opens on it.

    `outside`: the text is none of those that the list or the box may send, and what would be right.
    """

    id: str
    label: str
    text: str
    mistake: str = ""
    outside: str = ""
    focus: bool = False


class Row:
    """Fields under one prefix. Templates reach them by name: `line.product.text`."""

    labels: ClassVar[Mapping[str, str]] = {}
    #: What an untouched field sends; it is left out of a shared address.
    untouched: ClassVar[Mapping[str, str]] = {}
    #: What a box sends when it is ticked.
    ticks: ClassVar[Mapping[str, str]] = {}
    letter: ClassVar[str] = ""

    def __init__(self, prefix: str, data: Mapping[str, str], title: str = "") -> None:
        self.title = title
        self.fields = {
            name: Field(id := prefix + name, label, data.get(id, "").strip()) for name, label in self.labels.items()
        }

    def __getitem__(self, name: str) -> Field:
        return self.fields[name]

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields.values())

    def text(self, name: str) -> str:
        """What was typed into the field `name`."""
        return self.fields[name].text

    def chosen(self, name: str, default: str = "") -> str:
        """What was chosen in the field `name`, or the default where that is nothing or nothing that can be chosen."""
        field = self.fields[name]
        return default if field.outside else field.text or default

    def sent(self) -> dict[str, str]:
        """Name -> text of each field that the browser sends, touched or not; a box that is not ticked sends nothing."""
        return {field.id: field.text for name, field in self.fields.items() if field.text or name not in self.ticks}

    def typed(self) -> dict[str, str]:
        """Name in the address -> text, of each field that was touched."""
        return {
            field.id: field.text
            for name, field in self.fields.items()
            if field.text and field.text != self.untouched.get(name)
        }

    def has_mistakes(self) -> bool:
        """True when there is something to mend."""
        return any(field.mistake for field in self)


class NumberedRow(Row):
    """A row with its number. Numbers keep their gaps, so that rows may name each other by number."""

    #: The fields that say what the row is about: without text in any of them the row is blank.
    says: tuple[str, ...] = ()

    def __init__(self, number: int, data: Mapping[str, str]) -> None:
        self.number = number
        super().__init__(f"{self.letter}{number}-", data)

    def is_blank(self) -> bool:
        """True when nothing was typed that says what the row is about."""
        return not any(self.text(name) for name in self.says)


class LineRow(NumberedRow):
    """Computers of one kind on one network."""

    letter = "c"
    says = ("product", "count", "virtual", "avma")
    untouched: ClassVar[Mapping[str, str]] = {"contact": "regular", "network": "1"}
    ticks: ClassVar[Mapping[str, str]] = {"joined": YES, "activate": NO}
    labels: ClassVar[Mapping[str, str]] = {
        "product": "Product",
        "count": "Count",
        "virtual": "Virtual",
        "contact": "Contact in",
        "joined": "Joined to the Active Directory domain",
        "activate": "Not to be activated (a lab that is rebuilt)",
        "avma": "AVMA guests of an activated Hyper-V Datacenter host",
        "network": "Network",
    }

    def network(self) -> str:
        """The number of its network."""
        return self.text("network") or "1"

    def open(self) -> bool:
        """True when the folded part of the row holds something, or something to mend."""
        folded = [self[name] for name in ("joined", "activate", "avma")]
        return any(field.text or field.mistake for field in folded) or bool(self["network"].mistake)


class NetworkRow(NumberedRow):
    """A network: where its KMS hosts are and how it reaches Microsoft."""

    letter = "n"
    untouched: ClassVar[Mapping[str, str]] = {"kms": "own", "microsoft": "direct"}
    ticks: ClassVar[Mapping[str, str]] = {"ad": YES, "isolated": YES}
    labels: ClassVar[Mapping[str, str]] = {
        "name": "Name of the network",
        "kms": "KMS hosts",
        "host": "Machines outside your list that may carry a KMS host key",
        "microsoft": "Way to Microsoft",
        "ad": "Active Directory-based activation may be used",
        "isolated": "Isolated from the other networks",
    }

    def via(self) -> str:
        """How another network names this one as its way to KMS hosts."""
        return f"via{self.number}"

    def hosts(self) -> list[str]:
        """The host systems chosen, one entry a machine, and an empty one for each that is still to be chosen."""
        return self.text("host").split(",")

    def typed(self) -> dict[str, str]:
        host = self["host"]
        chosen = ",".join(filter(None, self.hosts()))
        return {name: text for name, text in super().typed().items() if name != host.id} | (
            {host.id: chosen} if chosen else {}
        )

    def open(self) -> bool:
        """True when the focus goes there, there is something to mend, or a machine is still to be chosen."""
        return any(field.focus or field.mistake for field in self) or self.text("host").endswith(",")

    def facts(self) -> str:
        """What is not as a network is by default, in a few words."""
        kms = self.chosen("kms")
        words = {
            "KMS of another network": kms.startswith("via"),
            "no KMS": kms == "none",
            "VAMT proxy": self.chosen("microsoft") == "proxy",
            "Active Directory": bool(self.chosen("ad")),
            "isolated": bool(self.chosen("isolated")),
            "named machines": any(self.hosts()),
        }
        return ", ".join(word for word, said in words.items() if said)


class LicenceRow(NumberedRow):
    """Volume licences of one product."""

    letter = "l"
    says = ("product", "quantity")
    labels: ClassVar[Mapping[str, str]] = {"product": "Licensed product", "quantity": "Licences"}


class KeyRow(NumberedRow):
    """A key that the organisation has; never the key itself."""

    letter = "k"
    says = ("key", "used")
    labels: ClassVar[Mapping[str, str]] = {"key": "Key", "used": "Activations"}


class SettingsRow(Row):
    """What holds for the whole plan."""

    ticks: ClassVar[Mapping[str, str]] = {"evidence": "documented", "oldvirtual": YES}
    labels: ClassVar[Mapping[str, str]] = {
        "organisation": "Organisation",
        "day": "Plan for the day",
        "agreement": "Volume agreement",
        "reserve": "MAK reserve in percent, for reinstalls",
        "evidence": "Use only coverage that a current Microsoft document states",
        "oldvirtual": "Count virtual Windows Vista and Windows Server 2008 computers",
    }

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__("", data)

    def facts(self) -> str:
        """What is set, in a few words."""
        words = (
            self.text("organisation"),
            AGREEMENTS.get(self.chosen("agreement"), ""),
            self.text("day"),
            f"{self.text('reserve')} % reserve" if self.text("reserve") else "",
            "documented coverage only" if self.chosen("evidence") else "",
            "old virtual computers counted" if self.chosen("oldvirtual") else "",
        )
        return ", ".join(filter(None, words))


_NAME = re.compile(r"([cnlk])([1-9][0-9]{0,4})-[a-z]+")


def numbers_by_letter(names: Iterable[str]) -> dict[str, list[int]]:
    """Letter -> the numbers of the rows that fields are named after, in order."""
    found: dict[str, set[int]] = {"c": set(), "n": set(), "l": set(), "k": set()}
    for name in names:
        if match := _NAME.fullmatch(name):
            found[match[1]].add(int(match[2]))
    return {letter: sorted(numbers) for letter, numbers in found.items()}


def shown_numbers(names: Iterable[str]) -> dict[str, list[int]]:
    """Letter -> the numbers of the rows on the page, which has a first line and a first network in any case."""
    found = numbers_by_letter(names)
    return found | {"c": found["c"] or [1], "n": sorted({1, *found["n"]})}


def fields_sent(typed: Mapping[str, str]) -> int:
    """How many fields a page with what was typed sends at most."""
    numbers = shown_numbers(typed)
    of_rows = sum(len(numbers[kind.letter]) * len(kind.labels) for kind in (LineRow, NetworkRow, LicenceRow, KeyRow))
    more_machines = sum(text.count(",") for name, text in typed.items() if name.endswith("-host"))
    return of_rows + more_machines + len(SettingsRow.labels)
