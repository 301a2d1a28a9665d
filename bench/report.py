"""What was measured, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class NotMeasuredError(Exception):
    """A figure that could not be measured; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `met`: whether it meets its target, None where it has none. `remark`: what else is worth knowing."""

    what: str
    measured: str
    target: str = ""
    met: bool | None = None
    remark: str = ""

    def cells(self) -> tuple[str, str, str, str, str]:
        """The row's texts."""
        verdict = "" if self.met is None else "PASS" if self.met else "MISS"
        return self.what, self.measured, self.target, verdict, self.remark


HEAD = ("", "measured", "target", "", "")


def table(rows: Iterable[Row]) -> str:
    """The rows below each other, in columns as wide as they need."""
    cells = [HEAD, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) for line in cells)
    return "\n".join(line.rstrip() for line in lines)
