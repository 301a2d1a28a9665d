"""The plan's tables as CSV files in one archive (ZIP), written row by row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from planner.exports.contents import sheets
from planner.exports.export import Export
from planner.exports.sheets import Row, Sheet
from planner.exports.tables import COMMA, write_csv


def write_archive(export: Export, file: BinaryIO, separator: str = COMMA) -> None:
    """Write the archive: a file for each table, with its head. The same plan gives the same bytes."""
    day = datetime.fromisoformat(export.plan.as_of).timetuple()[:6]
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for each in sheets(export):
            entry = ZipInfo(f"{each.slug}.csv", day)
            entry.compress_type = ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as part:
                write_csv(_rows(each), part, separator)


def _rows(each: Sheet) -> Iterator[Row]:
    yield tuple(column.label for column in each.columns)
    yield from each.rows()
    yield from each.foot
