"""A first look at a file: how it is written, which format it has, what its columns mean, and its first rows."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from activation.rules.product_keys import without_keys
from planner.imports.encodings import encoding_of, encodings_of, refuse_what_is_no_table, shown
from planner.imports.formats.format import Recognised
from planner.imports.formats.recognition import recognised
from planner.imports.limits import MEGABYTE, Limits
from planner.imports.records import records, sheets
from planner.imports.shapes import DELIMITERS, DayOrder, Shape, UnreadableFileError
from planner.imports.tally import Note

SHOWN = 20  #: rows
_START = 64 * 1024  #: bytes by which the encoding is told
_ABOVE = re.compile(r'"?(?:#TYPE\b.*|sep=(.))"?\s*', re.IGNORECASE | re.DOTALL)
_DAY = re.compile(r"\s*([0-9]{1,2})([./-])([0-9]{1,2})[./-][0-9]{4}")


@dataclass(frozen=True, slots=True)
class Look:
    """What a first look shows. `rows`: the first ones, product keys cut, to judge the encoding and the columns by.
    `sheets`: of a workbook, those with something in them. `encodings`: which of ENCODINGS can read the beginning.
    `notes`: such as a line that is skipped. `rows_at_most`: how many there can be; None where that is not known."""

    shape: Shape
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    recognised: Recognised
    sheets: tuple[str, ...] = ()
    encodings: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    rows_at_most: int | None = None


def look(path: Path, limits: Limits, shape: Shape | None = None) -> Look:
    """Look at a file: find its shape, or take the one that a person chose.

    Raises UnreadableFileError for what is no table, is empty or is beyond the limits.
    """
    if path.stat().st_size > limits.size:
        raise UnreadableFileError(f"The file must be smaller than {limits.size // MEGABYTE:,} MB.")
    with path.open("rb") as file:
        start = file.read(_START)
    refuse_what_is_no_table(start)
    if start.startswith(b"PK"):
        names = sheets(path, limits)
        return _look(path, limits, shape or Shape("workbook", sheet=names[0]), start, shape is None, names)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _look(path, limits, Shape("json"), start, True, ())
    return _look(path, limits, shape or _shape(start), start, shape is None, ())


def _look(path: Path, limits: Limits, shape: Shape, start: bytes, guessed: bool, names: Sequence[str]) -> Look:
    first = [
        tuple(without_keys(shown(cell.strip())) for cell in record.cells)
        for record in itertools.islice(records(path, shape, limits), SHOWN + 1)
    ]
    if not first:
        raise UnreadableFileError("The selected file is empty.")
    headings = first[0] if shape.has_headings else tuple(f"Column {n}" for n in range(1, len(first[0]) + 1))
    headings = _checked(headings, limits)
    rows = tuple(first[1:] if shape.has_headings else first)
    if not rows:
        raise UnreadableFileError("The file has headings, but no rows below them.")
    orders = _day_orders(cell for row in rows for cell in row)
    if guessed and orders:
        shape = replace(shape, day_order=orders[0])
    notes = (*_notes_above(shape, start), *_notes_of_days(orders))
    encodings = encodings_of(start) if shape.kind == "text" else ()
    at_most = path.stat().st_size // max(len(headings), 2) if shape.kind == "text" else None
    return Look(shape, headings, rows, recognised(headings), tuple(names), encodings, notes, at_most)


def _checked(headings: tuple[str, ...], limits: Limits) -> tuple[str, ...]:
    """The headings without blank ones at the end. Raises UnreadableFileError for too many or one that is twice."""
    while headings and not headings[-1]:
        headings = headings[:-1]
    if len(headings) > limits.columns:
        raise UnreadableFileError(f"There are {len(headings):,} columns. Keep {limits.columns} at most.")
    twice = [name for name, times in Counter(map(str.casefold, filter(None, headings))).items() if times > 1]
    if twice:
        raise UnreadableFileError(f"The heading {twice[0][:60]} stands there more than once. Keep one of them.")
    return headings


def _shape(start: bytes) -> Shape:
    encoding = encoding_of(start)
    lines = start.decode(encoding, errors="replace").removeprefix("\ufeff").splitlines(keepends=True)
    skipped, chosen = 0, ""
    for line in lines:
        above = _ABOVE.fullmatch(line)
        if line.strip() and not above:
            break
        skipped, chosen = skipped + 1, (above[1] if above and above[1] else chosen)
    return Shape(
        "text",
        encoding,
        chosen if chosen and chosen in DELIMITERS else _delimiter(lines[skipped : skipped + SHOWN]),
        skipped,
    )


def _delimiter(lines: Sequence[str]) -> str:
    """The one with which the headings are known best; then the one that gives all rows as many cells, and most."""
    return max(DELIMITERS, key=lambda mark: _fit(lines, mark)) if lines else ","


def _fit(lines: Sequence[str], mark: str) -> tuple[int, int, int]:
    if not mark:
        return 0, 0, 1
    try:
        rows = [row for row in csv.reader(lines, delimiter=mark) if row]
    except csv.Error:
        return 0, 0, 0
    widths = [len(row) for row in rows]
    if not rows or widths[0] < 2:
        return 0, 0, 0
    found = recognised(rows[0])
    return len(found.columns), sum(width == widths[0] for width in widths), widths[0]


def _day_orders(cells: Iterable[str]) -> list[DayOrder]:
    """How days can be meant, the likeliest first; empty where none stands that could be meant in two ways."""
    days = [found for cell in cells if (found := _DAY.match(cell))]
    if not days:
        return []
    possible: list[DayOrder] = []
    if all(int(day[3]) <= 12 for day in days):
        possible.append("dmy")
    if all(int(day[1]) <= 12 for day in days):
        possible.append("mdy")
    return possible if all(day[2] != "/" for day in days) else possible[::-1]


def _notes_above(shape: Shape, start: bytes) -> list[Note]:
    text = start.decode(shape.encoding, errors="replace") if shape.kind == "text" else ""
    above = text.removeprefix("\ufeff").splitlines()[: shape.skipped]
    return [
        Note("skipped", f"Row {number} is skipped: {line.strip()[:100]}")
        for number, line in enumerate(above, 1)
        if line.strip()
    ]


def _notes_of_days(orders: Sequence[DayOrder]) -> list[Note]:
    if len(orders) < 2:
        return []
    return [Note("days", "Days such as 03/04/2026 can be meant in two ways: choose how they are written.")]
