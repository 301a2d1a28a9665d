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

from bench.engine import growth_over_networks, large_estates, the_examples
from bench.fragment import against_an_empty_view
from bench.queries import by_lines
from bench.report import NotMeasuredError, Row, table
from bench.start import second_start
from bench.visit import first_visits

ENGINE: dict[str, Callable[[bool], Iterator[Row]]] = {
    "recommend": large_estates,
    "growth": growth_over_networks,
    "examples": the_examples,
}
SITE: dict[str, Callable[[bool, Path], Iterator[Row]]] = {
    "fragment": against_an_empty_view,
    "queries": by_lines,
    "visit": first_visits,
    "start": second_start,
}


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(prog="run.py bench", description="Measure the speed.")
    options.add_argument("--only", action="append", choices=[*ENGINE, *SITE], help="measure this; may be repeated")
    options.add_argument("--quick", action="store_true", help="fewer runs, and no estate of 10,000 networks")
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        found = measure(chosen.only or [*ENGINE, *SITE], chosen.quick, Path(folder))
    print(machine())
    print(table(row for row in found if row.measured))
    failed = [row for row in found if not row.measured]
    for row in failed:
        print(f"Not measured: {row.what}: {row.remark}")
    return 1 if failed else 0


def measure(names: list[str], quick: bool, data: Path) -> list[Row]:
    """The rows of everything named; a row without a figure says what could not be measured and why."""
    found: list[Row] = []
    for name in [name for name in (*ENGINE, *SITE) if name in names]:
        print(f"Measuring: {name} ...", file=sys.stderr, flush=True)
        try:
            found += ENGINE[name](quick) if name in ENGINE else SITE[name](quick, data)
        except NotMeasuredError as error:
            found.append(Row(name, "", remark=str(error)))
    return found


def machine() -> str:
    """What it was measured on."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} processors{load}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
