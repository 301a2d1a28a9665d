"""Which rows of the catalogue a document names, by the fields of estate/1 and plan/1 that hold slugs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

KINDS = {
    "product": "product",
    "key": "key",
    "keys": "key",
    "covering_keys": "key",
    "group": "group",
    "application": "group",
    "activates": "group",
    "system": "system",
    "kms_host_systems": "system",
}


def slugs_in(value: Any) -> set[tuple[str, str]]:
    """Kind and slug of all that a document, as JSON gives it, names. Names that people typed are in other fields."""
    return set(_slugs(value))


def _slugs(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for each in value:
            yield from _slugs(each)
    if not isinstance(value, dict):
        return
    for name, inner in value.items():
        texts = inner if isinstance(inner, list) else [inner]
        yield from ((KINDS[name], text) for text in texts if name in KINDS and text and isinstance(text, str))
        yield from _slugs(inner)
