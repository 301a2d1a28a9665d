"""The plan as tables: the one source of what workbook, CSV, PDF and Markdown say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

#: None is an empty cell.
Cell = str | int | Decimal | date | None
Row = tuple[Cell, ...]
Kind = Literal["text", "number", "money", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width`: in characters; longer texts break. `on_paper`: whether there is room for it on a page."""

    label: str
    kind: Kind = "text"
    width: int = 24
    on_paper: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `slug` names its file, `title` its sheet. Cells are of the kind of their column, or texts.

    `rows` gives them anew each time it is called: of computers there may be too many to hold. `foot`: sums below.
    `none`: what to say when there is no row.
    """

    slug: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Row]]
    none: str
    foot: tuple[Row, ...] = ()
