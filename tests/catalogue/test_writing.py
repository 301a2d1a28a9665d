"""The tables of the catalogue are written in few places, so that the history knows who and why. Read with `ast`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from activation import models
from activation.models import CatalogueRow

ROOT = Path(__file__).resolve().parent.parent.parent
#: Where rows are written in bulk: inside `recorded`, which compares the tables before and after.
ALLOWED = {"activation/tables.py"}
BULK = {"update", "bulk_create", "bulk_update", "update_or_create", "raw", "_raw_delete"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
CATALOGUE = {name for name in models.__all__ if issubclass(getattr(models, name), CatalogueRow)}


def chain(node: ast.expr) -> list[str]:
    """The names of `a.b(...).c`, from its beginning."""
    if isinstance(node, ast.Call | ast.Subscript):
        return chain(node.func if isinstance(node, ast.Call) else node.value)
    if isinstance(node, ast.Attribute):
        return [*chain(node.value), node.attr]
    return [node.id] if isinstance(node, ast.Name) else []


def bulk_writes(code: str) -> Iterator[int]:
    """The lines that write rows of the catalogue past `save`."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in BULK:
            names = chain(node.func.value)
            if names[:1] == ["models"]:
                names = names[1:]
            known = names[:1] and (names[0] in CATALOGUE or names[0] in ("model", "through", "queryset"))
            if known and (names[0] == "queryset" or MANAGERS & set(names)):
                yield node.lineno


def test_no_code_of_the_site_writes_the_catalogue_in_bulk_outside_the_tables_module():
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for folder in ("activation", "planner")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in ALLOWED and "migrations" not in path.parts
        for line in bulk_writes(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "Product.objects.filter(slug='x').update(name='y')",
        "models.Key.objects.all().update(note='')",
        "Source.objects.bulk_create(rows)",
        "Coverage._default_manager.bulk_update(rows, ['evidence'])",
        "queryset.update(retired=True)",
        "Rule.objects.exclude(slug='x')[:5].update(text='')",
    ],
)
def test_a_planted_bulk_write_is_found(code):
    assert list(bulk_writes(code)) == [1]


@pytest.mark.parametrize(
    "code", ["seen.update(name='y')", "Estate.objects.update(name='y')", "RowChange.objects.bulk_create(rows)"]
)
def test_other_updates_are_left_alone(code):
    assert list(bulk_writes(code)) == []


def test_the_walk_sees_the_writes_of_the_tables_module():
    assert len(list(bulk_writes((ROOT / "activation/tables.py").read_text(encoding="utf-8")))) >= 2
