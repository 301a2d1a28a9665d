"""The refused rows of a file: counted by reason, the first ones kept, and all written to a file to correct."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from activation.rules.product_keys import without_keys
from planner.imports.encodings import shown
from planner.imports.tally import REASONS, Refusal, RefusedRow

EXAMPLES = 100
_ABOVE = ("Refused row", "What is wrong", "What to do")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Refusals:
    """Refused rows, gathered while a file is read. The file is made with the first one."""

    def __init__(self, path: Path, headings: Sequence[str], delimiter: str) -> None:
        self.path, self.headings, self.delimiter = path, headings, delimiter or ","
        self.counts: Counter[Refusal] = Counter()
        self.examples: list[RefusedRow] = []
        self._file: Any = None

    def __enter__(self) -> Refusals:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._file:
            self._file.close()

    def add(self, row: int, refusal: Refusal, cells: Sequence[str]) -> None:
        """One more, its product keys cut."""
        kept = tuple(without_keys(shown(cell).replace("\0", "?")) for cell in cells[:1_000])
        self.counts[refusal] += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(RefusedRow(row, refusal, tuple(cell[:200] for cell in kept[:50])))
        wrong, remedy = REASONS[refusal.code]
        wrong = f"{wrong}: {refusal.column}" if refusal.column else wrong
        self._writer().writerow([row, wrong, remedy, *map(_no_formula, kept)])

    def _writer(self) -> Any:
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            self._rows = csv.writer(self._file, delimiter=self.delimiter)
            self._rows.writerow([*_ABOVE, *map(_no_formula, self.headings)])
        return self._rows


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" \xa0").startswith(_FORMULA) else cell
