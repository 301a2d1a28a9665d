"""The computers of an estate as CSV, one line for each entry of `computers`. Paths are `line 4, product`."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from activation.rules.catalogue import Catalogue
from activation.rules.estate import Estate, Network
from activation.rules.estate_document import LINE, read_line
from activation.rules.lookup import Lookup
from activation.rules.reading import (
    EstateError,
    Fields,
    Problems,
    field_names,
    name_problem,
    one_of,
    printable,
    shown,
)
from activation.rules.routes import MAIN, Networks

REQUIRED = ("product", "count")
DELIMITERS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a vertical bar"}
FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_PHYSICAL = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
#: What spreadsheets and PowerShell put above the header.
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_TYPE = re.compile(r'"?#TYPE\s')
#: More columns than this are no estate.
MOST_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one record, without blanks at their ends, and the line on which it starts."""

    line: int
    cells: list[str]


class Cells(Fields):
    """The fields of one row: `line 4, product`; an empty cell is not given; numbers and flags are written out."""

    flag_words = "yes or no, true or false, 1 or 0"

    def at(self, name: str) -> str:
        return f"{self.path}, {name}"

    def _number(self, raw: object) -> object:
        return int(raw) if isinstance(raw, str) and re.fullmatch("-?[0-9]{1,20}", raw) else raw

    def _flag(self, raw: object) -> object:
        return FLAGS.get(raw.lower(), raw) if isinstance(raw, str) else raw

    def _choice(self, raw: object) -> object:
        return raw.lower() if isinstance(raw, str) else raw

    def _spelling(self, raw: object) -> str:
        return " in digits only" if isinstance(raw, str) else ""


def has_header(text: str) -> bool:
    """Whether the first line names a column of the format, so that the text is meant as CSV."""
    sheet = _Sheet.of(text)
    return bool(_columns_in(sheet.first, sheet.delimiter))


def read_estate_csv(text: str, catalogue: Catalogue, today: str) -> Estate:
    """The CSV text as an Estate of the day `today`. Raises EstateErrors with every error of the text."""
    problems = Problems()
    lookup = Lookup(catalogue, problems)
    rows = list(_rows(text, problems))
    networks = _networks(rows, problems)
    lines = tuple(read_line(row, networks, lookup) for row in rows)
    problems.stop_if_any(_line)
    if not lines:
        problems.stop("$", "Enter at least one line below the header.")
    return Estate(today, networks.networks, lines)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A CSV text: `above` lines that are no records, its first record's line as text, what separates the cells."""

    text: str
    above: int
    first: str
    delimiter: str

    @staticmethod
    def of(text: str) -> _Sheet:
        text = text.removeprefix("\ufeff")
        above, chosen, first = 0, "", ""
        for line in _physical(text):
            separator = _SEPARATOR.fullmatch(line) if above == 0 else None
            if separator is None and not _TYPE.match(line) and line.strip():
                first = line
                break
            above, chosen = above + 1, separator[1] if separator else chosen
        delimiter = chosen or max(DELIMITERS, key=lambda mark: len(_columns_in(first, mark)))
        return _Sheet(text, above, first, delimiter)

    def records(self, problems: Problems) -> Iterator[Row]:
        """All records but blank ones. What cannot be read is an error, and the last record."""
        lines = itertools.islice(_physical(self.text), self.above, None)
        reader, start = csv.reader(lines, delimiter=self.delimiter, strict=True), self.above + 1
        try:
            for cells in reader:
                row = Row(start, [cell.strip() for cell in cells])
                start = self.above + reader.line_num + 1
                if any(row.cells):
                    yield row
        except csv.Error as error:
            problems.add(f"line {start}", _unreadable(str(error), self.delimiter))


def _line(error: EstateError) -> int:
    found = re.match("line ([0-9]+)", error.path)
    return int(found[1]) if found else 0


def _physical(text: str) -> Iterator[str]:
    return (match[0] for match in _PHYSICAL.finditer(text))


def _columns_in(line: str, delimiter: str) -> set[str]:
    return {_column(cell.strip().strip('"')) for cell in line.split(delimiter)} & set(LINE)


def _column(cell: str) -> str:
    return cell.strip().lower()


def _unreadable(error: str, delimiter: str) -> str:
    if "larger" in error:
        return f"A cell here has more than {csv.field_size_limit():,} characters. Is a quote not closed?"
    if "end of data" in error:
        return "A quote that opens here is not closed."
    return f"After a closing quote enter {DELIMITERS[delimiter]} or a new line. Write a quote inside a cell twice."


def _rows(text: str, problems: Problems) -> Iterator[Fields]:
    """The fields of each row below the header. A header without what is required ends the reading."""
    sheet = _Sheet.of(text)
    if sheet.delimiter not in DELIMITERS:
        problems.stop("line 1", f"Enter {one_of([*DELIMITERS.values()])} after sep=.")
    records = sheet.records(problems)
    header = next(records, None)
    if header is None:
        problems.stop_if_any()
        problems.stop("$", "The file is empty. Its first line names the columns, product and count at least.")
    columns = _header(header, problems)
    for row in records:
        cells = _cells(row, columns, problems)
        if cells is not None:
            yield cells


def _header(header: Row, problems: Problems) -> list[str]:
    """The names of the columns, empty for one that is not known."""
    columns = [_column(cell) for cell in header.cells]
    while not columns[-1]:
        columns.pop()
    if len(columns) > MOST_COLUMNS:
        problems.stop(f"line {header.line}", f"There are {len(columns):,} columns. Keep these: {', '.join(LINE)}.")
    for name in dict.fromkeys(columns):
        _check_column(name, columns.count(name), f"line {header.line}", problems)
    missing = [name for name in REQUIRED if name not in columns]
    for name in missing:
        problems.add(f"line {header.line}, {name}", f"Add a column {name}: the first line has none.")
    if missing or any(columns.count(name) > 1 for name in LINE):
        problems.stop_if_any()
    return [name if name in LINE else "" for name in columns]


def _check_column(name: str, times: int, line: str, problems: Problems) -> None:
    path = f"{line}, {printable(name)}"
    if not name:
        problems.add(line, "Enter a name for each column.")
    elif name not in LINE:
        near = problems.close_to(name, field_names(LINE)) or f" The columns are {', '.join(LINE)}."
        problems.add(path, f"There is no column {shown(name)}.{near}")
    elif times > 1:
        problems.add(path, "This column stands here more than once. Keep one of them.")


def _cells(row: Row, columns: list[str], problems: Problems) -> Fields | None:
    """The row by column names; None, with an error, when it has not as many cells as there are columns."""
    if len(row.cells) < len(columns) or any(row.cells[len(columns) :]):
        problems.add(f"line {row.line}", f"Enter {len(columns)} cells, as in the header, not {len(row.cells):,}.")
        return None
    values = {name: cell for name, cell in zip(columns, row.cells, strict=False) if name and cell}
    return Cells(values, f"line {row.line}", LINE, problems)


def _networks(rows: list[Fields], problems: Problems) -> Networks:
    """The networks that the rows name, in the order of their first appearance; `Main` when they name none."""
    names: dict[str, None] = {}
    for row in rows:
        if row.given("network"):
            name = row.text("network", "")
            problem = name_problem(name)
            if problem:
                row.wrong("network", problem)
            else:
                names[name] = None
    return Networks(tuple(Network(name) for name in names or (MAIN,)), True, problems)
