"""When nothing will be left, by the pace of what was read so far. Standard library only; it asks no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from statistics import linear_regression
from typing import Literal

LEAST = 3  #: readings
SPAN = timedelta(days=14)  #: from the first reading to the last
FARTHEST = 3650  #: days ahead; farther away no pace holds

Reason = Literal["", "out", "few", "short", "level", "far"]


@dataclass(frozen=True, slots=True)
class Point:
    """What was left at the end of a day."""

    on: date
    left: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """`out`: the day on which nothing is left, by `readings` readings since the day `since`.

    Where the readings allow no such day it is None, and `reason` says why: nothing is left already (`out`), too few
    readings (`few`), over too few days (`short`), nothing was used (`level`), more than ten years away (`far`).
    """

    readings: int
    since: date | None
    out: date | None = None
    reason: Reason = ""


def forecast(points: Sequence[Point]) -> Forecast:
    """The forecast from readings in the order of their days, one a day.

    Only those count that came after the last rise: where more was granted, what was before says nothing of the rest.
    The pace is the least-squares slope; it goes on from what the last reading says is left.
    """
    run = _since_last_rise(points)
    since = run[0].on if run else None
    reason = _silent(run)
    if reason:
        return Forecast(len(run), since, reason=reason)
    days = ceil(round(run[-1].left / _pace(run), 6))  # the pace is a float: 60.000000001 days are 60
    if days > FARTHEST:
        return Forecast(len(run), since, reason="far")
    return Forecast(len(run), since, run[-1].on + timedelta(days=days))


def _since_last_rise(points: Sequence[Point]) -> Sequence[Point]:
    rises = [place for place, (one, other) in enumerate(pairwise(points), 1) if other.left > one.left]
    return points[rises[-1] :] if rises else points


def _silent(run: Sequence[Point]) -> Reason:
    """Why these readings, which never rise, allow no day."""
    if run and run[-1].left == 0:
        return "out"
    if len(run) < LEAST:
        return "few"
    if run[-1].on - run[0].on < SPAN:
        return "short"
    return "level" if run[-1].left == run[0].left else ""


def _pace(run: Sequence[Point]) -> float:
    """How many are used each day."""
    return -linear_regression([(point.on - run[0].on).days for point in run], [point.left for point in run]).slope
