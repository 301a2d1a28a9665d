"""Makes a failing estate smaller, so that a report can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from activation.rules.interchange import EstateErrors

from .world import Document

LISTS = ("computers", "networks", "licences", "keys")
REQUIRED = ("name", "network", "product", "count", "quantity", "key", "remaining", "hosts_used")


def smaller(document: Document, fails: Callable[[Document], bool]) -> Document:
    """The document without everything that the failure does not need, one thing after the other."""
    current = dict(document)
    progress = True
    while progress:
        progress = False
        for candidate in _candidates(current):
            if _still(candidate, fails):
                current, progress = candidate, True
                break
    return current


def _still(candidate: Document, fails: Callable[[Document], bool]) -> bool:
    try:
        return fails(candidate)
    except (EstateErrors, KeyError, StopIteration):
        return False  # no longer an estate


def _candidates(document: Document) -> Iterator[dict[str, Any]]:
    for name in document:
        if name not in ("format", "as_of"):
            yield {field: value for field, value in document.items() if field != name}
    for name in LISTS:
        for place, row in enumerate(document.get(name, [])):
            yield _with(document, name, place, None)
            for field in row.keys() - set(REQUIRED):
                yield _with(document, name, place, {other: row[other] for other in row if other != field})
            for field in ("count", "quantity"):
                if row.get(field, 0) > 1:
                    yield _with(document, name, place, row | {field: row[field] // 2})
                    yield _with(document, name, place, row | {field: row[field] - 1})


def _with(document: Document, name: str, place: int, row: dict[str, Any] | None) -> dict[str, Any]:
    changed = deepcopy(dict(document))
    changed[name][place : place + 1] = [] if row is None else [row]
    return changed
