"""Long files that are as they should be, counted by DuckDB: it says which rows say the same, `Counting` says what.

Each key that it groups by splits rows at least as far as `Counting` does, and one row of each group is counted in the
careful way. Whatever is in doubt is left to the careful reader: docs/decisions/0020-three-choices-of-the-imports.md.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from datetime import timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from planner.imports.counting import Counting, Progress, Question
from planner.imports.formats.format import Columns, Role
from planner.imports.limits import MEGABYTE
from planner.imports.records import Record
from planner.imports.saying import idle
from planner.imports.shapes import DayOrder, Shape, UnreadableFileError

_SETTINGS = {
    "memory_limit": "150MB",
    "threads": 2,
    "temp_directory": "",  # nothing of a file goes to the disk
    "preserve_insertion_order": False,
    "disabled_optimizers": "join_order,build_side_probe_side",  # it would keep the file and ask it for the days
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_SECONDS = 0.25  #: between two reports of progress
_FETCHED = 10_000  #: groups at a time
YEARS = 20  #: whose days are known beforehand, the last one to come
_WRITTEN: dict[DayOrder, tuple[str, ...]] = {
    "ymd": ("%Y-%m-%d",),
    "dmy": ("%Y-%m-%d", "%d.%m.%Y", "%-d.%-m.%Y", "%d/%m/%Y", "%-d/%-m/%Y", "%d-%m-%Y", "%-d-%-m-%Y"),
    "mdy": ("%Y-%m-%d", "%m/%d/%Y", "%-m/%-d/%Y", "%m.%d.%Y", "%-m.%-d.%Y", "%m-%d-%Y", "%-m-%-d-%Y"),
}


#: Names of columns are c0, c1... What a file or a person says is a parameter.
_QUERY = """
select {told}, count(*)
from read_csv($path, columns = {{{names}}}, auto_detect = false, compression = 'none',
    delim = $delimiter, quote = '"', escape = '"', header = {header}, skip = $skipped,
    strict_mode = true, null_padding = false, max_line_size = $most, buffer_size = 4194304)
{join}
group by {keys}
"""
_JOIN = "left join days on day = split_part({}, ' ', 1)"
_DAYS = """
create temp table days as select distinct unnest([{texts}]) as day, step
from (select cast(unnest($days) as date) as day, unnest($steps) as step)
"""


def counted(path: Path, width: int, counting: Counting, progress: Callable[[Progress], None]) -> bool:
    """Count all rows of the file into `counting`; or tell that the careful reader has to, with another one.

    `width`: cells of the first record. `progress`: as for `read`; what it raises ends the reading.
    """
    duckdb = _duckdb()
    if not duckdb or not _suits(path, width, counting):
        return False
    with closing(duckdb.connect(config=_SETTINGS)) as connection:
        connection.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")
        if Role.LAST_LOGON in counting.columns:
            _keep_days(connection, counting)
        query = _query(counting.columns, counting.question, counting.shape, width)
        asked = partial(connection.execute, query, _parameters(path, counting))
        try:
            _while_told(connection, asked, path.stat().st_size, progress)
            return _all_count(counting, _rows(connection), width)
        except (duckdb.Error, UnreadableFileError):  # the careful reader finds what it is, and says it in words
            return False


def _duckdb() -> Any:
    """The library, where it is installed. Only a process that reads a long file carries it."""
    try:
        return import_module("duckdb")
    except ImportError:
        return None


def _suits(path: Path, width: int, counting: Counting) -> bool:
    """Whether both readers understand the same by what is in the file."""
    shape = counting.shape
    known = shape.kind == "text" and shape.encoding == "utf-8" and shape.delimiter
    if (
        not known
        or width != len(counting.headings)
        or not _roles(counting.columns, counting.question)
        or set(str(path)) & set("*?[")
    ):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while piece := file.read(MEGABYTE):
                if b"\0" in piece:
                    return False
                if not piece.isascii() or decoder.getstate()[0]:
                    decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _keep_days(connection: Any, counting: Counting) -> None:
    """A table of days as they are written in the file -> how long ago, in the steps that the question asks for."""
    question, order = counting.question, counting.shape.day_order
    days = [question.today + timedelta(365 - ago) for ago in range(YEARS * 365)]
    steps = [idle(day.isoformat(), order, question.today, tuple(question.idle_days)) for day in days]
    texts = ", ".join(f"strftime(day, '{written}')" for written in _WRITTEN[order])
    connection.execute(_DAYS.format(texts=texts), {"days": days, "steps": steps})


def _query(columns: Columns, question: Question, shape: Shape, width: int) -> str:
    """The cells of one row for each group, in the order of the columns that mean something; then how many rows."""
    told, keys = [], []
    for number, roles in _roles(columns, question).items():
        own = [_key(role, f"c{number}", question.patterns) for role in roles]
        told.append(f"c{number}" if f"c{number}" in own else f"any_value(c{number})")
        keys += own
    names = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(width))
    join = _JOIN.format(_logon(columns[Role.LAST_LOGON], shape.day_order)) if Role.LAST_LOGON in columns else ""
    return _QUERY.format(
        told=", ".join(told), names=names, header=shape.has_headings, join=join, keys=", ".join(dict.fromkeys(keys))
    )


def _logon(number: int, order: DayOrder) -> str:
    return f"replace(c{number}, 'T', ' ')" if order == "ymd" else f"c{number}"


def _key(role: Role, column: str, patterns: Sequence[str]) -> str:
    """What rows of the same group have in common."""
    if role is Role.NAME:
        return _key_of_name(column, patterns)
    if role is Role.LAST_LOGON:
        return f"step, case when step is null then {column} end"
    if role is Role.OU:  # without the computer's own name where that is the text before the first comma
        simple = f"{column} like 'CN=%' and not contains({column}, '\\')"
        return f"case when {simple} then substr({column}, strpos({column}, ',')) else {column} end"
    return column


def _key_of_name(column: str, patterns: Sequence[str]) -> str:
    cases = [
        f"when regexp_full_match(lower(trim({column})), '{_expression(pattern.casefold())}', 's') then '{number}'"
        for number, pattern in enumerate(patterns)
    ]
    return f"case when not regexp_full_match({column}, '[ -~]*') then {column} {' '.join(cases)} else '' end"


def _expression(pattern: str) -> str:
    return "".join({"*": ".*", "?": "."}.get(letter, f"\\x{{{ord(letter):x}}}") for letter in pattern)


def _parameters(path: Path, counting: Counting) -> dict[str, object]:
    shape = counting.shape
    return {
        "path": str(path),
        "delimiter": shape.delimiter,
        "skipped": shape.skipped,
        "most": counting.limits.cell,
    }


def _while_told(connection: Any, work: Callable[[], object], whole: int, progress: Callable[[Progress], None]) -> None:
    """Do the work in a thread, and tell meanwhile how far it is. It ends at once when that raises."""
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(work)
        try:
            while not done.done():
                progress(Progress(int(whole * max(connection.query_progress(), 0) / 100), whole, 0))
                wait([done], _SECONDS)
        except BaseException:
            connection.interrupt()
            raise
        done.result()


def _rows(connection: Any) -> Iterator[tuple[Any, ...]]:
    while some := connection.fetchmany(_FETCHED):
        yield from some


def _all_count(counting: Counting, rows: Iterator[tuple[Any, ...]], width: int) -> bool:
    """Count the groups of rows; or tell that one has to be looked at row by row: it is blank, or refused."""
    numbers, cells = list(_roles(counting.columns, counting.question)), [""] * width
    for *told, many in rows:
        for number, text in zip(numbers, told, strict=True):
            cells[number] = text or ""
        if not any(map(str.strip, cells)) or counting.refusal(Record(0, cells)):
            return False
        counting.count(cells, many)
    return True


def _roles(columns: Columns, question: Question) -> dict[int, list[Role]]:
    """The columns that mean something here, and what. Names do where there are patterns."""
    found: dict[int, list[Role]] = {}
    for role, number in columns.items():
        if role is not Role.NAME or question.patterns:
            found.setdefault(number, []).append(role)
    return found
