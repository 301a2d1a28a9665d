"""Computers by method, one bar for each network, as data for an SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from activation.rules.plan import ComputerLine
from planner.wording import METHODS

#: Methods in the order of the bar.
ORDER = ("kms-host", "kms", "adba", "avma", "mak", "none", "unsupported")


@dataclass(frozen=True, slots=True)
class Segment:
    """Part of a bar: computers with one method. `start` and `width` in percent of the bar."""

    method: str
    words: str
    computers: int
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The computers of one network."""

    network: str
    computers: int
    segments: tuple[Segment, ...]


def bars(lines: Iterable[ComputerLine]) -> tuple[Bar, ...]:
    """One bar for each network, by name."""
    counts: dict[str, Counter[str]] = {}
    for line in lines:
        counts.setdefault(line.network, Counter())[line.method] += line.count
    return tuple(_bar(network, methods) for network, methods in sorted(counts.items()))


def _bar(network: str, methods: Counter[str]) -> Bar:
    total = methods.total()
    segments, before = [], 0
    for method in ORDER:
        if count := methods[method]:
            segments.append(Segment(method, METHODS[method], count, _percent(before, total), _percent(count, total)))
            before += count
    return Bar(network, total, tuple(segments))


def _percent(part: int, total: int) -> str:
    return f"{100 * part / total:.2f}%"
