"""What the admin pages of ours say about differences: fields by their names, values as text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from activation.differences import FieldDifference, field_differences
from activation.effect import Effect, KeyEffect, PlanEffect
from activation.findings import text_of
from activation.history import label_of
from activation.rows import KINDS

#: What the evidence of a coverage means. The last two carry no plan.
EVIDENCE = {
    "documented": "documented: in a table or text of Microsoft that stands",
    "older-document": "older document: only in a table that Microsoft has replaced",
    "derived": "derived: from a stated rule, in no table of its own",
    "unclear": "unclear: the sources leave it open. No plan rests on it",
    "by-analogy": "by analogy: taken over from a neighbouring generation. No plan rests on it",
}


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field before and after, as text. `note`: what came into a list and what went."""

    label: str
    before: str
    after: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row that differs. `what`: added, changed or deleted."""

    name: str
    what: str
    fields: tuple[FieldWords, ...]


@dataclass(frozen=True, slots=True)
class EffectWords:
    """What an edit does, ready for the page."""

    rows: tuple[RowWords, ...]
    keys: tuple[KeyEffect, ...]
    plans: tuple[PlanEffect, ...]
    tried: int
    problems: tuple[str, ...]


def row_name(kind: str, identity: str) -> str:
    """`Product group windows-7`."""
    word = KINDS[kind].word
    return f"{word[:1].upper()}{word[1:]} {identity}"


def field_words(kind: str, differences: Iterable[FieldDifference]) -> tuple[FieldWords, ...]:
    """The fields that differ, in words."""
    return tuple(_field(label_of(kind, difference.name), difference) for difference in differences)


def _field(label: str, difference: FieldDifference) -> FieldWords:
    note = ""
    if isinstance(difference.before, list) and isinstance(difference.after, list):
        parts = (("came", difference.came), ("went", difference.went))
        note = "; ".join(f"{word}: {value_words(entries)}" for word, entries in parts if entries)
    return FieldWords(label, value_words(difference.before), value_words(difference.after), note)


def value_words(value: Any) -> str:
    """A value of a row as text."""
    if value is None or value in ("", [], {}):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(entry) for entry in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} = {figure}" for name, figure in value.items())
    return str(value)


def effect_words(effect: Effect) -> EffectWords:
    """What an edit does, in words."""
    rows = tuple(
        RowWords(
            row_name(row.kind, row.identity),
            "added" if row.before is None else "deleted" if row.after is None else "changed",
            field_words(row.kind, field_differences(row.kind, row.before, row.after)),
        )
        for row in effect.rows
    )
    return EffectWords(rows, effect.keys, effect.plans, effect.tried, tuple(text_of(p) for p in effect.problems))
