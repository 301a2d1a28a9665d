"""What an organisation decided about its files before: asked once, known the next time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from planner.access import Here
from planner.imports.meaning import NetworkRule
from planner.imports.tally import Said
from planner.models import PlaceRule, ProductAnswer
from planner.models.imports import TEXT


def answers(here: Here) -> dict[Said, str]:
    """String -> slug, or NOT_IN_PLAN."""
    kept = here.organisation.product_answers.values_list("said", "product")
    return {Said(*json.loads(said)): product for said, product in kept}


def rules(here: Here) -> list[NetworkRule]:
    """The rules in their order."""
    return [NetworkRule(*rule) for rule in here.organisation.place_rules.values_list("place", "text", "network")]


def remember(here: Here, products: Mapping[Said, str], places: Sequence[NetworkRule]) -> None:
    """Keep these answers beside those that are known, and these rules in place of those that are.

    Strings longer than the table takes are asked again the next time.
    """
    organisation = here.organisation
    told = {_said(said): product for said, product in products.items()}
    rows = [
        ProductAnswer(organisation=organisation, said=said, product=product)
        for said, product in told.items()
        if len(said) <= TEXT
    ]
    organisation.product_answers.bulk_create(
        rows, update_conflicts=True, unique_fields=("organisation", "said"), update_fields=("product",)
    )
    organisation.place_rules.all().delete()
    kept: dict[tuple[str, str], NetworkRule] = {}
    for rule in places:
        if len(rule.text) <= TEXT:
            kept.setdefault((rule.place, rule.text), rule)
    organisation.place_rules.bulk_create(
        PlaceRule(organisation=organisation, place=rule.place, text=rule.text, network=rule.network)
        for rule in kept.values()
    )


def _said(said: Said) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
