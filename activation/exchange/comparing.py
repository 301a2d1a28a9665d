"""The catalogue here, that of a file, and what both come from: row by row, what to do. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from activation.differences import FieldDifference, field_differences
from activation.merge import Verdict, verdict
from activation.rows import KINDS, Content, Rows, row_digest

Row = tuple[str, str]  #: kind and identity
Digests = Mapping[Row, str]
Side = Literal["file", "here"]
PARTS = ("coverage", "host")  #: rows that belong to a key and come and go with it


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not the same here and in the file; None: it is not there.

    `add`, `update`, `remove`: the file changed it. `kept`: only changed here. `conflicting`: changed in both.
    `follows`: the key of a part that is decided with its key.
    """

    kind: str
    identity: str
    verdict: Verdict
    here: Content | None
    file: Content | None
    follows: str = ""

    @property
    def row(self) -> Row:
        return self.kind, self.identity

    @property
    def word(self) -> str:
        """The kind in words."""
        return KINDS[self.kind].word

    @property
    def name(self) -> str:
        """The row's name for people, with what names it in files."""
        content = self.file or self.here or {}
        name = content.get("name") or content.get("title") or content.get("topic") or content.get("text") or ""
        return f"{self.identity} ({name})" if name else self.identity

    @property
    def fields(self) -> list[FieldDifference]:
        """The fields that differ, here before the file."""
        return field_differences(self.kind, self.here, self.file)


def digests(rows: Rows) -> dict[Row, str]:
    """The digest of every row."""
    return {(kind, name): row_digest(kind, content) for kind in rows for name, content in rows[kind].items()}


def compare(base: Digests, here: Rows, file: Rows) -> list[Difference]:
    """The rows that differ, kind by kind, in alphabetical order. `base`: the rows that both come from."""
    return list(_differences(base, here, file))


def _differences(base: Digests, here: Rows, file: Rows) -> Iterator[Difference]:
    ours, theirs = digests(here), digests(file)
    for kind in KINDS:
        for name in sorted(here[kind].keys() | file[kind].keys()):
            row = (kind, name)
            if ours.get(row) != theirs.get(row):
                found = _verdict(theirs.get(row), ours.get(row), base.get(row))
                mine, its = here[kind].get(name), file[kind].get(name)
                yield Difference(kind, name, found, mine, its, _leader(kind, mine or its, base, ours, theirs))


def _verdict(file: str | None, here: str | None, base: str | None) -> Verdict:
    """As when loading; a row that only stands here is kept."""
    found = verdict(file, here, base)
    return "kept" if found == "leave" else found


def _leader(kind: str, content: Content | None, base: Digests, ours: Digests, theirs: Digests) -> str:
    """The key that a part follows: one that conflicts and that is not there on one side."""
    if kind not in PARTS or content is None:
        return ""
    key = ("key", str(content["key"]))
    gone = ours.get(key) is None or theirs.get(key) is None
    conflicts = verdict(theirs.get(key), ours.get(key), base.get(key)) == "conflicting"
    return key[1] if gone and conflicts else ""


def outcome(here: Rows, differences: list[Difference], taken: Mapping[Row, Side]) -> Rows:
    """The catalogue as it will be: what the file changed, and of conflicting rows the side that is chosen.

    A row without a choice stays as it is here when it is in conflict, and follows its verdict otherwise.
    """
    rows = {kind: dict(contents) for kind, contents in here.items()}
    for difference in differences:
        if _side(difference, taken) == "here":
            continue
        if difference.file is None:
            rows[difference.kind].pop(difference.identity, None)
        else:
            rows[difference.kind][difference.identity] = difference.file
    return rows


def _side(difference: Difference, taken: Mapping[Row, Side]) -> Side:
    leader = ("key", difference.follows)
    if difference.follows and leader in taken:
        return taken[leader]
    by_itself: Side = "file" if difference.verdict in ("add", "update", "remove") else "here"
    return taken.get(difference.row, by_itself)
