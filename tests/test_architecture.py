"""
The house stands one way: planner -> activation -> activation.rules -> the standard library, and the rules are pure.

The checker reads every import with `ast`, also those that no test runs. The tests below it plant violations and see
that it finds them.

A clone brings nothing that a machine made: no environment, no database, and no link, which leads nowhere elsewhere.
"""

import ast
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("activation", "planner")

# A package may use itself and those after it here, never one before it.
LAYERS = ("planner", "activation", "activation.rules")
OUTSIDE = ("tests", "bench", "run", "manage")

# All of the standard library that the rules may use: it computes, and does nothing else.
PURE = {
    *(
        "__future__",
        "abc",
        "bisect",
        "codecs",
        "collections",
        "copy",
        "csv",
        "dataclasses",
        "datetime",
        "decimal",
        "difflib",
    ),
    *("enum", "fractions", "functools", "hashlib", "heapq", "itertools", "json", "math", "operator", "re", "string"),
    *("textwrap", "types", "typing", "unicodedata"),
}
# What reaches outside or asks the clock, though a pure module or the language itself offers it.
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "compile", "breakpoint", "__import__"}
IMPURE_ATTRIBUTES = {
    *("today", "now", "utcnow", "fromtimestamp", "utcfromtimestamp"),
    *("open", "load", "dump", "read_text", "write_text", "file_digest"),
}

# Names that say nothing about what is inside.
EMPTY_NAMES = {"utils", "util", "services", "helpers", "core", "common", "manager", "managers", "misc"}

Module = tuple[str, bool, ast.Module]  # dotted name, whether it is a package, its code


def modules(root: Path) -> Iterator[Module]:
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            is_package = parts[-1] == "__init__"
            name = ".".join(parts[:-1] if is_package else parts)
            yield name, is_package, ast.parse(path.read_text(encoding="utf-8"), str(path))


def layer(name: str) -> str | None:
    """Return the layer that a module is in, or None when it is of no layer: another package."""
    return next((one for one in reversed(LAYERS) if name == one or name.startswith(one + ".")), None)


def imports(module: Module) -> Iterator[tuple[str, int]]:
    """Each imported module, with its line, by its full name; for `from a import b` both a and a.b."""
    name, is_package, code = module
    for node in ast.walk(code):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = name.split(".")[: len(name.split(".")) - node.level + is_package]
                base = ".".join([*above, *([base] if base else [])])
            yield base, node.lineno
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def wrong_way(module: Module) -> Iterator[str]:
    own = layer(module[0])
    for target, line in imports(module):
        other = layer(target)
        if target.split(".")[0] in OUTSIDE:
            yield f"{module[0]}:{line} uses {target}, which is no part of the site"
        if own and other and LAYERS.index(other) < LAYERS.index(own):
            yield f"{module[0]}:{line} uses {target}: {own} knows nothing of {other}"


def impure(module: Module) -> Iterator[str]:
    name, _, code = module
    if layer(name) != "activation.rules":
        return
    for target, line in imports(module):
        if layer(target) is None and target.split(".")[0] not in PURE:
            yield f"{name}:{line} uses {target}: not on the list of pure modules"
        if layer(target) is None and target.rpartition(".")[2] in IMPURE_ATTRIBUTES:
            yield f"{name}:{line} uses {target}: it reaches outside"
    for node in ast.walk(code):
        if isinstance(node, ast.Name) and node.id in IMPURE_CALLS:
            yield f"{name}:{node.lineno} uses {node.id}()"
        if isinstance(node, ast.Attribute) and node.attr in IMPURE_ATTRIBUTES:
            yield f"{name}:{node.lineno} uses .{node.attr}: it reaches outside"


def inside_functions(module: Module) -> Iterator[str]:
    for function in ast.walk(module[2]):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield f"{module[0]}:{node.lineno} imports inside a function"


def empty_names(module: Module) -> Iterator[str]:
    last = module[0].rpartition(".")[2]
    if last in EMPTY_NAMES:
        yield f"{module[0]}: the name {last} says nothing about what is inside"


CHECKS: tuple[Callable[[Module], Iterator[str]], ...] = (wrong_way, impure, inside_functions, empty_names)


