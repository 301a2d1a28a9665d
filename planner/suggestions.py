"""The products that the form suggests while typing, each with its product group and its support."""

from __future__ import annotations

from dataclasses import dataclass

from activation.rules.catalogue import Catalogue, Product
from planner.wording import group_name


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product's name, and what helps to choose it."""

    name: str
    about: str


def suggestions(catalogue: Catalogue, today: str) -> tuple[Suggestion, ...]:
    """All products that are offered, in the order of the catalogue. `today`: `YYYY-MM-DD`."""
    ends: dict[str, str] = {}
    for row in catalogue.support:
        for group in row.groups:
            ends[group] = max(ends.get(group, ""), row.extended_end)
    return tuple(
        Suggestion(product.name, _about(product, ends, today, catalogue)) for product in catalogue.offered_products
    )


def _about(product: Product, ends: dict[str, str], today: str, catalogue: Catalogue) -> str:
    if product.group is None:
        return "no volume activation"
    name, end = group_name(product.group, catalogue), ends.get(product.group, "")
    if not end:
        return name
    return f"{name}, support ended {end}" if end < today else f"{name}, supported until {end}"
