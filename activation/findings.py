"""What does not fit together in the catalogue of the tables, each point with the page where it is put right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.urls import reverse

from activation.consistency import Problem, problems
from activation.recording import unrecorded
from activation.rows import KINDS
from activation.tables import MODELS, Ids, read_tables

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One point. `error`: plans can be wrong. `warning`: to be looked at. `admin_path`: the page of the row."""

    severity: Severity
    text: str
    kind: str
    identity: str
    admin_path: str


def findings() -> list[Finding]:
    """All points of the catalogue: errors in the order of the rows, then edits that are not in use yet."""
    rows, ids = read_tables()
    found = [Finding("error", text_of(p), p.kind, p.identity, _path(p.kind, p.identity, ids)) for p in problems(rows)]
    return found + [
        Finding("warning", _unrecorded(kind, identity), kind, identity, _path(kind, identity, ids))
        for kind, identity in unrecorded()
    ]


def text_of(problem: Problem) -> str:
    """A problem as a sentence, with the row that it is about."""
    text = f"{_named(problem.kind, problem.identity)}: {problem.field} {problem.message}."
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _unrecorded(kind: str, identity: str) -> str:
    return f"{_named(kind, identity)} was edited past the site. It is used from the next edit or loadcatalogue on."


def _named(kind: str, identity: str) -> str:
    word = KINDS[kind].word
    return f"{word[:1].upper()}{word[1:]} {identity}"


def _path(kind: str, identity: str, ids: Ids) -> str:
    """The page of the row; of a row that is gone, the list of its kind."""
    name = f"admin:activation_{MODELS[kind]._meta.model_name}"
    key = ids[kind].get(identity)
    return reverse(f"{name}_changelist") if key is None else reverse(f"{name}_change", args=(key,))
