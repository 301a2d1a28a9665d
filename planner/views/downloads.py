"""What is on the quick planner's page, as a file: the plan in each format, and the estate it was made from."""

from __future__ import annotations

import json

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from activation.catalogue import current
from planner.exports.export import Export
from planner.exports.formats import FORMATS
from planner.files_of_plans import attachment, plan_file
from planner.forms.acts import typed_in
from planner.forms.document import estate_document
from planner.forms.estate import EstateForm
from planner.views.answers import answer_of
from planner.views.quick_planner import to_mend


@require_http_methods(["GET", "HEAD", "POST"])
def download(request: HttpRequest, what: str, kind: str) -> HttpResponse | FileResponse:
    """The file; or, when what was typed gives no plan, the page that says what to mend, with status 422."""
    if kind not in FORMATS:
        raise Http404("No such file.")
    catalogue = current()
    form = EstateForm(typed_in(request.POST if request.method == "POST" else request.GET), catalogue)
    plan = answer_of(form, catalogue).plan
    if plan is None:
        return to_mend(request)
    if what == "estate":
        return attachment(_estate_text(form), (plan.organisation, "activation", what, plan.as_of), kind)
    return plan_file(Export(plan, catalogue), kind)


def _estate_text(form: EstateForm) -> str:
    """With the day of the plan, so that the same file gives the same plan on any later day."""
    return json.dumps(estate_document(form, timezone.localdate().isoformat()), ensure_ascii=False, indent=2) + "\n"
