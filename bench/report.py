"""What was measured, as a table."""

from __future__ import annotations

from collections.abc import Sequence
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


def table(sections: Sequence[tuple[str, Sequence[Row]]]) -> str:
    """Each section's title and its rows, in columns as wide as they need."""
    every = [HEAD, *(row.cells() for _, rows in sections for row in rows)]
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    lines = [_line(HEAD, widths)]
    for title, rows in sections:
        lines += [title, *(_line(row.cells(), widths) for row in rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = "  ".join(text.ljust(width) for text, width in zip(cells, widths, strict=True))
    return f"  {padded}".rstrip()
