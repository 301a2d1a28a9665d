"""The coverage matrix as data: product groups down, KMS host keys across, and what each key does for each group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from activation.rules.catalogue import COVERING_EVIDENCE, DOCUMENTED, Catalogue, Coverage
from activation.rules.plan import ComputerLine, Plan
from planner.wording import group_name, key_name

#: State of a cell -> its mark, in every matrix. A mark never depends on colour.
MARKS = {"chosen": "■", "short": "△", "covered": "□", "none": "\N{EN DASH}", "disputed": "?"}
WORDS = {
    "chosen": "activates",
    "short": "needed, too few computers yet",
    "covered": "would cover",
    "none": "does not cover",
    "disputed": "not plainly documented",
}
ON_KEY = frozenset({"kms", "kms-host", "adba"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One key and one group: its `state`, with ` disputed` when not plainly documented; what is seen; what is said."""

    state: str
    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A product group: its computers to be activated, a cell for each key, and its computers on MAK."""

    name: str
    computers: int
    cells: tuple[Cell, ...]
    on_mak: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Names of the keys, and a row for each product group of the plan."""

    title: str
    keys: tuple[str, ...]
    rows: tuple[GroupRow, ...]

    @property
    def legend(self) -> tuple[tuple[str, str, str], ...]:
        """State, mark and words of all that a cell may be."""
        return tuple((state, mark, WORDS[state]) for state, mark in MARKS.items())


def plan_matrix(plan: Plan, catalogue: Catalogue) -> Matrix:
    """The keys of the plan and those that are needed."""
    return _matrix("The keys of this plan", _own_keys(plan), plan, catalogue)


def other_keys_matrix(plan: Plan, catalogue: Catalogue) -> Matrix:
    """All other KMS host keys that cover a product group of the plan."""
    own, groups = set(_own_keys(plan)), set(_groups(plan))
    others = [
        slug
        for slug, key in catalogue.kms_keys.items()
        if slug not in own
        and not key.retired
        and any(c.group in groups and c.evidence in COVERING_EVIDENCE for c in key.activates)
    ]
    return _matrix("Other keys", others, plan, catalogue)


def _own_keys(plan: Plan) -> list[str]:
    return sorted({key.key for key in plan.kms_host_keys} | set(plan.covering_keys))


def _groups(plan: Plan) -> list[str]:
    return sorted({line.group for line in _to_activate(plan) if line.group})


def _to_activate(plan: Plan) -> Iterable[ComputerLine]:
    return (line for line in plan.computers if line.method != "none")


def _matrix(title: str, keys: Iterable[str], plan: Plan, catalogue: Catalogue) -> Matrix:
    slugs, covering, short = tuple(keys), set(plan.covering_keys), _short_groups(plan)
    coverage = {slug: {each.group: each for each in catalogue.keys[slug].activates} for slug in slugs}
    on_key: Counter[tuple[str, str]] = Counter()
    on_mak: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for line in _to_activate(plan):
        totals[line.group or ""] += line.count
        if line.method in ON_KEY:
            on_key[line.key or "", line.group or ""] += line.count
        elif line.method == "mak":
            on_mak[line.group or ""] += line.count
    rows = (
        GroupRow(
            group_name(group, catalogue),
            totals[group],
            tuple(
                _cell(coverage[key].get(group), on_key[key, group], needed=key in covering and group in short)
                for key in slugs
            ),
            on_mak[group],
        )
        for group in _groups(plan)
    )
    return Matrix(title, tuple(key_name(slug, catalogue) for slug in slugs), tuple(rows))


def _short_groups(plan: Plan) -> set[object]:
    """The groups whose computers miss their threshold somewhere."""
    return {warning.params["group"] for warning in plan.warnings if warning.code == "threshold-short"}


def _cell(coverage: Coverage | None, computers: int, *, needed: bool) -> Cell:
    if coverage is None or coverage.evidence not in COVERING_EVIDENCE:
        return _marked("none", 0, disputed=coverage is not None)
    state = "chosen" if computers else "short" if needed else "covered"
    return _marked(state, computers, disputed=coverage.evidence != DOCUMENTED)


def _marked(state: str, computers: int, *, disputed: bool) -> Cell:
    number = f" {computers:,}" if computers else ""
    return Cell(
        state + (" disputed" if disputed else ""),
        MARKS[state] + (MARKS["disputed"] if disputed else "") + number,
        WORDS[state] + number + (f", {WORDS['disputed']}" if disputed else ""),
    )
