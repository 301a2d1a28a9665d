"""How much a file may hold."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; `cell` and `row` in characters; `ratio`: how many times larger a workbook may be than packed;
    `groups`: of rows that say different things, which is what memory grows with."""

    size: int = 2_048 * MEGABYTE
    unpacked: int = 200 * MEGABYTE
    ratio: int = 100
    rows: int = 20_000_000
    columns: int = 200
    cell: int = 32_767
    row: int = 50 * 32_767
    groups: int = 200_000


def limits() -> Limits:
    """Those of this site, from its settings."""
    return Limits(
        size=settings.IMPORT_MEGABYTES * MEGABYTE,
        unpacked=settings.IMPORT_UNPACKED_MEGABYTES * MEGABYTE,
        ratio=settings.IMPORT_RATIO,
        rows=settings.IMPORT_ROWS,
        columns=settings.IMPORT_COLUMNS,
        cell=settings.IMPORT_CELL_CHARACTERS,
        row=50 * settings.IMPORT_CELL_CHARACTERS,
    )
