"""The engine that is judged: the one place where the judges' tests call it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from activation.catalogue import shipped
from activation.rules.catalogue import Catalogue
from activation.rules.interchange import plan_document, read_estate
from activation.rules.recommend import recommend

from .brute import best
from .checker import choices_of, complaints, differences, objective_of
from .judge import expected_document
from .world import Document, World

#: Not used by any estate of the tests, since each names its `as_of`.
TODAY = "2026-11-24"


def planned(document: Document, catalogue: Catalogue | None = None) -> dict[str, Any]:
    """The engine's plan/1 for an estate/1 document, by the shipped catalogue when none is given."""
    by = catalogue or shipped()
    return plan_document(recommend(read_estate(document, by, TODAY), by))


def wrong(document: Document, catalogue: Catalogue | None = None) -> list[str]:
    """What the checker has against the engine's plan."""
    by = catalogue or shipped()
    return complaints(document, planned(document, by), by)


def wrong_or_not_best(document: Document, catalogue: Catalogue | None = None) -> list[str]:
    """What the checker has against the engine's plan, and where the brute force has another. TooLargeError."""
    by = catalogue or shipped()
    plan = planned(document, by)
    world = World(document, by)
    least, found = best(world)
    against = complaints(document, plan, by)
    if objective_of(world, plan) != least:
        against.append(f"objective: {least} is the best, the plan has {objective_of(world, plan)}")
    if not any(choice in found for choice in choices_of(world, plan)):
        against.append("the choice of keys is not the best one")
    against += min((differences(expected_document(world, choice), plan) for choice in found), key=len)
    return against


def report(document: Document, judge: Callable[[Document], list[str]]) -> str:
    """The complaints about an estate, and the estate as one may give it to the command line."""
    return "\n".join([*judge(document)[:20], json.dumps(document, ensure_ascii=False)])
