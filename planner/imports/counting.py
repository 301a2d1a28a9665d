"""Rows -> groups of those that say the same, and those that are refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.imports import saying
from planner.imports.formats.format import Columns, Format, Role
from planner.imports.limits import Limits
from planner.imports.records import Record
from planner.imports.refusals import Refusals
from planner.imports.shapes import Shape, UnreadableFileError
from planner.imports.tally import IDLE_DAYS, Group, Note, Refusal, Tally

#: Different rows whose group is remembered; more are worked out anew.
_REMEMBERED = 50_000
_LOST = re.compile(r"\w\?+\w")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading is: `done` of `whole`, in bytes of the file; `rows` so far, 0 where that is not known.
    `done` is 0 for a workbook."""

    done: int
    whole: int
    rows: int


@dataclass(frozen=True, slots=True)
class Question:
    """What the rows are grouped by beside what they say. `patterns`: of names, as `BER-*`, `*` and `?` only, in any
    case; `idle_days`: rising."""

    today: date
    patterns: Sequence[str] = ()
    idle_days: Sequence[int] = IDLE_DAYS


class Counting:
    """The groups of the rows so far."""

    def __init__(
        self,
        headings: Sequence[str],
        shape: Shape,
        form: Format,
        columns: Columns,
        question: Question,
        limits: Limits,
        refusals: Refusals,
    ) -> None:
        self.headings, self.shape, self.form, self.columns = headings, shape, form, columns
        self.question, self.limits, self.refusals = question, limits, refusals
        self.rows = 0
        self._idle_days = tuple(question.idle_days)
        own = (Role.NAME, Role.OU, Role.QUANTITY, Role.LAST_LOGON)
        self._telling = [(role, number) for role, number in columns.items() if role not in own]
        self._seen: dict[tuple[str | int | None, ...], Group] = {}
        self._groups: dict[Group, list[int]] = {}

    def add(self, record: Record) -> None:
        """Count the row, or refuse it."""
        if refusal := self.refusal(record):
            self.rows += 1
            self.refusals.add(record.row, refusal, record.cells)
            self._stop_at_the_limits()
        else:
            self.count(record.cells)

    def count(self, cells: Sequence[str], rows: int = 1) -> None:
        """Count so many rows that say the same, of which none is refused."""
        counts = self._groups.setdefault(self._group_of(cells), [0, 0])
        counts[0] += rows
        counts[1] += rows * (self._number(cells) or 0)
        self.rows += rows
        self._stop_at_the_limits()

    def _stop_at_the_limits(self) -> None:
        if self.rows > self.limits.rows:
            raise UnreadableFileError(f"The file has more than {self.limits.rows:,} rows. Import it in parts.")
        if len(self._groups) > self.limits.groups:
            raise UnreadableFileError(
                f"More than {self.limits.groups:,} rows say different things. Is a column with names or numbers of "
                f"computers taken for something else? Change what the columns mean."
            )

    def refusal(self, record: Record) -> Refusal | None:
        """Why the row does not count."""
        if record.fault:
            return Refusal(record.fault)
        cells, most = record.cells, len(self.headings)
        if len(cells) < most or any(cells[most:]):
            return Refusal("cells")
        text = "".join(cells)
        plain = text.isascii() and "\0" not in text and len(text) <= self.limits.cell
        for number, cell in enumerate(() if plain else cells[:most]):
            if code := self._wrong_with(cell):
                return Refusal(code, self.headings[number])
        if self.form.content == "licences" and not saying.cell(cells, self.columns, Role.PRODUCT):
            return Refusal("nothing")
        if self._number(cells) is None:
            return Refusal("quantity", self.headings[self.columns[Role.QUANTITY]])
        return None

    def _wrong_with(self, cell: str) -> str:
        if cell.isascii():
            return "null" if "\0" in cell else "long" if len(cell) > self.limits.cell else ""
        if len(cell) > self.limits.cell:
            return "long"
        return "null" if "\0" in cell else "letters" if re.search("[\ud800-\udfff]", cell) else ""

    def _number(self, cells: Sequence[str]) -> int | None:
        if Role.QUANTITY not in self.columns:
            return 1
        return saying.quantity(saying.cell(cells, self.columns, Role.QUANTITY))

    def _group_of(self, cells: Sequence[str]) -> Group:
        """The group; rows that differ in nothing but the computer's own name are worked out once."""
        name = saying.cell(cells, self.columns, Role.NAME)
        told = [cells[number].strip() for role, number in self._telling]
        ou = saying.container(saying.cell(cells, self.columns, Role.OU))
        key = (*told, ou, self._idle(cells), self._pattern(name))
        group = self._seen.get(key)
        if group is None:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            group = self._seen[key] = self._group(cells)
        return group

    def _idle(self, cells: Sequence[str]) -> int | None:
        day = saying.cell(cells, self.columns, Role.LAST_LOGON).partition(" ")[0]
        return saying.idle(day, self.shape.day_order, self.question.today, self._idle_days) if day else None

    def _pattern(self, name: str) -> int | None:
        patterns = self.question.patterns
        return saying.pattern_of(name, patterns) if patterns else None

    def _group(self, cells: Sequence[str]) -> Group:
        def text(role: Role) -> str:
            return saying.cell(cells, self.columns, role)

        return Group(
            said=saying.said(cells, self.columns),
            where=saying.where(cells, self.columns),
            enabled=saying.flag(text(Role.ENABLED)),
            virtual=saying.flag(text(Role.VIRTUAL)),
            idle_days=self._idle(cells),
            pattern=self._pattern(text(Role.NAME)),
            last_five=saying.last_five(text(Role.KEY)) if Role.KEY in self.columns else "",
            remaining=saying.quantity(text(Role.REMAINING)),
            rows=0,
            count=0,
        )

    def tally(self) -> Tally:
        """What was counted, the groups of most first; among those of as many, the same order each time."""
        groups = [group._replace(rows=rows, count=count) for group, (rows, count) in self._groups.items()]
        return Tally(
            content=self.form.content,
            rows=self.rows,
            groups=tuple(sorted(groups, key=lambda group: (-group.count, group.said, group.where, repr(group[2:])))),
            refused=dict(self.refusals.counts),
            examples=tuple(self.refusals.examples),
            notes=_notes(groups),
            patterns=tuple(self.question.patterns),
            today=self.question.today,
            idle_days=self._idle_days,
        )


def _notes(groups: Sequence[Group]) -> tuple[Note, ...]:
    texts = {text for group in groups for text in (*group.said, *group.where)}
    if any(_LOST.search(text) for text in texts):
        return (Note("lost", "Question marks stand where letters were lost. Export the file with -Encoding UTF8."),)
    return ()
