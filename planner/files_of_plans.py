"""A plan of an organisation as a file, named after organisation, plan and day."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from activation.rules.catalogue import Catalogue
from activation.rules.interchange import plan_json
from activation.rules.plan import Plan
from planner.exports.tables import plan_csv
from planner.exports.text import plan_text

TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8", "txt": "text/plain; charset=utf-8"}


def plan_file(plan: Plan, catalogue: Catalogue, kind: str, name: str = "", document: str = "") -> HttpResponse:
    """The file. `document`: the plan/1 text where one was kept. Raises Http404 for a kind that there is not."""
    if kind not in TYPES:
        raise Http404("No such file.")
    content = {"csv": plan_csv, "txt": plan_text}[kind](plan, catalogue) if kind != "json" else ""
    return attachment(content or document or plan_json(plan), (plan.organisation, name, "plan", plan.as_of), kind)


def attachment(content: str, parts: tuple[str, ...], kind: str) -> HttpResponse:
    """The content as a file to download, its name made of the parts that say something."""
    name = "-".join(filter(None, (slugify(part)[:60] for part in parts)))
    response = HttpResponse(content.encode(), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
