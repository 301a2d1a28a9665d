"""Plans, and the errors of estates that have none, in the formats of the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from activation.rules.catalogue import Catalogue
from activation.rules.interchange import EstateError, plan_json, plan_json_line
from activation.rules.plan import Plan
from planner.exports.export import Export, Watching, unwatched
from planner.exports.formats import FORMATS as FILES
from planner.exports.formats import content
from planner.exports.tables import plan_csv, plans_csv
from planner.exports.text import plan_text
from planner.runbook.building import InUse
from planner.runbook.page import runbook_script

#: Formats of one plan: several cannot stand in one file.
ALONE = ("ps1", *(kind for kind in FILES if kind not in ("txt", "json", "csv")))
FORMATS = ("text", "json", "csv", *ALONE)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one estate: a plan, or its errors. `name`: the file as it was given. `in_use`: key, hosts."""

    name: str
    plan: Plan | None
    errors: tuple[EstateError, ...] = ()
    in_use: InUse = ()


def rendered(
    results: Iterable[Result],
    format: str,
    several: bool,
    catalogue: Catalogue,
    explain: bool,
    watched: Watching = unwatched,
) -> Iterator[str | bytes]:
    """The output, in pieces: texts, or the bytes of a file that is no text.

    Several estates: JSON has a line for each, its errors included; text has sections. `watched`: see Export.
    """
    if format == "csv":
        yield from _as_csv(results, several, catalogue)
        return
    for result in results:
        if format == "json" and several:
            yield _json_line(result) + "\n"
        elif result.plan and format == "json":
            yield plan_json(result.plan)
        elif result.plan and format == "ps1":
            yield runbook_script(result.plan, catalogue, result.in_use)
        elif result.plan and format in ALONE:
            yield content(Export(result.plan, catalogue, watched=watched), format)
        elif result.plan:
            yield _heading(result.name, several) + plan_text(result.plan, catalogue, explain)


def _as_csv(results: Iterable[Result], several: bool, catalogue: Catalogue) -> Iterator[str]:
    plans = [(result.name, result.plan) for result in results if result.plan]
    if plans and several:
        yield plans_csv(plans, catalogue)
    elif plans:
        yield plan_csv(plans[0][1], catalogue)


def _json_line(result: Result) -> str:
    if result.plan:
        return plan_json_line(result.plan)
    errors = [{"path": error.path, "message": error.message} for error in result.errors]
    return json.dumps({"errors": errors}, ensure_ascii=False, separators=(",", ":"))


def _heading(name: str, several: bool) -> str:
    return f"\n##  {name}\n\n" if several else ""
