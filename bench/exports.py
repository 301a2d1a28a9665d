"""The workbook of a long plan: its time against that of xlsxwriter alone, and the memory that it takes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from statistics import median
from typing import BinaryIO

import xlsxwriter

from activation.rules.recommend import recommend
from activation.shipped import shipped
from bench.clock import once
from bench.estates import all_groups, random_estate
from bench.report import NotMeasuredError, Row
from planner.exports.contents import sheets
from planner.exports.export import Export
from planner.exports.sheets import Row as Cells
from planner.exports.workbook import OPTIONS, write_workbook
from run import ROOT

LINES = 100_000
FEWER = 20_000
MOST_TIMES = 1.2
#: What five times as many lines may take more, in the size of the fewer: nothing but the noise.
MOST_GROWTH = 1.1


def long_plans(quick: bool) -> Iterator[Row]:
    """A plan with 100,000 lines of computers; the memory is that of fresh processes."""
    export = long_export(LINES)
    cells = [list(each.rows()) for each in sheets(export)]
    pairs = [
        (in_a_file(lambda file: write_workbook(export, file)), in_a_file(lambda file: write_cells(cells, file)))
        for _ in range(1 if quick else 3)
    ]
    ours, bare = (median(column) for column in zip(*pairs, strict=True))
    times = median(a / b for a, b in pairs)
    yield Row(
        f"XLSX of {LINES:,} lines, to xlsxwriter writing the same cells",
        f"{times:.2f} times",
        f"<= {MOST_TIMES} times",
        times <= MOST_TIMES,
        f"{ours:.1f} s to {bare:.1f} s cpu, {len(pairs)} pairs",
    )
    few, many = memory_of(FEWER), memory_of(LINES)
    yield Row(
        f"memory at most, {LINES:,} lines to {FEWER:,}",
        f"{many / few:.2f} times",
        f"<= {MOST_GROWTH} times",
        many <= MOST_GROWTH * few,
        f"{many / 1e6:.1f} MB to {few / 1e6:.1f} MB",
    )


def long_export(lines: int) -> Export:
    """A plan of different networks, its lines of computers repeated under other networks until there are as many."""
    catalogue = shipped()
    plan = recommend(random_estate(60, all_groups(catalogue), catalogue, most=60), catalogue)
    some = plan.computers
    many = (replace(some[number % len(some)], network=f"Network {number // len(some)}") for number in range(lines))
    return Export(replace(plan, computers=tuple(many)), catalogue)


def in_a_file(write: Callable[[BinaryIO], None]) -> float:
    """Seconds of this process."""
    with tempfile.TemporaryFile() as file:
        return once(lambda: write(file)).cpu


def write_cells(tables: list[list[Cells]], file: BinaryIO) -> None:
    """The cells, each in the form of its kind, as xlsxwriter writes them with nothing else to do."""
    book = xlsxwriter.Workbook(file, OPTIONS)
    text, number_form = book.add_format({"valign": "top"}), book.add_format({"num_format": "#,##0", "valign": "top"})
    for rows in tables:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell == "":
                    continue
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell, text)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, number_form)
                elif cell is not None:
                    sheet.write_number(number, column, cell, number_form)
    book.close()


def memory_of(lines: int) -> int:
    """Bytes that writing a workbook of so many lines takes at most, above those of its plan."""
    command = [sys.executable, "-m", "bench.exports", str(lines)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotMeasuredError(done.stderr.strip().splitlines()[-1])
    return int(done.stdout)


def most_memory(lines: int) -> int:
    """Bytes in this process."""
    export = long_export(lines)
    with tempfile.TemporaryFile() as file:
        tracemalloc.start()
        write_workbook(export, file)
        return tracemalloc.get_traced_memory()[1]


if __name__ == "__main__":
    print(most_memory(int(sys.argv[1])))
