"""How many queries a page and a fragment take, by lines of computers.

A process of its own, with Django in it: python -m bench.queries LINES ... prints a line `LINES PAGE FRAGMENT` for each.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.report import NotMeasuredError, Row
from bench.site import HOST, lines_of, set_up

LINES = (1, 10, 60)
PRODUCT = "windows-7-enterprise"


def by_lines(quick: bool, data: Path) -> Iterator[Row]:
    """Pages with few and many lines."""
    set_up(data)
    lines = lines_of("bench.queries", data, *map(str, LINES))
    counts = [tuple(map(int, line.split())) for line in lines]
    for what, numbers in (("page", [row[1] for row in counts]), ("fragment", [row[2] for row in counts])):
        yield Row(
            f"the {what}",
            ", ".join(map(str, numbers)),
            "equal",
            len(set(numbers)) == 1,
        )


def fields(lines: int) -> dict[str, str]:
    """So many lines as the fields of the form."""
    return {
        name: text
        for line in range(1, lines + 1)
        for name, text in ((f"c{line}-product", PRODUCT), (f"c{line}-count", str(line)))
    }


def queries(client: Client, lines: int, **headers: str) -> int:
    """The queries of the second request; the first reads the catalogue."""
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get("/", fields(lines), headers=headers)
        if answer.status_code != 200:
            raise NotMeasuredError(f"The page of {lines} lines answered {answer.status_code}.")
    return len(captured)


def main(arguments: list[str]) -> None:
    django.setup()
    client = Client(SERVER_NAME=HOST)
    for lines in map(int, arguments):
        print(lines, queries(client, lines), queries(client, lines, hx_request="true"))


if __name__ == "__main__":
    main(sys.argv[1:])
