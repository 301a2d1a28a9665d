"""The plan as Markdown, for a ticket or a wiki: the answer, then each table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planner.exports.contents import sheets
from planner.exports.export import Export
from planner.exports.paper import shown
from planner.exports.sheets import Column, Row, Sheet

#: What Markdown or HTML would make something of.
_MARKS = re.compile(r"([\\`*_\[\]<>|&~#$])")
_BREAKS = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+")


def plan_markdown(export: Export) -> Iterator[str]:
    """The lines with their ends."""
    yield f"# {text(export.title)}\n"
    for each in sheets(export):
        yield f"\n## {each.title}\n\n"
        yield from _table(each)


def text(words: str) -> str:
    """Words that mean nothing but themselves."""
    return _MARKS.sub(r"\\\1", _BREAKS.sub(" ", words))


def _table(each: Sheet) -> Iterator[str]:
    head = [_line([text(column.label) for column in each.columns]), _line([_rule(column) for column in each.columns])]
    for row in each.rows():
        yield from head
        head = []
        yield _row(row)
    if head:
        yield f"{text(each.none)}\n"
    yield from map(_row, each.foot)


def _row(row: Row) -> str:
    return _line([text(shown(cell)) for cell in row])


def _rule(column: Column) -> str:
    return "---:" if column.kind in ("number", "money") else "---"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
