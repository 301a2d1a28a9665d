"""Rows -> the text of a data file. Pure.

What has not changed keeps the very text that it has in the shipped file, comments and order of the sources included:
an untouched catalogue gives the shipped files byte for byte, and an edited one differs from them only where it was
edited.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from activation.files import INSIDE_KEY, STEP
from activation.rows import KINDS, Content, Rows

WIDTH = 120  #: characters of a line; a longer list has an entry a line
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
STATEMENT = re.compile(r"(?m)^(?=[a-z_]+ = )")

Statements = dict[str, str]  #: field -> the text that gives it, `name = "Windows 7"`


def file_text(kind: str, rows: Rows, shipped: Rows, shipped_text: str) -> str:
    """The text of the file of a kind, a key's coverage and hosts inside. The shipped file gives heading and order."""
    heading, blocks = _blocks(kind, shipped_text)
    texts = dict(zip(shipped[kind], blocks, strict=True))
    ordered = in_order(kind, rows[kind], shipped[kind])
    written = [
        _block(kind, identity, number * STEP, texts.get(identity, ""), rows, shipped)
        for number, identity in enumerate(ordered, start=1)
    ]
    return "\n\n".join([heading, *written]) + "\n"


def in_order(kind: str, here: Mapping[str, Content], shipped: Iterable[str]) -> list[str]:
    """The order of the rows: that of the shipped file, then the others by name. Systems stand in order of age."""
    place = {identity: number for number, identity in enumerate(shipped)}
    ordered = sorted(here, key=lambda identity: (place.get(identity, len(place)), identity))
    return sorted(ordered, key=lambda identity: int(here[identity]["position"])) if kind == "system" else ordered


def _blocks(kind: str, text: str) -> tuple[str, list[str]]:
    heading, *blocks = re.split(rf"(?m)^(?=\[\[{kind}\]\]$)", text)
    return heading.rstrip("\n"), [block.rstrip("\n") for block in blocks]


def _block(kind: str, identity: str, position: int, text: str, rows: Rows, shipped: Rows) -> str:
    """The text of one row; `text` is the shipped one. `position`: what its place in the file says of its age."""
    said = {part.partition(" = ")[0]: part.rstrip("\n") for part in STATEMENT.split(text)[1:]}
    wanted = _statements(kind, rows[kind][identity], shipped[kind].get(identity), said, position)
    if kind == "key":
        for name, part in INSIDE_KEY.items():
            wanted |= _inside(name, part, identity, rows, shipped, said.get(name, ""))
    return text if wanted == said else "\n".join([f"[[{kind}]]", *wanted.values()])


def _statements(kind: str, content: Content, before: Content | None, said: Statements, position: int = 0) -> Statements:
    """A statement for each field that says something, as it was said if it says the same."""
    wanted: Statements = {}
    for field in KINDS[kind].fields:
        value = content[field.name]
        if field.name in said and before and before[field.name] == value:
            wanted[field.name] = said[field.name]
        elif value != (position if field.type == "position" else field.absent()):
            wanted[field.name] = statement(field.name, value)
    return wanted


def _inside(name: str, kind: str, key: str, rows: Rows, shipped: Rows, said: str) -> Statements:
    """The list of the coverage or hosts of a key, one a line."""
    to = KINDS[kind].identity[1]
    lines = {tomllib.loads(f"row = {line.rstrip(',')}")["row"][to]: line for line in _entries(said)}
    mine = {slug: row for slug, row in ((row[to], row) for row in rows[kind].values()) if row["key"] == key}
    entries = [
        lines[slug] if slug in lines and shipped[kind].get(f"{key}/{slug}") == mine[slug] else _entry(kind, mine[slug])
        for slug in [*(slug for slug in lines if slug in mine), *sorted(mine.keys() - lines.keys())]
    ]
    if entries == list(lines.values()):
        return {name: said} if said else {}
    return {name: "\n".join([f"{name} = [", *(f"  {entry}" for entry in entries), "]"])} if entries else {}


def _entries(said: str) -> list[str]:
    return [line.strip() for line in said.splitlines() if line.startswith("  {")]


def _entry(kind: str, row: Content) -> str:
    fields = [field for field in KINDS[kind].fields if field.name != "key" and row[field.name] != field.absent()]
    return "{" + ", ".join(f"{field.name} = {value_text(row[field.name])}" for field in fields) + "},"


def statement(name: str, value: Any) -> str:
    """`name = value` in TOML. A list that is too long for a line has an entry a line."""
    line = f"{name} = {value_text(value)}"
    if len(line) <= WIDTH or not isinstance(value, list):
        return line
    return "\n".join([f"{name} = [", *(f"  {value_text(entry)}," for entry in value), "]"])


def value_text(value: Any) -> str:
    """A value in TOML: text, true or false, a whole number, a list, or a table of figures."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(value_text(entry) for entry in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {value_text(figure)}" for name, figure in value.items()) + "}"
    return '"' + "".join(_letter(letter) for letter in value) + '"'


def _letter(letter: str) -> str:
    if letter in ESCAPES:
        return ESCAPES[letter]
    return f"\\u{ord(letter):04X}" if letter < " " or letter == "\x7f" else letter
