"""The products that the form suggests while typing, each with its product group and its support."""

from __future__ import annotations

from dataclasses import dataclass

from activation.rules.catalogue import Catalogue
from planner.support import group_support
from planner.wording import group_name


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product's name, and what helps to choose it."""

    name: str
    about: str


def suggestions(catalogue: Catalogue, today: str) -> tuple[Suggestion, ...]:
    """All products that are offered, in the order of the catalogue. `today`: `YYYY-MM-DD`."""
    about = {slug: _about(slug, today, catalogue) for slug in catalogue.groups}
    return tuple(
        Suggestion(product.name, about[product.group] if product.group else "no volume activation")
        for product in catalogue.offered_products
    )


def _about(group: str, today: str, catalogue: Catalogue) -> str:
    support = group_support(group, catalogue, today)
    return group_name(group, catalogue) + (f", {support.words}" if support else "")
