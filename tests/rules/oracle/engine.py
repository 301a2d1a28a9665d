"""The engine that is judged: the one place where the judges' tests call it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from activation.catalogue import shipped
from activation.rules.interchange import plan_document, read_estate
from activation.rules.recommend import recommend

from .brute import best
from .checker import choices_of, complaints, differences, objective_of
from .judge import expected_document
from .world import Document, World

#: Not used by any estate of the tests, since each names its `as_of`.
TODAY = "2026-11-24"


def planned(document: Document) -> dict[str, Any]:
    """The engine's plan/1 for an estate/1 document."""
    estate = read_estate(document, shipped(), TODAY)
    return plan_document(recommend(estate, shipped()))


def wrong(document: Document) -> list[str]:
    """What the checker has against the engine's plan."""
    return complaints(document, planned(document), shipped())


def wrong_or_not_best(document: Document) -> list[str]:
    """What the checker has against the engine's plan, and where the brute force has another. TooLargeError."""
    plan = planned(document)
    world = World(document, shipped())
    least, found = best(world)
    against = complaints(document, plan, shipped())
    if objective_of(world, plan) != least:
        against.append(f"objective: {least} is the best, the plan has {objective_of(world, plan)}")
    if not any(choice in found for choice in choices_of(world, plan)):
        against.append("the choice of keys is not the best one")
    against += min((differences(expected_document(world, choice), plan) for choice in found), key=len)
    return against


def report(document: Document, judge: Callable[[Document], list[str]]) -> str:
    """The complaints about an estate, and the estate as one may give it to the command line."""
    return "\n".join([*judge(document)[:20], json.dumps(document, ensure_ascii=False)])
