"""A whole file -> Tally: at once where it is long and as it should be, otherwise row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from planner.imports import fast
from planner.imports.counting import Counting, Progress, Question
from planner.imports.encodings import shown
from planner.imports.formats.format import Columns, Format
from planner.imports.limits import MEGABYTE, Limits
from planner.imports.records import Record, records
from planner.imports.refusals import Refusals
from planner.imports.shapes import Shape, UnreadableFileError
from planner.imports.tally import Tally

__all__ = ["FAST", "STEP", "Progress", "Question", "read"]

#: Rows between two reports of progress.
STEP = 10_000


#: Bytes of a file from which on it is worth having DuckDB count it.
FAST = 4 * MEGABYTE


def read(
    path: Path,
    shape: Shape,
    form: Format,
    columns: Columns,
    question: Question,
    limits: Limits,
    refused: Path,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Tally:
    """Read the file. `refused`: where the refused rows go, as a CSV file that can be corrected and read again; it is
    written when there are some. `progress` is called some times a second; what it raises ends the reading.

    Raises UnreadableFileError for a file that is beyond the limits or cannot be read on.
    """
    found = records(path, shape, limits)
    first = next(found, None)
    if first is None:
        raise UnreadableFileError("The selected file is empty.")
    headings = [shown(cell.strip()) for cell in first.cells]
    while headings and not headings[-1]:
        headings.pop()
    whole = path.stat().st_size
    with Refusals(refused, headings, shape.delimiter) as refusals:
        new = partial(Counting, headings, shape, form, columns, question, limits, refusals)
        counting = new()
        if whole < FAST or not fast.counted(path, len(first.cells), counting, progress):
            counting = new()
            rest = found if shape.has_headings else _with(first, found)
            for number, record in enumerate(rest, start=1):
                counting.add(record)
                if number % STEP == 0:
                    progress(Progress(record.done, whole, number))
        progress(Progress(whole, whole, counting.rows))
        return counting.tally()


def _with(first: Record, rest: Iterator[Record]) -> Iterator[Record]:
    yield first
    yield from rest