def violations(root: Path) -> list[str]:
    return [found for module in modules(root) for check in CHECKS for found in check(module)]


def test_the_house_stands() -> None:
    assert violations(ROOT) == []


def test_what_a_machine_makes_is_not_in_the_repository() -> None:
    assert tracked("--cached", "--ignored", "--exclude-standard") == []


def test_the_repository_holds_no_links() -> None:
    assert [line for line in tracked("--stage") if line.startswith("120000")] == []


def test_the_walk_sees_the_modules_of_all_layers() -> None:
    seen = {name for name, _, _ in modules(ROOT)}
    assert {"activation.rules.plan", "activation.rules.estate", "planner.settings", "planner.urls"} <= seen


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("activation/models.py", "import planner.urls"),
        ("activation/models.py", "from planner import urls"),
        ("activation/management/commands/load.py", "from planner.views import plan"),
        ("activation/rules/choice.py", "from activation import models"),
        ("activation/rules/choice.py", "from .. import models"),
        ("activation/rules/choice.py", "from ..catalogue import current"),
        ("activation/rules/__init__.py", "from ..catalogue import current"),
        ("activation/rules/choice.py", "import planner"),
        ("planner/urls.py", "from tests.conftest import site"),
        ("planner/urls.py", "import run"),
    ],
)
def test_a_dependency_the_wrong_way_is_found(tmp_path: Path, place: str, code: str) -> None:
    assert plant(tmp_path, place, code) != []


@pytest.mark.parametrize(
    "code",
    [
        "import django",
        "from django.conf import settings",
        "import os.path",
        "import sys",
        "from pathlib import Path",
        "import io",
        "import time",
        "import random",
        "import secrets",
        "import uuid",
        "import sqlite3",
        "import requests",
        "import importlib",
        "import datetime\nday = datetime.date.today()",
        "from datetime import datetime\nday = datetime.now()",
        "from json import load",
        "import codecs\nfile = codecs.open(name)",
        "import json\ndata = json.load(file)",
        "text = open('estate.json').read()",
        "print('plan')",
        "module = __import__('os')",
        "read = open",
    ],
)
def test_the_world_in_the_rules_is_found(tmp_path: Path, code: str) -> None:
    assert plant(tmp_path, "activation/rules/counting.py", code) != []


@pytest.mark.parametrize("place", ["activation/models.py", "planner/views/plan.py", "activation/rules/choice.py"])
def test_an_import_inside_a_function_is_found(tmp_path: Path, place: str) -> None:
    code = "class Plan:\n    def make(self):\n        if self:\n            import math\n"
    assert plant(tmp_path, place, code) == [f"{place[:-3].replace('/', '.')}:4 imports inside a function"]


@pytest.mark.parametrize("place", ["planner/utils.py", "activation/rules/helpers.py", "planner/services/__init__.py"])
def test_a_name_that_says_nothing_is_found(tmp_path: Path, place: str) -> None:
    assert plant(tmp_path, place, "") != []


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("planner/views/plan.py", "from activation.rules.recommend import recommend\nfrom ..wording import answer"),
        ("planner/views/plan.py", "import os\nfrom django.http import HttpRequest\nimport datetime"),
        ("activation/catalogue.py", "import pathlib\nfrom .rules.catalogue import Catalogue\nfrom . import models"),
        (
            "activation/rules/choice.py",
            "from .catalogue import Catalogue\nfrom . import plan\nfrom dataclasses import field",
        ),
        (
            "activation/rules/choice.py",
            "import json\nimport datetime\nday = datetime.date.fromisoformat(json.loads(a))",
        ),
    ],
)
def test_what_is_allowed_is_left_alone(tmp_path: Path, place: str, code: str) -> None:
    assert plant(tmp_path, place, code) == []


def tracked(*which: str) -> list[str]:
    """Return the lines of `git ls-files` for the files of the repository that are asked for."""
    told = subprocess.run(["git", "ls-files", *which], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return told.stdout.splitlines()


def plant(root: Path, place: str, code: str) -> list[str]:
    file = root / place
    file.parent.mkdir(parents=True)
    file.write_text(code, encoding="utf-8")
    return violations(root)
