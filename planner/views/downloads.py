"""What is on the quick planner's page, as a file: the plan as JSON, CSV or text, and the estate it was made from."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from activation.catalogue import current
from activation.rules.catalogue import Catalogue
from activation.rules.interchange import plan_json
from activation.rules.plan import Plan
from planner.exports.tables import plan_csv
from planner.exports.text import plan_text
from planner.forms.acts import typed_in
from planner.forms.document import estate_document
from planner.forms.estate import EstateForm
from planner.views.answers import answer_of
from planner.views.quick_planner import to_mend

TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


@require_http_methods(["GET", "HEAD", "POST"])
def download(request: HttpRequest, what: str, kind: str) -> HttpResponse:
    """The file; or, when what was typed gives no plan, the page that says what to mend, with status 422."""
    catalogue = current()
    form = EstateForm(typed_in(request.POST if request.method == "POST" else request.GET), catalogue)
    plan = answer_of(form, catalogue).plan
    if plan is None:
        return to_mend(request)
    content = _estate_text(form) if what == "estate" else _plan_text(plan, catalogue, kind)
    return _attachment(content, _file_name(plan, what, kind), TYPES[kind])


def _plan_text(plan: Plan, catalogue: Catalogue, kind: str) -> str:
    if kind == "csv":
        return plan_csv(plan, catalogue)
    return plan_json(plan) if kind == "json" else plan_text(plan, catalogue)


def _estate_text(form: EstateForm) -> str:
    """With the day of the plan, so that the same file gives the same plan on any later day."""
    return json.dumps(estate_document(form, timezone.localdate().isoformat()), ensure_ascii=False, indent=2) + "\n"


def _file_name(plan: Plan, what: str, kind: str) -> str:
    organisation = slugify(plan.organisation)[:60]
    return "-".join(filter(None, (organisation, "activation", what, plan.as_of))) + f".{kind}"


def _attachment(content: str, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content.encode(), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
