"""What a row says: its cells -> the group that it belongs to."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache, lru_cache

from activation.rules.product_keys import key_in, without_keys
from planner.imports.formats.format import Columns, Role
from planner.imports.shapes import DayOrder
from planner.imports.tally import Said, Where

MOST = 10_000_000  #: of a quantity
_SAID, _WHERE = [Role(name) for name in Said._fields], [Role(name) for name in Where._fields]
YES, NO = {"true", "yes", "1", "wahr", "vrai"}, {"false", "no", "0", "falsch", "faux"}
_ISO = re.compile(r"([0-9]{4})[-/.]?([0-9]{2})[-/.]?([0-9]{2})(?![0-9])")
_OTHER = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})(?![0-9])")
_OF_DISTINGUISHED_NAME = re.compile(r"(?:[^,\\]|\\.)*,(.*)", re.DOTALL)
_DOMAIN = re.compile(r"DC=([^,]+)", re.IGNORECASE)


def said(cells: Sequence[str], columns: Columns) -> Said:
    """The strings of the row that say a product."""
    return Said(*(_kept(cell(cells, columns, role)) for role in _SAID))


def where(cells: Sequence[str], columns: Columns) -> Where:
    """The strings of the row that say a place. A domain that no column has is taken from the distinguished name."""
    ou, site, domain, network = (cell(cells, columns, role) for role in _WHERE)
    return _where(container(ou), site, domain, network)


@lru_cache(maxsize=4_096)
def _where(ou: str, site: str, domain: str, network: str) -> Where:
    return Where(*map(without_keys, (ou, site, domain or ".".join(_DOMAIN.findall(ou)), network)))


@lru_cache(maxsize=4_096)
def _kept(text: str) -> str:
    return without_keys(text)


def cell(cells: Sequence[str], columns: Columns, role: Role) -> str:
    """The text of the column with this role, without blanks at its ends; empty without one."""
    return cells[columns[role]].strip() if role in columns else ""


def container(name: str) -> str:
    """What holds the computer of a distinguished name, or of a canonical one: contoso.com/Berlin/PC1."""
    if found := _OF_DISTINGUISHED_NAME.fullmatch(name):
        return found[1] if name[:3].upper() == "CN=" else name
    return name.rpartition("/")[0] if "/" in name else name


def flag(text: str) -> bool | None:
    """Yes or no; None where neither stands."""
    folded = text.casefold()
    return True if folded in YES else False if folded in NO else None


@cache
def thresholds(today: date, idle_days: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """The first number is the last day that is so many days ago, as 20261124; the greatest number of days first."""
    return tuple((_number(today - timedelta(days)), days) for days in sorted(idle_days, reverse=True))


@lru_cache(maxsize=4_096)
def idle(text: str, order: DayOrder, today: date, idle_days: tuple[int, ...]) -> int | None:
    """At least how many days ago a day is, of those that are asked for; 0 for fewer; None where no day stands."""
    day = day_number(text, order)
    if day is None:
        return None
    return next((days for last, days in thresholds(today, idle_days) if day <= last), 0)


def day_number(text: str, order: DayOrder) -> int | None:
    """The day as a number, 20261124; None for what is no day."""
    if found := _ISO.match(text):
        year, month, day = map(int, found.groups())
    elif found := _OTHER.match(text):
        first, second, year = map(int, found.groups())
        day, month = (second, first) if order == "mdy" else (first, second)
    else:
        return None
    return year * 10_000 + month * 100 + day if 1 <= month <= 12 and 1 <= day <= 31 else None


def pattern_of(name: str, patterns: Sequence[str]) -> int | None:
    """The first pattern that the name of a computer matches."""
    short = name.casefold()
    return next((n for n, each in enumerate(patterns) if fnmatch.fnmatchcase(short, _plain(each.casefold()))), None)


def _plain(pattern: str) -> str:
    return pattern.replace("[", "[[]")


def quantity(text: str) -> int | None:
    """A whole number in plain digits up to 10,000,000; None for anything else."""
    return int(text) if re.fullmatch("[0-9]{1,8}", text) and int(text) <= MOST else None


def last_five(text: str) -> str:
    """The last five characters of a product key, whole or cut before; empty without one."""
    found = key_in(text) or ""
    return found or (text if re.fullmatch("[A-Z0-9]{5}", text) else "")


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
