"""How a workbook holds the catalogue: a sheet a kind, a column a field, a row a row. Pure.

A list has one entry a line in its cell, figures a `name = number` a line. Dates are dates, flags TRUE or FALSE, numbers
numbers, and everything else text, whatever it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from activation.rows import KINDS, Content, Field

ABOUT = "About"
#: The sheet of each kind.
SHEETS: Mapping[str, str] = {
    "source": "Sources",
    "group": "Product groups",
    "system": "Host systems",
    "product": "Products",
    "key": "Keys",
    "coverage": "Coverage",
    "host": "Host options",
    "support": "Ends of support",
    "dispute": "Disputed points",
    "rule": "Rules",
}
FLAGS = {"true": True, "yes": True, "false": False, "no": False}

Cell = str | int | float | bool | date | None


def heading(field: Field) -> str:
    """The heading of a column: the name of the field in words."""
    return field.name.replace("_", " ")


def folded_heading(text: object) -> str:
    """A heading as it is compared."""
    return re.sub(r"[\s_]+", " ", str(text)).strip().casefold()


def columns(kind: str) -> dict[str, Field]:
    """The fields of a kind by their folded heading, in the order of the columns."""
    return {folded_heading(heading(field)): field for field in KINDS[kind].fields}


def cells(kind: str, content: Content) -> list[Cell]:
    """The cells of a row. None: an empty cell."""
    return [_cell(field, content[field.name]) for field in KINDS[kind].fields]


def _cell(field: Field, value: Any) -> Cell:
    if value is None or value == "" or value == [] or value == {}:
        return None
    if field.type in ("texts", "many", "numbers"):
        return "\n".join(str(entry) for entry in value)
    if field.type == "figures":
        return "\n".join(f"{name} = {figure}" for name, figure in value.items())
    return date.fromisoformat(value) if field.type == "date" else value


def value_of(field: Field, cell: Cell) -> Any:
    """What a cell says of a field, still to be checked. Raises ValueError with words for a cell that says nothing."""
    if field.type in ("flag", "maybe"):
        return _flag(cell)
    if field.type == "position":
        return _number(cell)
    if field.type == "date":
        return _day(cell)
    text = _text(cell)
    if field.type == "numbers":
        return [_number(part) for part in re.split(r"[\s,;]+", text) if part]
    if field.type == "figures":
        return _figures(text)
    if field.type == "many":
        return [part.strip() for part in re.split(r"[\n,;]", text) if part.strip()]
    return [line for line in text.split("\n") if line.strip()] if field.type == "texts" else text


def _text(cell: Cell) -> str:
    """A cell as text: a version like 10.0 typed without quotes is a number to a spreadsheet."""
    if isinstance(cell, bool | date):
        raise ValueError("must be text: format the cell as text")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n")


def _flag(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    try:
        return FLAGS[str(cell).strip().casefold()]
    except KeyError:
        raise ValueError("must be TRUE or FALSE") from None


def _number(cell: Cell) -> int:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    text = str(cell).strip()
    if isinstance(cell, bool | date) or not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise ValueError(f'"{text[:40]}" is not a whole number')
    return int(text)


def _day(cell: Cell) -> str:
    if isinstance(cell, datetime):
        if cell.time() != cell.min.time():
            raise ValueError("must be a day without a time")
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else _text(cell).strip()


def _figures(text: str) -> dict[str, int]:
    pairs = [line.partition("=") for line in text.split("\n") if line.strip()]
    return {name.strip(): _number(figure.strip()) for name, _, figure in pairs}
