"""The files that a plan can be had as: how each is called, and who writes it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from planner.exports.archive import write_archive
from planner.exports.export import Export
from planner.exports.markdown import plan_markdown
from planner.exports.paper import write_pdf
from planner.exports.tables import COMMA, HEADER, SEMICOLON, TAB, plan_rows, write_csv
from planner.exports.text import plan_text
from planner.exports.workbook import write_workbook


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file. `words`: what a link to it says; `write` writes it piece by piece into an open file."""

    words: str
    content_type: str
    write: Callable[[Export, BinaryIO], None]


def _write_json(export: Export, file: BinaryIO) -> None:
    file.write(export.json.encode())


def _write_text(export: Export, file: BinaryIO) -> None:
    file.write(plan_text(export.plan, export.catalogue, prices=export.prices).encode())


def _write_markdown(export: Export, file: BinaryIO) -> None:
    file.writelines(line.encode() for line in plan_markdown(export))


def _write_flat(export: Export, file: BinaryIO, separator: str = COMMA) -> None:
    rows = iter(plan_rows(export.plan, export.catalogue, export.prices))
    write_csv((row for part in ((HEADER,), rows) for row in part), file, separator)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
ZIP = "application/zip"

#: By what stands behind `plan.` in the address; the last part of it is the suffix of the file.
FORMATS: Mapping[str, Format] = {
    "xlsx": Format("XLSX", XLSX, write_workbook),
    "pdf": Format("PDF", "application/pdf", write_pdf),
    "csv": Format("CSV", CSV, _write_flat),
    "json": Format("JSON", "application/json", _write_json),
    "md": Format("Markdown", "text/markdown; charset=utf-8", _write_markdown),
    "txt": Format("Text", "text/plain; charset=utf-8", _write_text),
    "letter.pdf": Format("PDF on Letter", "application/pdf", partial(write_pdf, paper="us-letter")),
    "semicolon.csv": Format("CSV with semicolons", CSV, partial(_write_flat, separator=SEMICOLON)),
    "tab.csv": Format("CSV with tabs", CSV, partial(_write_flat, separator=TAB)),
    "zip": Format("CSV of each table", ZIP, write_archive),
    "semicolon.zip": Format("CSV of each table, semicolons", ZIP, partial(write_archive, separator=SEMICOLON)),
    "tab.zip": Format("CSV of each table, tabs", ZIP, partial(write_archive, separator=TAB)),
}
#: Those that stand in sight; the others are folded away.
FIRST = 6


def content(export: Export, kind: str) -> bytes:
    """The whole file."""
    file = io.BytesIO()
    FORMATS[kind].write(export, file)
    return file.getvalue()


def links(address: Callable[[str], str]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Address and words of each file: those in sight, and the others. `address`: kind -> address."""
    found = [(address(kind), each.words) for kind, each in FORMATS.items()]
    return found[:FIRST], found[FIRST:]
