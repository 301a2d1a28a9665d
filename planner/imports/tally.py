"""What is in a file, counted: rows that say the same are one group. Nothing names a single computer.

What is decided after reading needs no second reading: which product the strings are (by `Said`, few in a file), which
network a group goes to (by `Where`), and which groups are left out (`enabled`, `idle_days`). Only what looks at the
names of computers, a name pattern that was not there when the file was read, needs one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

#: computers: a row is a computer, or a product on one; licences: products with quantities; keys: product keys, without
#: the keys; estate: a file of the project's own.
Content = Literal["computers", "licences", "keys", "estate"]
#: What rows can be left out by afterwards: so many days or more without a logon.
IDLE_DAYS = (30, 60, 90, 120, 180, 365, 730)


class Said(NamedTuple):
    """The strings that say what is installed or licensed, as they stand in the row without blanks at their ends,
    product keys cut; empty where the file has no such column.

    `system`: `Windows Server 2019 Standard`, `Microsoft Windows NT Workstation 10.0`; `version`: `10.0 (17763)`;
    `build`: `17763`; `sku`: OperatingSystemSKU or SkuFamily; `product_type`: 1 client, 2 domain controller, 3 server;
    `product`: a name or id of a product, such as `Office 21, Office21ProPlus2021VL_KMS_Client_AE edition`;
    `description`: `Windows(R) Operating System, VOLUME_KMSCLIENT channel`; `key_type`: `MAK`, `CSVLK`, `KMS`...
    """

    system: str = ""
    version: str = ""
    build: str = ""
    sku: str = ""
    product_type: str = ""
    product: str = ""
    description: str = ""
    key_type: str = ""


class Where(NamedTuple):
    """What says where a computer is. `ou`: the distinguished name or canonical name of what holds it, without the
    computer itself: `OU=Berlin,OU=Computers,DC=contoso,DC=com`; `domain`: `contoso.com`; `network`: a column that is
    mapped to the network by hand."""

    ou: str = ""
    site: str = ""
    domain: str = ""
    network: str = ""


class Group(NamedTuple):
    """Rows that say the same.

    `enabled`, `virtual`: None where it is not said. `idle_days`: at least so many days since the last logon, one of
    those that the file was read with, 0 for fewer than the least; None where no day stands. `pattern`: the place in
    `Tally.patterns` of the first one that the names match, None for no match. `last_five`, `remaining`: of a
    product key. `rows`: how many; `count`: computers or licences, which is more where rows say how many.
    """

    said: Said
    where: Where
    enabled: bool | None
    virtual: bool | None
    idle_days: int | None
    pattern: int | None
    last_five: str
    remaining: int | None
    rows: int
    count: int


class Refusal(NamedTuple):
    """Why a row is not counted: a code, see `REASONS`, and the heading of the column where it is one cell's."""

    code: str
    column: str = ""


#: Code -> what is wrong, what to do. `{column}` and figures are filled in.
REASONS = {
    "cells": (
        "has not as many cells as there are headings",
        "Write one cell for each heading; quote a cell with a delimiter in it.",
    ),
    "null": ("holds a NUL character", "Remove it, or choose the encoding UTF-16 if the whole file is written so."),
    "long": ("has a cell of more characters than a cell may have", "Shorten the cell. Is a quote not closed?"),
    "quote": ("has a quote inside a cell, or one that is not closed", "Write a quote inside a cell twice."),
    "letters": (
        "holds bytes that are no letters in this encoding",
        "Choose another encoding, or export the file with -Encoding UTF8.",
    ),
    "quantity": ("says no whole number from 0 to 10,000,000 as its quantity", "Enter a whole number in digits."),
    "type": (
        "has a value of another type than the format of an estate says",
        "Write network and product as texts in quotes, count and virtual as numbers without.",
    ),
    "nothing": ("says no product", "Enter the product."),
}


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not counted. `row`: in the file, its first line is 1. `cells`: as read, product keys cut."""

    row: int
    refusal: Refusal
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What is worth knowing though nothing is wrong, in words."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What is in a file. `rows` = the rows of all groups + all that are `refused`; blank rows and headings are no rows.

    `examples`: the first refused rows; all of them are in the file that `read` was given for them. `patterns`, `today`,
    `idle_days`: with what the file was read.
    """

    content: Content
    rows: int
    groups: tuple[Group, ...]
    refused: Mapping[Refusal, int] = field(default_factory=Counter)
    examples: tuple[RefusedRow, ...] = ()
    notes: tuple[Note, ...] = ()
    patterns: tuple[str, ...] = ()
    today: date = date.min
    idle_days: tuple[int, ...] = IDLE_DAYS

    @property
    def strings(self) -> Mapping[Said, int]:
        """What is said, and of how many, the most frequent first."""
        found: Counter[Said] = Counter()
        for group in self.groups:
            found[group.said] += group.count
        return dict(found.most_common())
