"""The plan as a PDF to print, to sign and to file: tagged for screen readers (PDF/UA), its fonts inside.

The pages are laid out by `paper.typ`. What it gets is data and stays data: no text of a plan is ever read as code, and
it reads no other file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Literal

import typst

from planner.exports.contents import sheets
from planner.exports.export import Export
from planner.exports.sheets import Cell, Row, Sheet
from planner.wording import answer

Paper = Literal["a4", "us-letter"]

LAYOUT = Path(__file__).with_name("paper.typ")
MOST = 5_000  #: rows of a table: a page is laid out in memory, and nobody reads more on paper
#: What is not part of the tables: it stands above them.
ABOVE = "summary"


def write_pdf(export: Export, file: BinaryIO, paper: Paper = "a4") -> None:
    """Write the PDF. The same plan gives the same bytes."""
    data = json.dumps(_document(export, paper), ensure_ascii=False).encode()
    day = datetime.fromisoformat(export.plan.as_of).replace(tzinfo=UTC)
    file.write(
        typst.compile(
            {"main.typ": LAYOUT.read_bytes(), "plan.json": data},
            font_paths=_fonts(),
            pdf_standards=["ua-1"],
            timestamp=day,
        )
    )


def shown(cell: Cell) -> str:
    """A cell as people read it: `1,250`, `1,250.00`, `2026-11-24`."""
    if isinstance(cell, Decimal):
        return f"{cell:,.2f}"
    if isinstance(cell, int):
        return f"{cell:,}"
    return cell.isoformat() if isinstance(cell, date) else cell or ""


@lru_cache(1)
def _fonts() -> typst.Fonts:
    """Those that come with the package, so that a plan looks the same from every server."""
    return typst.Fonts(include_system_fonts=False)


def _document(export: Export, paper: Paper) -> dict[str, Any]:
    found = {each.slug: each for each in sheets(export)}
    above = [row for row in found.pop(ABOVE).rows() if row[0] not in ("Answer", "")]
    return {
        "title": export.title,
        "paper": paper,
        "answer": list(answer(export.plan, export.catalogue)),
        "above": [[shown(cell) for cell in row] for row in above],
        "sheets": list(_sheets(found.values())),
    }


def _sheets(found: Any) -> Iterator[dict[str, Any]]:
    for each in found:
        rows = list(islice(each.rows(), MOST + 1))
        yield {
            "title": each.title,
            "none": each.none,
            "columns": [
                {"label": column.label, "number": column.kind in ("number", "money"), "width": column.width}
                for column in each.columns
                if column.on_paper
            ],
            "rows": [_on_paper(each, row) for row in (*rows[:MOST], *each.foot)],
            "foot": len(each.foot),
            "more": f"Only the first {MOST:,} rows are printed. The workbook has all." if len(rows) > MOST else "",
        }


def _on_paper(each: Sheet, row: Row) -> list[str]:
    return [shown(cell) for cell, column in zip(row, each.columns, strict=True) if column.on_paper]
