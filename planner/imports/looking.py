"""A first look at a file: how it is written, which format it has, what its columns mean, and its first rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planner.imports.formats.format import Recognised
from planner.imports.limits import Limits
from planner.imports.shapes import Shape
from planner.imports.tally import Note


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
    raise NotImplementedError
