"""The quick planner's fragment against an empty template view: the same server, connection and minute.

The site keeps plans for a while. So it is asked for the same plan again, as load tests and people at one shared address
do, and for another count of computers each time, as somebody who types does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from http.client import HTTPConnection
from itertools import count, islice, repeat
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlencode

from bench.report import NotMeasuredError, Row
from bench.site import HOST, SITE_AND_EMPTY_PAGE, by_server, environment, free_port, set_up, started
from planner.examples import examples
from planner.forms.loading import typed_from

MOST = 3.0
EMPTY = "/bench/empty/"
FRAGMENT = {"HX-Request": "true"}
FIRST_COUNT = "c1-count"
WARM_UP = 10  # pairs that do not count


def against_an_empty_view(quick: bool, data: Path) -> Iterator[Row]:
    """Each example's fragment and the empty page in turn."""
    set_up(data)
    port = free_port()
    # One connection stays with one worker, so both views are asked of the same process.
    with (
        started(by_server(port), environment(data, SITE_AND_EMPTY_PAGE), port),
        closing(HTTPConnection(HOST, port, timeout=30)) as connection,
    ):
        pairs = 20 if quick else 100
        for example in examples():
            typed = typed_from(example.estate)
            yield compared(connection, repeat("/?" + urlencode(typed)), f"{example.slug}, again", pairs)
            yield compared(connection, changes(typed), f"{example.slug}, changed", pairs)


def changes(typed: Mapping[str, str]) -> Iterator[str]:
    """Addresses of the estate with one computer more each time on its first line."""
    for more in count():
        yield "/?" + urlencode({**typed, FIRST_COUNT: str(int(typed[FIRST_COUNT]) + more)})


def compared(connection: HTTPConnection, addresses: Iterator[str], what: str, pairs: int) -> Row:
    """The median of the ratios, pair by pair: both of a pair meet the machine in the same mood."""
    times = [
        (seconds_of(connection, EMPTY, {}), seconds_of(connection, address, FRAGMENT))
        for address in islice(addresses, WARM_UP + pairs)
    ][WARM_UP:]
    ratio = median(fragment / empty for empty, fragment in times)
    empty, fragment = (median(column) * 1000 for column in zip(*times, strict=True))
    return Row(
        what,
        f"{ratio:.1f} times",
        f"<= {MOST:.0f}",
        ratio <= MOST,
        f"{fragment:.1f} ms to {empty:.1f} ms, {pairs} pairs",
    )


def seconds_of(connection: HTTPConnection, address: str, headers: Mapping[str, str]) -> float:
    """From the request to the last byte of its answer."""
    begun = perf_counter()
    connection.request("GET", address, headers=dict(headers))
    answer = connection.getresponse()
    answer.read()
    seconds = perf_counter() - begun
    if answer.status != 200:
        raise NotMeasuredError(f"{address} answered {answer.status}.")
    return seconds
