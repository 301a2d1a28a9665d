"""The rows of organisations are reached through an organisation; only what makes the walls asks a model whole."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import planner.models
from planner.models import Try

PLANNER = Path(planner.models.__file__).resolve().parent.parent
MODELS = {name for name in planner.models.__all__ if name[0].isupper() and not name.isupper()} - {"Role", Try.__name__}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
#: Module -> why it asks across organisations.
ALLOWED = {
    "access": "finds who is where",
    "members": "finds an invitation by its secret",
    "organisations": "makes organisations",
    "tokens": "finds a token of the API by its secret",
    "undoing": "finds the rows of an act in its organisation",
    "recording": "writes rows that were read through an organisation",
    "catalogue_use": "counts for who edits the catalogue, and names nothing",
    "models/history": "the changes of acts that were found through an organisation",
    "views/home": "the organisations of the person",
    "backups/moving": "all of the site",
}


def asked_whole(code: str) -> Iterator[int]:
    """The lines in which a model of an organisation is asked by its manager, or a model that a variable names."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Attribute) or node.attr not in MANAGERS:
            continue
        name = node.value.id if isinstance(node.value, ast.Name) else ""
        if name in MODELS or (node.attr != "objects" and name[:1].islower()) or isinstance(node.value, ast.Call):
            yield node.lineno


def modules() -> list[Path]:
    return [path for path in sorted(PLANNER.rglob("*.py")) if "migrations" not in path.parts]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PLANNER)))
def test_a_module_asks_no_model_whole_unless_it_makes_the_walls(path: Path) -> None:
    name = path.relative_to(PLANNER).with_suffix("").as_posix()
    found = list(asked_whole(path.read_text(encoding="utf-8")))
    if name not in ALLOWED:
        assert found == [], f"{name}, lines {found}: go through here.organisation"


@pytest.mark.parametrize(
    "code",
    [
        "ComputerLine.objects.all()",
        "Act._default_manager.filter(pk=1)",
        "SavedPlan._base_manager.get(pk=1)",
        "model._default_manager.filter(pk=1)",
        "type(row)._default_manager.filter(pk=1)",
    ],
)
def test_a_planted_query_is_found(code: str) -> None:
    assert list(asked_whole(f"from planner.models import *\n\n{code}\n")) == [3]


def test_queries_through_an_organisation_are_left_in_peace() -> None:
    assert list(asked_whole("here.organisation.estates.filter(pk=1)\nUser.objects.get(pk=1)")) == []
