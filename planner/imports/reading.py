"""A whole file -> Tally. A well-formed text goes the fast path; every other one the careful path, which says what is
wrong in it. Both give the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.imports.formats.format import Columns, Format
from planner.imports.limits import Limits
from planner.imports.shapes import Shape
from planner.imports.tally import IDLE_DAYS, Tally


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading is: `done` of `whole`, in bytes of the file; `rows` so far."""

    done: int
    whole: int
    rows: int


@dataclass(frozen=True, slots=True)
class Question:
    """What the rows are grouped by beside what they say. `patterns`: of names, as `BER-*`, `*` and `?` only, in any
    case; `idle_days`: rising."""

    today: date
    patterns: Sequence[str] = ()
    idle_days: Sequence[int] = IDLE_DAYS


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
    raise NotImplementedError
