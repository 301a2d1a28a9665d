"""A runbook as its page shows it, with its documents as links and the requests beside it; and as its file."""

from __future__ import annotations

from dataclasses import dataclass

from activation.details import rows_of
from activation.rules.catalogue import Catalogue
from activation.rules.plan import Plan
from planner.reference.index import Reference
from planner.runbook.building import InUse, runbook
from planner.runbook.requests import SOURCES, Request, requests
from planner.runbook.script import script
from planner.runbook.steps import Part, Runbook, Step, source_links_of
from planner.sources import SourceLink, source_links


@dataclass(frozen=True, slots=True)
class Shown:
    """A step with its documents."""

    step: Step
    sources: tuple[SourceLink, ...]


@dataclass(frozen=True, slots=True)
class RunbookPage:
    """The steps by part, the texts to send, and the documents that say what Microsoft asks for."""

    runbook: Runbook
    parts: tuple[tuple[Part, tuple[Shown, ...]], ...]
    requests: tuple[Request, ...]
    asked: tuple[SourceLink, ...]


def runbook_page(plan: Plan, catalogue: Catalogue, in_use: InUse) -> RunbookPage:
    """The page's data, by the catalogue that the plan was made by."""
    made = _made(plan, catalogue, in_use)
    parts = tuple((part, tuple(_shown(step, catalogue) for step in part.steps)) for part in made.parts)
    return RunbookPage(made, parts, requests(plan, catalogue), source_links(SOURCES, catalogue))


def runbook_script(plan: Plan, catalogue: Catalogue, in_use: InUse) -> str:
    """The text of the .ps1 file."""
    return script(_made(plan, catalogue, in_use), catalogue)


def _made(plan: Plan, catalogue: Catalogue, in_use: InUse) -> Runbook:
    return runbook(plan, Reference(catalogue, rows_of(catalogue)), in_use)


def _shown(step: Step, catalogue: Catalogue) -> Shown:
    return Shown(step, source_links_of(step, catalogue))
