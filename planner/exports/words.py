"""The words of a line of computers. Many lines say the same, so that what was said is kept for the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from activation.rules.catalogue import Catalogue
from activation.rules.plan import ComputerLine, Reason
from planner.exports.export import Export
from planner.support import group_support
from planner.wording import key_name, product_name, reason_words

KEPT = 4096  #: of each kind of words, however long the plan is

Words = tuple[str, str, str, str]


def line_words(export: Export) -> Callable[[ComputerLine], Words]:
    """Line -> product, key, end of support, reasons."""
    catalogue = export.catalogue
    support = lru_cache(KEPT)(partial(_support, catalogue=catalogue, day=export.plan.as_of))
    said = lru_cache(KEPT)(lambda kept: " ".join(reason_words(reason, catalogue) for reason in kept.reasons))

    def words(line: ComputerLine) -> Words:
        key = key_name(line.key, catalogue) if line.key else ""
        return product_name(line.product, catalogue), key, support(line.group), said(_Reasons(line.reasons))

    return words


def _support(group: str | None, catalogue: Catalogue, day: str) -> str:
    row = group_support(group, catalogue, day)
    return row.words if row else ""


class _Reasons:
    """Reasons that are equal when they say the same: their params are mappings, which have no hash."""

    __slots__ = ("_says", "reasons")

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        self.reasons = reasons
        self._says = "".join(f"{reason.code}{reason.params}" for reason in reasons)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Reasons) and self._says == other._says

    def __hash__(self) -> int:
        return hash(self._says)
