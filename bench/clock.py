"""Time: medians of several runs after one that warms up, and how time grows."""

from __future__ import annotations

import gc
import math
from collections.abc import Callable, Sequence
from statistics import fmean, median
from time import perf_counter, process_time
from typing import NamedTuple


class Time(NamedTuple):
    """Seconds. `cpu`: of this process, so less moved by what else the machine does; `wall`: on the clock."""

    cpu: float
    wall: float


def once(work: Callable[[], object]) -> Time:
    """One run, with no garbage left over from what came before."""
    gc.collect()
    cpu, wall = process_time(), perf_counter()
    work()
    return Time(process_time() - cpu, perf_counter() - wall)


def typical(work: Callable[[], object], runs: int) -> Time:
    """The medians of `runs` runs, after one that does not count."""
    work()
    times = [once(work) for _ in range(runs)]
    return Time(median(time.cpu for time in times), median(time.wall for time in times))


def growth(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """The slope of the line through the points on logarithmic scales, by least squares: 1 is linear, 2 quadratic."""
    x, y = [math.log(size) for size in sizes], [math.log(second) for second in seconds]
    middle, height = fmean(x), fmean(y)
    rise = sum((a - middle) * (b - height) for a, b in zip(x, y, strict=True))
    return rise / sum((a - middle) ** 2 for a in x)
