"""End of support by a day: what is past it, and what comes to it within 12 months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from activation.rules.catalogue import Catalogue, SupportDate
from activation.rules.plan import Plan

State = Literal["ended", "soon", "supported"]

_WORDS: dict[State, str] = {"ended": "support ended", "soon": "support ends", "supported": "supported until"}

#: Months before the end from which on it is marked.
SOON = 12


@dataclass(frozen=True, slots=True)
class Support:
    """The end of support, `YYYY-MM-DD`, as it stands on a day. `updates_until`: Extended Security Updates, or ""."""

    state: State
    ends: str
    updates_until: str
    words: str

    @property
    def is_marked(self) -> bool:
        """Whether it is past or near."""
        return self.state != "supported"


@dataclass(frozen=True, slots=True)
class GroupSupport:
    """A product group of a plan whose support is past or near."""

    group: str
    support: Support
    sources: tuple[str, ...]


def support_of(row: SupportDate, day: str) -> Support:
    """How one row stands on a day `YYYY-MM-DD`. The last day itself is supported."""
    state = _state(row.extended_end, day)
    updates = row.esu_end or ""
    paid = f", Extended Security Updates until {updates}" if updates >= day and updates else ""
    return Support(state, row.extended_end, updates, f"{_WORDS[state]} {row.extended_end}{paid}")


def _state(end: str, day: str) -> State:
    if end < day:
        return "ended"
    return "soon" if end <= _year_after(day) else "supported"


@lru_cache(maxsize=16)
def _year_after(day: str) -> str:
    """The same day 12 months on; of 29 February the 28th."""
    from_day = date.fromisoformat(day)
    in_february = (from_day.month, from_day.day) == (2, 29)
    return from_day.replace(year=from_day.year + SOON // 12, day=28 if in_february else from_day.day).isoformat()


def group_support(group: str | None, catalogue: Catalogue, day: str) -> Support | None:
    """A product group goes by its last release. None when no date is known."""
    row = last_row(group, catalogue)
    return support_of(row, day) if row else None


def last_row(group: str | None, catalogue: Catalogue) -> SupportDate | None:
    """The row of the release of a group that is supported longest."""
    rows = (row for row in catalogue.support if group in row.groups)
    return max(rows, key=lambda row: row.extended_end, default=None)


def ending_soon(plan: Plan, catalogue: Catalogue) -> tuple[GroupSupport, ...]:
    """The product groups in use whose support ends within 12 months of the day of the plan.

    What is past it is a warning of the plan itself.
    """
    in_use = sorted({line.group for line in plan.computers if line.group and line.method != "none"})
    return tuple(row for row in _standings(in_use, catalogue, plan.as_of) if row.support.state == "soon")


def _standings(groups: Iterable[str], catalogue: Catalogue, day: str) -> Iterable[GroupSupport]:
    for group in groups:
        if row := last_row(group, catalogue):
            yield GroupSupport(group, support_of(row, day), row.sources)
