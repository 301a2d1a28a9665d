"""The documents of the project, taken apart for their tests."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def sections(text: str, marks: str = "##") -> dict[str, str]:
    """Heading -> the text below it, for the headings with these marks."""
    parts = re.split(rf"^{marks} (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(text: str) -> dict[str, list[str]]:
    """First cell without its marks -> the other cells, of the tables in a text."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return {re.sub(r"<[^>]*>|`", "", first): rest for first, *rest in cells[1:]}


def first_table(text: str) -> dict[str, list[str]]:
    """The rows of the table above the first heading of the third level."""
    return rows(text.split("\n### ")[0])


def blocks(text: str, language: str) -> list[str]:
    """What stands between the marks of code in this language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
