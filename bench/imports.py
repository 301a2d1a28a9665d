"""Files of computers: from upload to preview, beside DuckDB that only counts; memory and growth."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from statistics import median

from bench.report import NotMeasuredError, Row

MOST_TIMES = 1.5
MOST_MEGABYTES = 300
MILLION = 1_000_000
HEADINGS = ("Name", "Enabled", "OperatingSystem", "OperatingSystemVersion", "LastLogonDate", "DistinguishedName")
SYSTEMS = (
    ("Windows 10 Enterprise", "10.0 (19045)"),
    ("Windows 11 Enterprise", "10.0 (26100)"),
    ("Windows 11 Pro", "10.0 (22631)"),
    ("Windows 7 Professional", "6.1 (7601)"),
    ("Windows Server 2008 R2 Standard", "6.1 (7601)"),
    ("Windows Server 2016 Datacenter", "10.0 (14393)"),
    ("Windows Server 2019 Standard", "10.0 (17763)"),
    ("Windows Server 2022 Standard", "10.0 (20348)"),
)
UNITS = 200
LAST = date(2026, 11, 24)

#: What is timed runs in a process of its own, with a file as its argument, and prints seconds and megabytes.
_PRINTED = """
import resource
print(perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
_COUNT = """
import sys
from time import perf_counter
begun = perf_counter()
import duckdb
unit = r"regexp_extract(DistinguishedName, '^(?:[^,\\\\]|\\\\.)*,(.*)$', 1)"
told = "OperatingSystem, OperatingSystemVersion, " + unit
query = "select " + told + ", count(*) from read_csv($1, all_varchar = true) group by all"
duckdb.execute(query, sys.argv[1:]).fetchall()
"""
_PREVIEW = """
import sys
from datetime import date
from pathlib import Path
from time import perf_counter
from planner.imports.counting import Question
from planner.imports.limits import Limits
from planner.imports.looking import look
from planner.imports.reading import read
path, limits = Path(sys.argv[1]), Limits()
begun = perf_counter()
seen = look(path, limits)
known = seen.recognised
question = Question(date(2026, 11, 24))
tally = read(path, seen.shape, known.format, known.columns, question, limits, path.with_suffix(".refused"))
assert not tally.refused and tally.rows == sum(group.rows for group in tally.groups)
"""


def from_upload_to_preview(quick: bool, data: Path) -> Iterator[Row]:
    """A million computers in both ways, in turn; ten million, without `quick`, for how time and memory grow."""
    path = data / "computers.csv"
    write(path, MILLION)
    runs = 3 if quick else 5
    pairs = [(timed(_COUNT, path), timed(_PREVIEW, path)) for _ in range(runs)]
    ratio = median(ours[0] / theirs[0] for theirs, ours in pairs)
    seconds, memory = median(ours[0] for _, ours in pairs), max(ours[1] for _, ours in pairs)
    counted = median(theirs[0] for theirs, _ in pairs)
    remark = f"{seconds:.2f} s to {counted:.2f} s for counting alone, {runs} pairs"
    yield Row("1,000,000 rows, to DuckDB", f"{ratio:.2f} times", f"< {MOST_TIMES} times", ratio < MOST_TIMES, remark)
    yield _memory("1,000,000 rows, memory", memory)
    if not quick:
        write(path, 10 * MILLION)
        longer, more = timed(_PREVIEW, path)
        grown = longer / seconds
        yield Row("10,000,000 rows", f"{longer:.1f} s", "< 12 times a million's", grown < 12, f"{grown:.1f} times")
        yield _memory("10,000,000 rows, memory", more)
    path.unlink()


def write(path: Path, rows: int) -> None:
    """A file as Export-Csv writes it, the same one each time."""
    chance = random.Random(rows)
    days = [LAST - timedelta(ago) for ago in range(700)]
    logons = [f"{day.month}/{day.day}/{day.year} {hour}:05:00 AM" for day in days for hour in (7, 8)]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_line(*HEADINGS))
        lines = (_computer(number, chance, logons) for number in range(rows))
        while some := "".join(islice(lines, 10_000)):
            file.write(some)


def timed(script: str, path: Path) -> tuple[float, float]:
    """Seconds and megabytes at most, of a process of its own."""
    command = [sys.executable, "-c", script + _PRINTED, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise NotMeasuredError(done.stderr.strip().rpartition("\n")[2])
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def _computer(number: int, chance: random.Random, logons: list[str]) -> str:
    name, system = f"PC{number:08}", chance.choice(SYSTEMS)
    place = f"CN={name},OU=Site {number % UNITS:03},OU=Computers,DC=contoso,DC=com"
    return _line(name, "True" if number % 20 else "False", *system, chance.choice(logons), place)


def _line(*cells: str) -> str:
    return ",".join(f'"{cell}"' for cell in cells) + "\r\n"


def _memory(what: str, megabytes: float) -> Row:
    return Row(what, f"{megabytes:.0f} MB", f"< {MOST_MEGABYTES} MB", megabytes < MOST_MEGABYTES)
