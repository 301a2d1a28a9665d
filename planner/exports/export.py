"""What is exported: a plan with the names, the prices and the circumstances of its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from activation.rules.catalogue import Catalogue
from activation.rules.interchange import plan_json
from activation.rules.plan import Plan
from planner.orders import Price

Item = TypeVar("Item")
Watching = Callable[[Sequence[Any]], Iterable[Any]]


def unwatched(items: Iterable[Item]) -> Iterable[Item]:
    """The items as they are."""
    return items


@dataclass(frozen=True, slots=True)
class Export:
    """A plan to be written into files.

    `name`: that of a saved plan. `document`: its plan/1 text where one was kept; `json` is it, byte for byte.
    `prices`: product -> price of one licence. `watched` goes around the lines of computers, of which there may be
    many, so that somebody can be told how far it is.
    """

    plan: Plan
    catalogue: Catalogue
    name: str = ""
    document: str = ""
    prices: Mapping[str, Price] = field(default_factory=dict)
    watched: Watching = unwatched

    @property
    def json(self) -> str:
        """The plan as plan/1."""
        return self.document or plan_json(self.plan)

    @property
    def title(self) -> str:
        """`Activation plan for Contoso: Budget 2027`."""
        of = f" for {self.plan.organisation}" if self.plan.organisation else ""
        return f"Activation plan{of}{': ' if self.name else ''}{self.name}"
