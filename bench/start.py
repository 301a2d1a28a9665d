"""A second start: how much longer run.py takes to the first page than the server that it starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from bench.report import Row
from bench.site import by_run, by_server, environment, free_port, set_up, started

MOST_SECONDS = 2.0


def second_start(quick: bool, data: Path) -> Iterator[Row]:
    """Both ways in turn, everything set up before."""
    set_up(data)
    seconds_to_first_page(by_run, data)
    runs = 2 if quick else 5
    times = [(seconds_to_first_page(by_run, data), seconds_to_first_page(by_server, data)) for _ in range(runs)]
    whole, server = (median(column) for column in zip(*times, strict=True))
    more = median(a - b for a, b in times)
    yield Row(
        "more than the server alone",
        f"{more:.2f} s",
        f"< {MOST_SECONDS:.0f} s",
        more < MOST_SECONDS,
        f"{whole:.2f} s to {server:.2f} s to the first page, {runs} pairs",
    )


def seconds_to_first_page(command: Callable[[int], list[str]], data: Path) -> float:
    """One start on a free port."""
    port = free_port()
    with started(command(port), environment(data), port) as seconds:
        return seconds
