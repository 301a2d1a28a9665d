"""The plan/1 document that the brute force finds for an estate, reasons left out."""

from __future__ import annotations

from typing import Any

from activation.rules.catalogue import Catalogue

from .brute import Choice, best
from .expected import Expected
from .warnings import warnings
from .world import Document, World


def expected_document(world: World, choice: Choice) -> dict[str, Any]:
    """The whole document for one choice of keys, warnings included."""
    expected = Expected(world, choice)
    document = expected.document()
    document["warnings"] = [{"code": code, "params": params} for code, params in warnings(expected, document)]
    return document


def best_document(estate: Document, catalogue: Catalogue) -> dict[str, Any]:
    """The best plan by trying all."""
    world = World(estate, catalogue)
    _, found = best(world)
    return expected_document(world, found[0])
