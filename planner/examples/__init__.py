"""Examples to load with one click: estate/1 documents, one file each, all of Contoso.

`contoso` is the large one: what an organisation can be filled with to see all of the planner.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

#: File name -> what the link says, in the order of the page.
TITLES = {
    "datacenter-and-standard": "Windows Server 2008 R2 Datacenter and Standard",
    "mixed-generations": "Mixed generations: Windows 7, Server 2008 and 2008 R2",
    "small-office": "Small office below the threshold",
    "branch-and-plant": "Head office, branch and an isolated plant",
    "active-directory": "Windows 11 and Server 2022 with Active Directory",
    "office-versions": "Office versions side by side",
}


@dataclass(frozen=True, slots=True)
class Example:
    """An estate/1 document with the title of its link."""

    slug: str
    title: str
    estate: dict[str, Any]


@cache
def examples() -> tuple[Example, ...]:
    """All examples, in the order of the page."""
    return tuple(Example(slug, title, _document(slug)) for slug, title in TITLES.items())


def contoso() -> dict[str, Any]:
    """Four sites of mixed generations, one of them an isolated plant; a lab and roaming laptops."""
    return _document("contoso")


def _document(slug: str) -> dict[str, Any]:
    text = files(__name__).joinpath(f"{slug}.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document
