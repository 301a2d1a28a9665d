"""Runbooks: of what is typed into the quick planner, of an inventory and of a saved plan, as page and as file."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from activation.catalogue import current
from activation.rules.catalogue import Catalogue
from activation.rules.interchange import read_plan
from activation.rules.plan import Plan
from planner.access import Here, member
from planner.estates import planned
from planner.forms.acts import typed_in
from planner.forms.document import estate_document
from planner.forms.estate import EstateForm
from planner.plans import catalogue_of
from planner.runbook.building import InUse
from planner.runbook.page import runbook_page, runbook_script
from planner.views.answers import answer_of
from planner.views.quick_planner import to_mend


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def quick(request: HttpRequest, kind: str = "page") -> HttpResponse:
    """The runbook of what was typed; or the page that says what to mend, with status 422."""
    catalogue = current()
    form = EstateForm(typed_in(request.POST if request.method == "POST" else request.GET), catalogue)
    plan = answer_of(form, catalogue).plan
    if plan is None:
        return to_mend(request)
    in_use = _in_use(estate_document(form, timezone.localdate().isoformat()))
    if kind == "file":
        return _file(plan, catalogue, in_use)
    page = runbook_page(plan, catalogue, in_use)
    return render(request, "runbook/quick.html", {"page": page, "form": form})


@require_safe
@never_cache
@member()
def inventory(request: HttpRequest, here: Here, kind: str = "page") -> HttpResponse:
    """The runbook of the plan of the inventory as it is now."""
    answer = planned(here.estate())
    if answer.plan is None:
        raise Http404("The estate has mistakes, so there is no plan.")
    in_use = _in_use(json.loads(answer.document))
    if kind == "file":
        return _file(answer.plan, answer.catalogue, in_use)
    page = runbook_page(answer.plan, answer.catalogue, in_use)
    return render(request, "organisation/runbook.html", {"here": here, "page": page})


@require_safe
@never_cache
@member()
def saved(request: HttpRequest, here: Here, number: int, kind: str = "page") -> HttpResponse:
    """The runbook of a saved plan, by the catalogue that it was made by."""
    row = here.plan(number)
    plan, catalogue = read_plan(row.plan_document), catalogue_of(row)
    in_use = _in_use(json.loads(row.estate_document))
    if kind == "file":
        return _file(plan, catalogue, in_use, row.name)
    page = runbook_page(plan, catalogue, in_use)
    return render(request, "organisation/runbook.html", {"here": here, "page": page, "row": row})


def _in_use(document: dict[str, Any]) -> InUse:
    """Key and hosts in use, as an estate/1 document that gives a plan has them."""
    return [(key["key"], key["hosts_used"]) for key in document.get("keys") or () if key.get("hosts_used")]


def _file(plan: Plan, catalogue: Catalogue, in_use: InUse, name: str = "") -> HttpResponse:
    parts = (slugify(part)[:60] for part in (plan.organisation, name, "runbook", plan.as_of))
    response = HttpResponse(runbook_script(plan, catalogue, in_use).encode(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{"-".join(filter(None, parts))}.ps1"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
