"""
The cases: one file of TOML for each part of the rules, to be read by an administrator.

    [[case]]
    name = "Five servers alone stay on MAK, because one of them would be the host"
    rule = "thresholds-and-counting"        # a heading of docs/rules.md; or formats.md#estate1
    sources = ["L.MSP_MCSE"]                # documents, stated rules (R-THRESH) or disputed points (L.C05)
    why = "5 - 1 = 4, and 4 is below 5."    # optional
    computers = [{product = "windows-server-2008-r2-standard", count = 5}]
    [case.expect]
    windows_keys = []
    maks = {windows-server-2008-r2-b = 5}

Beside `computers` the other fields of estate/1 may stand; `json` instead is the whole document as text.
`as_of` is 2026-11-24 unless a case says otherwise.
What `expect` may hold, and what of it is complete, is in `expectations.py`. The answers are worked out by hand.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
FILES = sorted(FOLDER.glob("*.toml"))
TEXTS = ("name", "rule", "why")
AS_OF = "2026-11-24"
#: What a case may have of estate/1.
ESTATE = ("organisation", "as_of", "agreement", "settings", "networks", "computers", "licences", "keys")


@dataclass(frozen=True)
class Case:
    """One estate and what its plan must hold (or its errors)."""

    file: str
    name: str
    rule: str
    sources: tuple[str, ...]
    why: str
    estate: Any
    expect: dict[str, Any]


def cases_of(path: Path) -> list[Case]:
    """The cases of a file. ValueError for a field that a case does not have."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return [_case(path.name, row) for row in rows]


def _case(file: str, row: dict[str, Any]) -> Case:
    unknown = set(row) - {*TEXTS, "sources", "expect", "json", *ESTATE}
    if unknown:
        raise ValueError(f"{file}, {row['name']}: no field of a case: {sorted(unknown)}")
    given = {name: row[name] for name in ESTATE if name in row}
    estate = json.loads(row["json"]) if "json" in row else {"format": "estate/1", "as_of": AS_OF, **given}
    name, rule, why = (row.get(text, "") for text in TEXTS)
    return Case(file, name, rule, tuple(row.get("sources", ())), why, estate, row["expect"])


def anchors(document: str) -> set[str]:
    """What a link to a heading of a document ends in."""
    headings = re.findall(r"^#+ (.+)$", document, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
