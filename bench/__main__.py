"""
Measures the speed and prints a table with the targets beside. Called by `run.py bench`.

It exits with 0 also when a target is missed, and with 1 when a figure could not be measured.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.engine import growth_over_networks, large_estates, near_six_hosts, the_examples
from bench.exports import LINES, long_plans
from bench.fragment import against_an_empty_view
from bench.imports import from_upload_to_preview
from bench.lists import with_many_products
from bench.organisations import long_lists
from bench.queries import by_lines
from bench.report import NotMeasuredError, Row, table
from bench.start import second_start
from bench.visit import first_visits

TITLES = {
    "recommend": "recommend: 300 networks x 30 groups, 20 available keys",
    "limit": "recommend: sites with Active Directory and declared machines near six hosts a key",
    "growth": "recommend: growth over different networks of 10 groups, 1 to 60 computers a line",
    "examples": "recommend: the quick planner's examples",
    "exports": f"the workbook of a plan with {LINES:,} lines of computers",
    "fragment": "the quick planner's fragment, asked again and after a change, to the time of an empty view",
    "lists": "the lists of the catalogue's admin with 5,000 products, opened and searched",
    "queries": "queries with 1, 10, 60 lines of computers",
    "estate": "the list of an organisation's computers, 10,000 lines",
    "imports": "a file of computers in the format of Active Directory, from upload to preview",
    "visit": "bytes of a first visit, headers included",
    "start": "second start by run.py, to the first page",
}
ENGINE: dict[str, Callable[[bool], Iterator[Row]]] = {
    "recommend": large_estates,
    "limit": near_six_hosts,
    "growth": growth_over_networks,
    "examples": the_examples,
    "exports": long_plans,
}
SITE: dict[str, Callable[[bool, Path], Iterator[Row]]] = {
    "fragment": against_an_empty_view,
    "lists": with_many_products,
    "queries": by_lines,
    "estate": long_lists,
    "imports": from_upload_to_preview,
    "visit": first_visits,
    "start": second_start,
}


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(prog="run.py bench", description="Measure the speed.")
    options.add_argument("--only", action="append", choices=[*ENGINE, *SITE], help="measure this; may be repeated")
    options.add_argument("--quick", action="store_true", help="fewer runs, no estate or file of the largest size")
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        found, failed = measure(chosen.only or list(TITLES), chosen.quick, Path(folder))
    print(machine())
    print(table([(TITLES[name], rows) for name, rows in found.items()]))
    for name, why in failed.items():
        print(f"Not measured: {name}: {why}")
    return 1 if failed else 0


def measure(names: list[str], quick: bool, data: Path) -> tuple[dict[str, list[Row]], dict[str, str]]:
    """The rows of everything named, and why some could not be measured."""
    found: dict[str, list[Row]] = {}
    failed: dict[str, str] = {}
    for name in [name for name in TITLES if name in names]:
        print(f"Measuring: {name} ...", file=sys.stderr, flush=True)
        found[name] = []
        try:
            found[name] += ENGINE[name](quick) if name in ENGINE else SITE[name](quick, data)
        except NotMeasuredError as error:
            failed[name] = str(error)
    return found, failed


def machine() -> str:
    """What it was measured on."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} processors{load}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
