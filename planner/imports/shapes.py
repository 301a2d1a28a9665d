"""How a file is written: what has to be known to tell its cells apart. All of it can be changed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "workbook", "json"]
#: How days are written: 2026-11-24, 24.11.2026, 11/24/2026.
DayOrder = Literal["ymd", "dmy", "mdy"]

#: What can be chosen: codec of Python -> words. `utf-8` reads a byte order mark where there is one.
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16, little endian (PowerShell: Unicode)",
    "utf-16-be": "UTF-16, big endian",
    "cp1252": "Windows-1252, Western Europe (PowerShell: Default)",
    "cp850": "Code page 850, Western Europe (PowerShell: OEM)",
    "cp437": "Code page 437, United States (PowerShell: OEM)",
    "iso8859-15": "ISO 8859-15, Western Europe",
    "cp1250": "Windows-1250, Central Europe",
    "cp1251": "Windows-1251, Cyrillic",
    "cp932": "Shift-JIS, Japanese",
    "utf-32-le": "UTF-32, little endian",
    "utf-32-be": "UTF-32, big endian",
}
#: The empty one: each line is one cell.
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", "": "none: one column"}


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is written.

    `encoding` and `delimiter`: of a text, see ENCODINGS and DELIMITERS. `skipped`: lines of a text, or rows of a sheet,
    above the headings. `has_headings`: otherwise columns are called `Column 1`... `sheet`: of a workbook, by its name.
    `day_order`: how days are written in it.
    """

    kind: Kind = "text"
    encoding: str = "utf-8"
    delimiter: str = ","
    skipped: int = 0
    has_headings: bool = True
    sheet: str = ""
    day_order: DayOrder = "ymd"


class UnreadableFileError(Exception):
    """Why a file cannot be read at all, and what would be right, in words for the person who chose it.

    `row`: on which row of the file reading ended, its first one is 1; None where it is the file as a whole.
    """

    def __init__(self, message: str, row: int | None = None) -> None:
        self.row = row
        super().__init__(message)
