"""A number over time as a line, as data for an SVG: across in percent of its width, down in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

HEIGHT = 112  #: pixels
EDGE = 8  #: pixels above the highest and below zero
MOST = 60  #: points that can still be told apart

Point = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight piece of the line."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of the line, and what it says."""

    x: str
    y: str
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`top`: the number at the upper edge, zero is at the lower one. `ahead`: where the pace leads.

    `first` and `last`: the days at the left and the right edge. `limit_y`: how far down `limit` is, where there is one.
    """

    top: int
    first: date
    last: date
    strokes: tuple[Stroke, ...]
    marks: tuple[Mark, ...]
    ahead: Stroke | None
    limit: int | None
    limit_y: str
    height: int = HEIGHT


def chart(points: Sequence[Point], end: Point | None = None, limit: int | None = None) -> Chart | None:
    """The line through at most MOST points in the order of their days; None for less than two.

    `end`: the day and the number to which the pace leads. A far day is cut: what was read keeps half of the width.
    """
    if len(points) < 2:
        return None
    last = _cut(points, end) if end else points[-1]
    frame = _Frame(points[0][0], last[0], max(1, limit or 0, *(number for _, number in points)))
    return Chart(
        top=frame.top,
        first=frame.first,
        last=frame.last,
        strokes=tuple(frame.stroke(one, other) for one, other in pairwise(points)),
        marks=tuple(Mark(frame.x(on), frame.y(number), f"{number:,} on {on}") for on, number in points),
        ahead=frame.stroke(points[-1], last) if end else None,
        limit=limit,
        limit_y=frame.y(limit) if limit is not None else "",
    )


def _cut(points: Sequence[Point], end: Point) -> tuple[date, float]:
    """The point on the way to the end that is as far ahead as the first point is back, or the end itself."""
    first, (last, number) = points[0][0], points[-1]
    if end[0] - last <= last - first:
        return end
    share = (last - first) / (end[0] - last)
    return last + (last - first), number + (end[1] - number) * share


@dataclass(frozen=True, slots=True)
class _Frame:
    first: date
    last: date
    top: int

    def x(self, on: date) -> str:
        return f"{100 * ((on - self.first) / (self.last - self.first)):.2f}%"

    def y(self, number: float) -> str:
        return f"{EDGE + (HEIGHT - 2 * EDGE) * (1 - number / self.top):.1f}"

    def stroke(self, one: tuple[date, float], other: tuple[date, float]) -> Stroke:
        return Stroke(self.x(one[0]), self.y(one[1]), self.x(other[0]), self.y(other[1]))
