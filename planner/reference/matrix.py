"""The coverage matrix of the whole catalogue: product groups down, KMS host keys across, by family and generation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from activation.rules.catalogue import COVERING_EVIDENCE, DOCUMENTED, Group, Key
from planner.matrix import MARKS, Cell
from planner.reference.index import FAMILY_NAMES, Reference
from planner.reference.parts import Named, group_named, key_named
from planner.support import Support, group_support
from planner.wording import EVIDENCE, group_name

#: What a cell says: state, mark, words in the legend.
LEGEND = (
    ("chosen", MARKS["chosen"], "activates, documented by Microsoft"),
    ("covered", MARKS["covered"], "activates, in no current table of Microsoft"),
    ("disputed", MARKS["disputed"], "not established: no plan rests on it"),
    ("none", MARKS["none"], "does not activate"),
)
_COMMON = re.compile(r"^Volume license for |( KMS( host)?)?( key)?( \(Client VL\))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """A KMS host key. `short`: its name without what all of them have in common."""

    key: Named
    short: str


@dataclass(frozen=True, slots=True)
class Row:
    """A product group with a cell for each key."""

    group: Named
    short: str
    support: Support | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CoverageMatrix:
    """What is shown, the filter, and what can be chosen: `generations` by family. `families`: (heading, rows)."""

    family: str
    generation: str
    columns: tuple[Column, ...]
    families: tuple[tuple[str, tuple[Row, ...]], ...]
    generations: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def words(self) -> str:
        """What is shown, in one sentence for the live region."""
        rows = sum(len(rows) for _, rows in self.families)
        return f"{rows} product groups, {len(self.columns)} KMS host keys shown."


def coverage_matrix(reference: Reference, day: str, family: str = "", generation: str = "") -> CoverageMatrix:
    """The groups of a family and generation ("": all) and the keys that have a row for any of them."""
    groups = [
        group for group in reference.groups if family in ("", group.family) and generation in ("", group.generation)
    ]
    slugs = {group.slug for group in groups}
    keys = [key for key in reference.kms_keys if any(row.group in slugs for row in key.activates)]
    return CoverageMatrix(
        family=family,
        generation=generation,
        columns=tuple(Column(key_named(key), short_name(key)) for key in keys),
        families=tuple(_families(groups, keys, reference, day)),
        generations=tuple(_generations(reference)),
    )


def short_name(key: Key) -> str:
    """A key's name without what all of them have in common: "Volume license for", "KMS host key", "(Client VL)"."""
    return _COMMON.sub("", key.name.replace('"', ""))


def _families(
    groups: Iterable[Group], keys: list[Key], reference: Reference, day: str
) -> Iterator[tuple[str, tuple[Row, ...]]]:
    evidence = {(key.slug, row.group): row.evidence for key in keys for row in key.activates}
    for family, members in groupby(groups, key=lambda group: group.family):
        yield (
            FAMILY_NAMES[family],
            tuple(
                Row(
                    group_named(group),
                    group_name(group.slug, reference.catalogue),
                    group_support(group.slug, reference.catalogue, day),
                    tuple(_cell(evidence.get((key.slug, group.slug))) for key in keys),
                )
                for group in members
            ),
        )


def _cell(evidence: str | None) -> Cell:
    if evidence is None:
        return _marked("none", "does not activate")
    if evidence == DOCUMENTED:
        return _marked("chosen", "activates")
    if evidence in COVERING_EVIDENCE:
        return _marked("covered", f"activates, {EVIDENCE[evidence]}")
    return _marked("disputed", EVIDENCE[evidence])


def _marked(state: str, words: str) -> Cell:
    return Cell(state, MARKS[state], words)


def _generations(reference: Reference) -> Iterator[tuple[str, tuple[str, ...]]]:
    for family, members in groupby(reference.groups, key=lambda group: group.family):
        yield FAMILY_NAMES[family], tuple(dict.fromkeys(group.generation for group in members))
